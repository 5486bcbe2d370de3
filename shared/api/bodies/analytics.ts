// What is answered about the usage of a customer by line item, or of everybody by meter.
import * as v from 'valibot';
import { aggregationTypes } from '../../domain/meters/meter.ts';
import { windowSizes } from '../../domain/time/usage-window.ts';
import { type BodyOf, decimalText, wholeNumber } from './body.ts';
import { FeatureBodySchema, MeterBodySchema, PlanBodySchema, PriceBodySchema } from './catalog.ts';
import { CommitmentInfoSchema, computedEntries } from './invoices.ts';
import { LineItemBodySchema } from './subscriptions.ts';
import { coverageEntries } from './usage.ts';

const eventCount = v.pipe(wholeNumber, v.description('Events that count.'));

const timeOfDay = v.object({ hour: wholeNumber, minute: wholeNumber });
const BucketSummarySchema = v.object({
  id: v.string(),
  start_time: timeOfDay,
  end_time: timeOfDay,
  usage: decimalText,
  base_cost: v.pipe(decimalText, v.description('Without the commitment.')),
  cost: decimalText,
  ...computedEntries,
});
const cost = v.pipe(decimalText, v.description('Exact, of what a line item bills: before allowances, not rounded.'));

const ItemSchema = v.object({
  name: v.pipe(v.string(), v.description('Of the feature; of the meter, when it has none.')),
  feature_id: v.pipe(v.string(), v.description('Empty when the meter has no feature.')),
  meter_id: v.string(),
  event_name: v.string(),
  aggregation_type: v.picklist(aggregationTypes),
  subscription_id: v.exactOptional(v.string()),
  sub_line_item_id: v.exactOptional(v.string()),
  price_id: v.exactOptional(v.string()),
  plan_id: v.exactOptional(v.string()),
  source: v.exactOptional(v.pipe(v.string(), v.description('When grouped by it.'))),
  sources: v.exactOptional(
    v.pipe(v.array(v.string()), v.description('Where its events came from, with `expand` source.')),
  ),
  properties: v.exactOptional(
    v.pipe(v.record(v.string(), v.string()), v.description('What it is grouped by; a missing property is left out.')),
  ),
  total_usage: decimalText,
  total_usage_display: v.pipe(
    v.string(),
    v.description('In the reporting unit of the feature, rounded to 2 decimals; empty when it has none.'),
  ),
  cumulative_quantity: v.exactOptional(
    v.pipe(decimalText, v.description('Of a meter that is never reset: from the beginning of time to the end.')),
  ),
  subtotal: v.exactOptional(cost),
  total_discount: v.exactOptional(v.literal('0')),
  total_cost: v.exactOptional(cost),
  currency: v.exactOptional(v.string()),
  commitment_info: v.exactOptional(CommitmentInfoSchema),
  bucket_summaries: v.exactOptional(
    v.pipe(v.array(BucketSummarySchema), v.description('Of the time buckets of the commitment that have windows.')),
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
              "Start of the window, in the time zone of the subscription or the customer; of a meter's bucket, in UTC.",
            ),
          ),
          usage: decimalText,
          subtotal: v.exactOptional(cost),
          discount: v.exactOptional(v.literal('0')),
          cost: v.exactOptional(cost),
          ...v.partial(v.object(computedEntries)).entries,
          buckets: v.exactOptional(
            v.pipe(v.array(BucketSummarySchema), v.description('With `breakdown_bucket`, by time bucket.')),
          ),
          event_count: eventCount,
        }),
      ),
      v.description('By time, with `window_size`; windows without events are left out.'),
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
    v.description('By name. Without usage there is none, unless its line item has a commitment.'),
  ),
  has_more: v.exactOptional(
    v.pipe(v.boolean(), v.description('Only where there are more items than fit into an answer. Totals are of all.')),
  ),
  subtotal: v.exactOptional(v.pipe(decimalText, v.description('Left out when items are in several currencies.'))),
  total_discount: v.exactOptional(v.literal('0')),
  total_cost: v.exactOptional(decimalText),
  currency: v.exactOptional(v.pipe(v.string(), v.description('Empty when nothing bills.'))),
  ...coverageEntries,
  counted: v.pipe(
    wholeNumber,
    v.description('Events that count, once for each line item or meter that they count for.'),
  ),
});
export type AnalyticsBody = BodyOf<typeof AnalyticsBodySchema>;
