// Entitlements on the wire: as a plan shows them.
import type { Entitlement } from '../domain/entitlement.ts';
import type { Scope } from '../domain/ids.ts';
import type { EntitlementBody } from './bodies/catalog.ts';
import { toEntityBody } from './entity-body.ts';

export const toEntitlementBody = (scope: Scope, entitlement: Entitlement): EntitlementBody => ({
  id: entitlement.id,
  entity_type: entitlement.entityType,
  entity_id: entitlement.entityId,
  ...(entitlement.entityType === 'PLAN' && { plan_id: entitlement.entityId }),
  feature_id: entitlement.featureId,
  feature_type: entitlement.featureType,
  is_enabled: entitlement.isEnabled,
  usage_limit: entitlement.usageLimit,
  usage_reset_period: entitlement.usageResetPeriod,
  is_soft_limit: entitlement.isSoftLimit,
  static_value: entitlement.staticValue,
  ...toEntityBody(scope, entitlement),
});
