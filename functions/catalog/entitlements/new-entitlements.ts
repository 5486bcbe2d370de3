// Prepares entitlements: checks a request against the feature and the plan that it names.
import {
  brokenValues,
  type EntitlementFields,
  noEntitlementValues,
  toEntitlementValues,
} from '../../../shared/api/catalog/entitlements.ts';
import { validationError } from '../../../shared/api/http/problem.ts';
import type { SubscriptionFields } from '../../../shared/api/subscriptions/subscriptions.ts';
import { isBucketedMaximum } from '../../../shared/domain/catalog/billed-meter.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { Entitlement } from '../../../shared/domain/catalog/entitlement.ts';
import type { Feature } from '../../../shared/domain/catalog/feature.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { type Change, newEntity } from '../changes/catalog-changes.ts';
import { notFound } from '../changes/find-accounts.ts';

const invalid = (path: string, broken: readonly (readonly [field: string, rule: string])[]) =>
  validationError(new Map(broken.map(([field, rule]) => [`${path}${field}`, rule])));

/** Returns the feature. Throws ApiError, also for a bucketed maximum, which has no quantity that units could be taken from. */
const grantedFeature = ({ features, meters }: Catalog, sent: EntitlementFields, path: string): Feature => {
  const feature = features.get(sent.feature_id);
  if (feature === undefined) throw notFound('Feature', `${path}feature_id`);
  if (feature.status !== 'published') throw invalid(path, [['feature_id', 'must be a published feature']]);
  if (feature.type !== sent.feature_type) {
    throw invalid(path, [['feature_type', `must be the type of the feature, ${feature.type}`]]);
  }
  if (isBucketedMaximum(meters.get(feature.meterId ?? ''))) {
    throw invalid(path, [['feature_id', 'must not have a MAX meter with buckets']]);
  }
  return feature;
};

const ownerOf = ({ plan_id: planId, entity_type: type, entity_id: id }: EntitlementFields) =>
  ({ entityType: planId === '' ? (type ?? 'PLAN') : 'PLAN', entityId: planId || id }) as const;

/** Returns a new entitlement. Throws ApiError: 404 for an unknown plan, feature or parent. `path`: path of `sent` in its body. */
export const prepareEntitlement = (
  catalog: Catalog,
  sent: EntitlementFields,
  id: string,
  change: Change,
  path = '',
): Entitlement => {
  const owner = ownerOf(sent);
  if (owner.entityType === 'PLAN' && !catalog.plans.has(owner.entityId)) {
    throw notFound('Plan', `${path}${sent.plan_id === '' ? 'entity_id' : 'plan_id'}`);
  }
  const feature = grantedFeature(catalog, sent, path);
  const parent = catalog.entitlements.get(sent.parent_entitlement_id);
  if (sent.parent_entitlement_id !== '' && parent?.featureId !== feature.id) {
    throw invalid(path, [['parent_entitlement_id', 'must be an entitlement of the same feature']]);
  }
  const values = toEntitlementValues(sent, noEntitlementValues);
  const broken = brokenValues(feature.type, values);
  if (broken.length > 0) throw invalid(path, broken);
  return {
    ...newEntity(id, change),
    ...owner,
    featureId: feature.id,
    featureType: feature.type,
    ...values,
    // Only an entitlement of a boolean feature can be created disabled.
    isEnabled: feature.type !== 'boolean' || values.isEnabled,
    ...(parent && { parentEntitlementId: parent.id }),
    ...(sent.start_date !== undefined && { startDate: sent.start_date }),
    ...(sent.end_date !== undefined && { endDate: sent.end_date }),
  };
};

/** Throws ApiError when two entitlements of a request grant one feature to the same plan or subscription. */
export const refuseRepeated = (entitlements: readonly Entitlement[]): void => {
  const seen = new Set<string>();
  const repeated = new Map<string, string>();
  for (const [index, { entityId, featureId }] of entitlements.entries()) {
    const key = `${entityId} ${featureId}`;
    if (seen.has(key))
      repeated.set(`items[${String(index)}].feature_id`, 'must be unique for its plan or subscription');
    seen.add(key);
  }
  if (repeated.size > 0) throw validationError(repeated);
};

/** Returns the entitlement with the values that were sent. Throws ApiError for values that its feature cannot have. */
export const changedEntitlement = (
  entitlement: Entitlement,
  sent: Parameters<typeof toEntitlementValues>[0],
  { at, by }: Change,
  path = '',
): Entitlement => {
  const { configValue, ...before } = entitlement;
  const values = toEntitlementValues(sent, { ...before, ...(configValue !== undefined && { configValue }) });
  const broken = brokenValues(entitlement.featureType, values);
  if (broken.length > 0) throw invalid(path, broken);
  return { ...entitlement, ...values, updatedAt: at, updatedBy: by };
};

/** Returns the entitlements that a new subscription has instead of those of its plan. Throws ApiError. */
export const overriddenEntitlements = (
  { entitlements }: Catalog,
  { id: entityId, planId }: Pick<Subscription, 'id' | 'planId'>,
  overrides: SubscriptionFields['override_entitlements'],
  { newId, ...change }: Change & { readonly newId: () => string },
): readonly Entitlement[] => {
  const seen = new Set<string>();
  return overrides.map((override, index) => {
    const path = `override_entitlements[${String(index)}].`;
    const parent = entitlements.get(override.entitlement_id);
    if (parent?.entityId !== planId) throw invalid(path, [['entitlement_id', 'must be an entitlement of the plan']]);
    if (seen.has(parent.id)) throw invalid(path, [['entitlement_id', 'must be unique']]);
    seen.add(parent.id);
    return {
      ...changedEntitlement(parent, override, change, path),
      ...newEntity(newId(), change),
      entityType: 'SUBSCRIPTION',
      entityId,
      parentEntitlementId: parent.id,
    };
  });
};
