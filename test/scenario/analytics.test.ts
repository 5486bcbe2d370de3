// Analytics: the usage of a customer by line item, or by meter where nothing is subscribed, in groups and windows.
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { type Client, createClient, hours, idOf, minutes, objectOf } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createCustomer, createMeter, createPlan, createPrice, createSubscription } from './steps/catalog-steps.ts';
import { sendBulk } from './steps/event-steps.ts';
import { inNewEnvironment } from './steps/key-steps.ts';

const ItemsSchema = v.array(v.record(v.string(), v.unknown()));

describe('analytics', () => {
  const root = createClient(useDriver());
  let client: Client = root;
  const analyze = async (fields: object = {}) =>
    objectOf(await client.call('POST', '/v1/events/analytics', { external_customer_id: 'acme', ...fields }));
  const itemsOf = async (fields: object = {}) => v.parse(ItemsSchema, (await analyze(fields))['items']);
  let feature: Readonly<Record<string, unknown>> = {};
  let stored = '';
  let ids: Readonly<Record<'plan' | 'price' | 'subscription', string>>;

  beforeAll(async () => {
    client = await inNewEnvironment(root);
    await client.call('POST', '/v1/customers', { external_id: 'acme', name: 'Acme', timezone: 'Asia/Kathmandu' });
    await createCustomer(client, 'globex');
    feature = objectOf(
      await client.call('POST', '/v1/features', {
        name: 'Tokens',
        type: 'metered',
        unit_singular: 'token',
        unit_plural: 'tokens',
        reporting_unit: { unit_singular: 'kT', unit_plural: 'kT', conversion_rate: '1000' },
        meter: {
          name: 'Tokens',
          event_name: 'completion',
          aggregation: { type: 'SUM', field: 'tokens' },
          reset_usage: 'BILLING_PERIOD',
        },
      }),
    );
    stored = await createMeter(client, 'stored', {
      name: 'Stored',
      aggregation: { type: 'SUM', field: 'gb' },
      reset_usage: 'NEVER',
    });
    await createMeter(client, 'completion', { name: 'Unbilled' });
    const plan = await createPlan(client);
    const price = await createPrice(client, plan, String(feature['meter_id']));
    await createPrice(client, plan, stored);
    // Prices and the subscription begin a day ago.
    ids = { plan, price, subscription: await createSubscription(client, 'acme', plan) };
    const event = (id: string, name: string, age: number, properties: object, source: string, customer = 'acme') => ({
      event_id: id,
      event_name: name,
      external_customer_id: customer,
      timestamp: client.ago(age),
      source,
      properties,
    });
    await sendBulk(client, [
      event('a0', 'completion', hours(30), { tokens: 9_999, model: 'large' }, 'api'),
      event('a1', 'completion', hours(5), { tokens: 1_234, model: 'large' }, 'api'),
      event('a2', 'completion', minutes(9), { tokens: '22.25', model: 'small' }, 'batch'),
      event('a3', 'completion', minutes(8), { model: 'small' }, 'api'),
      event('a4', 'stored', hours(30), { gb: 5 }, 'api'),
      event('a5', 'stored', minutes(7), { gb: -2 }, 'api'),
      event('a6', 'completion', minutes(7), { tokens: 4 }, 'api', 'globex'),
    ]);
  }, 20_000);

  test('has one item for each line item, within its range, and none besides', async () => {
    const answer = await analyze();
    expect(answer['items']).toEqual([
      expect.objectContaining({ name: 'Stored', meter_id: stored, feature_id: '' }),
      {
        name: 'Tokens',
        feature_id: feature['id'],
        meter_id: feature['meter_id'],
        event_name: 'completion',
        aggregation_type: 'SUM',
        subscription_id: ids.subscription,
        sub_line_item_id: expect.any(String),
        price_id: ids.price,
        plan_id: ids.plan,
        total_usage: '1256.25',
        total_usage_display: '1.26',
        // 0.05 each, exact.
        subtotal: '62.8125',
        total_discount: '0',
        total_cost: '62.8125',
        currency: 'usd',
        event_count: 3,
        unit: 'token',
        unit_plural: 'tokens',
        reporting_unit: { unit_singular: 'kT', unit_plural: 'kT', conversion_rate: '1000' },
      },
    ]);
    expect(answer).toMatchObject({
      counted_as_zero: { missing_property: 1 },
      // Of the whole deployment, which other scenarios share.
      in_flight: { queue: expect.any(Number), dead_letter_queue: expect.any(Number) },
    });
    expect(answer).toHaveProperty('verified_through');
  });

  test('shows usage of the range and usage since the beginning for a meter that is never reset', async () => {
    const [item] = await itemsOf();
    expect(item).toMatchObject({ total_usage: '0', cumulative_quantity: '3', event_count: 1 });
  });

  test('is grouped by source and properties, and leaves out what is missing', async () => {
    const byBoth = await itemsOf({
      feature_ids: [feature['id']],
      group_by: ['source', 'properties.model', 'feature_id', 'properties.none'],
    });
    expect(byBoth).toMatchObject([
      { source: 'api', properties: { model: 'large' }, total_usage: '1234' },
      { source: 'batch', properties: { model: 'small' }, total_usage: '22.25' },
    ]);
    expect(byBoth[0]).not.toHaveProperty('properties.none');
    expect(await itemsOf({ feature_ids: [feature['id']], expand: ['source'] })).toMatchObject([
      { sources: ['api', 'batch'] },
    ]);
    expect(await itemsOf({ sources: ['batch'], property_filters: { model: ['small'] } })).toMatchObject([
      { total_usage: '22.25', event_count: 1 },
    ]);
  });

  test('has points in the time zone of the subscription', async () => {
    const [item] = await itemsOf({ feature_ids: [feature['id']], window_size: 'HOUR' });
    expect(item).toMatchObject({
      window_size: 'HOUR',
      points: [
        { timestamp: expect.stringMatching(/:00:00\+05:45$/), usage: '1234', event_count: 1 },
        { timestamp: expect.stringMatching(/:00:00\+05:45$/), usage: '22.25', event_count: 2 },
      ],
    });
  });

  test('shows the entities that it is asked to expand', async () => {
    const [item] = await itemsOf({
      feature_ids: [feature['id']],
      expand: ['price', 'meter', 'feature', 'subscription_line_item', 'plan'],
    });
    expect(item).toMatchObject({
      price: { id: ids.price },
      meter: { id: feature['meter_id'] },
      feature: { id: feature['id'] },
      subscription_line_item: { price_id: ids.price },
      plan: { id: ids.plan },
    });
  });

  test('has one item for each meter for a customer without a subscription, and for everybody', async () => {
    const globex = await itemsOf({ external_customer_id: 'globex' });
    expect(globex.map(({ name, total_usage: usage }) => [name, usage])).toEqual([
      ['Tokens', '4'],
      ['Unbilled', '1'],
    ]);
    expect(globex[0]).not.toHaveProperty('price_id');
    const everybody = await itemsOf({ external_customer_id: '' });
    expect(everybody.map(({ name, total_usage: usage }) => [name, usage])).toEqual([
      ['Stored', '3'],
      ['Tokens', '11259.25'],
      ['Unbilled', '5'],
    ]);
  });

  test('is empty, rather than everything, for features that do not exist or are not metered', async () => {
    const { id } = { id: idOf(await client.call('POST', '/v1/features', { name: 'SSO', type: 'boolean' })) };
    expect(await itemsOf({ feature_ids: ['feat_none', id] })).toEqual([]);
  });

  test('agrees with the usage of the same meter', async () => {
    const [item] = await itemsOf({ external_customer_id: 'globex', feature_ids: [feature['id']] });
    const usage = await client.call('POST', '/v1/events/usage/meter', {
      meter_id: feature['meter_id'],
      external_customer_id: 'globex',
    });
    expect(String(objectOf(usage)['value'])).toBe(item?.['total_usage']);
  });
});
