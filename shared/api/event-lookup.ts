// One event explained, on the wire: what billing makes of it now, step by step, and what was found when it came.
import type { Attribution, Decision, QuantityNote, Verdict, Warning } from '../domain/decision.ts';
import { zeroQuantity, formatQuantity } from '../domain/quantity.ts';
import { formatInstant } from '../domain/instant.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { DebugTrackerBody } from './debug-tracker.ts';
import type { EventBody } from './event-bodies.ts';

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

export const toWarningBody = ({ code, subject, detail }: Warning | QuantityNote): WarningBody => ({
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

const sorted = (ids: readonly string[]): string[] => [...ids].sort();

/** What differs between the decision of then and that of now. Ids that were not kept, for their number, are only counted. */
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
