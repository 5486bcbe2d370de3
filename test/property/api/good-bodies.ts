// Bodies that the API takes, where a body made by the schema alone seldom meets the rules between its fields.
import type { ComponentName } from '../../../shared/api/operations/components.ts';
import type { JsonObject } from '../../../shared/domain/json-text.ts';
import { goodChargeBodies } from './good-charge-bodies.ts';

export const event = { event_name: 'model.usage', external_customer_id: 'acme' };
const usage = { event_name: 'model.usage', aggregation_type: 'SUM', property_name: 'tokens' };
export const meter = { name: 'm', event_name: 'x', aggregation: { type: 'COUNT' }, reset_usage: 'NEVER' };
const peak = { type: 'MAX', field: 'gb', bucket_size: 'DAY', group_by: 'region', multiplier: null };
const scaled = { type: 'SUM_WITH_MULTIPLIER', field: 'tokens', multiplier: '0.5', expression: '' };
export const feature = { name: 'f', type: 'boolean' };
export const customer = { external_id: 'acme', name: 'Acme' };
export const price = {
  currency: 'usd',
  entity_type: 'PLAN',
  entity_id: 'plan_1',
  type: 'USAGE',
  meter_id: 'meter_1',
  billing_period: 'MONTHLY',
  billing_period_count: 1,
  invoice_cadence: 'ARREAR',
  billing_model: 'FLAT_FEE',
  amount: '1',
};
export const fixedPrice = { ...price, type: 'FIXED', meter_id: '' };
export const customPrice = {
  ...price,
  amount: null,
  price_unit_type: 'CUSTOM',
  price_unit_config: { price_unit: 'tok', amount: '10' },
};
export const tieredPrice = { ...price, billing_model: 'TIERED', tier_mode: 'SLAB' };
export const tiers = (...bounds: readonly (number | null)[]) => bounds.map((up_to) => ({ up_to, unit_amount: '1' }));
export const subscription = {
  external_customer_id: 'acme',
  plan_id: 'plan_1',
  currency: 'usd',
  billing_period: 'MONTHLY',
};

export const commitmentBody = { commitment_amount: '10', commitment_overage_factor: 1.5 };
export const timeBucketBody = {
  start: { hour: 9, minute: 30 },
  end: { hour: 12 },
  price: { billing_model: 'FLAT_FEE', amount: '2', type: 'USAGE' },
  commitment_type: 'amount',
  commitment_value: '5',
  overage_factor: '2',
  true_up_enabled: true,
};
const windowed = {
  commitment_windowed: true,
  commitment_time_buckets: [timeBucketBody, { ...timeBucketBody, start: { hour: 22 }, end: { hour: 6 } }],
};

const prices: readonly JsonObject[] = [
  { ...price, start_date: '2026-01-01T00:00:00Z', end_date: '2026-02-01T00:00:00Z', metadata: { a: 'b' } },
  {
    ...fixedPrice,
    min_quantity: 2,
    trial_period_days: 7,
    invoice_cadence: 'ADVANCE',
    lookup_key: 'seat',
    group_id: '',
  },
  { ...tieredPrice, tiers: tiers(10, null), price_unit_type: 'FIAT', price_unit_tiers: [] },
  customPrice,
  { ...price, billing_model: 'PACKAGE', transform_quantity: { divide_by: 10, round: 'up' }, amount: 0.5 },
];
const filters = [{ key: 'model', values: ['large', 'small'] }];
const search = {
  limit: 10,
  sort: [{ field: 'id', direction: 'asc' }],
  filters: [{ field: 'id', operator: 'in', value: { array: ['a'] } }],
};
const inline = { ...price, entity_id: 5, currency: null, billing_period_count: null };

/** Taken as they are; `{}` where nothing is required. */
export const goodBodies: Readonly<Partial<Record<ComponentName, readonly JsonObject[]>>> = {
  Event: [
    event,
    { ...event, event_id: 'evt_1', timestamp: '2026-01-01T00:00:00Z', properties: { a: [1] }, source: null },
  ],
  Events: [{ events: [event, event] }],
  EventListRequest: [{}, { page_size: 10, property_filters: { a: ['b', ''] }, sort: 'event_name', order: 'asc' }],
  EventFailuresRequest: [
    { start_time: '2026-01-01T00:00:00Z', end_time: '2026-01-02T00:00:00Z' },
    {
      start_time: '2026-01-01T00:00:00Z',
      end_time: '2026-01-02T00:00:00Z',
      external_customer_id: 'acme',
      event_name: 'a',
      failure_point_types: ['price_lookup'],
      page_size: 1,
      cursor: '1::a',
    },
  ],
  UsageRequest: [
    usage,
    { ...usage, aggregation_type: 'count_Unique', property_name: 'user', filters: { a: ['b'] }, window_size: '15MIN' },
    { ...usage, multiplier: '0.5', start_time: '2026-01-01T00:00:00Z', timezone: 'Asia/Kolkata', bucket_size: '' },
    { ...usage, group_by: ['properties.a'], group_by_property: 'b', billing_anchor: '2026-01-31T00:00:00Z' },
  ],
  MeterUsageRequest: [{ meter_id: 'meter_1' }, { meter_id: 'meter_1', window_size: 'DAY', bucket_size: 'HOUR' }],
  AnalyticsRequest: [
    {},
    {
      external_customer_id: 'acme',
      feature_ids: ['feat_1'],
      sources: ['api'],
      group_by: ['source', 'properties.model', 'meter_id'],
      window_size: 'DAY',
      expand: ['meter', 'source'],
      property_filters: { model: ['large'] },
      include_children: false,
    },
  ],
  UsageExplanationRequest: [{}, usage, { meter_id: 'meter_1', page_size: 10, iter_last_key: '1::a' }],
  ...goodChargeBodies,
  CreateMeter: [meter, { ...meter, aggregation: peak }, { ...meter, aggregation: scaled, filters }],
  UpdateMeter: [{ status: 'archived' }, { filters }, { aggregation: { type: 'SUM', expression: 'a + b' } }],
  CreateFeature: [
    { ...feature, reporting_unit: { unit_singular: 'k', unit_plural: 'k', conversion_rate: 1000 } },
    { ...feature, type: 'metered', meter_id: 'meter_1', unit_singular: 'a', unit_plural: 'b' },
    { ...feature, type: 'metered', meter, alert_settings: {} },
  ],
  FeatureSearch: [{}, search],
  CreateCustomer: [customer, { ...customer, timezone: 'Europe/Berlin', address_country: 'DE', email: 'a@b' }],
  CreatePlan: [{ name: 'Pro', display_order: -1, metadata: { a: 'b' } }],
  CustomerSearch: [{ ...search, filters: [] }, { metadata: { tier: 'gold' } }],
  PlanSearch: [{ ...search, filters: [{ field: 'display_order', operator: 'gt', value: { number: 1 } }] }],
  CreatePrice: prices,
  PriceUnitConfig: [{ price_unit: 'TOK', price_unit_tiers: tiers(5, null) }],
  CreatePriceUnit: [{ name: 'Tokens', code: 'tok', symbol: 'T', base_currency: 'USD', conversion_rate: 0.01 }],
  UpdatePriceUnit: [{}, { name: 'Tokens', status: 'archived', metadata: { a: 'b' } }],
  PriceUnitSearch: [{}, search],
  CreatePrices: [{ items: prices.slice(0, 1) }],
  UpdatePrice: [
    {},
    { amount: '2', effective_from: '2026-01-01T00:00:00Z' },
    { tiers: tiers(1, null) },
    { price_unit_amount: '3' },
  ],
  ChangeLineItem: [
    {},
    { amount: 2, effective_from: '2026-01-01T00:00:00Z', display_name: 'x' },
    { commitment_quantity: 7, commitment_true_up_enabled: true, commitment_duration: 'MONTHLY' },
    { ...windowed, commitment_time_buckets: [{ ...timeBucketBody, id: 'bucket_1', price: null }] },
  ],
  AddLineItem: [
    { price_id: 'price_1', quantity: '2', start_date: '2026-01-01T00:00:00Z', end_date: '2026-02-01T00:00:00Z' },
    { price: inline, display_name: 'x', commitment_amount: 0 },
    { price_id: 'price_1', ...commitmentBody, ...windowed, commitment_type: 'amount', commitment_duration: '' },
  ],
  CreateSubscription: [
    { ...subscription, line_items: [{ price: inline }, { price_id: 'price_2' }], coupons: [], phases: null },
    {
      ...subscription,
      override_line_items: [{ price_id: 'price_1', amount: '2', tiers: tiers(null) }],
      overage_factor: 1,
    },
    { ...subscription, override_entitlements: [{ entitlement_id: 'ent_1', usage_limit: null }] },
    { ...subscription, commitment_amount: 100, commitment_duration: 'ANNUAL', overage_factor: 2, enable_true_up: true },
    {
      ...subscription,
      line_item_commitments: {
        price_1: { commitment_quantity: 5, commitment_type: 'quantity', overage_factor: '1', enable_true_up: true },
        price_2: { is_window_commitment: true, commitment_time_buckets: [timeBucketBody] },
      },
    },
  ],
  CancelSubscription: [{ cancellation_type: 'scheduled_date', cancel_at: '2026-01-01T00:00:00Z' }],
  UpdateSubscription: [
    {},
    { status: '', cancel_at: null, parent_subscription_id: '' },
    { status: 'cancelled', cancel_at: '2026-01-01T00:00:00Z', cancel_at_period_end: true },
  ],
  LineItemSearch: [
    { active_filter: true, current_period_start: '2026-01-01T00:00:00Z', subscription_line_item_ids: ['subs_line_1'] },
    { subscription_ids: ['subs_1'], filters: [{ field: 'quantity', operator: 'gt', value: { number: 1 } }] },
  ],
  ActivateSubscription: [{ start_date: '2026-01-01T00:00:00Z' }],
  CreateApiKey: [{ name: 'k', type: 'private_key', roles: ['event_reader'], rate_limit: { per_second: 1, burst: 2 } }],
};
