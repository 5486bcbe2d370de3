// Decides how one event is billed: the customer, the meters, their prices and the line items, in this order. The processor,
// the preview and the lookup share it: a pure function of the event, the catalog and the customer's account.
import { measure, numericStrings, roundedNumbers } from '../aggregations/measure.ts';
import { boundedDetail, type Measurement, warningOf } from '../aggregations/measurement.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { type AcceptedEvent, type Event, eventFields } from '../events/event.ts';
import { matchesMeterFilters } from '../meters/filter.ts';
import type { Meter } from '../meters/meter.ts';
import { unknownNameRule } from '../nearest-name.ts';
import type { Price } from '../pricing/price.ts';
import type { Customer } from '../subscriptions/customer.ts';
import { isActiveAt } from '../subscriptions/line-item.ts';
import type { Account } from '../subscriptions/subscription.ts';
import { type BillableItem, indexAccount } from './billable-items.ts';
import { type quantityNoteCodes, timeWarnings, type Warning, type WarningCode } from './warnings.ts';

export const failurePoints = [
  'customer_lookup',
  'meter_lookup',
  'price_lookup',
  'subscription_line_item_lookup',
] as const;
export type FailurePoint = (typeof failurePoints)[number];
/** The result for an event: `processed` (billed), or the first step that found nothing. */
export type Verdict = 'processed' | FailurePoint;

export const eventStatuses = ['processed', 'failed'] as const;
export type EventStatus = (typeof eventStatuses)[number];

export const statusOf = (verdict: Verdict): EventStatus => (verdict === 'processed' ? 'processed' : 'failed');

/** A decision: what the processor found when the event came. Stored with the event as history, never an input of a number. */
export interface Decision {
  readonly verdict: Verdict;
  /** Id of the customer found, "" when none. */
  readonly customerId: string;
  /** Matched ids, at most 50 each; `beyond` counts the rest. */
  readonly meterIds: readonly string[];
  readonly priceIds: readonly string[];
  readonly lineItemIds: readonly string[];
  readonly beyond: {
    readonly meters: number;
    readonly prices: number;
    readonly lineItems: number;
    /** Warnings left out because the decisions of the segment grew too large. */
    readonly warnings?: number;
  };
  readonly warnings: readonly Warning[];
}

/** Findings of the steps, up to the first that found nothing. */
export interface EventMatch {
  readonly customer?: Customer;
  readonly meters: readonly { readonly meter: Meter; readonly measurement: Measurement }[];
  /** Those that a line item of the customer names come first. */
  readonly prices: readonly Price[];
  /** All on those prices; `isActive`: its range contains the timestamp of the event. Only active ones bill it. */
  readonly lineItems: readonly (BillableItem & { readonly isActive: boolean })[];
  readonly verdict: Verdict;
  /** Warnings about quantities; `subject` is the meter id. */
  readonly warnings: readonly Warning[];
}

/** Returns whether a meter is published, or was archived only after the event. */
const appliesTo = ({ status, archivedAt }: Meter, { timestamp }: Event): boolean =>
  status === 'published' || (status === 'archived' && archivedAt !== undefined && archivedAt > timestamp);

const quantityWarnings = ({ meter, measurement }: EventMatch['meters'][number]): readonly Warning[] => {
  const warning = warningOf(measurement);
  return warning ? [{ ...warning, subject: meter.id }] : [];
};

export interface MatchQuestion {
  readonly event: Event;
  readonly catalog: Catalog;
  /** undefined: there is none under the event's `external_customer_id`. */
  readonly account: Account | undefined;
}

/** Meters per step. */
const metersAtOnce = 16;

/** Matches as `matchEvent` does, in steps: an event name may have many meters. */
export function* matchInSteps({ event, catalog, account }: MatchQuestion): Generator<undefined, EventMatch> {
  const nothing = { meters: [], prices: [], lineItems: [], warnings: [] };
  if (account?.customer.status !== 'published') return { ...nothing, verdict: 'customer_lookup' };
  const { customer } = account;

  const meters: EventMatch['meters'][number][] = [];
  for (const [position, meter] of (catalog.metersByEventName.get(event.name) ?? []).entries()) {
    if (position > 0 && position % metersAtOnce === 0) yield undefined;
    if (!appliesTo(meter, event) || !matchesMeterFilters(meter.filters, event.properties)) continue;
    meters.push({ meter, measurement: measure(meter.aggregation, event.properties) });
  }
  if (meters.length === 0) return { ...nothing, customer, verdict: 'meter_lookup' };
  const warnings = meters.flatMap(quantityWarnings);

  const index = indexAccount(account, catalog);
  const prices = meters.flatMap(({ meter }) => index.pricesOf(meter.id, event.timestamp));
  if (prices.length === 0) return { ...nothing, customer, meters, warnings, verdict: 'price_lookup' };

  const lineItems = prices
    .flatMap(index.itemsOf)
    .map((item) => ({ ...item, isActive: isActiveAt(item.lineItem, event.timestamp) }));
  const verdict = lineItems.some(({ isActive }) => isActive) ? 'processed' : 'subscription_line_item_lookup';
  return { customer, meters, prices, lineItems, verdict, warnings };
}

/**
 * Matches an event in five steps; the first that finds nothing is the failure point. Pure: the same event, catalog and account give
 * the same match.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 * import { buildCatalog } from 'shared/domain/catalog/catalog.ts';
 * import type { Event } from 'shared/domain/events/event.ts';
 * import { matchEvent } from 'shared/domain/matching/decision.ts';
 *
 * const event: Event = {
 *   id: 'call-1',
 *   name: 'model.usage',
 *   externalCustomerId: 'acme',
 *   customerId: '',
 *   timestamp: Date.UTC(2026, 0, 31, 12),
 *   source: '',
 *   properties: { tokens: 1250 },
 * };
 * const none = { meters: [], features: [], plans: [], priceLineages: [], entitlements: [], priceUnits: [] };
 * // No customer has the external id `acme`: the first step fails.
 * const match = matchEvent({ event, catalog: buildCatalog(1, none), account: undefined });
 * assert.equal(match.verdict, 'customer_lookup');
 * ```
 */
export const matchEvent = (question: MatchQuestion): EventMatch => {
  const steps = matchInSteps(question);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
};

const maxIds = 50;
const maxWarnings = 20;

const idsOf = (entities: readonly { readonly id: string }[]): string[] => entities.slice(0, maxIds).map(({ id }) => id);

/**
 * Reduces a match to what is recorded: ids, at most 50 of each kind, and at most 20 warnings, with counts of the rest. The
 * line items are those that bill the event. The prices are those that line items name, if any: prices of other plans are only
 * counted, because they do not concern this customer. `warnings` are those that are not about a quantity.
 */
export const toDecision = (match: EventMatch, warnings: readonly Warning[]): Decision => {
  const { verdict, customer, meters, prices, lineItems } = match;
  const active = lineItems.filter(({ isActive }) => isActive);
  const named = [...new Set(lineItems.map(({ price }) => price))];
  const meterIds = idsOf(meters.map(({ meter }) => meter));
  const priceIds = idsOf(named.length > 0 ? named : prices);
  const lineItemIds = idsOf(active.map(({ lineItem }) => lineItem));
  const all = [...warnings, ...match.warnings];
  return {
    verdict,
    customerId: customer?.id ?? '',
    meterIds,
    priceIds,
    lineItemIds,
    beyond: {
      meters: meters.length - meterIds.length,
      prices: prices.length - priceIds.length,
      lineItems: active.length - lineItemIds.length,
      ...(all.length > maxWarnings && { warnings: all.length - maxWarnings }),
    },
    warnings: all.slice(0, maxWarnings),
  };
};

const namedFields = 3;

/** Warns of the first few unknown fields; the last warning says how many more there are. */
const unknownFieldWarnings = (fields: readonly string[]): Warning[] => {
  const more = fields.length - namedFields;
  return fields.slice(0, namedFields).map((field, position) => {
    const rest = position === namedFields - 1 && more > 0 ? `; at least ${String(more)} more fields are not` : '';
    const detail = boundedDetail(`${field} ${unknownNameRule(field, eventFields)}${rest}`);
    return { code: 'unknown_field', subject: field, detail };
  });
};

/** Returns whether a warning is about the event as it was sent, not about billing. */
export const isOfSending = ({ code }: Warning): boolean => code === 'unknown_field';

/** Returns the warnings of an event as it was sent, whatever the catalog has. */
export const arrivalWarnings = ({ event, unknownFields = [] }: AcceptedEvent, receivedAt: number): Warning[] => [
  ...timeWarnings(event.timestamp, receivedAt),
  ...unknownFieldWarnings(unknownFields),
];

const arrivalCodes = new Set<WarningCode>(['late_event', 'future_timestamp', 'unknown_field']);

/** Returns whether it is one of `arrivalWarnings`, which the catalog of now does not change. */
export const isOfArrival = ({ code }: Warning): boolean => arrivalCodes.has(code);

/** A note of the lookup and the preview, never stored. `subject` is the meter id. */
export interface QuantityNote {
  readonly code: (typeof quantityNoteCodes)[number];
  readonly subject: string;
  readonly detail: string;
}

/** Notes what is right but may surprise: the official SDK sends numbers as strings, and expressions compute in doubles. */
export const quantityNotes = ({ properties }: Event, { meters }: EventMatch): readonly QuantityNote[] =>
  meters.flatMap(({ meter: { id: subject, aggregation } }) => {
    const note = (code: QuantityNote['code'], text: string, names: readonly string[]): readonly QuantityNote[] =>
      names.length === 0 ? [] : [{ code, subject, detail: boundedDetail(`${text}: ${names.join(', ')}`) }];
    return [
      ...note('numeric_string', 'counted as a number, sent as a string', numericStrings(aggregation, properties)),
      ...note('rounded_number', 'computed with the nearest double', roundedNumbers(aggregation, properties)),
    ];
  });
