// Commitments are created with a subscription or a line item, shown as they were created, and refused where they cannot be billed.
// The driver checks that all answers are as docs/openapi.json describes them.
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { createClient, hours, idOf, objectOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createCustomer, createMeter, createPlan, createPrice, createSubscription } from './steps/catalog-steps.ts';

const peakHours = {
  start: { hour: 9 },
  end: { hour: 12 },
  price: { billing_model: 'FLAT_FEE', amount: '2' },
  commitment_type: 'amount',
  commitment_value: '5',
  overage_factor: '2',
};
const perUnit = { commitment_quantity: '5', overage_factor: '1.5', enable_true_up: true };

describe('commitments', () => {
  const client = createClient(useDriver());
  const { call, driver, ago } = client;
  const customer = unique('acme');
  let planId: string;
  let flat: string;
  let hourly: string;
  beforeAll(async () => {
    await createCustomer(client, customer);
    planId = await createPlan(client);
    flat = await createPrice(client, planId, await createMeter(client, unique('call')));
    const aggregation = { type: 'SUM', field: 'gb', bucket_size: 'HOUR' };
    hourly = await createPrice(client, planId, await createMeter(client, unique('storage'), { aggregation }));
  });
  const itemsOf = async (subscriptionId: string) => {
    const Items = v.object({ line_items: v.array(v.looseObject({ id: v.string(), price_id: v.string() })) });
    return v.parse(Items, await call('GET', `/v1/subscriptions/${subscriptionId}`)).line_items;
  };
  const refusalOf = async (path: string, body: object, method = 'POST'): Promise<unknown> => {
    const answer = await driver.request(method, path, body);
    return [answer.status, objectOf(answer.body)['details']];
  };

  test('of a subscription are shown with it, alone and in a list', async () => {
    const terms = { commitment_amount: '60', commitment_duration: 'ANNUAL', overage_factor: '2', enable_true_up: true };
    const id = await createSubscription(client, customer, planId, terms);
    expect(await call('GET', `/v1/subscriptions/${id}`)).toMatchObject(terms);
    expect(await call('GET', `/v1/subscriptions?subscription_ids=${id}`)).toMatchObject({ items: [terms] });
  });

  test('of line items are shown with them, and the prices of time buckets by id', async () => {
    const id = await createSubscription(client, customer, planId, {
      line_item_commitments: {
        [flat]: perUnit,
        [hourly]: { is_window_commitment: true, commitment_time_buckets: [peakHours] },
      },
    });
    const items = await itemsOf(id);
    expect(items.find(({ price_id: price }) => price === flat)).toMatchObject({
      commitment_quantity: '5',
      commitment_type: 'quantity',
      commitment_overage_factor: '1.5',
      commitment_true_up_enabled: true,
      commitment_windowed: false,
    });
    const windowed = items.find(({ price_id: price }) => price === hourly);
    expect(windowed).toMatchObject({
      commitment_windowed: true,
      commitment_time_buckets: [
        { start: { hour: 9, minute: 0 }, end: { hour: 12, minute: 0 }, commitment_value: '5', true_up_enabled: false },
      ],
    });
    const Buckets = v.object({ commitment_time_buckets: v.array(v.object({ price_id: v.string() })) });
    const [bucket] = v.parse(Buckets, windowed).commitment_time_buckets;
    const price = { amount: '2', entity_type: 'SUBSCRIPTION', entity_id: id, type: 'USAGE' };
    expect(await call('GET', `/v1/prices/${bucket?.price_id ?? ''}`)).toMatchObject(price);
  });

  test('change from a date on: the line item ends there, and another begins', async () => {
    const id = await createSubscription(client, customer, planId);
    const added = idOf(
      await call('POST', `/v1/subscriptions/${id}/lineitems`, {
        price_id: hourly,
        start_date: ago(hours(20)),
        commitment_amount: 10,
        commitment_overage_factor: 1,
        commitment_windowed: true,
        commitment_time_buckets: [peakHours],
      }),
    );
    const from = ago(hours(10));
    const changed = await call('PUT', `/v1/subscriptions/lineitems/${added}`, {
      commitment_amount: 20,
      effective_from: from,
    });
    const before = (await itemsOf(id)).find((item) => item.id === added);
    expect(before).toMatchObject({ end_date: from, commitment_amount: '10' });
    expect(changed).toMatchObject({
      start_date: from,
      commitment_amount: '20',
      commitment_overage_factor: '1',
      commitment_time_buckets: before?.['commitment_time_buckets'],
    });
    expect(await call('GET', `/v1/subscriptions/${id}`)).toMatchObject({
      history: [{}, {}, { old: null, new: { commitment_amount: '20', commitment_windowed: true } }],
    });
  });

  test('that cannot be billed are refused by field, and change nothing', async () => {
    const id = await createSubscription(client, customer, planId, { commitment_amount: '60', overage_factor: '2' });
    const items = await itemsOf(id);
    const add = `/v1/subscriptions/${id}/lineitems`;
    const terms = { commitment_amount: 10, commitment_overage_factor: 1 };
    const both = 'not together with a commitment of the subscription';
    expect(await refusalOf(add, { price_id: flat, ...terms })).toEqual([400, { commitment_amount: both }]);
    const change = `/v1/subscriptions/lineitems/${items[0]?.id ?? ''}`;
    expect(await refusalOf(change, terms, 'PUT')).toEqual([400, { commitment_amount: both }]);
    expect(await itemsOf(id)).toEqual(items);

    const free = await createSubscription(client, customer, planId);
    const addFree = `/v1/subscriptions/${free}/lineitems`;
    const misaligned = { ...peakHours, end: { hour: 12, minute: 30 } };
    const cases: readonly (readonly [object, string])[] = [
      [{ price_id: flat, commitment_amount: 10 }, 'commitment_overage_factor'],
      [{ price_id: flat, ...terms, commitment_windowed: true }, 'commitment_windowed'],
      [{ price_id: flat, ...terms, commitment_duration: 'ANNUAL' }, 'commitment_duration'],
      [
        { price_id: hourly, commitment_windowed: true, commitment_time_buckets: [misaligned] },
        'commitment_time_buckets[0].start',
      ],
    ];
    for (const [body, field] of cases) {
      expect(await refusalOf(addFree, body)).toEqual([400, { [field]: expect.any(String) }]);
    }
    expect(await itemsOf(free)).toHaveLength(2);
  });
});
