// Usage: what events add up to, for a customer or everybody, whole or by window, ad hoc or by a meter, and why.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Client, createClient, hours, minutes } from '../support/client.ts';
import { useDriver } from '../support/use-driver.ts';
import { createMeter } from './steps/catalog-steps.ts';
import { sendBulk } from './steps/event-steps.ts';
import { inNewEnvironment } from './steps/key-steps.ts';

describe('usage', () => {
  const root = createClient(useDriver());
  let client: Client = root;
  beforeAll(async () => {
    client = await inNewEnvironment(root);
    await sendBulk(client, [
      event('e1', hours(3), { ms: 100, region: 'eu' }),
      event('e2', hours(2), { ms: '150.5', region: 'us' }),
      event('e3', minutes(5), { region: 'eu' }),
      event('e4', minutes(4), { ms: 'slow', region: 'eu' }),
    ]);
  }, 20_000);
  const event = (id: string, age: number, properties: object) => ({
    event_id: id,
    event_name: 'call',
    external_customer_id: 'acme',
    timestamp: client.ago(age),
    properties,
  });
  const usage = (fields: object) =>
    client.call('POST', '/v1/events/usage', {
      event_name: 'call',
      external_customer_id: 'acme',
      aggregation_type: 'SUM',
      property_name: 'ms',
      ...fields,
    });

  test('adds up exactly and tells what the number is made of', async () => {
    expect(await usage({})).toMatchObject({
      event_name: 'call',
      type: 'SUM',
      value: 250.5,
      counted: 4,
      counted_as_zero: { missing_property: 1, non_numeric_value: 1 },
      excluded: { filter: 0, expression_error: 0, missing_property: 0 },
      in_flight: { queue: 0, dead_letter_queue: 0 },
    });
    expect(await usage({ external_customer_id: '', filters: { region: ['us'] } })).toMatchObject({
      value: 150.5,
      counted: 1,
      excluded: { filter: 3 },
    });
  });
  test('explain', async () => {
    console.log(
      JSON.stringify(
        await client.call('POST', '/v1/events/usage/explain', {
          event_name: 'call',
          aggregation_type: 'SUM',
          property_name: 'ms',
          filters: { region: ['eu'] },
        }),
        null,
        1,
      ),
    );
    const id = await createMeter(client, 'call', {
      aggregation: { type: 'COUNT_UNIQUE', field: 'region' },
      reset_usage: 'NEVER',
    });
    console.log(
      JSON.stringify(
        await client.call('POST', '/v1/events/usage/meter', {
          meter_id: id,
          window_size: 'HOUR',
          timezone: 'Asia/Kathmandu',
        }),
        null,
        1,
      ),
    );
    console.log(
      JSON.stringify(
        await client.call('POST', '/v1/events/usage/explain', {
          meter_id: id,
          window_size: 'HOUR',
          timezone: 'Asia/Kathmandu',
        }),
        null,
        1,
      ),
    );
  });
});
