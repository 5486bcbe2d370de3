// Bodies of granted features.
import * as v from 'valibot';
import { usageResetPeriods } from '../../domain/catalog/entitlement.ts';
import { type BodyOf, wholeNumber } from './body.ts';
import { EntitlementBodySchema, FeatureBodySchema } from './catalog.ts';

export const EntitlementSourceSchema = v.object({
  subscription_id: v.string(),
  entity_id: v.string(),
  entity_type: v.picklist(['plan', 'subscription']),
  quantity: wholeNumber,
  entity_name: v.pipe(v.string(), v.description('The id of the plan.')),
  entitlement_id: v.string(),
  is_enabled: v.boolean(),
  usage_limit: v.pipe(v.nullable(v.number()), v.description('null means unlimited.')),
  static_value: v.exactOptional(v.string()),
  usage_reset_period: v.exactOptional(v.picklist(usageResetPeriods)),
  config_value: v.exactOptional(v.unknown()),
});
export type EntitlementSourceBody = BodyOf<typeof EntitlementSourceSchema>;

const AggregatedEntitlementSchema = v.object({
  is_enabled: v.pipe(v.boolean(), v.description('Whether any of the grants is enabled.')),
  usage_limit: v.pipe(
    v.nullable(v.number()),
    v.description('The sum of the grants; null means unlimited, if any of them is.'),
  ),
  is_soft_limit: v.boolean(),
  usage_reset_period: v.pipe(
    v.picklist(usageResetPeriods),
    v.description('The most frequent reset period; if several are equally frequent, that of the oldest grant.'),
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
  features: v.pipe(
    v.array(AggregatedFeatureSchema),
    v.description('Only of subscriptions that are active or in trial.'),
  ),
});

/** Entitlements that are created together. */
export const EntitlementsBodySchema = v.object({ items: v.array(EntitlementBodySchema) });
