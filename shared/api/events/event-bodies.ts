// Converts events to the bodies that the API answers.
import type { Event } from '../../domain/events/event.ts';
import type { Scope } from '../../domain/ids.ts';
import type { QuantityNote } from '../../domain/matching/decision.ts';
import type { Warning } from '../../domain/matching/warnings.ts';
import { formatInstant } from '../../domain/time/instant.ts';
import type { EventBody } from '../bodies/events.ts';
import type { WarningBody } from '../bodies/verdict.ts';

export const toWarningBody = ({ code, subject, detail }: Warning | QuantityNote): WarningBody => ({
  code,
  ...(subject !== '' && { subject }),
  message: detail,
});

/** Known facts about the arrival of an event. */
export interface Arrival {
  /** UTC milliseconds. */
  readonly ingestedAt?: number | undefined;
  /** Omitted from a body if there are none. */
  readonly warnings?: readonly Warning[];
}

export const toEventBody = (scope: Scope, event: Event, { ingestedAt, warnings = [] }: Arrival = {}): EventBody => ({
  id: event.id,
  external_customer_id: event.externalCustomerId,
  customer_id: event.customerId,
  event_name: event.name,
  timestamp: formatInstant(event.timestamp),
  properties: event.properties,
  source: event.source,
  environment_id: scope.environmentId,
  ...(ingestedAt !== undefined && { ingested_at: formatInstant(ingestedAt) }),
  ...(warnings.length > 0 && { warnings: warnings.map(toWarningBody) }),
});
