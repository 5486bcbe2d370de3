// One event explained, on the wire: what billing makes of it now, step by step, and what was found when it came.
import type { Attribution, Decision, Verdict, Warning } from '../domain/decision.ts';
import { zeroQuantity, formatQuantity } from '../domain/quantity.ts';
import type { Event } from '../domain/event.ts';
import type { Scope } from '../domain/ids.ts';
import { formatInstant, zeroTime } from '../domain/instant.ts';
import type { Catalog } from '../domain/catalog.ts';
import { type CustomerBody, toCustomerBody } from './customers.ts';
import { type EventBody, toEventBody } from './event-bodies.ts';
import { type LineItemBody, toLineItemBody } from './line-items.ts';
import { type MeterBody, toMeterBody } from './meters.ts';
import { type PriceBody, toPriceBody } from './prices.ts';
import { type ProblemBody, toProblemBody } from './problem.ts';

type StepStatus = 'unprocessed' | 'found' | 'not_found';

export interface DebugTrackerBody {
  readonly customer_lookup: {
    readonly status: StepStatus;
    readonly customer?: CustomerBody;
    readonly error?: ProblemBody;
  };
  readonly meter_matching: {
    readonly status: StepStatus;
    readonly matched_meters?: readonly { meter_id: string; event_name: string; meter: MeterBody }[];
  };
  readonly price_lookup: {
    readonly status: StepStatus;
    readonly matched_prices?: readonly { price_id: string; meter_id: string; status: string; price: PriceBody }[];
  };
  readonly subscription_line_item_lookup: {
    readonly status: StepStatus;
    readonly matched_line_items?: readonly MatchedLineItemBody[];
    readonly error?: ProblemBody;
  };
  readonly failure_point: { readonly failure_point_type: string; readonly error: ProblemBody } | null;
}

interface MatchedLineItemBody {
  readonly sub_line_item_id: string;
  readonly subscription_id: string;
  readonly price_id: string;
  readonly start_date: string;
  readonly end_date: string;
  readonly is_active_for_event: boolean;
  readonly timestamp_within_range: boolean;
  readonly subscription_line_item: LineItemBody;
}

/** One per meter and line item. `qty_total`: exact decimal; "0" for what the meter leaves out. */
export interface ProcessedEventBody {
  readonly customer_id: string;
  readonly subscription_id: string;
  readonly sub_line_item_id: string;
  readonly price_id: string;
  readonly meter_id: string;
  readonly feature_id: string;
  readonly qty_total: string;
  readonly processed_at: string;
}

export interface WarningBody {
  readonly code: string;
  /** The meter a quantity warning is about, or the stored name that is close. */
  readonly subject?: string;
  readonly message: string;
}

/** What the processor found when the event came. */
export interface DecisionBody {
  readonly status: 'processed' | 'failed';
  readonly failure_point_type?: string;
  readonly customer_id: string;
  readonly meter_ids: readonly string[];
  readonly price_ids: readonly string[];
  readonly sub_line_item_ids: readonly string[];
  /** How many more there were than are listed. */
  readonly more?: { readonly meter_ids: number; readonly price_ids: number; readonly sub_line_item_ids: number };
  readonly warnings: readonly WarningBody[];
  readonly catalog_version: number;
  readonly decided_at: string;
}

/** Where today's answer differs from the decision: field, then, now. */
export interface ChangeBody {
  readonly field: string;
  readonly from: string | readonly string[];
  readonly to: string | readonly string[];
}

export interface ConflictBody {
  readonly received_at: string;
  /** Fields whose content differs from that of the event that counts. */
  readonly fields: readonly string[];
}

export interface EventLookupBody {
  readonly event: EventBody;
  readonly status: 'processed' | 'processing' | 'failed';
  readonly processed_events?: readonly ProcessedEventBody[];
  readonly debug_tracker?: DebugTrackerBody;
  readonly warnings?: readonly WarningBody[];
  readonly decision?: DecisionBody;
  readonly changed_since?: readonly ChangeBody[];
  readonly conflicts?: readonly ConflictBody[];
  /** There were more conflicts than are kept. */
  readonly more_conflicts?: true;
}

export const toWarningBody = ({ code, subject, detail }: Warning): WarningBody => ({
  code,
  ...(subject !== '' && { subject }),
  message: detail,
});

const statusOf = (verdict: Verdict): 'processed' | 'failed' => (verdict === 'processed' ? 'processed' : 'failed');

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

/** What differs between the decision of then and that of now. */
export const toChanges = (then: Decision, now: Decision): ChangeBody[] => {
  const change = (field: string, from: ChangeBody['from'], to: ChangeBody['to']): ChangeBody[] =>
    JSON.stringify(from) === JSON.stringify(to) ? [] : [{ field, from, to }];
  const sorted = (ids: readonly string[]): string[] => [...ids].sort();
  return [
    ...change('status', statusOf(then.verdict), statusOf(now.verdict)),
    ...change('failure_point_type', then.verdict, now.verdict).map(({ field, from, to }) => ({
      field,
      from: from === 'processed' ? '' : from,
      to: to === 'processed' ? '' : to,
    })),
    ...change('customer_id', then.customerId, now.customerId),
    ...change('meter_ids', sorted(then.meterIds), sorted(now.meterIds)),
    ...change('price_ids', sorted(then.priceIds), sorted(now.priceIds)),
    ...change('sub_line_item_ids', sorted(then.lineItemIds), sorted(now.lineItemIds)),
  ];
};

/** One per meter and line item that bills the event. `processedAt`: UTC milliseconds. */
export const toProcessedEvents = (
  { customer, meters, lineItems }: Attribution,
  catalog: Catalog,
  processedAt: number,
): ProcessedEventBody[] => {
  const quantities = new Map(meters.map(({ meter, measurement }) => [meter.id, measurement]));
  return lineItems
    .filter(({ isActive }) => isActive)
    .map(({ subscription, lineItem, price }) => {
      const measurement = quantities.get(price.meterId);
      return {
        customer_id: customer?.id ?? '',
        subscription_id: subscription.id,
        sub_line_item_id: lineItem.id,
        price_id: price.id,
        meter_id: price.meterId,
        feature_id: catalog.featureByMeter.get(price.meterId)?.id ?? '',
        qty_total: formatQuantity(measurement?.kind === 'counted' ? measurement.quantity : zeroQuantity),
        processed_at: formatInstant(processedAt),
      };
    });
};

const unprocessed = { status: 'unprocessed' } as const;

/** The walk that has not begun: the event is accepted and not stored yet. */
export const pendingTracker: DebugTrackerBody = {
  customer_lookup: unprocessed,
  meter_matching: unprocessed,
  price_lookup: unprocessed,
  subscription_line_item_lookup: unprocessed,
  failure_point: null,
};

const notFound = (message: string): ProblemBody => toProblemBody('not_found', message);

/** The message of a failed step. */
const failureOf = (event: Event, { verdict, lineItems }: Attribution): ProblemBody => {
  switch (verdict) {
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
    case 'processed':
      throw new Error('a processed event has no failure point');
  }
};

/** The walk of an event that is not billed, up to the step that found nothing. */
export const toDebugTracker = (scope: Scope, event: Event, attribution: Attribution): DebugTrackerBody => {
  const { verdict, customer, meters, prices, lineItems } = attribution;
  const error = failureOf(event, attribution);
  const reached = ['customer_lookup', 'meter_lookup', 'price_lookup', 'subscription_line_item_lookup'].indexOf(verdict);
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
                meter: toMeterBody(scope, meter),
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
              matched_line_items: lineItems.map(({ lineItem, isActive }) => ({
                sub_line_item_id: lineItem.id,
                subscription_id: lineItem.subscriptionId,
                price_id: lineItem.priceId,
                start_date: formatInstant(lineItem.startDate),
                end_date: lineItem.endDate === undefined ? zeroTime : formatInstant(lineItem.endDate),
                is_active_for_event: isActive,
                timestamp_within_range: isActive,
                subscription_line_item: toLineItemBody(scope, lineItem),
              })),
            }),
          },
    failure_point: { failure_point_type: verdict, error },
  };
};
