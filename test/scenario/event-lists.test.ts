// Event lists: newest first, of one customer or of the whole environment, by cursor or by offset, filtered.
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { type Client, createClient, hours, minutes, objectOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { eventIdsOf, type SentEvent, sendBulk } from './steps/event-steps.ts';
import { inNewEnvironment } from './steps/key-steps.ts';

const ListSchema = v.object({
  events: v.array(v.object({ id: v.string() })),
  has_more: v.boolean(),
  iter_first_key: v.optional(v.string()),
  iter_last_key: v.optional(v.string()),
  total_count: v.optional(v.number()),
  offset: v.optional(v.number()),
});

interface Stored extends SentEvent {
  readonly event_id: string;
  readonly timestamp: string;
}

const newestFirst = (a: Stored, b: Stored): number =>
  Date.parse(b.timestamp) - Date.parse(a.timestamp) || (a.event_id < b.event_id ? 1 : -1);

/** Three customers over some days, many events in one minute, some in one millisecond. */
const someEvents = (client: Client): Stored[] => {
  const ages = [0, 1, 1, 1, 2, 400, 999, minutes(1), minutes(59), hours(1), hours(5), hours(26), hours(100)];
  return ages.flatMap((age, index) =>
    ['acme', 'globex', 'acme/eu#1'].map((customer, position) => ({
      event_id: unique(`${String(index)}${['', '/', '::'][position] ?? ''}`),
      event_name: index % 2 === 0 ? 'call' : 'token',
      external_customer_id: customer,
      timestamp: client.ago(minutes(5) + age),
      source: index % 3 === 0 ? 'api' : '',
      properties: index % 4 === 0 ? null : { size: index, region: position === 0 ? 'eu' : null },
    })),
  );
};

describe('the list of events', () => {
  const root = createClient(useDriver());
  let client = root;
  let events: Stored[] = [];
  beforeAll(async () => {
    client = await inNewEnvironment(root);
    events = someEvents(client).sort(newestFirst);
    await sendBulk(client, events.toReversed());
  }, 20_000);

  const query = async (body: unknown) => v.parse(ListSchema, await client.call('POST', '/v1/events/query', body));
  const get = async (parameters: Readonly<Record<string, string>>) =>
    v.parse(ListSchema, await client.call('GET', `/v1/events?${String(new URLSearchParams(parameters))}`));
  const idsWhere = (isWanted: (event: Stored) => boolean) => events.filter(isWanted).map((event) => event.event_id);
  const all = () => true;

  test('is complete, newest first, and shows every event as it was sent', async () => {
    const list = await client.call('GET', '/v1/events');
    expect(eventIdsOf(list)).toEqual(idsWhere(all));
    expect(list).toMatchObject({ has_more: false, total_count: events.length });
    const [first] = events;
    expect(list).toHaveProperty('events.0', {
      id: first?.event_id,
      external_customer_id: first?.external_customer_id,
      customer_id: '',
      ingested_at: expect.any(String),
      event_name: first?.event_name,
      timestamp: first?.timestamp,
      properties: first?.['properties'],
      source: first?.['source'],
      environment_id: expect.stringMatching(/^env-/),
    });
  });

  test.each([{}, { external_customer_id: 'acme/eu#1' }, { external_customer_id: 'globex' }])(
    'is paged by cursor without a gap or a repeat: %j',
    async (filter) => {
      const expected = idsWhere(
        (event) => !filter.external_customer_id || event.external_customer_id === filter.external_customer_id,
      );
      for (const size of [1, 4, 10]) {
        const seen: string[] = [];
        let key: string | undefined;
        do {
          const page = await query({ ...filter, page_size: size, ...(key !== undefined && { iter_last_key: key }) });
          seen.push(...page.events.map(({ id }) => id));
          key = page.has_more ? page.iter_last_key : undefined;
        } while (key !== undefined && seen.length <= expected.length);
        expect(seen).toEqual(expected);
      }
    },
  );

  test('is polled for events newer than the first key', async () => {
    const page = await query({ page_size: 3, offset: 10 });
    const newer = await query({ iter_first_key: page.iter_first_key, page_size: 100 });
    expect(newer.events.map(({ id }) => id)).toEqual(idsWhere(all).slice(0, 10));
  });

  test('is paged by offset, with the number of all', async () => {
    const page = await query({ page_size: 10, offset: 10 });
    expect(page.events.map(({ id }) => id)).toEqual(idsWhere(all).slice(10, 20));
    expect(page).toMatchObject({ has_more: true, total_count: events.length, offset: 20 });
    const last = await query({ page_size: 10, offset: events.length - 1 });
    expect(last.events).toHaveLength(1);
    expect(last.has_more).toBe(false);
    expect((await query({ page_size: 10, offset: 1_000 })).events).toEqual([]);
  });

  test('takes filters by field, in GET and POST alike', async () => {
    const filters = [
      { event_name: 'token' },
      { source: 'api' },
      { event_id: events[7]?.event_id ?? '' },
      { external_customer_id: 'globex', event_name: 'call' },
      { external_customer_id: 'nobody' },
    ];
    for (const filter of filters) {
      const isWanted = (event: Stored) => Object.entries(filter).every(([name, value]) => event[name] === value);
      expect((await query(filter)).events.map(({ id }) => id)).toEqual(idsWhere(isWanted));
      expect((await get(filter)).events.map(({ id }) => id)).toEqual(idsWhere(isWanted));
    }
  });

  test('takes filters by property: all keys, any of the values of one, "" for missing', async () => {
    const propertyOf = (event: Stored, name: string) => objectOf(event['properties'] ?? {})[name];
    const bySize = idsWhere((event) => [2, 3].includes(Number(propertyOf(event, 'size') ?? -1)));
    expect(bySize).toHaveLength(6);
    const list = await query({ property_filters: { size: ['2', '3'] } });
    expect(list.events.map(({ id }) => id)).toEqual(bySize);
    expect((await get({ property_filters: 'size:2,3' })).events.map(({ id }) => id)).toEqual(bySize);

    const european = idsWhere((event) => propertyOf(event, 'region') === 'eu' && propertyOf(event, 'size') === 3);
    expect(european).toHaveLength(1);
    expect((await get({ property_filters: 'size:3;region:eu' })).events.map(({ id }) => id)).toEqual(european);
    expect((await get({ property_filters: 'size:3;region:eu;' })).events.map(({ id }) => id)).toEqual(european);
    const missing = idsWhere((event) => propertyOf(event, 'size') === undefined);
    expect((await query({ property_filters: { size: [''] } })).events.map(({ id }) => id)).toEqual(missing);
    const nothing = idsWhere((event) => propertyOf(event, 'region') === null);
    expect((await query({ property_filters: { region: ['null'] } })).events.map(({ id }) => id)).toEqual(nothing);
  });

  test('takes a filter whose values have colons, in GET too', async () => {
    const other = await inNewEnvironment(root);
    const urls = ['http://a/b', 'http://other/', 'a'];
    await sendBulk(
      other,
      urls.map((url) => ({ event_id: url, event_name: 'x', external_customer_id: 'acme', properties: { url } })),
    );
    for (const url of urls) {
      const filter = new URLSearchParams({ property_filters: `url:${url}` });
      expect(eventIdsOf(await other.call('GET', `/v1/events?${String(filter)}`))).toEqual([url]);
    }
  });

  test('takes a time range, inclusive at both ends, to the millisecond', async () => {
    const [start, end] = [events.at(20)?.timestamp ?? '', events.at(5)?.timestamp ?? ''];
    const isWanted = ({ timestamp }: Stored) =>
      Date.parse(timestamp) >= Date.parse(start) && Date.parse(timestamp) <= Date.parse(end);
    const range = { start_time: start, end_time: end };
    expect((await query(range)).events.map(({ id }) => id)).toEqual(idsWhere(isWanted));
    expect((await get(range)).events.map(({ id }) => id)).toEqual(idsWhere(isWanted));
    const one = await query({ ...range, external_customer_id: 'acme' });
    expect(one.events.map(({ id }) => id)).toEqual(
      idsWhere((event) => isWanted(event) && event.external_customer_id === 'acme'),
    );
  });

  test('oldest first is the exact reverse', async () => {
    const ascending = events.toSorted(
      (a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp) || (a.event_id < b.event_id ? -1 : 1),
    );
    const list = await query({ order: 'asc' });
    expect(list.events.map(({ id }) => id)).toEqual(ascending.map((event) => event.event_id));
  });

  test('oldest first is paged by cursor too', async () => {
    const seen: string[] = [];
    for (let key: string | undefined; ;) {
      const page = await query({ order: 'asc', page_size: 7, ...(key !== undefined && { iter_last_key: key }) });
      seen.push(...page.events.map(({ id }) => id));
      if (!page.has_more) break;
      key = page.iter_last_key;
    }
    expect(seen.toReversed()).toEqual(idsWhere(all));
  });

  test('is an empty page for a cursor outside of the range', async () => {
    const range = { start_time: client.ago(hours(3)), end_time: client.ago(hours(2)) };
    const nanoseconds = (text: string): string => String(BigInt(Date.parse(text)) * 1_000_000n);
    const [older, newer] = [nanoseconds(client.ago(hours(80))), nanoseconds(client.ago(0))];
    for (const filter of [{}, { external_customer_id: 'acme' }]) {
      for (const key of [
        { iter_last_key: `${older}::a` },
        { iter_first_key: `${newer}::a` },
        { iter_last_key: `${newer}::a`, order: 'asc' },
        { iter_last_key: `-${'9'.repeat(21)}::a` },
        { iter_first_key: `${'9'.repeat(21)}::a` },
      ]) {
        expect([key, await query({ ...range, ...filter, ...key })]).toEqual([key, { events: [], has_more: false }]);
      }
    }
  });

  test('takes a filter by event name', async () => {
    const byName = await query({ sort: 'event_name', order: 'asc', page_size: 100 });
    const names = new Map(events.map((event) => [event.event_id, event.event_name]));
    const sorted = byName.events.map(({ id }) => names.get(id));
    expect(sorted).toEqual([...names.values()].sort());
  });

  test('has each event at its own time, past or future', async () => {
    const other = await inNewEnvironment(root);
    for (const timestamp of [
      '0001-01-01T00:00:00.001Z',
      '1969-12-31T23:59:59.999Z',
      '2099-06-01T12:00:00Z',
      '9999-12-31T23:59:59.999Z',
    ]) {
      const event = { event_id: unique('evt'), event_name: 'x', external_customer_id: 'acme', timestamp };
      await sendBulk(other, [event]);
      for (const filter of [{}, { external_customer_id: 'acme' }]) {
        const list = await other.call('POST', '/v1/events/query', {
          ...filter,
          start_time: timestamp,
          end_time: timestamp,
        });
        expect([timestamp, eventIdsOf(list)]).toEqual([timestamp, [event.event_id]]);
      }
    }
    const whole = { start_time: '0001-01-01T00:00:00.001Z', end_time: '9999-12-31T23:59:59.999Z' };
    expect(eventIdsOf(await other.call('POST', '/v1/events/query', whole))).toHaveLength(4);
  });
});
