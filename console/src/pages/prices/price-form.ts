// The fields of a price: who has it, what it bills, what that costs, and when.
import { billingPeriods } from '../../../../shared/domain/time/billing-period.ts';
import { type FieldSpec, type FormSection, textAt, type Values } from '../../forms/field-spec.ts';
import type { Body } from '../../forms/form-body.ts';
import { periodNames } from '../resource/price-words.ts';
import { bucketField, firstTiers, isUsage, termFields } from './term-fields.ts';

const isFixed = (values: Values): boolean => !isUsage(values);
const isOfPlan = (values: Values): boolean => textAt(values, 'entity_type') === 'PLAN';
const isRecurring = (values: Values): boolean => textAt(values, 'billing_period') !== 'ONETIME';

const names: readonly FieldSpec[] = [
  { kind: 'text', path: 'display_name', label: 'Name on charges', note: 'Empty: the name of the meter.' },
  {
    kind: 'text',
    path: 'lookup_key',
    label: 'Lookup key',
    isMono: true,
    appliesTo: (values) => textAt(values, 'entity_type') !== 'SUBSCRIPTION',
  },
  { kind: 'text', path: 'description', label: 'Description' },
  { kind: 'metadata', path: 'metadata', label: 'Metadata' },
];

export const newPriceSections: readonly FormSection[] = [
  {
    title: 'What it bills',
    fields: [
      {
        kind: 'choice',
        path: 'entity_type',
        label: 'It belongs to',
        choices: [
          { value: 'PLAN', label: 'A plan' },
          { value: 'SUBSCRIPTION', label: 'One subscription' },
        ],
        notes: {
          PLAN: 'Subscriptions that are made later take it. Those that exist need a line item for it.',
          SUBSCRIPTION: 'A copy of a price for one customer; a line item bills by it.',
        },
      },
      { kind: 'pick', source: 'plans', path: 'entity_id', label: 'Plan', isRequired: true, appliesTo: isOfPlan },
      {
        kind: 'text',
        path: 'entity_id',
        label: 'Id of the subscription',
        isMono: true,
        isRequired: true,
        appliesTo: (values) => !isOfPlan(values),
      },
      {
        kind: 'choice',
        path: 'type',
        label: 'Bills',
        choices: [
          { value: 'USAGE', label: 'Usage of a meter' },
          { value: 'FIXED', label: 'A fixed quantity' },
        ],
      },
      { kind: 'pick', source: 'meters', path: 'meter_id', label: 'Meter', isRequired: true, appliesTo: isUsage },
    ],
  },
  {
    title: 'What it costs',
    fields: [
      { kind: 'suggest', source: 'currencies', path: 'currency', label: 'Currency', isRequired: true },
      {
        kind: 'choice',
        path: 'price_unit_type',
        label: 'Stated in',
        choices: [
          { value: 'FIAT', label: 'The currency' },
          { value: 'CUSTOM', label: 'A price unit' },
        ],
      },
      {
        kind: 'pick',
        source: 'priceUnits',
        path: 'price_unit_config.price_unit',
        label: 'Price unit',
        isRequired: true,
        appliesTo: (values) => textAt(values, 'price_unit_type') === 'CUSTOM',
      },
      ...termFields({ unitAmount: 'price_unit_config.amount', unitTiers: 'price_unit_config.price_unit_tiers' }),
    ],
  },
  {
    title: 'When',
    fields: [
      {
        kind: 'choice',
        path: 'billing_period',
        label: 'Billed',
        note: 'A subscription takes the prices of its own billing period, and those that are billed once.',
        choices: billingPeriods.map((value) => ({
          value,
          label: value === 'ONETIME' ? 'Once' : `Each ${periodNames[value] ?? value}`,
        })),
      },
      {
        kind: 'whole',
        path: 'billing_period_count',
        label: 'Every … periods',
        placeholder: '1',
        appliesTo: isRecurring,
      },
      {
        kind: 'choice',
        path: 'invoice_cadence',
        label: 'Due',
        appliesTo: isFixed,
        choices: [
          { value: 'ARREAR', label: 'At the end of the period' },
          { value: 'ADVANCE', label: 'At its start' },
        ],
      },
    ],
  },
  {
    title: 'Dates, trial, quantity and buckets',
    isFolded: true,
    fields: [
      { kind: 'time', path: 'start_date', label: 'Starts', note: 'Empty: it has no beginning.' },
      { kind: 'time', path: 'end_date', label: 'Ends', note: 'Exclusive. Empty: it does not.' },
      { kind: 'whole', path: 'min_quantity', label: 'Quantity', placeholder: '1', appliesTo: isFixed },
      {
        kind: 'whole',
        path: 'trial_period_days',
        label: 'Days of trial',
        appliesTo: (values) => isFixed(values) && isRecurring(values),
      },
      bucketField,
    ],
  },
  { title: 'Names and metadata', isFolded: true, fields: names },
];

export const initialPrice: Values = {
  entity_type: 'PLAN',
  type: 'USAGE',
  currency: 'usd',
  price_unit_type: 'FIAT',
  billing_model: 'FLAT_FEE',
  'transform_quantity.round': 'up',
  tier_mode: 'SLAB',
  tiers: firstTiers,
  'price_unit_config.price_unit_tiers': firstTiers,
  billing_period: 'MONTHLY',
  billing_period_count: '1',
  invoice_cadence: 'ARREAR',
};

/** Adds what follows from the other fields. */
export const completePrice = (body: Body): Body => ({
  ...body,
  ...(body['type'] === 'USAGE' && { invoice_cadence: 'ARREAR' }),
  ...(body['billing_period'] === 'ONETIME' && body['type'] === 'FIXED' && { invoice_cadence: 'ADVANCE' }),
  billing_period_count: body['billing_period_count'] ?? 1,
});

export const changedPriceSections: readonly FormSection[] = [
  {
    title: 'What it costs',
    note: 'A change of terms ends this version and starts another. Line items go on with the version they have.',
    fields: [
      ...termFields({ unitAmount: 'price_unit_amount', unitTiers: 'price_unit_tiers' }),
      bucketField,
      { kind: 'time', path: 'effective_from', label: 'The new terms apply from', note: 'Empty: from now.' },
    ],
  },
  { title: 'Names', fields: names },
];
