// What is answered about the usage of a customer by line item, or of everybody by meter.
import * as v from 'valibot';
import { aggregationTypes, windowSizes } from '../../domain/meter.ts';
import { type BodyOf, decimalText, wholeNumber } from './body.ts';
import { FeatureBodySchema, MeterBodySchema, PlanBodySchema, PriceBodySchema } from './catalog.ts';
import { LineItemBodySchema } from './subscriptions.ts';
import { coverageEntries } from './usage.ts';

const eventCount = v.pipe(wholeNumber, v.description('Events that count.'));

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
  items: v.pipe(v.array(ItemSchema), v.description('By name. Without usage there is none.')),
  ...coverageEntries,
  counted: v.pipe(
    wholeNumber,
    v.description('Events that count, once for each line item or meter that they count for.'),
  ),
});
export type AnalyticsBody = BodyOf<typeof AnalyticsBodySchema>;
