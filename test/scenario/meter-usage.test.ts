// Usage of a meter: by the meter as it is now, whenever the events came.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Client, createClient, hours, minutes, objectOf } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createMeter } from './steps/catalog-steps.ts';
import { sendBulk } from './steps/event-steps.ts';
import { inNewEnvironment } from './steps/key-steps.ts';

describe('usage of a meter', () => {
  const root = createClient(useDriver());
  let client: Client = root;
  const usage = (meterId: string, fields: object = {}) =>
    client.call('POST', '/v1/events/usage/meter', { meter_id: meterId, external_customer_id: 'acme', ...fields });
  const lastDay = () => ({ start_time: client.ago(hours(24)) });

  beforeAll(async () => {
    client = await inNewEnvironment(root);
    const event = (id: string, age: number, properties: object) => ({
      event_id: id,
      event_name: 'run',
      external_customer_id: 'acme',
      timestamp: client.ago(age),
      properties,
    });
    await sendBulk(client, [
      event('m1', hours(50), { gb: 100, tier: 'pro' }),
      event('m2', hours(5), { gb: 20, tier: 'pro' }),
      event('m3', hours(4), { gb: 7, tier: 'free' }),
      event('m4', minutes(4), { gb: -30, tier: 'pro' }),
      event('m5', minutes(4), { tier: 'pro' }),
    ]);
  }, 20_000);

  test('applies the filters of the meter, and those of the request besides', async () => {
    const id = await createMeter(client, 'run', {
      aggregation: { type: 'SUM', field: 'gb' },
      filters: [{ key: 'tier', values: ['pro'] }],
    });
    expect(await usage(id)).toMatchObject({ value: 90, counted: 4, counted_as_zero: { missing_property: 1 } });
    expect(await usage(id, { filters: { gb: ['20'] } })).toMatchObject({
      value: 20,
      counted: 1,
      excluded: { filter: 4 },
    });
    expect(await usage(id, { filters: { tier: ['free'] } })).toMatchObject({ counted: 0, excluded: { filter: 5 } });
  });

  test('keeps the aggregation of an expression, and tells which events it failed for', async () => {
    const id = await createMeter(client, 'run', { aggregation: { type: 'MAX', expression: 'gb > 50 ? 50 : gb' } });
    expect(await usage(id)).toMatchObject({ type: 'MAX', value: 50, counted: 5 });
    const broken = await createMeter(client, 'run', { aggregation: { type: 'SUM', expression: '100 / gb' } });
    expect(await usage(broken)).toMatchObject({ counted: 4, excluded: { expression_error: 1 } });
  });

  test('counts from the beginning for a meter that is never reset, while windows show their own', async () => {
    const never = { reset_usage: 'NEVER' };
    const sum = await createMeter(client, 'run', { aggregation: { type: 'SUM', field: 'gb' }, ...never });
    expect(await usage(sum, lastDay())).toMatchObject({ value: 97, counted: 5 });
    const max = await createMeter(client, 'run', { aggregation: { type: 'MAX', field: 'gb' }, ...never });
    expect(await usage(max, lastDay())).toMatchObject({ value: 100 });
    expect(await usage(max, { ...lastDay(), window_size: 'MONTH' })).toMatchObject({ value: 100 });
    const before = { start_time: client.ago(hours(60)), end_time: client.ago(hours(55)) };
    expect(await usage(max, before)).toMatchObject({ value: 0 });
    const weighted = await createMeter(client, 'run', { aggregation: { type: 'WEIGHTED_SUM', field: 'gb' }, ...never });
    // What came before weighs 1: 100 + (20·5/24 + 7·4/24 …) of the day.
    const { value } = objectOf(await usage(weighted, lastDay()));
    expect(Number(JSON.stringify(value))).toBeCloseTo(100 + (20 * 5 + 7 * 4 - 30 / 15) / 24, 3);
  });

  test('follows a change of the meter, with or without pages', async () => {
    const id = await createMeter(client, 'run', { aggregation: { type: 'SUM', field: 'gb' } });
    expect(await usage(id)).toMatchObject({ value: 97 });
    await client.call('PUT', `/v1/meters/${id}`, { filters: [{ key: 'tier', values: ['free'] }] });
    expect(await usage(id)).toMatchObject({ value: 7 });
  });

  test('includes earlier events when the meter is archived', async () => {
    const id = await createMeter(client, 'run', { aggregation: { type: 'COUNT' } });
    await client.call('POST', `/v1/meters/${id}/disable`);
    expect(await usage(id, { end_time: '2099-01-01T00:00:00Z', start_time: client.ago(hours(60)) })).toMatchObject({
      value: 5,
    });
  });

  test('is 404 for a meter that does not exist', async () => {
    expect(await client.driver.request('POST', '/v1/events/usage/meter', { meter_id: 'meter_none' })).toMatchObject({
      status: 404,
      body: { code: 'not_found', message: 'Meter not found', details: { meter_id: 'meter_none' } },
    });
  });
});
