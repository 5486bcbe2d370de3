// Converts what subscriptions grant of a feature to bodies.
import type { Catalog } from '../../domain/catalog/catalog.ts';
import type { Entitlement } from '../../domain/catalog/entitlement.ts';
import { type GrantedFeature, limitOf } from '../../domain/entitlements/feature-usage.ts';
import { parseJson } from '../../domain/json-text.ts';
import type { Subscription } from '../../domain/subscriptions/subscription.ts';
import type { AggregatedEntitlementBody, EntitlementSourceBody } from '../bodies/entitlements.ts';

export const toSourceBody = (
  { plans }: Catalog,
  subscription: Subscription,
  source: Entitlement,
): EntitlementSourceBody => ({
  subscription_id: subscription.id,
  entity_id: source.entityId,
  entity_type: source.entityType === 'PLAN' ? 'plan' : 'subscription',
  quantity: 1,
  entity_name: plans.get(source.entityType === 'PLAN' ? source.entityId : subscription.planId)?.name ?? '',
  entitlement_id: source.id,
  is_enabled: source.isEnabled,
  usage_limit: source.usageLimit,
  ...(source.staticValue !== '' && { static_value: source.staticValue }),
  ...(source.usageResetPeriod !== '' && { usage_reset_period: source.usageResetPeriod }),
  ...(source.configValue !== undefined && { config_value: parseJson(source.configValue) }),
});

/** Combines all grants of a feature. */
export const toAggregatedBody = (granted: GrantedFeature): AggregatedEntitlementBody => {
  const { grants, feature } = granted;
  const sources = grants.flatMap(({ entitlement }) => entitlement.sources);
  const limit = feature.type === 'metered' ? limitOf(granted) : null;
  return {
    is_enabled: grants.some(({ entitlement }) => entitlement.isEnabled),
    usage_limit: limit,
    is_soft_limit: grants.some(({ entitlement }) => entitlement.isSoftLimit),
    usage_reset_period: grants[0].entitlement.usageResetPeriod,
    static_values: [...new Set(sources.map(({ staticValue }) => staticValue).filter((value) => value !== ''))],
  };
};
