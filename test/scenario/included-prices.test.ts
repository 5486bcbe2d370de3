// A subscription may name the prices of its plan that it takes: these alone become line items.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createClient, hours, idOf, objectOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createCustomer, createMeter, createPlan, createPrice, createSubscription } from './steps/catalog-steps.ts';

describe('a subscription to some of the prices of its plan', () => {
  const client = createClient(useDriver());
  const { call, ago, driver } = client;
  let customer: string;
  let planId: string;
  let [usageId, feeId, setupId, yearlyId, euroId, foreignId] = ['', '', '', '', '', ''];

  const fee = async (fields: object): Promise<string> =>
    idOf(
      await call('POST', '/v1/prices', {
        currency: 'usd',
        entity_type: 'PLAN',
        entity_id: planId,
        type: 'FIXED',
        billing_model: 'FLAT_FEE',
        amount: '10',
        billing_period: 'MONTHLY',
        billing_period_count: 1,
        invoice_cadence: 'ADVANCE',
        start_date: ago(hours(24)),
        ...fields,
      }),
    );

  const pricesOf = async (fields: object): Promise<unknown> => {
    const id = await createSubscription(client, customer, planId, { ...fields });
    const { line_items: items } = objectOf(await call('GET', `/v1/subscriptions/${id}`));
    return Array.isArray(items) ? items.map((item) => objectOf(item)['price_id']) : items;
  };

  const refusal = async (fields: object) =>
    driver.request('POST', '/v1/subscriptions', {
      external_customer_id: customer,
      plan_id: planId,
      currency: 'usd',
      billing_period: 'MONTHLY',
      ...fields,
    });

  beforeAll(async () => {
    customer = unique('acme');
    await createCustomer(client, customer);
    planId = await createPlan(client);
    const meterId = await createMeter(client, unique('model.usage'));
    usageId = await createPrice(client, planId, meterId);
    feeId = await fee({});
    setupId = await fee({ billing_period: 'ONETIME' });
    yearlyId = await fee({ billing_period: 'ANNUAL' });
    euroId = await fee({ currency: 'eur' });
    foreignId = await createPrice(client, await createPlan(client), meterId);
  });

  test('takes all prices that fit when it names none', async () => {
    expect(await pricesOf({})).toEqual([usageId, feeId, setupId]);
    expect(await pricesOf({ include_price_ids: null })).toEqual([usageId, feeId, setupId]);
  });

  test('takes the prices that it names, in the order of the plan', async () => {
    expect(await pricesOf({ include_price_ids: [feeId] })).toEqual([feeId]);
    expect(await pricesOf({ include_price_ids: [setupId, usageId] })).toEqual([usageId, setupId]);
  });

  test('takes no prices for an empty list, but has line items of its own', async () => {
    expect(await pricesOf({ include_price_ids: [] })).toEqual([]);
    expect(await pricesOf({ include_price_ids: [], line_items: [{ price_id: feeId }] })).toEqual([feeId]);
  });

  test('is refused for a price that it cannot take, by the index of the price', async () => {
    const cases: readonly (readonly [id: string, rule: string])[] = [
      [yearlyId, 'must have the billing_period of the subscription, or ONETIME'],
      [euroId, 'must have the currency of the subscription'],
      [foreignId, 'must be a price of the plan'],
      [feeId, 'must be the only version of its price'],
    ];
    for (const [id, rule] of cases) {
      const answer = await refusal({ include_price_ids: [feeId, id] });
      expect(answer).toMatchObject({ status: 400, body: { details: { 'include_price_ids[1]': rule } } });
    }
    const unknown = await refusal({ include_price_ids: ['price_none'] });
    expect(unknown).toMatchObject({ status: 404, body: { details: { 'include_price_ids[0]': expect.anything() } } });
    const early = await refusal({ include_price_ids: [feeId], start_date: ago(hours(72)), end_date: ago(hours(48)) });
    expect(early).toMatchObject({
      status: 400,
      body: { details: { 'include_price_ids[0]': 'must start before the subscription ends' } },
    });
  });

  test('cannot override a price that it does not take', async () => {
    const answer = await refusal({
      include_price_ids: [usageId],
      override_line_items: [{ price_id: feeId, quantity: 2 }],
    });
    expect(answer).toMatchObject({
      status: 400,
      body: { details: { 'override_line_items[0].price_id': expect.anything() } },
    });
  });
});
