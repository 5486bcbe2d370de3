// Bodies of analytics: usage of a customer by line item, or of all customers by meter.
import * as v from 'valibot';
import { aggregationTypes } from '../../domain/meters/meter.ts';
import { windowSizes } from '../../domain/time/usage-window.ts';
import { type BodyOf, decimalText, wholeNumber } from './body.ts';
import { FeatureBodySchema, MeterBodySchema, PlanBodySchema, PriceBodySchema } from './catalog.ts';
import { CommitmentInfoSchema, computedEntries } from './invoices.ts';
import { LineItemBodySchema } from './subscriptions.ts';
import { coverageEntries } from './usage.ts';

const eventCount = v.pipe(wholeNumber, v.description('Number of events that count.'));

const timeOfDay = v.object({ hour: wholeNumber, minute: wholeNumber });
const BucketSummarySchema = v.object({
  id: v.string(),
  start_time: timeOfDay,
  end_time: timeOfDay,
  usage: decimalText,
  base_cost: v.pipe(decimalText, v.description('The cost without the commitment.')),
  cost: decimalText,
  ...computedEntries,
});
const cost = v.pipe(
  decimalText,
  v.description('The exact cost if a line item bills it: before allowances, not rounded.'),
);

const ItemSchema = v.object({
  name: v.pipe(v.string(), v.description('The name of the feature, or of the meter if it has no feature.')),
  feature_id: v.pipe(v.string(), v.description('Empty if the meter has no feature.')),
  meter_id: v.string(),
  event_name: v.string(),
  aggregation_type: v.picklist(aggregationTypes),
  subscription_id: v.exactOptional(v.string()),
  sub_line_item_id: v.exactOptional(v.string()),
  price_id: v.exactOptional(v.string()),
  plan_id: v.exactOptional(v.string()),
  source: v.exactOptional(v.pipe(v.string(), v.description('Only if grouped by source.'))),
  sources: v.exactOptional(
    v.pipe(v.array(v.string()), v.description('The sources of its events, with `expand` source.')),
  ),
  properties: v.exactOptional(
    v.pipe(
      v.record(v.string(), v.string()),
      v.description('The values it is grouped by; a missing property is left out.'),
    ),
  ),
  total_usage: decimalText,
  total_usage_display: v.pipe(
    v.string(),
    v.description('In the reporting unit of the feature, rounded to 2 decimals; empty if it has none.'),
  ),
  cumulative_quantity: v.exactOptional(
    v.pipe(decimalText, v.description('For a meter that is never reset: usage from the beginning of time to the end.')),
  ),
  subtotal: v.exactOptional(cost),
  total_discount: v.exactOptional(v.literal('0')),
  total_cost: v.exactOptional(cost),
  currency: v.exactOptional(v.string()),
  commitment_info: v.exactOptional(CommitmentInfoSchema),
  bucket_summaries: v.exactOptional(
    v.pipe(
      v.array(BucketSummarySchema),
      v.description('Totals of the time buckets of the commitment that have windows.'),
    ),
  ),
  event_count: eventCount,
  unit: v.string(),
  unit_plural: v.string(),
  reporting_unit: FeatureBodySchema.entries.reporting_unit,
  window_size: v.exactOptional(v.picklist(windowSizes)),
  points: v.exactOptional(
    v.pipe(
      v.array(
        v.object({
          timestamp: v.pipe(
            v.string(),
            v.description(
              "Start of the window in the time zone of the subscription or the customer, or of the meter's bucket in UTC.",
            ),
          ),
          usage: decimalText,
          subtotal: v.exactOptional(cost),
          discount: v.exactOptional(v.literal('0')),
          cost: v.exactOptional(cost),
          ...v.partial(v.object(computedEntries)).entries,
          buckets: v.exactOptional(
            v.pipe(v.array(BucketSummarySchema), v.description('The parts by time bucket, with `breakdown_bucket`.')),
          ),
          event_count: eventCount,
        }),
      ),
      v.description(
        'Points in time order, with `window_size`; windows without events are left out. Without buckets of the meter each is costed by itself, from the first tier on, so the costs of points need not add up to that of the item.',
      ),
    ),
  ),
  price: v.exactOptional(PriceBodySchema),
  meter: v.exactOptional(MeterBodySchema),
  feature: v.exactOptional(FeatureBodySchema),
  subscription_line_item: v.exactOptional(LineItemBodySchema),
  plan: v.exactOptional(PlanBodySchema),
});
export type AnalyticsItemBody = BodyOf<typeof ItemSchema>;

export const AnalyticsBodySchema = v.object({
  items: v.pipe(
    v.array(ItemSchema),
    v.description('Sorted by name. There is no item without usage, unless its line item has a commitment.'),
  ),
  has_more: v.exactOptional(
    v.pipe(
      v.boolean(),
      v.description('Present only if there are more items than fit into an answer. The totals cover all of them.'),
    ),
  ),
  subtotal: v.exactOptional(v.pipe(decimalText, v.description('Left out if items are in several currencies.'))),
  total_discount: v.exactOptional(v.literal('0')),
  total_cost: v.exactOptional(decimalText),
  currency: v.exactOptional(v.pipe(v.string(), v.description('Empty if nothing is billed.'))),
  ...coverageEntries,
  counted: v.pipe(
    wholeNumber,
    v.description('Number of events that count, once per line item or meter that they count for.'),
  ),
});
export type AnalyticsBody = BodyOf<typeof AnalyticsBodySchema>;
