// What is answered about the charges of a subscription.
import * as v from 'valibot';
import { type BodyOf, instantText } from './body.ts';
import { PriceBodySchema } from './catalog.ts';

const UsageChargeSchema = v.object({
  subscription_line_item_id: v.string(),
  amount: v.pipe(v.number(), v.description('Rounded to the precision of the currency.')),
  currency: v.string(),
  display_amount: v.string(),
  quantity: v.number(),
  filter_values: v.pipe(v.record(v.string(), v.array(v.string())), v.description('The filters of the meter.')),
  meter_id: v.string(),
  meter_display_name: v.string(),
  price: PriceBodySchema,
  is_overage: v.pipe(v.boolean(), v.description('Beyond the commitment of the subscription.')),
  overage_factor: v.exactOptional(v.number()),
});
export type UsageChargeBody = BodyOf<typeof UsageChargeSchema>;

export const SubscriptionUsageBodySchema = v.object({
  amount: v.pipe(v.number(), v.description('The charges before they are rounded one by one, rounded as a whole.')),
  currency: v.string(),
  display_amount: v.string(),
  start_time: instantText,
  end_time: instantText,
  charges: v.pipe(
    v.nullable(v.array(UsageChargeSchema)),
    v.description('By name of the meter; null when the subscription has no usage line items.'),
  ),
  commitment_amount: v.exactOptional(v.number()),
  overage_factor: v.exactOptional(v.number()),
  commitment_utilized: v.exactOptional(v.number()),
  overage_amount: v.exactOptional(v.number()),
  has_overage: v.boolean(),
  note: v.pipe(v.string(), v.description('What these charges leave out.')),
});
export type SubscriptionUsageBody = BodyOf<typeof SubscriptionUsageBodySchema>;
