// Numbers that a double cannot hold, such as ids of 64 bits, count, filter, group and read back with every digit.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { jsonText, parseJson } from '../../shared/domain/json-text.ts';
import { atOneInstant, type Client, createClient, hours, minutes, objectOf } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createMeter, setUpBilling } from './steps/catalog-steps.ts';
import { eventIdsOf, lookUp, quantitiesOf, sendBulk, sendEvent } from './steps/event-steps.ts';
import { inNewEnvironment } from './steps/key-steps.ts';

const long = JSON.rawJSON;
/** A double cannot tell the first three apart, nor the next two; the last is the third in another form. */
const users = ['1234567890123456781', '1234567890123456782', '1234567890123456783'] as const;
const sizes = ['9007199254740993', '9007199254740992', '0.1234567890123456789'] as const;

describe('long numbers', () => {
  const root = createClient(useDriver());
  let client: Client = root;
  const usage = async (fields: object): Promise<Readonly<Record<string, unknown>>> =>
    objectOf(await client.call('POST', '/v1/events/usage', { event_name: 'call', property_name: 'size', ...fields }));

  beforeAll(async () => {
    client = atOneInstant(await inNewEnvironment(root));
    const sent = users.map((user, index) => ({
      event_id: `e${String(index)}`,
      event_name: 'call',
      external_customer_id: 'acme',
      timestamp: client.ago(minutes(9 - index)),
      properties: { user: long(user), size: long(sizes[index] ?? '0'), all: [long(user)] },
    }));
    await sendBulk(client, sent);
    // The third user once more, in another form, and an honest retry of the first event.
    await sendBulk(
      client,
      [{ ...sent[2], event_id: 'e3', properties: { user: long('1.234567890123456783E+18') } }, { ...sent[0] }].map(
        (event) => ({ event_name: 'call', external_customer_id: 'acme', ...event }),
      ),
    );
  }, 20_000);

  test('are counted, compared and added with every digit', async () => {
    const value = async (aggregation_type: string, fields: object = {}) =>
      jsonText(parseJson(JSON.stringify((await usage({ aggregation_type, ...fields }))['value'])));
    expect(await value('COUNT_UNIQUE', { property_name: 'user' })).toBe('3');
    expect(await value('SUM')).toBe('18014398509481985.1234567890123456789');
    expect(await value('MAX')).toBe('9007199254740993');
    expect(await value('LATEST', { filters: { user: [users[0]] } })).toBe('9007199254740993');
    expect(await value('SUM_WITH_MULTIPLIER', { multiplier: '0.001', filters: { user: [users[0]] } })).toBe(
      '9007199254740.993',
    );
    const windows = { window_size: 'DAY', start_time: client.ago(hours(1)), filters: { all: [`[${users[0]}]`] } };
    expect((await usage({ aggregation_type: 'SUM', ...windows }))['results']).toMatchObject([
      { value: long('9007199254740993') },
    ]);
  });

  test('are filtered and grouped by their digits, in any form', async () => {
    const filters = { user: [users[2]] };
    const list = await client.call('POST', '/v1/events/query', { property_filters: filters });
    expect(eventIdsOf(list).toSorted()).toEqual(['e2', 'e3']);
    expect(await usage({ aggregation_type: 'COUNT', filters })).toMatchObject({ value: 2 });
    const groups = { aggregation_type: 'MAX', bucket_size: 'MONTH', group_by: ['properties.user'] };
    const { results } = await usage({ ...groups, property_name: 'size', end_time: client.ago(0) });
    expect(results).toMatchObject(users.map((user) => ({ group: { 'properties.user': user } })));
  });

  test('read back as they were sent, and an explanation has their digits', async () => {
    expect(await client.call('GET', '/v1/events/e3')).toMatchObject({
      event: { properties: { user: long('1.234567890123456783E+18') } },
    });
    expect(await client.call('POST', '/v1/events/query', { event_id: 'e1' })).toMatchObject({
      events: [{ properties: { user: long(users[1]), all: [long(users[1])] } }],
    });
    const asked = { event_name: 'call', aggregation_type: 'COUNT_UNIQUE', property_name: 'user' };
    expect(await client.call('POST', '/v1/events/usage/explain', asked)).toMatchObject({
      events: [{ unique_value: users[2] }, { unique_value: users[2] }, { unique_value: users[1] }, {}],
    });
    const sum = { ...asked, aggregation_type: 'SUM', property_name: 'size', filters: { user: [users[0]] } };
    expect(await client.call('POST', '/v1/events/usage/explain', sum)).toMatchObject({
      events: [{}, {}, {}, { event_id: 'e0', quantity: sizes[0] }],
    });
  });

  test('that differ are a conflict, and the same are a retry', async () => {
    expect(await lookUp(client, 'e0')).not.toHaveProperty('conflicts');
    const { event } = objectOf(await client.call('GET', '/v1/events/e0'));
    const { timestamp } = objectOf(event);
    const again = { event_id: 'e0', event_name: 'call', external_customer_id: 'acme', timestamp };
    const properties = { user: long(users[1]), size: long(sizes[0]), all: [long(users[0])] };
    await sendEvent(client, { ...again, properties });
    expect(await lookUp(client, 'e0')).toMatchObject({ conflicts: [{ fields: ['properties'] }] });
  });

  test('are billed with every digit, and as the nearest double in an expression, which says so', async () => {
    const billing = await setUpBilling(client, { aggregation: { type: 'SUM', field: 'size' } });
    const event = { event_name: billing.eventName, external_customer_id: billing.customer };
    const id = await sendEvent(client, { ...event, properties: { size: long('-9007199254740993.5') } });
    expect(await quantitiesOf(client, id)).toEqual(['-9007199254740993.5']);
    const meterId = await createMeter(client, billing.eventName, {
      aggregation: { type: 'MAX', expression: 'size * 2' },
    });
    expect(await client.call('POST', '/v1/events/usage/explain', { meter_id: meterId })).toMatchObject({
      events: [{ quantity: '-18014398509481988' }],
    });
    expect(await lookUp(client, id)).toMatchObject({
      warnings: [
        { code: 'negative_quantity', subject: billing.meterId },
        { code: 'negative_quantity', subject: meterId },
        { code: 'rounded_number', subject: meterId, message: expect.stringContaining('size') },
      ],
    });
  });

  test('of more digits than a quantity may have count as 0 with a warning, and beyond a double they are refused', async () => {
    const billing = await setUpBilling(client, { aggregation: { type: 'SUM', field: 'size' } });
    const event = { event_name: billing.eventName, external_customer_id: billing.customer };
    const digits = '12345678901234567890123456';
    const id = await sendEvent(client, { ...event, properties: { size: long(digits) } });
    expect(await lookUp(client, id)).toMatchObject({
      event: { properties: { size: long(digits) } },
      processed_events: [{ qty_total: '0' }],
      warnings: [{ code: 'non_numeric_value', message: expect.stringContaining('more digits') }],
    });
    for (const beyond of [`1${digits}e400`, `${digits}e-400`]) {
      const body = { ...event, properties: { size: long(beyond) } };
      expect(await client.driver.request('POST', '/v1/events', body)).toMatchObject({
        status: 400,
        body: { details: { properties: expect.stringContaining('range of a double') } },
      });
    }
  });
});
