// Lists of events by verdict: which are billed and which are not, and why, by the catalog of now and as decided when they came.
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { atOneInstant, type Client, createClient, hours, minutes, objectOf } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createCustomer, createMeter, createPlan, createPrice, createSubscription } from './steps/catalog-steps.ts';
import { lookUp, sendBulk } from './steps/event-steps.ts';
import { inNewEnvironment } from './steps/key-steps.ts';

const ListSchema = v.looseObject({
  events: v.array(v.looseObject({ id: v.string(), verdict: v.optional(v.looseObject({ status: v.string() })) })),
  has_more: v.boolean(),
  examined: v.optional(v.number()),
  catalog_version: v.optional(v.number()),
  iter_last_key: v.optional(v.string()),
});

describe('the list of events by verdict', () => {
  const root = createClient(useDriver());
  let client: Client = root;
  const query = async (body: object) => v.parse(ListSchema, await client.call('POST', '/v1/events/query', body));
  const get = async (parameters: string) => v.parse(ListSchema, await client.call('GET', `/v1/events?${parameters}`));
  const idsOf = async (body: object) => (await query(body)).events.map(({ id }) => id);

  beforeAll(async () => {
    client = atOneInstant(await inNewEnvironment(root));
    await createCustomer(client, 'acme');
    const meterId = await createMeter(client, 'call', { aggregation: { type: 'SUM', field: 'ms' } });
    const planId = await createPlan(client);
    await createPrice(client, planId, meterId);
    await createSubscription(client, 'acme', planId, { start_date: client.ago(hours(2)) });
    const event = (id: string, age: number, fields: object = {}) => ({
      event_id: id,
      event_name: 'call',
      external_customer_id: 'acme',
      timestamp: client.ago(age),
      properties: { ms: '12.50' },
      ...fields,
    });
    await sendBulk(client, [
      event('billed', minutes(5)),
      event('zero', minutes(6), { properties: { ms: 'slow' } }),
      event('nobody', minutes(7), { external_customer_id: 'Acme' }),
      event('unmetered', minutes(8), { event_name: 'Call' }),
      event('early', hours(3)),
    ]);
    await sendBulk(client, [event('billed', minutes(5), { properties: { ms: 13 } })]);
  }, 20_000);

  test('takes filters by status, failure point, warning and conflict, in GET and POST alike', async () => {
    const cases: readonly (readonly [object, string, readonly string[]])[] = [
      [{ status: ['processed'] }, 'status=processed', ['billed', 'zero']],
      [{ status: ['failed'] }, 'status=failed', ['nobody', 'unmetered', 'early']],
      [
        { failure_point_types: ['meter_lookup', 'subscription_line_item_lookup'] },
        'failure_point_types=meter_lookup,subscription_line_item_lookup',
        ['unmetered', 'early'],
      ],
      [{ warning_codes: ['customer_near_miss'] }, 'warning_codes=customer_near_miss', ['nobody']],
      [
        { warning_codes: ['late_event', 'non_numeric_value'] },
        'warning_codes=late_event&warning_codes=non_numeric_value',
        ['zero', 'early'],
      ],
      [
        { warning_codes: ['late_event', 'non_numeric_value'], status: ['processed'] },
        'warning_codes=late_event,non_numeric_value&status=processed',
        ['zero'],
      ],
      [{ conflicts_only: true }, 'conflicts_only=true', ['billed']],
      [{ conflicts_only: true, status: ['failed'] }, 'conflicts_only=true&status=failed', []],
    ];
    for (const [body, parameters, ids] of cases) {
      expect([body, await idsOf(body)]).toEqual([body, ids]);
      expect((await get(parameters)).events.map(({ id }) => id)).toEqual(ids);
    }
  });

  test('shows the verdict of each event, its quantity and its customer', async () => {
    const list = await get('expand=verdict');
    expect(list).toMatchObject({ examined: 5, catalog_version: expect.any(Number), total_count: 5, has_more: false });
    const [billed, zero, nobody, unmetered, early] = list.events.map(({ verdict }) => verdict);
    const lookedUp = objectOf(await lookUp(client, 'billed'));
    expect(billed).toEqual({
      status: 'processed',
      warnings: [],
      customer: { id: expect.stringMatching(/^cust_/), name: expect.any(String) },
      quantity: { meter_id: expect.stringMatching(/^meter_/), value: '12.5' },
      received_at: objectOf(lookedUp['event'])['ingested_at'],
      arrival: {
        status: 'processed',
        decided_at: objectOf(lookedUp['decision'])['decided_at'],
        catalog_version: list.catalog_version,
      },
      has_changed: false,
    });
    expect(zero).toMatchObject({ warnings: [{ code: 'non_numeric_value' }], quantity: { value: '0' } });
    expect(nobody).toMatchObject({
      status: 'failed',
      failure_point_type: 'customer_lookup',
      warnings: [{ code: 'customer_near_miss', subject: 'acme' }],
    });
    expect(nobody).not.toHaveProperty('customer');
    expect(unmetered).toMatchObject({ failure_point_type: 'meter_lookup', customer: billed?.['customer'] });
    expect(unmetered).not.toHaveProperty('quantity');
    expect(early).toMatchObject({
      failure_point_type: 'subscription_line_item_lookup',
      quantity: { value: '12.5' },
      warnings: [{ code: 'late_event' }],
    });
  });

  test('goes by the catalog of now, or by what was decided when the event came', async () => {
    await createCustomer(client, 'Acme');
    const failed = { status: ['failed'], expand: ['verdict'] };
    const [now] = (await query({ ...failed, failure_point_types: ['subscription_line_item_lookup'] })).events;
    expect(now).toMatchObject({
      id: 'nobody',
      verdict: {
        failure_point_type: 'subscription_line_item_lookup',
        arrival: { failure_point_type: 'customer_lookup' },
        has_changed: true,
      },
    });
    expect(await idsOf({ ...failed, failure_point_types: ['customer_lookup'] })).toEqual([]);
    expect(await idsOf({ ...failed, failure_point_types: ['customer_lookup'], decided: 'arrival' })).toEqual([
      'nobody',
    ]);
    expect((await get('status=processed&decided=arrival&expand=verdict')).events).toMatchObject([
      { id: 'billed', verdict: { has_changed: false } },
      { id: 'zero' },
    ]);
  });

  test('is paged by the cursor of the last event examined', async () => {
    const first = await query({ status: ['failed'], page_size: 2 });
    expect([first.events.map(({ id }) => id), first.has_more]).toEqual([['nobody', 'unmetered'], true]);
    const second = await query({ status: ['failed'], page_size: 2, iter_last_key: first.iter_last_key });
    expect([second.events.map(({ id }) => id), second.has_more, second.examined]).toEqual([['early'], false, 1]);
    const oldest = await query({ status: ['failed'], order: 'asc', external_customer_id: 'acme' });
    expect(oldest.events.map(({ id }) => id)).toEqual(['early', 'unmetered']);
  });

  test('has neither a total nor an offset', async () => {
    const list = await query({ status: ['failed'] });
    expect(list).not.toHaveProperty('total_count');
    expect(list).not.toHaveProperty('offset');
    expect(list).toMatchObject({ examined: 5, catalog_version: expect.any(Number) });
    expect((await query({})).examined).toBeUndefined();
  });
});
