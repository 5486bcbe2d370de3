// What is answered about what subscriptions grant of features.
import * as v from 'valibot';
import { usageResetPeriods } from '../../domain/catalog/entitlement.ts';
import { type BodyOf, wholeNumber } from './body.ts';
import { EntitlementBodySchema, FeatureBodySchema } from './catalog.ts';

export const EntitlementSourceSchema = v.object({
  subscription_id: v.string(),
  entity_id: v.string(),
  entity_type: v.picklist(['plan', 'subscription']),
  quantity: wholeNumber,
  entity_name: v.pipe(v.string(), v.description('Of the plan.')),
  entitlement_id: v.string(),
  is_enabled: v.boolean(),
  usage_limit: v.pipe(v.nullable(v.number()), v.description('null: unlimited.')),
  static_value: v.exactOptional(v.string()),
  usage_reset_period: v.exactOptional(v.picklist(usageResetPeriods)),
  config_value: v.exactOptional(v.unknown()),
});
export type EntitlementSourceBody = BodyOf<typeof EntitlementSourceSchema>;

const AggregatedEntitlementSchema = v.object({
  is_enabled: v.pipe(v.boolean(), v.description('Whether any of them is.')),
  usage_limit: v.pipe(v.nullable(v.number()), v.description('Their sum; null: unlimited, as soon as one is.')),
  is_soft_limit: v.boolean(),
  usage_reset_period: v.pipe(
    v.picklist(usageResetPeriods),
    v.description('The most frequent one; of several the one that was there first.'),
  ),
  static_values: v.array(v.string()),
});
export type AggregatedEntitlementBody = BodyOf<typeof AggregatedEntitlementSchema>;

export const AggregatedFeatureSchema = v.object({
  feature: FeatureBodySchema,
  entitlement: AggregatedEntitlementSchema,
  sources: v.array(EntitlementSourceSchema),
});
export type AggregatedFeatureBody = BodyOf<typeof AggregatedFeatureSchema>;

export const SubscriptionEntitlementsBodySchema = v.object({
  subscription_id: v.string(),
  plan_id: v.string(),
  features: v.array(AggregatedFeatureSchema),
});

export const CustomerEntitlementsBodySchema = v.object({
  customer_id: v.string(),
  features: v.pipe(v.array(AggregatedFeatureSchema), v.description('Of subscriptions that are active or in trial.')),
});

/** Those that are made together. */
export const EntitlementsBodySchema = v.object({ items: v.array(EntitlementBodySchema) });
