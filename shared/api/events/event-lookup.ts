// Parses event lookups, and converts the explanation of an event: its billing by the current catalog, and the decision when it came.
import * as v from 'valibot';
import { type EventMatch, type Decision, statusOf } from '../../domain/matching/decision.ts';
import { zeroQuantity, formatQuantity } from '../../domain/numbers/quantity.ts';
import { formatInstant, lastInstant } from '../../domain/time/instant.ts';
import type { Catalog } from '../../domain/catalog/catalog.ts';
import { type BilledPlace, billedPlaceOf } from '../../domain/charges/billed-place.ts';
import type { ChangeBody, DecisionBody, ProcessedEventBody } from '../bodies/event-lookup.ts';
import { toWarningBody } from './event-bodies.ts';
import { closedObject } from '../http/known-fields.ts';
import { lastValues, parseQuery, type Query } from '../http/parse-request.ts';
import { optionalInstant } from '../http/primitives.ts';
import { ApiError, validationError } from '../http/problem.ts';

export const toDecisionBody = (decision: Decision, catalogVersion: number, decidedAt: number): DecisionBody => {
  const { meters, prices, lineItems } = decision.beyond;
  return {
    status: statusOf(decision.verdict),
    ...(decision.verdict !== 'processed' && { failure_point_type: decision.verdict }),
    customer_id: decision.customerId,
    meter_ids: decision.meterIds,
    price_ids: decision.priceIds,
    sub_line_item_ids: decision.lineItemIds,
    ...(meters + prices + lineItems > 0 && {
      more: { meter_ids: meters, price_ids: prices, sub_line_item_ids: lineItems },
    }),
    warnings: decision.warnings.map(toWarningBody),
    catalog_version: catalogVersion,
    decided_at: formatInstant(decidedAt),
  };
};

const sorted = (ids: readonly string[]): string[] => [...ids].sort();

/** Returns the differences between the stored decision and the current one. Ids that were not kept because there were too many are only counted. */
export const toChanges = (then: Decision, now: Decision): ChangeBody[] => {
  const change = (field: string, from: ChangeBody['from'], to: ChangeBody['to']): ChangeBody[] =>
    JSON.stringify(from) === JSON.stringify(to) ? [] : [{ field, from, to }];
  const changeOfIds = (field: string, ids: 'meterIds' | 'priceIds' | 'lineItemIds', kind: keyof Decision['beyond']) => {
    const [from, to] = [then[ids], now[ids]];
    const isCountedOnly = from.length === 0 && then.beyond[kind] === to.length + (now.beyond[kind] ?? 0);
    return isCountedOnly ? [] : change(field, sorted(from), sorted(to));
  };
  const pointOf = ({ verdict }: Decision): string => (verdict === 'processed' ? '' : verdict);
  return [
    ...change('status', statusOf(then.verdict), statusOf(now.verdict)),
    ...change('failure_point_type', pointOf(then), pointOf(now)),
    ...change('customer_id', then.customerId, now.customerId),
    ...changeOfIds('meter_ids', 'meterIds', 'meters'),
    ...changeOfIds('price_ids', 'priceIds', 'prices'),
    ...changeOfIds('sub_line_item_ids', 'lineItemIds', 'lineItems'),
  ];
};

/** Returns where in the bill an event is: its period or trial, the version of the line, and the window of the allowance. */
const placeBody = ({
  period,
  isTrial,
  version,
  allowance,
}: BilledPlace): Pick<
  ProcessedEventBody,
  'period_start' | 'period_end' | 'is_trial' | 'line_version' | 'allowance'
> => ({
  period_start: formatInstant(period.start),
  period_end: formatInstant(period.end),
  is_trial: isTrial,
  line_version: {
    number: version.number,
    of: version.of,
    start: formatInstant(version.start),
    end: formatInstant(version.end),
  },
  ...(allowance && {
    allowance: {
      feature_id: allowance.featureId,
      usage_limit: allowance.usageLimit,
      usage_reset_period: allowance.usageResetPeriod,
      window_start: formatInstant(allowance.window.start),
      ...(allowance.window.end < lastInstant && { window_end: formatInstant(allowance.window.end) }),
    },
  }),
});

/** Returns one entry per meter and line item that bills the event. Times in UTC milliseconds. */
export const toProcessedEvents = (
  { customer, meters, lineItems }: EventMatch,
  catalog: Catalog,
  { timestamp, processedAt, now }: { readonly timestamp: number; readonly processedAt: number; readonly now: number },
): ProcessedEventBody[] => {
  const quantities = new Map(meters.map(({ meter, measurement }) => [meter.id, measurement]));
  return lineItems
    .filter(({ isActive }) => isActive)
    .map(({ subscription, lineItem, price }) => {
      const measurement = quantities.get(price.meterId);
      const place = billedPlaceOf(subscription, catalog, lineItem, { timestamp, now });
      return {
        customer_id: customer?.id ?? '',
        subscription_id: subscription.id,
        sub_line_item_id: lineItem.id,
        price_id: price.id,
        meter_id: price.meterId,
        feature_id: catalog.featureByMeter.get(price.meterId)?.id ?? '',
        qty_total: formatQuantity(measurement?.kind === 'counted' ? measurement.quantity : zeroQuantity),
        processed_at: formatInstant(processedAt),
        ...(place && placeBody(place)),
      };
    });
};

const EventLookupQuerySchema = closedObject({
  id: v.nullish(v.string(), ''),
  external_customer_id: v.nullish(v.string(), ''),
  start_time: optionalInstant,
  end_time: optionalInstant,
});

/** The id of an event, and filters it must also meet. */
export interface EventLookupRequest {
  readonly id: string;
  /** "": any. */
  readonly externalCustomerId: string;
  /** Inclusive at both ends, UTC milliseconds. */
  readonly range: { readonly start: number; readonly end: number };
}

/** Parses a lookup; `path`: the id, if the path has it; an empty one counts as missing. Throws ApiError `validation_error`. */
export const parseEventLookup = (query: Query, path = ''): EventLookupRequest => {
  const sent = parseQuery(EventLookupQuerySchema, lastValues(query));
  const id = sent.id === '' ? path : sent.id;
  if (id === '') throw new ApiError('validation_error', 'Please provide a valid event ID', { id: 'required' });
  const range = { start: sent.start_time ?? -Infinity, end: sent.end_time ?? Infinity };
  if (range.end < range.start) throw validationError(new Map([['end_time', 'must not be before start_time']]));
  return { id, externalCustomerId: sent.external_customer_id, range };
};
