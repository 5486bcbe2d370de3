// THE list of rules of request bodies that docs/openapi.json cannot, or does not, say: there the document lets one send what is
// refused. It never refuses what is taken.
import {
  customer,
  customPrice,
  event,
  feature,
  fixedPrice,
  meter,
  price,
  subscription,
  tieredPrice,
  tiers,
} from './good-bodies.ts';
import { unsaidCommitmentRules } from './unsaid-commitment-rules.ts';
import { unsaidEntitlementRules } from './unsaid-entitlement-rules.ts';
import { between, type UnsaidRule } from './unsaid-rule.ts';

export type { UnsaidRule } from './unsaid-rule.ts';

const filter = { field: 'created_at', operator: 'eq' };

export const unsaidRules: readonly UnsaidRule[] = [
  {
    name: 'bytes',
    reason: 'JSON Schema counts characters',
    path: /./,
    rule: /^must be at most \d+ bytes$/,
    body: /[^ -~]/,
    example: ['Event', { ...event, source: 'é'.repeat(129) }],
  },
  {
    name: 'surrogates',
    reason: 'to JSON Schema they are characters',
    path: /./,
    rule: /^must be well-formed Unicode$/,
    body: /\\ud[89a-f]/,
    example: ['Event', { ...event, event_id: '\ud800' }],
  },
  {
    name: 'trimmed length',
    reason: 'blanks around do not count',
    path: /(^|\.)event_name$/,
    rule: /^must be at most 256 bytes$/,
    example: ['Event', { ...event, event_name: 'x'.repeat(257) }],
  },
  {
    name: 'years',
    reason: 'the format date-time knows years before 0001, and offsets at the ends of time',
    path: /./,
    rule: /^must be an RFC 3339 timestamp with an offset, e.g. 2026-12-01T10:00:00Z$/,
    body: /"(0000|0001|9999)-/,
    example: ['Event', { ...event, timestamp: '0001-01-01T00:00:00+01:00' }],
  },
  {
    name: 'a time that is there',
    reason: 'the zero time, however it is written, is none',
    path: /^(start_date|start_time|end_time)$/,
    rule: /^required$/,
    body: /"0001-01-01T/,
    example: ['ActivateSubscription', { start_date: '0001-01-01T00:00:00Z' }],
  },
  {
    name: 'digits',
    reason: 'JSON Schema does not count the digits of a decimal',
    path: /./,
    rule: /^must be a decimal number$/,
    body: /\d\.?[eE][+-]?\d|\d{26}/,
    example: ['CreatePrice', { ...price, amount: '1e25' }],
  },
  {
    name: 'depth',
    reason: 'JSON Schema counts no depth',
    path: /(^|\.)(properties|config_value)$/,
    rule: /^must contain only numbers in the range of a double/,
    body: /({"a":){65}/,
    example: [
      'Event',
      `{"event_name":"x","external_customer_id":"c","properties":${'{"a":'.repeat(65)}1${'}'.repeat(66)}`,
    ],
  },
  {
    name: 'infinite numbers',
    reason: 'to JSON they are numbers',
    path: /(^|\.)(properties|config_value)$/,
    rule: /^must contain only numbers in the range of a double/,
    body: /1e400/,
    example: ['Event', '{"event_name":"x","external_customer_id":"c","properties":{"a":1e400}}'],
  },
  {
    name: 'time zones',
    reason: 'they are many, and become more',
    path: /^timezone$/,
    rule: /^must be an IANA time zone$/,
    example: ['CreateCustomer', { ...customer, timezone: 'Mars/Phobos' }],
  },
  {
    name: 'expressions',
    reason: 'CEL',
    path: /(^|\.)aggregation\.expression$/,
    rule: /./,
    example: ['CreateMeter', { ...meter, aggregation: { type: 'SUM', expression: 'a +' } }],
  },
  {
    name: 'a rate above zero',
    reason: 'zero can be written in many ways',
    path: /(^|\.)conversion_rate$/,
    rule: /^must be greater than 0$/,
    body: /[":][+-]?[0.]/,
    example: [
      'CreateFeature',
      { ...feature, reporting_unit: { unit_singular: 'k', unit_plural: 'k', conversion_rate: '0.00' } },
    ],
  },
  {
    name: 'tiers that differ',
    reason: 'JSON Schema compares no items by one field',
    path: /(^|\.)(price_unit_)?tiers$/,
    rule: /^must differ in up_to$/,
    example: ['UpdatePrice', { tiers: tiers(1, 1, null) }],
  },
  {
    name: 'an open tier',
    reason: 'in any place',
    path: /(^|\.)(price_unit_)?tiers$/,
    rule: /^must have an open last tier/,
    example: ['UpdatePrice', { tiers: tiers(1, 2) }],
  },
  {
    name: 'a value to compare with',
    reason: 'null counts as absent, and a list may be empty',
    path: /^filters\[\]\.value$/,
    rule: /^required$/,
    example: ['PlanSearch', { filters: [{ ...filter, value: { string: null } }] }],
  },
  {
    name: 'a value of the kind of the field',
    reason: 'between fields',
    path: /^filters\[\]\.value$/,
    rule: /^must be of the kind of the field$/,
    example: ['PlanSearch', { filters: [{ ...filter, value: { string: 'x' } }] }],
  },

  between('aggregation.field', /^required/, 'CreateMeter', { ...meter, aggregation: { type: 'SUM' } }),
  between('aggregation.multiplier', /^(required|only for|must be a decimal greater than 0)/, 'UpdateMeter', {
    aggregation: { type: 'SUM_WITH_MULTIPLIER', field: 'a' },
  }),
  between('aggregation.bucket_size', /^only for MAX and SUM$/, 'CreateMeter', {
    ...meter,
    aggregation: { type: 'COUNT', bucket_size: 'DAY' },
  }),
  between('aggregation.group_by', /^only for MAX with bucket_size$/, 'CreateMeter', {
    ...meter,
    aggregation: { type: 'COUNT', group_by: 'a' },
  }),
  between('filters', /^required, or aggregation, reset_usage or status$/, 'UpdateMeter', {}),

  between('meter_id', /^required, or a meter$/, 'CreateFeature', { ...feature, type: 'metered' }),
  between('meter_id', /^only for metered features$/, 'CreateFeature', { ...feature, meter_id: 'meter_1' }),
  between('meter', /^only for metered features$/, 'CreateFeature', { ...feature, meter }),
  between('meter', /^not together with meter_id$/, 'CreateFeature', {
    ...feature,
    type: 'metered',
    meter,
    meter_id: 'x',
  }),

  between('invoice_cadence', /^must be ARREAR for USAGE$/, 'CreatePrice', { ...price, invoice_cadence: 'ADVANCE' }),
  between('invoice_cadence', /^must be ADVANCE for ONETIME$/, 'CreatePrice', {
    ...fixedPrice,
    billing_period: 'ONETIME',
  }),
  between('billing_period', /^must be recurring for USAGE$/, 'CreatePrice', { ...price, billing_period: 'ONETIME' }),
  between('meter_id', /^required$/, 'CreatePrice', { ...price, meter_id: null }),
  between('meter_id', /^only for USAGE$/, 'CreatePrice', { ...price, type: 'FIXED' }),
  between('bucket_size', /^only for USAGE$/, 'CreatePrice', { ...fixedPrice, bucket_size: 'DAY' }),
  between('min_quantity', /^only for FIXED$/, 'CreatePrice', { ...price, min_quantity: 1 }),
  between('trial_period_days', /^only for FIXED with a recurring period$/, 'CreatePrice', {
    ...price,
    trial_period: 1,
  }),
  between('end_date', /^must not be before start_date$/, 'CreatePrice', {
    ...price,
    start_date: '2026-01-02T00:00:00Z',
    end_date: '2026-01-01T00:00:00Z',
  }),
  between('lookup_key', /^only for prices of plans$/, 'CreatePrice', {
    ...price,
    entity_type: 'SUBSCRIPTION',
    lookup_key: 'x',
  }),
  between('amount', /^required$/, 'CreatePrice', { ...price, amount: null }),
  between('transform_quantity', /^required$/, 'CreatePrice', { ...price, billing_model: 'PACKAGE' }),
  between('tier_mode', /^required$/, 'CreatePrice', { ...tieredPrice, tier_mode: '', tiers: tiers(null) }),
  between('tiers', /^required$/, 'CreatePrice', { ...tieredPrice, tiers: [] }),
  between('price_unit_config', /^required$/, 'CreatePrice', { ...price, price_unit_type: 'CUSTOM', amount: null }),
  between('price_unit_config', /^only with price_unit_type CUSTOM$/, 'CreatePrice', {
    ...price,
    price_unit_config: { price_unit: 'tok' },
  }),
  between('amount', /^only for FIAT prices$/, 'CreatePrice', { ...customPrice, amount: '1' }),
  between('tiers', /^only for FIAT prices$/, 'CreatePrice', { ...customPrice, tiers: tiers(null) }),
  between('price_unit_config.amount', /^required$/, 'CreatePrice', {
    ...customPrice,
    price_unit_config: { price_unit: 'tok' },
  }),
  between('price_unit_config.price_unit_tiers', /^required$/, 'CreatePrice', {
    ...customPrice,
    billing_model: 'TIERED',
    tier_mode: 'SLAB',
  }),
  between('effective_from', /^only with a change of/, 'UpdatePrice', { effective_from: '2026-01-01T00:00:00Z' }),

  between('price_id', /^required: either price_id or price$/, 'AddLineItem', { quantity: 1 }),
  between('end_date', /^must be after start_date$/, 'AddLineItem', {
    price_id: 'price_1',
    start_date: '2026-01-01T00:00:00Z',
    end_date: '2026-01-01T00:00:00Z',
  }),
  between('customer_id', /^required, or external_customer_id$/, 'CreateSubscription', {
    ...subscription,
    external_customer_id: '',
  }),
  between('billing_anchor', /^only with billing_cycle anniversary$/, 'CreateSubscription', {
    ...subscription,
    billing_cycle: 'calendar',
    billing_anchor: '2026-01-01T00:00:00Z',
  }),
  between('cancel_at', /^not with end_of_period$/, 'CancelSubscription', {
    cancellation_type: 'end_of_period',
    cancel_at: '2026-01-01T00:00:00Z',
  }),
  between(
    '(event_name|aggregation_type|property_name|multiplier|group_by|group_by_property)',
    /^not together with meter_id$/,
    'UsageExplanationRequest',
    { meter_id: 'meter_1', event_name: 'x' },
  ),
  ...unsaidCommitmentRules,
  ...unsaidEntitlementRules,
];
