// Bodies about entitlements and charges that the API takes.
export const goodChargeBodies = {
  CreateEntitlement: [
    {
      plan_id: 'plan_1',
      feature_id: 'feat_1',
      feature_type: 'metered',
      usage_limit: 100,
      usage_reset_period: 'MONTHLY',
    },
    {
      entity_type: 'SUBSCRIPTION',
      entity_id: 'subs_1',
      feature_id: 'feat_1',
      feature_type: 'static',
      static_value: 'x',
      parent_entitlement_id: 'ent_1',
      start_date: '2026-01-01T00:00:00Z',
      end_date: '2026-02-01T00:00:00Z',
      grant_quota: null,
    },
  ],
  CreateEntitlements: [{ items: [{ plan_id: 'plan_1', feature_id: 'feat_1', feature_type: 'boolean' }] }],
  UpdateEntitlement: [{}, { usage_limit: 0 }, { usage_limit: null, is_enabled: false, config_value: { a: 1 } }],
  EntitlementSearch: [{}, { is_enabled: true, plan_ids: ['plan_1'] }],
  SubscriptionUsageRequest: [{ subscription_id: 'subs_1', start_time: '2026-01-01T00:00:00Z', lifetime_usage: true }],
  InvoicePreviewRequest: [
    { subscription_id: 'subs_1', period_start: '2026-01-01T00:00:00Z', period_end: '2026-02-01T00:00:00Z' },
    { subscription_id: 'subs_1', include: ['unbilled_events'] },
  ],
};
