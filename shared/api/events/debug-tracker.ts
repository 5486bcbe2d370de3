// Converts the steps of a decision to the debug tracker: what each step found, and the first one that found nothing.
import { type EventMatch, type FailurePoint, failurePoints } from '../../domain/matching/decision.ts';
import type { Event } from '../../domain/events/event.ts';
import type { Scope } from '../../domain/ids.ts';
import { formatInstant } from '../../domain/time/instant.ts';
import { toCustomerBody } from '../customers/customers.ts';
import type { DebugTrackerBody } from '../bodies/event-lookup.ts';
import { timeOrZero, toEntityBody } from '../entities/entity-body.ts';
import { toLineItemBody } from '../subscriptions/line-items.ts';
import { toMeterBody } from '../catalog/meters.ts';
import { toPriceBody } from '../prices/prices.ts';
import { type ProblemBody, toProblemBody } from '../http/problem.ts';

const unprocessed = { status: 'unprocessed' } as const;

/** Tracker of an event that is accepted but not stored yet, so that no step has run. */
export const pendingTracker: DebugTrackerBody = {
  customer_lookup: unprocessed,
  meter_matching: unprocessed,
  price_lookup: unprocessed,
  subscription_line_item_lookup: unprocessed,
  failure_point: null,
};

const notFound = (message: string): ProblemBody => toProblemBody('not_found', message);

/** Returns the message of a failed step. */
const failureOf = (point: FailurePoint, event: Event, { lineItems }: EventMatch): ProblemBody => {
  switch (point) {
    case 'customer_lookup':
      return notFound(`No customer found with external_customer_id: ${event.externalCustomerId}`);
    case 'meter_lookup':
      return notFound(`No meters found matching event_name: ${event.name}`);
    case 'price_lookup':
      return notFound('No prices found for matched meters');
    case 'subscription_line_item_lookup':
      return notFound(
        lineItems.length === 0
          ? 'No subscription line items found for matched prices'
          : `Found ${String(lineItems.length)} subscription line item(s) but none are active for event timestamp ${formatInstant(event.timestamp)}`,
      );
  }
};

/** Builds the tracker of an event that is not billed, up to the step that found nothing. */
export const toDebugTracker = (scope: Scope, event: Event, match: EventMatch): DebugTrackerBody => {
  const { verdict, customer, meters, prices, lineItems } = match;
  if (verdict === 'processed') throw new Error('a processed event has no failure point');
  const error = failureOf(verdict, event, match);
  const reached = failurePoints.indexOf(verdict);
  return {
    customer_lookup:
      customer === undefined
        ? { status: 'not_found', error }
        : { status: 'found', customer: toCustomerBody(scope, customer) },
    meter_matching:
      reached < 1
        ? unprocessed
        : reached === 1
          ? { status: 'not_found' }
          : {
              status: 'found',
              matched_meters: meters.map(({ meter }) => ({
                meter_id: meter.id,
                event_name: meter.eventName,
                meter: { ...toMeterBody(scope, meter), ...toEntityBody(scope, meter) },
              })),
            },
    price_lookup:
      reached < 2
        ? unprocessed
        : reached === 2
          ? { status: 'not_found' }
          : {
              status: 'found',
              matched_prices: prices.map((price) => ({
                price_id: price.id,
                meter_id: price.meterId,
                status: price.status,
                price: toPriceBody(scope, price),
              })),
            },
    subscription_line_item_lookup:
      reached < 3
        ? unprocessed
        : {
            status: 'not_found',
            error,
            ...(lineItems.length > 0 && {
              matched_line_items: lineItems.map(({ lineItem, price, isActive }) => ({
                sub_line_item_id: lineItem.id,
                subscription_id: lineItem.subscriptionId,
                price_id: lineItem.priceId,
                start_date: formatInstant(lineItem.startDate),
                end_date: timeOrZero(lineItem.endDate),
                is_active_for_event: isActive,
                timestamp_within_range: isActive,
                subscription_line_item: {
                  ...toLineItemBody(scope, customer?.id ?? '', lineItem, { priceUnit: price.priceUnit }),
                  price: toPriceBody(scope, price),
                },
              })),
            }),
          },
    failure_point: { failure_point_type: verdict, error },
  };
};
