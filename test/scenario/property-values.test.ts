// Values of properties: null is none, and a dot leads into an object.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { atOneInstant, type Client, createClient, minutes, objectOf } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createMeter, setUpBilling } from './steps/catalog-steps.ts';
import { eventIdsOf, lookUp, sendBulk, sendEvent } from './steps/event-steps.ts';
import { inNewEnvironment } from './steps/key-steps.ts';

describe('the value of a property', () => {
  const root = createClient(useDriver());
  let client: Client = root;
  const usage = async (fields: object): Promise<Readonly<Record<string, unknown>>> =>
    objectOf(
      await client.call('POST', '/v1/events/usage', { event_name: 'call', aggregation_type: 'COUNT', ...fields }),
    );
  const listed = async (property_filters: object): Promise<string[]> =>
    eventIdsOf(await client.call('POST', '/v1/events/query', { event_name: 'call', property_filters })).toSorted();
  const grouped = async (property: string): Promise<unknown> => {
    const sums = { aggregation_type: 'MAX', property_name: 'usage.tokens', bucket_size: 'MONTH' };
    return (await usage({ ...sums, group_by: [`properties.${property}`] }))['results'];
  };

  beforeAll(async () => {
    client = atOneInstant(await inNewEnvironment(root));
    const properties = [
      { user: 'ann', usage: { tokens: 5, by: { model: 'large' } } },
      { user: null, usage: { tokens: '2.5' } },
      { usage: null },
      { user: 'null', 'usage.tokens': null, usage: { tokens: 100 } },
      { user: '', 'usage.tokens': 7, usage: [{ tokens: 100 }] },
    ];
    await sendBulk(
      client,
      properties.map((some, index) => ({
        event_id: `e${String(index)}`,
        event_name: 'call',
        external_customer_id: 'acme',
        timestamp: client.ago(minutes(9 - index)),
        properties: some,
      })),
    );
  }, 20_000);

  test('null is no user, but the text "null" is one', async () => {
    expect(await usage({ aggregation_type: 'COUNT_UNIQUE', property_name: 'user' })).toMatchObject({
      value: 3,
      counted: 3,
      excluded: { missing_property: 2 },
    });
    const asked = { event_name: 'call', aggregation_type: 'COUNT_UNIQUE', property_name: 'user' };
    expect(await client.call('POST', '/v1/events/usage/explain', asked)).toMatchObject({
      events: [
        { unique_value: '' },
        { unique_value: 'null' },
        { status: 'excluded', message: 'user is missing; present: usage' },
        { status: 'excluded', message: 'user is null' },
        { unique_value: 'ann' },
      ],
    });
  });

  test('events without a value are one group, and one filter finds them', async () => {
    expect(await grouped('user')).toMatchObject([
      { group: { 'properties.user': '' }, value: 7 },
      { group: { 'properties.user': 'ann' }, value: 5 },
      { group: { 'properties.user': 'null' }, value: 0 },
    ]);
    expect(await listed({ user: [''] })).toEqual(['e1', 'e2', 'e4']);
    expect(await listed({ user: ['null'] })).toEqual(['e1', 'e3']);
    expect(await usage({ filters: { user: ['', 'null'] } })).toMatchObject({ value: 4 });
  });

  test('the filter of a meter finds null by its text, and what is missing by none', async () => {
    const counting = async (values: readonly string[]): Promise<unknown> => {
      const id = await createMeter(client, 'call', { filters: [{ key: 'user', values }] });
      return client.call('POST', '/v1/events/usage/meter', { meter_id: id });
    };
    expect(await counting([''])).toMatchObject({ value: 1 });
    expect(await counting(['null'])).toMatchObject({ value: 2 });
  });

  test('a dot leads into objects, unless a key has that name', async () => {
    expect(await usage({ aggregation_type: 'SUM', property_name: 'usage.tokens' })).toMatchObject({
      value: 14.5,
      counted_as_zero: { missing_property: 1, non_numeric_value: 1 },
    });
    expect(await usage({ filters: { 'usage.by.model': ['large'] } })).toMatchObject({ value: 1 });
    expect(await listed({ 'usage.tokens': ['5', '7'] })).toEqual(['e0', 'e4']);
    expect(await grouped('usage.by.model')).toMatchObject([
      { group: { 'properties.usage.by.model': '' }, value: 7 },
      { group: { 'properties.usage.by.model': 'large' }, value: 5 },
    ]);
  });

  test('a value inside an object is billed, and notes name it by its path', async () => {
    const { eventName, customer, meterId } = await setUpBilling(client, {
      aggregation: { type: 'SUM', field: 'usage.tokens' },
      filters: [{ key: 'usage.kind', values: ['text'] }],
    });
    const event = { event_name: eventName, external_customer_id: customer };
    const id = await sendEvent(client, { ...event, properties: { usage: { tokens: '12', kind: 'text' } } });
    expect(await lookUp(client, id)).toMatchObject({
      processed_events: [{ qty_total: '12' }],
      warnings: [{ code: 'numeric_string', subject: meterId, message: expect.stringContaining('usage.tokens') }],
    });
  });

  test('a value of 0 is in the answer, without events too', async () => {
    expect(await usage({ event_name: 'nothing', aggregation_type: 'SUM', property_name: 'n' })).toMatchObject({
      value: 0,
      counted: 0,
    });
    const sum = { aggregation_type: 'SUM', property_name: 'usage.tokens', filters: { user: ['null'] } };
    expect(await usage({ ...sum, window_size: 'DAY' })).toMatchObject({ value: 2.5 });
    expect(await usage({ ...sum, filters: { 'usage.tokens': ['null'] }, window_size: 'DAY' })).toMatchObject({
      value: 0,
      results: [{ value: 0 }],
    });
  });
});
