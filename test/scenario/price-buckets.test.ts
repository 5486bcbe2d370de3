// A price may have buckets of its own: bills and the analytics of a customer take them; the usage of the meter by itself takes
// those of the meter.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createClient, hours, idOf, objectOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import {
  aPlanPrice,
  createCustomer,
  createMeter,
  createPlan,
  createPrice,
  createSubscription,
} from './steps/catalog-steps.ts';
import { sendBulk } from './steps/event-steps.ts';

describe('a price with buckets of its own', () => {
  const client = createClient(useDriver());
  const { call, ago, driver } = client;
  let customer: string;
  let planId: string;
  let meterId: string;
  let priceId: string;
  let subscriptionId: string;

  beforeAll(async () => {
    customer = unique('acme');
    const eventName = unique('gpus');
    await createCustomer(client, customer);
    meterId = await createMeter(client, eventName, { aggregation: { type: 'MAX', field: 'n' } });
    planId = await createPlan(client);
    priceId = await createPrice(client, planId, meterId, { bucket_size: 'HOUR' });
    subscriptionId = await createSubscription(client, customer, planId);
    const event = (n: number, at: number) => ({
      event_id: unique('e'),
      event_name: eventName,
      external_customer_id: customer,
      timestamp: ago(at),
      properties: { n },
    });
    await sendBulk(client, [event(5, hours(2)), event(3, hours(2)), event(4, hours(1))]);
  }, 20_000);

  test('bills the greatest of each bucket, and says whose buckets they are', async () => {
    expect(await call('POST', '/v1/invoices/preview', { subscription_id: subscriptionId })).toMatchObject({
      total: '0.45',
      line_items: [
        {
          quantity: '9',
          explanation: { quantity: { value: '9', buckets: 2, bucket_size: 'HOUR', bucket_size_of: 'price' } },
        },
      ],
    });
    expect(await call('POST', '/v1/subscriptions/usage', { subscription_id: subscriptionId })).toMatchObject({
      amount: 0.45,
      charges: [{ quantity: 9, price: { bucket_size: 'HOUR' } }],
    });
  });

  test('bills what analytics of the customer show', async () => {
    const asked = { external_customer_id: customer, expand: ['meter', 'price'] };
    expect(await call('POST', '/v1/events/analytics', asked)).toMatchObject({
      total_cost: '0.45',
      items: [{ total_usage: '9', window_size: 'HOUR', price: { bucket_size: 'HOUR' } }],
    });
    const { items } = objectOf(await call('POST', '/v1/events/analytics', asked));
    expect(JSON.stringify(items)).toContain('"aggregation":{"type":"MAX","field":"n"}');
  });

  test('does not change what the meter counts', async () => {
    const asked = { meter_id: meterId, external_customer_id: customer };
    expect(await call('POST', '/v1/events/usage/meter', asked)).toMatchObject({ value: 5 });
  });

  test('has a new version with other buckets, and an old one that keeps them', async () => {
    const changed = await call('PUT', `/v1/prices/${priceId}`, { bucket_size: 'DAY' });
    expect(changed).toMatchObject({ bucket_size: 'DAY', amount: '0.05', parent_price_id: priceId });
    expect(await call('GET', `/v1/prices/${priceId}`)).toMatchObject({ bucket_size: 'HOUR' });
    const dearer = await call('PUT', `/v1/prices/${idOf(changed)}`, { amount: '1' });
    expect(dearer).toMatchObject({ bucket_size: 'DAY', amount: '1' });
  });

  test('is inherited, or overridden, where a subscription begins or goes on', async () => {
    const versions = objectOf(await call('GET', `/v1/prices?plan_ids=${planId}&sort=start_date&order=desc`))['items'];
    const current = idOf(Array.isArray(versions) ? versions[0] : undefined);
    const week = aPlanPrice(client, planId, meterId, { bucket_size: 'WEEK' });
    const id = await createSubscription(client, customer, planId, {
      override_line_items: [{ price_id: current, bucket_size: '15MIN' }],
      line_items: [{ price: { ...week, entity_type: undefined, entity_id: undefined } }],
    });
    const made = objectOf(await call('GET', `/v1/subscriptions/${id}`));
    expect(made).toMatchObject({
      line_items: [{ price: { bucket_size: '15MIN', amount: '1' } }, { price: { bucket_size: 'WEEK' } }],
    });
    const item = idOf(Array.isArray(made['line_items']) ? made['line_items'][0] : undefined);
    const next = await call('PUT', `/v1/subscriptions/lineitems/${item}`, { bucket_size: '30MIN' });
    expect(next).toMatchObject({ price: { bucket_size: '30MIN', amount: '1' } });
    const again = await call('PUT', `/v1/subscriptions/lineitems/${idOf(next)}`, { amount: '2' });
    expect(again).toMatchObject({ price: { bucket_size: '30MIN', amount: '2' } });
  });

  test('is refused where usage has no buckets', async () => {
    const counts = await createMeter(client, unique('calls'));
    const counting = aPlanPrice(client, planId, counts);
    const details = { bucket_size: 'only for MAX and SUM meters' };
    const refused = { status: 400, body: { details } };
    expect(await driver.request('POST', '/v1/prices', { ...counting, bucket_size: 'HOUR' })).toMatchObject(refused);
    const id = idOf(await call('POST', '/v1/prices', counting));
    expect(await driver.request('PUT', `/v1/prices/${id}`, { bucket_size: 'HOUR' })).toMatchObject(refused);
  });
});
