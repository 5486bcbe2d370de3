// The catalog says how far one is on the way to a billed event.
import { describe, expect, test } from '@jest/globals';
import {
  type Catalog,
  countedProperties,
  currentStep,
  progressOf,
} from '../../../../console/src/pages/start/progress.ts';

const free = { customer: '', meter: '', plan: '', subscription: '', free: '' } as const;
const nothing: Catalog = {
  customers: [],
  meters: [],
  plans: [],
  prices: [],
  entitlements: [],
  meterOfFeature: new Map(),
  subscriptions: [],
};
const customer = (id: string) => ({ id: `cust_${id}`, external_id: id, name: id });
const meter = (id: string) => ({
  id,
  name: id,
  event_name: `${id}.used`,
  aggregation: { type: 'SUM', field: 'n' } as const,
  filters: [],
});
const plan = (id: string) => ({ id, name: id });
const price = (of: string, meterId: string) => ({
  id: `price_${of}_${meterId}`,
  type: 'USAGE' as const,
  entity_type: 'PLAN' as const,
  entity_id: of,
  meter_id: meterId,
  currency: 'usd',
  billing_model: 'FLAT_FEE' as const,
  display_amount: '$1',
});
const subscription = (of: string, planId: string) => ({
  id: `subs_${of}_${planId}`,
  subscription_status: 'active' as const,
  customer_id: `cust_${of}`,
  external_customer_id: of,
  plan_id: planId,
});

describe('the way to a billed event', () => {
  test('begins with nothing, and each thing that exists is one step further', () => {
    const steps = [
      {},
      { customers: [customer('acme')] },
      { meters: [meter('tokens')] },
      { plans: [plan('pro')] },
      { prices: [price('pro', 'tokens')] },
      {
        entitlements: [{ entity_id: 'pro', feature_id: 'f', usage_limit: 10 }],
        meterOfFeature: new Map([['f', 'tokens']]),
      },
      { subscriptions: [subscription('acme', 'pro')] },
    ];
    let catalog = nothing;
    const reached = steps.map((more) => {
      catalog = { ...catalog, ...more };
      return currentStep(progressOf(catalog, free), '');
    });
    expect(reached).toEqual(['customer', 'meter', 'plan', 'price', 'free', 'subscription', 'send']);
    expect(currentStep(progressOf(catalog, free), 'an event')).toBe('billed');
  });

  const rich: Catalog = {
    ...nothing,
    customers: [customer('new'), customer('acme')],
    meters: [meter('calls'), meter('tokens')],
    plans: [plan('draft'), plan('pro')],
    prices: [price('pro', 'tokens'), price('other', 'gone')],
    subscriptions: [subscription('acme', 'pro')],
  };

  test('is that of a subscription before anything that is only begun', () => {
    const found = progressOf(rich, free);
    expect(found.customer?.external_id).toBe('acme');
    expect(found.meter?.id).toBe('tokens');
    expect(found.plan?.id).toBe('pro');
    expect(found.subscription?.id).toBe('subs_acme_pro');
    expect(currentStep(found, '')).toBe('send');
  });

  test('without free units nothing is asked once there is a subscription, or when the reader says so', () => {
    expect(progressOf(rich, free).isFreeSkipped).toBe(true);
    const before = { ...rich, subscriptions: [] };
    expect(currentStep(progressOf(before, free), '')).toBe('free');
    expect(currentStep(progressOf(before, { ...free, free: 'none' }), '')).toBe('subscription');
  });

  test('another customer goes back to the subscription, another meter to the price', () => {
    expect(currentStep(progressOf(rich, { ...free, customer: 'new', free: 'none' }), '')).toBe('subscription');
    const other = progressOf(rich, { ...free, plan: 'pro', meter: 'calls' });
    expect(other.meter?.id).toBe('calls');
    expect(other.price).toBeUndefined();
    expect(currentStep(other, '')).toBe('price');
  });

  test('what does not exist is not replaced by something else', () => {
    expect(currentStep(progressOf(rich, { ...free, customer: 'nobody' }), '')).toBe('customer');
    expect(currentStep(progressOf(rich, { ...free, plan: 'gone' }), '')).toBe('plan');
  });

  test('a cancelled subscription and the price of a meter that is gone lead nowhere', () => {
    const cancelled = { ...subscription('acme', 'pro'), subscription_status: 'cancelled' as const };
    expect(progressOf({ ...rich, subscriptions: [cancelled] }, free).subscription).toBeUndefined();
    const gone = { ...rich, prices: [price('pro', 'gone')], subscriptions: [subscription('acme', 'pro')] };
    expect(progressOf(gone, free).price).toBeUndefined();
  });
});

test('the event has the counted property and a value for each filter', () => {
  const filters = [{ key: 'model', values: ['large', 'small'] }];
  expect(countedProperties({ ...meter('tokens'), filters }, '12')).toEqual({ model: 'large', n: '12' });
  expect(countedProperties({ aggregation: { type: 'COUNT' }, filters: [] }, '12')).toEqual({});
});
