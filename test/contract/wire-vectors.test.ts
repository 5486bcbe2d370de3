// Golden vectors of the wire: ingest, lists, errors and the lookup.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { problemStatus } from '../../shared/api/http/problem.ts';
import { formatInstant } from '../../shared/domain/time/instant.ts';
import { type Client, createClient, hours, objectOf, unique } from '../support/drivers/client.ts';
import { readVectors } from '../support/builders/golden.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createCustomer, createSubscription, setUpBilling } from '../scenario/steps/catalog-steps.ts';
import { eventIdsOf, lookUp, sendBulk, sendEvent } from '../scenario/steps/event-steps.ts';
import { inNewEnvironment } from '../scenario/steps/key-steps.ts';

const file = 'wire.json';
const Any = v.record(v.string(), v.unknown());
const root = createClient(useDriver());

describe('lists', () => {
  const Sent = v.object({ id: v.string(), at: v.string(), properties: v.exactOptional(Any) });
  const Input = v.object({
    events: v.array(Sent),
    request: v.looseObject({ external_customer_id: v.exactOptional(v.string()), then_ingest: v.exactOptional(Sent) }),
  });
  const newest = v.object({ iter_first_key: v.string() });
  /** `now-4h` */
  const instantOf = (client: Client, text: string): string =>
    formatInstant(client.driver.now() - hours(Number(/^now-(\d+)h$/.exec(text)?.[1] ?? 0)));
  const send = (client: Client, events: readonly v.InferOutput<typeof Sent>[]) =>
    sendBulk(
      client,
      events.map(({ id, at, ...fields }) => ({
        event_id: id,
        event_name: 'used',
        external_customer_id: 'cust-1',
        timestamp: instantOf(client, at),
        ...fields,
      })),
    );

  test.each(readVectors(file, 'events_query', Input, v.object({ ids: v.array(v.string()) })))(
    '$id',
    async ({ input: { events, request }, expected }) => {
      const client = await inNewEnvironment(root);
      await send(client, events);
      const { then_ingest: later, iter_first_key: cursor, ...asked } = request;
      const list = (fields: object) => client.call('POST', '/v1/events/query', { ...asked, ...fields });
      const page = await list({});
      if (later) await send(client, [later]);
      const answer = cursor === undefined ? page : await list({ iter_first_key: v.parse(newest, page).iter_first_key });
      expect(eventIdsOf(answer)).toEqual(expected.ids);
    },
  );

  const Cursor = v.object({ row: v.object({ ts: v.string(), id: v.string() }) });
  test.each(readVectors(file, 'cursor_compare', Cursor, v.object({ returned_by_flexprice: v.literal(false) })))(
    '$id: unlike the upstream, which cuts cursors to seconds, we go on within the second',
    async ({ input: { row } }) => {
      const client = await inNewEnvironment(root);
      const event = { event_name: 'used', external_customer_id: 'cust-1' };
      const later = '2024-01-15T10:00:00.800Z';
      await sendBulk(client, [
        { ...event, event_id: row.id, timestamp: row.ts },
        { ...event, event_id: 'z', timestamp: later },
      ]);
      const range = { start_time: '2024-01-15T00:00:00Z', end_time: '2024-01-16T00:00:00Z', page_size: 1 };
      const first = objectOf(await client.call('POST', '/v1/events/query', range));
      expect(eventIdsOf(first)).toEqual(['z']);
      const next = await client.call('POST', '/v1/events/query', { ...range, iter_last_key: first['iter_last_key'] });
      expect(eventIdsOf(next)).toEqual([row.id]);
    },
  );
});

describe('ingest', () => {
  test.each(readVectors(file, 'ingest', Any, v.looseObject({ published: v.boolean() })))(
    '$id',
    async ({ input, expected: { published } }) => {
      const client = await inNewEnvironment(root);
      const { status } = await client.driver.request('POST', '/v1/events', input);
      expect(status).toBe(published ? 202 : 400);
      await client.driver.drain();
      const list = await client.call('POST', '/v1/events/query', {});
      expect(eventIdsOf(list)).toEqual(published ? [input['event_id']] : []);
    },
  );

  const Sent = v.object({ method: v.string(), path: v.string(), body: Any });
  const Answer = v.object({ status: v.number(), body: v.looseObject({ message: v.string() }) });
  /** A body of ours that differs on purpose. */
  const ours: Readonly<Record<string, object>> = {
    'ingest-single-missing-field-body': {
      message: 'Request validation failed: external_customer_id: required',
      details: { external_customer_id: 'required' },
    },
  };
  test.each(readVectors(file, 'ingest_http', Sent, Answer))('$id', async ({ id, input, expected }) => {
    const client = await inNewEnvironment(root);
    const { status, body } = await client.driver.request(input.method, input.path, input.body);
    expect({ status, body }).toEqual({ ...expected, body: { ...expected.body, ...ours[id] } });
  });

  const Refused = v.object({ accepted: v.literal(false), status: v.number(), code: v.string() });
  test.each(readVectors(file, 'bulk_size', v.object({ count: v.number() }), Refused))(
    '$id',
    async ({ input: { count }, expected }) => {
      const events = Array.from({ length: count }, () => ({ event_name: 'used', external_customer_id: 'cust-1' }));
      const { status, body } = await root.driver.request('POST', '/v1/events/bulk', { events });
      expect({ status, body }).toMatchObject({ status: expected.status, body: { code: expected.code } });
    },
  );

  const Limit = v.object({ limit: v.number(), body_bytes: v.number() });
  test.each(readVectors(file, 'body_limit', Limit, v.object({ accepted: v.literal(true) })))(
    '$id: a body as large as the limit, which is 4 MB here',
    async ({ input }) => {
      expect(input.limit).toBe(input.body_bytes);
      const limit = 4 * 1024 * 1024;
      const event = JSON.stringify({ event_name: 'used', external_customer_id: 'cust-1' });
      const statusOf = async (size: number) =>
        (await root.driver.request('POST', '/v1/events', event.padEnd(size))).status;
      expect(await statusOf(limit)).toBe(202);
      expect(await statusOf(limit + 1)).toBe(400);
    },
  );
});

test.each(
  readVectors(file, 'error_status', v.object({ code: v.string() }), v.object({ http_status_code: v.number() })),
)('$id', ({ input: { code }, expected }) => {
  // What the upstream calls system_error is internal_error here.
  const known = new Map<string, number>(
    Object.entries({ ...problemStatus, system_error: problemStatus.internal_error }),
  );
  expect(known.get(code)).toBe(expected.http_status_code);
});

describe('the lookup', () => {
  /** Stored events are decided, so here an event is never waiting for a line item. */
  const processed = new Set(['debug-in-flight', 'debug-attributed']);
  const Input = v.object({ line_items: v.number(), in_range: v.exactOptional(v.boolean(), true) });
  const Expected = v.object({
    status: v.string(),
    failure_point_type: v.exactOptional(v.string()),
    subscription_line_item_lookup: v.exactOptional(
      v.object({ status: v.string(), matched_line_items: v.exactOptional(v.number()) }),
    ),
  });
  test.each(readVectors(file, 'debug_tracker', Input, Expected))('$id', async ({ id, input, expected }) => {
    const { eventName, customer, planId } = await setUpBilling(root);
    const other = unique('other');
    await createCustomer(root, other);
    if (input.line_items > 0) await createSubscription(root, other, planId, { start_date: root.ago(hours(3)) });
    const timestamp = root.ago(hours(input.in_range ? 1 : 4));
    const sent = { event_name: eventName, external_customer_id: other, timestamp };
    expect(customer).not.toBe(other);
    const found = objectOf(await lookUp(root, await sendEvent(root, sent)));
    expect(found['status']).toBe(processed.has(id) ? 'processed' : expected.status);
    if (processed.has(id)) return;
    const tracker = objectOf(found['debug_tracker']);
    const { failure_point_type: failure, subscription_line_item_lookup: lookup } = expected;
    if (failure !== undefined) expect(tracker).toMatchObject({ failure_point: { failure_point_type: failure } });
    if (lookup) {
      expect(tracker).toMatchObject({
        subscription_line_item_lookup: { status: lookup.status, error: expect.anything() },
      });
      const { matched_line_items: matched = [] } = objectOf(tracker['subscription_line_item_lookup']);
      expect(matched).toHaveLength(lookup.matched_line_items ?? 0);
    }
  });
});
