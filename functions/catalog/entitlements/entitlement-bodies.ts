// Writes entitlements for answers, with the feature, meter and plan that they name.
import type { EntitlementBody } from '../../../shared/api/bodies/catalog.ts';
import { toEntitlementBody } from '../../../shared/api/catalog/entitlements.ts';
import { toFeatureBody } from '../../../shared/api/catalog/features.ts';
import { toMeterBody } from '../../../shared/api/catalog/meters.ts';
import { toPlanBody } from '../../../shared/api/catalog/plans.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { Entitlement } from '../../../shared/domain/catalog/entitlement.ts';
import type { Scope } from '../../../shared/domain/ids.ts';

export const everything = { hasFeature: true, hasMeter: true, hasPlan: true };
type Embedded = typeof everything;

export const entitlementBody = (
  scope: Scope,
  { features, meters, plans }: Catalog,
  entitlement: Entitlement,
  { hasFeature, hasMeter, hasPlan }: Embedded,
): EntitlementBody => {
  const feature = features.get(entitlement.featureId);
  const meter = hasMeter ? meters.get(feature?.meterId ?? '') : undefined;
  const plan = plans.get(entitlement.entityId);
  return toEntitlementBody(scope, entitlement, {
    feature: hasFeature && feature ? toFeatureBody(scope, feature, meter && toMeterBody(scope, meter)) : undefined,
    plan: hasPlan && plan ? toPlanBody(scope, plan) : undefined,
  });
};
