// Why a number of usage is what it is: every event behind it, with what it counts for.
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { atOneInstant, type Client, createClient, minutes } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createMeter } from './steps/catalog-steps.ts';
import { sendBulk } from './steps/event-steps.ts';
import { inNewEnvironment } from './steps/key-steps.ts';

const PageSchema = v.looseObject({
  events: v.array(v.looseObject({ event_id: v.string() })),
  has_more: v.boolean(),
  iter_last_key: v.exactOptional(v.string()),
});

describe('the explanation of a number', () => {
  const root = createClient(useDriver());
  let client: Client = root;
  const explain = async (fields: object) =>
    v.parse(PageSchema, await client.call('POST', '/v1/events/usage/explain', fields));
  const sum = { event_name: 'call', aggregation_type: 'SUM', property_name: 'ms' };

  beforeAll(async () => {
    client = atOneInstant(await inNewEnvironment(root));
    const event = (id: string, age: number, properties: object, customer = 'acme') => ({
      event_id: id,
      event_name: 'call',
      external_customer_id: customer,
      timestamp: client.ago(minutes(age)),
      properties,
    });
    await sendBulk(client, [
      event('x1', 9, { ms: '150.50', region: 'us' }),
      event('x2', 8, { ms: 'slow', region: 'us' }),
      event('x3', 7, { region: 'us' }, 'globex'),
      event('x4', 6, { ms: 2, region: 'eu' }),
      { ...event('x5', 5, { ms: 1 }), event_name: 'other' },
    ]);
  }, 20_000);

  test('lists every event of the name, newest first, with its quantity or the reason', async () => {
    expect(await explain({ ...sum, filters: { region: ['us'] } })).toEqual({
      event_name: 'call',
      type: 'SUM',
      events: [
        {
          event_id: 'x4',
          external_customer_id: 'acme',
          timestamp: client.ago(minutes(6)),
          status: 'excluded',
          reason: 'filter',
          message: 'region is "eu"; the filter accepts "us"',
        },
        expect.objectContaining({
          event_id: 'x3',
          external_customer_id: 'globex',
          status: 'counted_as_zero',
          quantity: '0',
          reason: 'missing_property',
        }),
        expect.objectContaining({
          event_id: 'x2',
          status: 'counted_as_zero',
          quantity: '0',
          reason: 'non_numeric_value',
          message: 'ms is a string, not a number',
        }),
        expect.objectContaining({ event_id: 'x1', status: 'counted', quantity: '150.5' }),
      ],
      has_more: false,
    });
  });

  test('is paged without a gap', async () => {
    const asked = { ...sum, external_customer_id: 'acme', page_size: 2 };
    const first = await explain(asked);
    expect(first.events.map(({ event_id: id }) => id)).toEqual(['x4', 'x2']);
    expect(first.has_more).toBe(true);
    const second = await explain({ ...asked, iter_last_key: first.iter_last_key });
    expect(second.events.map(({ event_id: id }) => id)).toEqual(['x1']);
    expect(second).toMatchObject({ has_more: false });
    expect(second).not.toHaveProperty('iter_last_key');
  });

  test('names windows, distinct values and groups of a meter', async () => {
    const unique = await createMeter(client, 'call', { aggregation: { type: 'COUNT_UNIQUE', field: 'region' } });
    const byWindow = await explain({ meter_id: unique, window_size: 'DAY', timezone: 'Asia/Kathmandu' });
    expect(byWindow).toMatchObject({ type: 'COUNT_UNIQUE' });
    expect(byWindow.events[0]).toMatchObject({
      event_id: 'x4',
      unique_value: 'eu',
      window_start: expect.stringMatching(/T00:00:00\+05:45$/),
    });
    const grouped = await createMeter(client, 'call', {
      aggregation: { type: 'MAX', field: 'ms', bucket_size: 'HOUR', group_by: 'region' },
    });
    expect((await explain({ meter_id: grouped })).events.at(-1)).toMatchObject({
      event_id: 'x1',
      group: { 'properties.region': 'us' },
      quantity: '150.5',
    });
  });

  test('is filtered by outcome, reason and group', async () => {
    const asked = { ...sum, filters: { region: ['us'] } };
    const ids = async (fields: object) =>
      (await explain({ ...asked, ...fields })).events.map((event) => event.event_id);
    expect(await ids({ status: ['counted_as_zero'] })).toEqual(['x3', 'x2']);
    expect(await ids({ status: ['counted_as_zero'], reasons: ['non_numeric_value', 'filter'] })).toEqual(['x2']);
    expect(await ids({ reasons: ['filter', 'missing_property'] })).toEqual(['x4', 'x3']);
    const byRegion = {
      event_name: 'call',
      aggregation_type: 'MAX',
      property_name: 'ms',
      bucket_size: 'HOUR',
      group_by: ['properties.region'],
    };
    const grouped = await explain({ ...byRegion, group: { 'properties.region': 'eu' } });
    expect(grouped.events.map((event) => event.event_id)).toEqual(['x4']);
  });

  test('shows the seconds that each event of a WEIGHTED_SUM weighs', async () => {
    const range = { start_time: client.ago(minutes(10)), end_time: client.ago(0) };
    const explained = await explain({ ...sum, aggregation_type: 'WEIGHTED_SUM', ...range });
    expect(explained).toMatchObject({ total_seconds: 600 });
    expect(explained.events[0]).toMatchObject({ event_id: 'x4', quantity: '2', seconds: 360 });
  });
});
