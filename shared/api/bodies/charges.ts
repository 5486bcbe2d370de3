// Bodies of the charges of a subscription.
import * as v from 'valibot';
import { type BodyOf, decimalText, instantText, jsonNumber } from './body.ts';
import { FeatureBodySchema, PriceBodySchema } from './catalog.ts';
import { EntitlementSourceSchema } from './entitlements.ts';

const UsageChargeSchema = v.object({
  subscription_line_item_id: v.string(),
  amount: v.pipe(jsonNumber, v.description('Rounded to the precision of the currency.')),
  currency: v.string(),
  display_amount: v.string(),
  quantity: jsonNumber,
  filter_values: v.pipe(v.record(v.string(), v.array(v.string())), v.description('The filters of the meter.')),
  meter_id: v.string(),
  meter_display_name: v.string(),
  price: PriceBodySchema,
  is_overage: v.pipe(v.boolean(), v.description('Whether the charge is beyond the commitment of the subscription.')),
  overage_factor: v.exactOptional(v.number()),
});
export type UsageChargeBody = BodyOf<typeof UsageChargeSchema>;

export const SubscriptionUsageBodySchema = v.object({
  amount: v.pipe(
    jsonNumber,
    v.description(
      'The sum of the unrounded charges, rounded once; with a commitment of the subscription that changes anything, the amount of the bill.',
    ),
  ),
  currency: v.string(),
  display_amount: v.string(),
  start_time: instantText,
  end_time: instantText,
  charges: v.pipe(
    v.nullable(v.array(UsageChargeSchema)),
    v.description('Sorted by name of the meter; null if the subscription has no usage line items.'),
  ),
  commitment_amount: v.exactOptional(v.number()),
  overage_factor: v.exactOptional(v.number()),
  commitment_utilized: v.exactOptional(jsonNumber),
  overage_amount: v.exactOptional(jsonNumber),
  has_overage: v.boolean(),
  note: v.pipe(v.string(), v.description('What these charges do not include.')),
});
export type SubscriptionUsageBody = BodyOf<typeof SubscriptionUsageBodySchema>;

const FeatureUsageSchema = v.object({
  feature: FeatureBodySchema,
  total_limit: v.pipe(
    v.nullable(v.number()),
    v.description('The sum of all entitlements; null if unlimited, 0 for features that are not metered.'),
  ),
  is_unlimited: v.boolean(),
  current_usage: v.pipe(decimalText, v.description('Usage of all subscriptions in the current reset period.')),
  usage_percent: v.pipe(
    decimalText,
    v.description('A ratio: 0.5 is a half. 0 if unlimited, 100 without a limit above 0.'),
  ),
  is_enabled: v.boolean(),
  is_soft_limit: v.boolean(),
  next_usage_reset_at: v.pipe(
    v.nullable(instantText),
    v.description('`0001-01-01T00:00:00Z` if it never resets; null if unknown.'),
  ),
  sources: v.array(EntitlementSourceSchema),
});
export type FeatureUsageBody = BodyOf<typeof FeatureUsageSchema>;

export const CustomerUsageBodySchema = v.object({
  customer_id: v.string(),
  features: v.pipe(
    v.array(FeatureUsageSchema),
    v.description('Features with an entitlement in a subscription that is active or in trial.'),
  ),
  period: v.null(),
});
export type CustomerUsageBody = BodyOf<typeof CustomerUsageBodySchema>;
