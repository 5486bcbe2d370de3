// Usage of a month that was worked out by hand: months of a time zone over both changes of its clocks, and a weighted sum.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { createClient, objectOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { sendBulk } from './steps/event-steps.ts';

const Months = v.array(v.object({ window_size: v.string(), value: v.number() }));

describe('usage', () => {
  const client = createClient(useDriver());
  const usageOf = async (values: readonly (readonly [string, number])[], asked: object) => {
    const [name, customer] = [unique('storage'), unique('acme')];
    const events = values.map(([timestamp, n]) => ({
      event_id: unique('evt'),
      event_name: name,
      external_customer_id: customer,
      timestamp,
      properties: { n },
    }));
    await sendBulk(client, events);
    const body = { event_name: name, external_customer_id: customer, property_name: 'n', ...asked };
    return objectOf(await client.call('POST', '/v1/events/usage', body));
  };

  test('of the months of Budapest changes at its midnight, in winter and in summer', async () => {
    const { results } = await usageOf(
      [
        ['2024-12-31T22:59:59Z', 1],
        ['2024-12-31T23:00:00Z', 2],
        ['2025-01-31T22:59:59Z', 4],
        ['2025-01-31T23:00:00Z', 8],
        ['2025-03-31T21:59:59Z', 16],
        ['2025-03-31T22:00:00Z', 32],
      ],
      {
        aggregation_type: 'SUM',
        start_time: '2024-12-01T00:00:00Z',
        end_time: '2025-05-01T00:00:00Z',
        window_size: 'MONTH',
        timezone: 'Europe/Budapest',
      },
    );
    expect(v.parse(Months, results)).toEqual([
      { window_size: '2024-12-01T00:00:00+01:00', value: 1 },
      { window_size: '2025-01-01T00:00:00+01:00', value: 6 },
      { window_size: '2025-02-01T00:00:00+01:00', value: 8 },
      { window_size: '2025-03-01T00:00:00+01:00', value: 16 },
      { window_size: '2025-04-01T00:00:00+02:00', value: 32 },
    ]);
  });

  test('of a level in July is each change by what was left of the month', async () => {
    // (60 × 12 + 75 × 11 + 90 × 10 + 55 × 9 + 100 × 6) ÷ 31.
    const { value } = await usageOf(
      [
        ['2025-07-20T00:00:00Z', 60],
        ['2025-07-21T00:00:00Z', 75],
        ['2025-07-22T00:00:00Z', 90],
        ['2025-07-23T00:00:00Z', 55],
        ['2025-07-26T00:00:00Z', 100],
      ],
      { aggregation_type: 'WEIGHTED_SUM', start_time: '2025-07-01T00:00:00Z', end_time: '2025-08-01T00:00:00Z' },
    );
    expect(JSON.stringify(value)).toBe('114.1935483870967742');
  });
});
