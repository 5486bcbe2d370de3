// Monitoring: how many events came, per window, and how far behind the processor is.
import { describe, expect, test } from '@jest/globals';
import { createClient, hours, minutes, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createMeter, setUpBilling } from './steps/catalog-steps.ts';
import { sendBulk } from './steps/event-steps.ts';
import { inNewEnvironment } from './steps/key-steps.ts';

describe('monitoring', () => {
  const root = createClient(useDriver());

  test('counts distinct events of the last day', async () => {
    const client = await inNewEnvironment(root);
    const events = [1, 2, 3, hours(23), hours(25)].map((age) => ({
      event_id: unique('evt'),
      event_name: 'x',
      external_customer_id: 'acme',
      timestamp: client.ago(age),
    }));
    await sendBulk(client, [...events, ...events]);
    expect(await client.call('GET', '/v1/events/monitoring')).toEqual({
      total_count: 4,
      consumption_lag: 0,
      post_processing_lag: 0,
    });
  });

  test('counts per window of a range, its end left out', async () => {
    const client = await inNewEnvironment(root);
    const day = '2025-03-09T';
    const times = ['00:00:00Z', '00:59:59.999Z', '01:00:00Z', '02:30:00Z', '03:00:00Z'];
    const many = Array.from({ length: 40 }, (_, second) => `01:10:${String(second).padStart(2, '0')}Z`);
    await sendBulk(
      client,
      [...times, ...many].map((time) => ({ event_name: 'x', external_customer_id: 'acme', timestamp: day + time })),
    );
    const range = `start_time=${day}00:00:00Z&end_time=${day}03:00:00Z`;
    const counts = (path: string) => client.call('GET', `/v1/events/monitoring?${path}`);
    expect(await counts(range)).toMatchObject({ total_count: 44 });
    const toTheEvent = `start_time=${day}00:59:59.999Z&end_time=${day}02:30:00Z`;
    expect(await counts(toTheEvent)).toMatchObject({ total_count: 42 });
    expect(await counts(`${range}&window_size=HOUR`)).toMatchObject({
      total_count: 44,
      points: [
        { timestamp: `${day}00:00:00Z`, event_count: 2 },
        { timestamp: `${day}01:00:00Z`, event_count: 41 },
        { timestamp: `${day}02:00:00Z`, event_count: 1 },
      ],
    });
    expect(await counts(`${range}&window_size=DAY`)).toMatchObject({
      points: [{ timestamp: `${day}00:00:00Z`, event_count: 44 }],
    });
  });

  test('counts by what was decided when events came, of one customer, name or source, and lists names', async () => {
    const client = await inNewEnvironment(root);
    const { customer, eventName } = await setUpBilling(client);
    const of = (fields: object) => ({
      event_name: eventName,
      external_customer_id: customer,
      timestamp: client.ago(minutes(5)),
      ...fields,
    });
    const other = unique('Other');
    await sendBulk(client, [
      of({ source: 'web' }),
      of({}),
      of({ event_name: other }),
      of({ external_customer_id: 'x' }),
    ]);
    // What is decided later changes nothing of it.
    await createMeter(client, other);
    const none = {
      processed: 0,
      customer_lookup: 0,
      meter_lookup: 0,
      price_lookup: 0,
      subscription_line_item_lookup: 0,
    };
    const counts = (query: string) => client.call('GET', `/v1/events/monitoring?window_size=MONTH&${query}`);
    const expected = (total: number, verdicts: object) => ({
      total_count: total,
      points: [{ event_count: total, verdicts: { ...none, ...verdicts } }],
    });
    expect(await counts('')).toMatchObject(expected(4, { processed: 2, customer_lookup: 1, meter_lookup: 1 }));
    expect(await counts(`external_customer_id=${customer}`)).toMatchObject(
      expected(3, { processed: 2, meter_lookup: 1 }),
    );
    expect(await counts(`event_name=${other}`)).toMatchObject(expected(1, { meter_lookup: 1 }));
    expect(await counts('source=web')).toMatchObject(expected(1, { processed: 1 }));
    const names = async (query: string) => client.call('GET', `/v1/events/names?${query}`);
    expect(await names(`search=${other.toUpperCase()}`)).toMatchObject({
      complete: true,
      names: [{ event_name: other, has_meter: true, count: 1 }],
    });
    expect(await names('limit=1')).toMatchObject({ complete: false, names: [{ event_name: eventName, count: 3 }] });
    for (const [query, field] of [
      ['limit=0', 'limit'],
      ['limit=501', 'limit'],
      ['name=x', 'name'],
    ]) {
      expect(await client.driver.request('GET', `/v1/events/names?${String(query)}`)).toMatchObject({
        status: 400,
        body: { details: { [field ?? '']: expect.any(String) } },
      });
    }
  });

  test('refuses half a range, a wrong range and unknown windows', async () => {
    const { request } = root.driver;
    const [start, end] = [root.ago(minutes(10)), root.ago(minutes(5))];
    for (const [parameters, field] of [
      [`start_time=${start}`, 'end_time'],
      [`end_time=${end}`, 'start_time'],
      [`start_time=${end}&end_time=${start}`, 'end_time'],
      ['window_size=FORTNIGHT', 'window_size'],
      ['start_time=yesterday&end_time=today', 'start_time'],
    ]) {
      expect(await request('GET', `/v1/events/monitoring?${parameters ?? ''}`)).toMatchObject({
        status: 400,
        body: { code: 'validation_error', details: { [field ?? '']: expect.any(String) } },
      });
    }
  });
});
