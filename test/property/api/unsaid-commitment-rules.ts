// The rules of commitments that the document does not say.
import { commitmentBody, subscription, timeBucketBody } from './good-bodies.ts';
import { between, type UnsaidRule } from './unsaid-rule.ts';

const item = { price_id: 'price_1' };
const configs = (config: object) => ({ ...subscription, line_item_commitments: { price_1: config } });
const withBuckets = (...timeBuckets: readonly object[]) => ({
  ...item,
  commitment_windowed: true,
  commitment_time_buckets: timeBuckets,
});
const later = { ...timeBucketBody, start: { hour: 12 }, end: { hour: 13 } };

export const unsaidCommitmentRules: readonly UnsaidRule[] = [
  {
    name: 'a factor of 1 or more',
    reason: 'one can be written in many ways',
    path: /overage_factor$/,
    rule: /^must be 1 or more$/,
    example: ['CreateSubscription', { ...subscription, commitment_amount: 5, overage_factor: '0.99' }],
  },
  {
    name: 'keys that objects inherit',
    reason: 'no price has such an id',
    path: /^line_item_commitments$/,
    rule: /^must be an object keyed by price id$/,
    body: /"(__proto__|constructor|prototype)"/,
    example: ['CreateSubscription', { ...subscription, line_item_commitments: { constructor: {} } }],
  },
  {
    name: 'time buckets that overlap',
    reason: 'JSON Schema compares no items',
    path: /commitment_time_buckets\[\]\.start$/,
    rule: /^must not overlap a time bucket before it$/,
    example: ['AddLineItem', withBuckets(timeBucketBody, later, { ...later, start: { hour: 12, minute: 30 } })],
  },
  between('minute', /^must be 0 with hour 24$/, 'AddLineItem', withBuckets({ ...later, end: { hour: 24, minute: 1 } })),
  between('end', /^must differ from start$/, 'AddLineItem', withBuckets({ ...later, end: later.start })),
  between(
    'commitment_value',
    /^must be greater than 0$/,
    'AddLineItem',
    withBuckets({ ...later, commitment_value: 0 }),
  ),
  between('price', /^required$/, 'AddLineItem', withBuckets({ ...later, price: null })),

  between('commitment_amount', /^must be greater than 0$/, 'AddLineItem', { ...item, commitment_type: 'amount' }),
  between('commitment_quantity', /^must be greater than 0$/, 'AddLineItem', { ...item, commitment_type: 'quantity' }),
  between('commitment_quantity', /^not together with commitment_amount$/, 'AddLineItem', {
    ...item,
    ...commitmentBody,
    commitment_quantity: 2,
  }),
  between('commitment_amount', /^only with commitment_type amount$/, 'AddLineItem', {
    ...item,
    ...commitmentBody,
    commitment_type: 'quantity',
  }),
  between('commitment_quantity', /^only with commitment_type quantity$/, 'CreateSubscription', {
    ...configs({ commitment_quantity: 1, commitment_type: 'amount', overage_factor: 1 }),
  }),
  between('overage_factor', /^required$/, 'CreateSubscription', configs({ commitment_quantity: 1 })),
  between('commitment_overage_factor', /^required$/, 'AddLineItem', { ...item, commitment_quantity: 1 }),
  between('overage_factor', /^only with a commitment$/, 'CreateSubscription', configs({ overage_factor: 2 })),
  between('commitment_overage_factor', /^only with a commitment$/, 'AddLineItem', {
    ...item,
    commitment_overage_factor: 2,
  }),
  between('enable_true_up', /^only with a commitment$/, 'CreateSubscription', configs({ enable_true_up: true })),
  between('commitment_true_up_enabled', /^only with a commitment$/, 'AddLineItem', {
    ...item,
    commitment_true_up_enabled: true,
  }),
  between('is_window_commitment', /^only with a commitment$/, 'CreateSubscription', {
    ...configs({ is_window_commitment: true }),
  }),
  between('commitment_windowed', /^only with a commitment$/, 'AddLineItem', { ...item, commitment_windowed: true }),
  between('commitment_duration', /^only with a commitment$/, 'AddLineItem', {
    ...item,
    commitment_duration: 'MONTHLY',
  }),
  between('commitment_time_buckets', /^only with /, 'AddLineItem', {
    ...withBuckets(timeBucketBody),
    commitment_windowed: null,
  }),

  between('commitment_duration', /^only with commitment_amount$/, 'CreateSubscription', {
    ...subscription,
    commitment_duration: 'ANNUAL',
  }),
  between('overage_factor', /^only with commitment_amount$/, 'CreateSubscription', {
    ...subscription,
    overage_factor: 2,
  }),
  between('enable_true_up', /^only with commitment_amount$/, 'CreateSubscription', {
    ...subscription,
    enable_true_up: true,
  }),
  between('commitment_duration', /^must not be shorter than the billing period$/, 'CreateSubscription', {
    ...subscription,
    commitment_amount: 5,
    commitment_duration: 'WEEKLY',
  }),
  between('line_item_commitments', /^not together with a commitment of the subscription$/, 'CreateSubscription', {
    ...configs({ commitment_amount: 1, overage_factor: 1 }),
    commitment_amount: 5,
  }),
];
