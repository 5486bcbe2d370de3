// Following events live: they come in the order in which they were stored, late ones too, each with its verdict.
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { type Client, createClient, hours, minutes, unique } from '../support/drivers/client.ts';
import { openInProcessDriver } from '../support/drivers/driver-in-process.ts';
import { createMemoryTable } from '../support/drivers/memory-table.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { setUpBilling } from './steps/catalog-steps.ts';
import { sendBulk, type SentEvent } from './steps/event-steps.ts';
import { inNewEnvironment } from './steps/key-steps.ts';

const LiveSchema = v.looseObject({
  events: v.array(v.looseObject({ id: v.string(), verdict: v.looseObject({ status: v.string() }) })),
  cursor: v.string(),
  has_more: v.boolean(),
  lag_ms: v.number(),
  counts: v.looseObject({ processed: v.number(), failed: v.number() }),
  missed: v.boolean(),
});
type Live = v.InferOutput<typeof LiveSchema>;

const follow = async (client: Client, parameters: Readonly<Record<string, string>> = {}): Promise<Live> =>
  v.parse(LiveSchema, await client.call('GET', `/v1/events/live?${String(new URLSearchParams(parameters))}`));
const idsOf = ({ events }: Live): string[] => events.map(({ id }) => id);

/** Follows until there is no more. */
const followAll = async (
  client: Client,
  after: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<{ readonly ids: string[]; readonly cursor: string; readonly answers: Live[] }> => {
  const answers: Live[] = [];
  let cursor = after;
  do {
    answers.push(await follow(client, { ...parameters, after: cursor }));
    cursor = answers.at(-1)?.cursor ?? '';
  } while (answers.at(-1)?.has_more);
  return { ids: answers.flatMap(idsOf), cursor, answers };
};

const anEvent = (client: Client, fields: Partial<SentEvent> = {}): SentEvent & { readonly event_id: string } => ({
  event_name: 'call',
  external_customer_id: 'acme',
  timestamp: client.ago(minutes(1)),
  properties: { n: 1 },
  ...fields,
  event_id: unique('live'),
});

describe('following events', () => {
  const root = createClient(useDriver());
  let client = root;
  beforeAll(async () => {
    client = await inNewEnvironment(root);
  });

  test('begins with the newest, and goes on with what is stored after them, whatever its timestamp', async () => {
    const nothing = await follow(client);
    expect(nothing).toMatchObject({ events: [], has_more: false, missed: false, lag_ms: 0 });
    const first = [anEvent(client), anEvent(client)];
    for (const event of first) await sendBulk(client, [event]);
    const newest = await follow(client);
    expect(idsOf(newest)).toEqual(first.map(({ event_id }) => event_id));
    expect(idsOf(await follow(client, { after: nothing.cursor }))).toEqual(idsOf(newest));
    const late = anEvent(client, { timestamp: client.ago(hours(100)) });
    const ahead = anEvent(client, { timestamp: client.ago(-hours(30)) });
    await sendBulk(client, [late]);
    await sendBulk(client, [ahead]);
    const next = await follow(client, { after: newest.cursor });
    expect(idsOf(next)).toEqual([late.event_id, ahead.event_id]);
    expect(idsOf(await follow(client, { after: next.cursor }))).toEqual([]);
  });

  test('gives every event of a large batch once, however few are asked for at once', async () => {
    const { cursor } = await follow(client);
    const events = Array.from({ length: 45 }, (_, index) =>
      anEvent(client, { external_customer_id: index < 30 ? 'large' : `small-${String(index)}` }),
    );
    await sendBulk(client, events);
    const sent = events.map(({ event_id }) => event_id).sort();
    for (const limit of ['7', '15', '45', '500']) {
      const { ids, answers } = await followAll(client, cursor, { limit });
      expect(ids.toSorted()).toEqual(sent);
      expect(answers.every((answer) => answer.events.length <= Number(limit))).toBe(true);
    }
    expect(idsOf(await follow(client, { limit: '3' }))).toHaveLength(3);
  });

  test('counts what it passes, also what the filters leave out', async () => {
    const { cursor } = await follow(client);
    const { customer, eventName } = await setUpBilling(client);
    const billed = anEvent(client, { event_name: eventName, external_customer_id: customer, source: 'sdk' });
    const unknown = anEvent(client, { event_name: eventName, external_customer_id: unique('nobody') });
    await sendBulk(client, [billed, unknown]);
    const show = async (parameters: Readonly<Record<string, string>>) => {
      const answer = await follow(client, { after: cursor, ...parameters });
      expect(answer).toMatchObject({
        counts: { processed: 1, failed: 1, by_failure_point: { customer_lookup: 1, meter_lookup: 0 } },
        has_more: false,
      });
      return idsOf(answer);
    };
    const [isBilled, isUnknown] = [[billed.event_id], [unknown.event_id]];
    expect(await show({ status: 'processed' })).toEqual(isBilled);
    expect(await show({ status: 'failed' })).toEqual(isUnknown);
    expect(await show({ failure_point_types: 'customer_lookup,price_lookup' })).toEqual(isUnknown);
    expect(await show({ external_customer_id: customer })).toEqual(isBilled);
    expect(await show({ source: 'sdk' })).toEqual(isBilled);
    expect(await show({ event_id: unknown.event_id })).toEqual(isUnknown);
    expect(await show({ property_filters: 'n:2' })).toEqual([]);
    expect(await show({ conflicts_only: 'true' })).toEqual([]);

    // What is fixed meanwhile is billed now, and was not when it came.
    await client.call('POST', '/v1/events/bulk', { events: [{ ...billed, properties: { n: 2 } }] });
    await client.driver.drain();
    expect(await show({ conflicts_only: 'true' })).toEqual(isBilled);
    await client.call('POST', '/v1/customers', { external_id: unknown.external_customer_id, name: 'Late' });
    expect(await show({ failure_point_types: 'customer_lookup' })).toEqual([]);
    expect(await show({ failure_point_types: 'customer_lookup', decided: 'arrival' })).toEqual(isUnknown);
  });

  test('shows of each event what its lookup says', async () => {
    const { events } = await follow(client);
    expect(events.length).toBeGreaterThan(0);
    for (const { id, verdict } of events) {
      const lookup = await client.call('GET', `/v1/events/lookup?id=${id}`);
      expect(lookup).toMatchObject({ status: verdict.status });
    }
  });

  test.each([
    ['after=x', 'after', 'must be a cursor from a live answer'],
    ['limit=0', 'limit', 'must be a whole number from 1 to 500'],
    ['limit=501', 'limit', 'must be a whole number from 1 to 500'],
    ['limit=1.5', 'limit', 'must be a whole number from 1 to 500'],
    ['status=lost', 'status[0]', 'must be one of processed, failed'],
    ['start_time=2026-01-01', 'start_time', 'is not known'],
  ])('refuses %s', async (query, field, rule) => {
    const answer = await client.driver.request('GET', `/v1/events/live?${query}`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'validation_error', details: { [field]: rule } } });
  });
});

test('a follower misses nothing at midnight, UTC, and is told when its cursor has expired', async () => {
  const client = createClient(await openInProcessDriver());
  const { driver } = client;
  const { cursor: start } = await follow(client);
  const untilMidnight = hours(24) - (driver.now() % hours(24));
  await driver.passTime(untilMidnight - 1);
  const [before, after] = [anEvent(client), anEvent(client)];
  await sendBulk(client, [before]);
  await driver.passTime(1);
  await sendBulk(client, [after]);
  expect(idsOf(await follow(client, { after: start }))).toEqual([before.event_id, after.event_id]);
  expect(idsOf(await follow(client))).toEqual([before.event_id, after.event_id]);

  await driver.passTime(hours(24));
  const later = anEvent(client);
  await sendBulk(client, [later]);
  const on = await followAll(client, start);
  expect(on.ids).toEqual([before, after, later].map(({ event_id }) => event_id));
  expect(on.answers.map(({ missed }) => missed)).toEqual([false]);
  expect(idsOf(await follow(client, { after: on.cursor }))).toEqual([]);

  await driver.passTime(hours(47) + 1);
  const last = anEvent(client);
  await sendBulk(client, [last]);
  const missed = await follow(client, { after: on.cursor });
  expect(missed).toMatchObject({ missed: true, has_more: false });
  expect(idsOf(missed)).toEqual([later.event_id, last.event_id]);
  expect(await follow(client, { after: missed.cursor })).toMatchObject({ missed: false, events: [] });
});

test('where live is off nothing is recorded for followers, and they are told how to switch it on', async () => {
  const table = createMemoryTable();
  const client = createClient(await openInProcessDriver({ table, live: 'off' }));
  await sendBulk(client, [anEvent(client)]);
  expect(await client.driver.request('GET', '/v1/events/live')).toMatchObject({
    status: 400,
    body: { code: 'invalid_operation', message: 'live is off on this stage: -c live=on' },
  });
  expect([...table.partitions.keys()].filter((pk) => pk.startsWith('T#'))).toEqual([]);
});
