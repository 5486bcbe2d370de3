// Failures by cause: why events are not billed or count as zero, with what would bill them. What is offered as a request works.
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { type Client, createClient, hours, idOf, objectOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import {
  type Billing,
  createCustomer,
  createMeter,
  createPlan,
  createPrice,
  createSubscription,
  setUpBilling,
} from './steps/catalog-steps.ts';
import { sendBulk } from './steps/event-steps.ts';
import { inNewEnvironment } from './steps/key-steps.ts';

const FixSchema = v.object({
  action: v.string(),
  request: v.optional(v.object({ method: v.string(), path: v.string(), body: v.unknown() })),
});
const FailureSchema = v.looseObject({
  cause: v.string(),
  failure_point_type: v.optional(v.string()),
  event_name: v.string(),
  external_customer_id: v.optional(v.string()),
  meter_id: v.optional(v.string()),
  sub_line_item_id: v.optional(v.string()),
  count: v.number(),
  sample_event_ids: v.array(v.string()),
  similar_names: v.array(v.string()),
  message: v.string(),
  fix: v.optional(FixSchema),
});
type Failure = v.InferOutput<typeof FailureSchema>;
const AnswerSchema = v.looseObject({
  failures: v.array(FailureSchema),
  examined: v.number(),
  complete: v.boolean(),
  cursor: v.optional(v.string()),
});
const ItemsSchema = v.object({ line_items: v.array(v.object({ id: v.string() })) });

const keyOf = (failure: Failure): string =>
  [failure.cause, failure.event_name, failure.external_customer_id, failure.meter_id, failure.sub_line_item_id].join(
    ' ',
  );

const failuresIn = async (client: Client, fields: object = {}) =>
  v.parse(
    AnswerSchema,
    await client.call('POST', '/v1/events/failures', {
      start_time: client.ago(hours(72)),
      end_time: client.ago(-hours(1)),
      ...fields,
    }),
  );

const eventOf = (client: Client, name: string, customer: string, age: number, fields: object = {}) => ({
  event_id: unique('evt'),
  event_name: name,
  external_customer_id: customer,
  timestamp: client.ago(age),
  ...fields,
});

/** Sends events with every cause, each of its own customer where it concerns one. */
const sendFailures = async (client: Client): Promise<Billing> => {
  const billing = await setUpBilling(client, { aggregation: { type: 'SUM', field: 'tokens' } });
  const { customer, eventName, planId, priceId } = billing;
  const of = (name: string, who: string, age: number, fields: object = { properties: { tokens: 1 } }) =>
    eventOf(client, name, who, age, fields);
  const [unsubscribed, unsold, early, late, split] = ['none', 'unsold', 'early', 'late', 'split'];
  for (const one of [unsubscribed, unsold, early, late, split]) await createCustomer(client, one);
  await createSubscription(client, unsold, planId);
  await createSubscription(client, early, planId, { start_date: client.ago(hours(5)) });
  const ended = await createSubscription(client, late, planId);
  await client.call('POST', `/v1/subscriptions/${ended}/cancel`, { cancellation_type: 'immediate' });
  const cut = await createSubscription(client, split, planId);
  const [item] = v.parse(ItemsSchema, await client.call('GET', `/v1/subscriptions/${cut}`)).line_items;
  await client.call('DELETE', `/v1/subscriptions/lineitems/${item?.id ?? ''}`, {
    effective_from: client.ago(hours(10)),
  });
  const again = { price_id: priceId, start_date: client.ago(hours(4)) };
  await client.call('POST', `/v1/subscriptions/${cut}/lineitems`, again);

  const archived = await createMeter(client, 'archived');
  await client.call('PUT', `/v1/meters/${archived}`, { status: 'archived' });
  const archivedToo = await client.call('POST', '/v1/features', {
    name: 'Archived',
    type: 'metered',
    meter: { name: 'm', event_name: 'owned', aggregation: { type: 'COUNT' }, reset_usage: 'BILLING_PERIOD' },
  });
  await client.call('PUT', `/v1/features/${idOf(archivedToo)}`, { status: 'archived' });
  await client.driver.passTime(10);
  await createMeter(client, 'filtered', { filters: [{ key: 'model', values: ['x'] }] });
  await createMeter(client, 'unpriced');
  const young = await createMeter(client, 'young');
  await createPrice(client, planId, young);
  await sendBulk(client, [
    of(eventName, customer, hours(1)),
    of(eventName, customer, hours(2), { properties: { token: 1 } }),
    of(eventName, customer, hours(2), { properties: { tokens: 'many' } }),
    of(eventName, customer.toUpperCase(), hours(2)),
    of(eventName, customer.toUpperCase(), hours(3)),
    of(eventName.toUpperCase(), customer, hours(2)),
    of('archived', customer, 0),
    of('owned', customer, 0),
    of('filtered', customer, 0),
    of('unpriced', customer, 0),
    of('young', unsold, hours(2)),
    of(eventName, unsubscribed, hours(3)),
    of(eventName, early, hours(8)),
    of(eventName, late, 0),
    of(eventName, split, hours(6)),
  ]);
  return billing;
};

describe('failures by cause', () => {
  const root = createClient(useDriver());
  let client: Client;
  let billing: Billing;
  beforeAll(async () => {
    client = await inNewEnvironment(root);
    billing = await sendFailures(client);
  }, 30_000);

  test('name the step, what was probably meant, and what would bill the events', async () => {
    const { customer, eventName, meterId } = billing;
    const { failures, ...rest } = await failuresIn(client);
    expect(rest).toMatchObject({ examined: 15, complete: true });
    expect(rest).not.toHaveProperty('cursor');
    expect(new Map(failures.map((one) => [one.cause + one.event_name, one.fix?.action]))).toEqual(
      new Map([
        [`no_customer${eventName}`, 'create_customer'],
        [`no_meter${eventName.toUpperCase()}`, 'create_meter'],
        ['meter_archivedarchived', 'publish_meter'],
        ['meter_archivedowned', 'publish_meter'],
        ['meter_filterfiltered', undefined],
        ['no_priceunpriced', 'create_price'],
        ['no_line_itemyoung', 'add_line_item'],
        [`no_subscription${eventName}`, 'create_subscription'],
        [`before_line_item${eventName}`, 'create_subscription'],
        [`after_line_item${eventName}`, 'create_subscription'],
        [`between_line_items${eventName}`, 'add_line_item'],
        [`missing_property${eventName}`, 'correct_property'],
        [`non_numeric_value${eventName}`, 'correct_property'],
      ]),
    );
    const byCause = new Map(failures.map((one) => [one.cause, one]));
    expect(failures[0]).toMatchObject({
      cause: 'no_customer',
      failure_point_type: 'customer_lookup',
      external_customer_id: customer.toUpperCase(),
      count: 2,
      similar_names: [customer],
      message: `no customer has this external id: did you mean ${customer}?`,
      fix: { request: { method: 'POST', path: '/v1/customers' } },
    });
    expect(failures[0]?.sample_event_ids).toHaveLength(2);
    expect(byCause.get('no_meter')).toMatchObject({ similar_names: [eventName], failure_point_type: 'meter_lookup' });
    expect(byCause.get('missing_property')).toMatchObject({
      meter_id: meterId,
      similar_names: ['token'],
      message: expect.stringContaining('tokens is missing; present: token'),
    });
    expect(byCause.get('missing_property')).not.toHaveProperty('failure_point_type');
  });

  test('are only those that are asked for, of one customer, one name, or some steps', async () => {
    const points = ['price_lookup', 'meter_lookup'];
    const { failures } = await failuresIn(client, { failure_point_types: points });
    expect(new Set(failures.map((one) => one.failure_point_type))).toEqual(new Set(points));
    const late = await failuresIn(client, { external_customer_id: 'late' });
    expect(late).toMatchObject({ examined: 1, failures: [{ cause: 'after_line_item', count: 1 }] });
    expect(await failuresIn(client, { event_name: 'filtered' })).toMatchObject({
      failures: [{ cause: 'meter_filter' }],
    });
  });

  test('come in pages, whose counts add up', async () => {
    const whole = await failuresIn(client);
    const counts = new Map<string, number>();
    let [examined, pages] = [0, 0];
    for (let cursor: string | undefined = ''; cursor !== undefined; pages += 1) {
      const page: v.InferOutput<typeof AnswerSchema> = await failuresIn(client, { page_size: 2, cursor });
      expect(page.failures.length).toBeLessThanOrEqual(2);
      expect(page.complete).toBe(page.cursor === undefined);
      for (const one of page.failures) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + one.count);
      examined += page.examined;
      cursor = page.cursor;
    }
    expect(pages).toBeGreaterThan(3);
    expect(examined).toBe(whole.examined);
    expect(counts).toEqual(new Map(whole.failures.map((one) => [keyOf(one), one.count])));
  });

  test('are gone once what is offered has been sent as it is', async () => {
    const sent: string[] = [];
    for (;;) {
      const { failures } = await failuresIn(client);
      const next = failures.find(({ fix }) => fix?.request);
      if (!next?.fix?.request) break;
      const { method, path, body } = next.fix.request;
      await client.call(method, path, body);
      const left = (await failuresIn(client)).failures.map(keyOf);
      expect(left).not.toContain(keyOf(next));
      sent.push(`${next.cause} ${next.fix.action}`);
    }
    expect(sent.toSorted()).toEqual([
      'after_line_item create_subscription',
      'before_line_item create_subscription',
      'between_line_items add_line_item',
      'meter_archived publish_meter',
      'meter_archived publish_meter',
      'no_customer create_customer',
      'no_line_item add_line_item',
      'no_subscription create_subscription',
      'no_subscription create_subscription',
    ]);
    // What was created for the customer in capitals bills its events.
    const { failures } = await failuresIn(client, { external_customer_id: billing.customer.toUpperCase() });
    expect(failures).toEqual([]);
  }, 30_000);

  test('offer no request where a plan has to be chosen', async () => {
    const own = await inNewEnvironment(root);
    const { eventName, meterId } = await setUpBilling(own);
    await createPrice(own, await createPlan(own), meterId);
    await createCustomer(own, 'undecided');
    await sendBulk(own, [eventOf(own, eventName, 'undecided', hours(1))]);
    const { failures } = await failuresIn(own);
    expect(failures.map(({ fix }) => fix)).toEqual([{ action: 'create_subscription' }]);
  });

  test('refuse what they do not know', async () => {
    const range = { start_time: client.ago(hours(1)), end_time: client.ago(0) };
    for (const [fields, field] of [
      [{ end_time: undefined }, 'end_time'],
      [{ end_time: client.ago(hours(2)) }, 'end_time'],
      [{ page_size: 101 }, 'page_size'],
      [{ cursor: 'x' }, 'cursor'],
      [{ failure_point_types: ['customer_lookup', 'x'] }, 'failure_point_types[1]'],
      [{ customer: 'acme' }, 'customer'],
    ] as const) {
      const { status, body } = await client.driver.request('POST', '/v1/events/failures', { ...range, ...fields });
      expect([status, objectOf(objectOf(body)['details'])]).toEqual([400, { [field]: expect.any(String) }]);
    }
  });
});
