// Reads of the catalog: an entity that was created is shown, is listed with those that it names, and cannot be created twice. The
// driver checks that all answers are as docs/openapi.json describes them.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createClient, idOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { aPlanPrice, type Billing, setUpBilling } from './steps/catalog-steps.ts';

describe('the catalog', () => {
  const client = createClient(useDriver());
  const { call, driver } = client;
  const lookupKey = unique('key');
  let billing: Billing;
  let featureId: string;
  beforeAll(async () => {
    billing = await setUpBilling(client);
    featureId = idOf(
      await call('POST', '/v1/features', {
        name: unique('Feature'),
        type: 'metered',
        lookup_key: lookupKey,
        meter_id: billing.meterId,
        unit_singular: 'call',
        unit_plural: 'calls',
        reporting_unit: { unit_singular: 'k', unit_plural: 'k', conversion_rate: '1000' },
      }),
    );
  });

  test('shows each entity by its id', async () => {
    const { meterId, planId, priceId, customerId, subscriptionId } = billing;
    expect(await call('GET', `/v1/meters/${meterId}`)).toMatchObject({ id: meterId });
    expect(await call('GET', `/v1/features/${featureId}`)).toMatchObject({ id: featureId, meter: { id: meterId } });
    expect(await call('GET', `/v1/plans/${planId}`)).toMatchObject({ id: planId, prices: [{ id: priceId }] });
    expect(await call('GET', `/v1/prices/${priceId}`)).toMatchObject({ meter: { id: meterId }, plan: { id: planId } });
    expect(await call('GET', `/v1/customers/${customerId}`)).toMatchObject({ id: customerId });
    expect(await call('GET', `/v1/customers/lookup/${billing.customer}`)).toMatchObject({ id: customerId });
    expect(await call('GET', `/v1/subscriptions/${subscriptionId}`)).toMatchObject({
      id: subscriptionId,
      line_items: [{ price: { id: priceId }, meter: { id: meterId } }],
      plan: { id: planId },
      customer: { id: customerId },
    });
  });

  test('lists what was asked for, with the entities it refers to', async () => {
    const { meterId, planId, priceId, customerId, subscriptionId } = billing;
    const lists: readonly (readonly [path: string, item: object])[] = [
      [`/v1/meters?meter_ids=${meterId}`, { id: meterId }],
      [`/v1/features?feature_ids=${featureId}&expand=meters`, { id: featureId, meter: { id: meterId } }],
      [`/v1/plans?plan_ids=${planId}&expand=prices,entitlements`, { id: planId, prices: [{ id: priceId }] }],
      [`/v1/prices?price_ids=${priceId}&expand=meter,plan`, { meter: { id: meterId }, plan: { id: planId } }],
      [`/v1/customers?external_id=${billing.customer}`, { id: customerId }],
      [
        `/v1/subscriptions?customer_id=${customerId}&expand=plan,customer,prices`,
        { id: subscriptionId, line_items: [{ price: { id: priceId } }], plan: { id: planId } },
      ],
    ];
    for (const [path, item] of lists) {
      expect(await call('GET', path)).toMatchObject({ items: [item], pagination: { total: 1, limit: 50, offset: 50 } });
    }
  });

  test('stores a change of a customer, and shows it', async () => {
    const change = { name: 'Renamed', timezone: 'Europe/Berlin', metadata: { tier: 'gold' } };
    expect(await call('PUT', `/v1/customers/${billing.customerId}`, change)).toMatchObject(change);
  });

  test('creates nothing twice', async () => {
    const { customer, planId, priceId, meterId } = billing;
    const feature = { name: 'Other', type: 'boolean', lookup_key: lookupKey };
    const plan = { name: 'Plan', lookup_key: lookupKey };
    const subscription = {
      external_customer_id: customer,
      plan_id: planId,
      currency: 'usd',
      billing_period: 'MONTHLY',
      lookup_key: lookupKey,
    };
    const { status } = await driver.request('PUT', `/v1/prices/${priceId}`, { lookup_key: lookupKey });
    expect(status).toBe(200);
    const price = aPlanPrice(client, planId, meterId, { lookup_key: lookupKey });
    await call('POST', '/v1/plans', plan);
    await call('POST', '/v1/subscriptions', subscription);
    const refused: readonly (readonly [path: string, body: object])[] = [
      ['/v1/customers', { external_id: customer, name: 'Again' }],
      ['/v1/features', feature],
      ['/v1/plans', plan],
      ['/v1/prices', price],
      ['/v1/prices/bulk', { items: [price] }],
      ['/v1/subscriptions', subscription],
    ];
    for (const [path, body] of refused) {
      const answer = await driver.request('POST', path, body);
      expect([path, answer]).toMatchObject([path, { status: 409, body: { code: 'already_exists' } }]);
    }
  });
});
