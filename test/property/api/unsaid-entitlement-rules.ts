// The rules of entitlements that the document does not say.
import { between, type UnsaidRule } from './unsaid-rule.ts';

const granted = { feature_id: 'feat_1', feature_type: 'metered' };
const ofPlan = { ...granted, plan_id: 'plan_1' };
const ofSubscription = { ...granted, entity_type: 'SUBSCRIPTION', entity_id: 'subs_1' };

export const unsaidEntitlementRules: readonly UnsaidRule[] = [
  between('plan_id', /^required, or entity_type and entity_id$/, 'CreateEntitlement', granted),
  between('entity_id', /^required$/, 'CreateEntitlement', { ...ofSubscription, entity_id: '' }),
  between('entity_id', /^must be plan_id or omitted$/, 'CreateEntitlement', { ...ofPlan, entity_id: 'plan_2' }),
  between('entity_type', /^must be PLAN with plan_id$/, 'CreateEntitlement', {
    ...ofPlan,
    entity_type: 'SUBSCRIPTION',
  }),
  between('parent_entitlement_id', /^only for an entitlement of a subscription$/, 'CreateEntitlement', {
    ...ofPlan,
    parent_entitlement_id: 'ent_1',
  }),
  between('end_date', /^must be after start_date$/, 'CreateEntitlement', {
    ...ofPlan,
    start_date: '2026-01-01T00:00:00Z',
    end_date: '2026-01-01T00:00:00Z',
  }),
];
