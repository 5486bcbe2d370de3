// Converts the verdict about a stored event to the body that lists answer.
import {
  type Decision,
  type EventMatch,
  type QuantityNote,
  statusOf,
  toDecision,
  type Verdict,
} from '../../domain/matching/decision.ts';
import type { Warning } from '../../domain/matching/warnings.ts';
import { formatQuantity, zeroQuantity } from '../../domain/numbers/quantity.ts';
import { formatInstant } from '../../domain/time/instant.ts';
import type { VerdictBody } from '../bodies/verdict.ts';
import { toWarningBody } from './event-bodies.ts';
import { toChanges } from './event-lookup.ts';

/** Stored facts about the arrival of an event; times in UTC milliseconds. */
export interface ArrivedEvent {
  readonly ingestedAt: number;
  readonly decision: Decision;
  readonly decidedAt: number;
  readonly catalogVersion: number;
}

const outcomeOf = (verdict: Verdict): Pick<VerdictBody, 'status' | 'failure_point_type'> => ({
  status: statusOf(verdict),
  ...(verdict !== 'processed' && { failure_point_type: verdict }),
});

/** Returns what the first meter that bills the event counts, or else the first that matches it. */
const quantityOf = ({ meters, lineItems }: EventMatch): Pick<VerdictBody, 'quantity'> => {
  const billing = lineItems.find(({ isActive }) => isActive)?.price.meterId;
  const measured = meters.find(({ meter }) => meter.id === billing) ?? meters[0];
  if (!measured) return {};
  const { meter, measurement } = measured;
  const quantity = measurement.kind === 'counted' ? measurement.quantity : zeroQuantity;
  return { quantity: { meter_id: meter.id, value: formatQuantity(quantity) } };
};

/** Returns whether a list shows a warning: senders of numbers as strings would have `numeric_string` on every event. */
const isListed = ({ code }: Warning | QuantityNote): boolean => code !== 'numeric_string';

/** `warnings`: all that the lookup shows. */
export const toVerdictBody = (
  { ingestedAt, decision, decidedAt, catalogVersion }: ArrivedEvent,
  match: EventMatch,
  warnings: readonly (Warning | QuantityNote)[],
): VerdictBody => ({
  ...outcomeOf(match.verdict),
  warnings: warnings.filter(isListed).map(toWarningBody),
  ...(match.customer && { customer: { id: match.customer.id, name: match.customer.name } }),
  ...quantityOf(match),
  received_at: formatInstant(ingestedAt),
  arrival: {
    ...outcomeOf(decision.verdict),
    decided_at: formatInstant(decidedAt),
    catalog_version: catalogVersion,
  },
  has_changed: toChanges(decision, toDecision(match, [])).length > 0,
});
