import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { answerBytes, maxAnswerBytes } from '../../../shared/api/answer-size.ts';
import { createListEvents } from '../../../functions/query/list-events.ts';
import { createMonitorEvents } from '../../../functions/query/monitor-events.ts';
import type { EventListRequest } from '../../../shared/api/event-lists.ts';
import { compareInOrder, type EventOrder, formatCursor, parseCursor } from '../../../shared/domain/event-order.ts';
import type { Event } from '../../../shared/domain/event.ts';
import { createFeedStore } from '../../../shared/store/feed.ts';
import { createLateMarkerStore } from '../../../shared/store/late-markers.ts';
import { createScopeStore } from '../../../shared/store/scopes.ts';
import { createSegmentStore } from '../../../shared/store/segments.ts';
import { anEvent, aScope } from '../../support/builders.ts';
import { createMemoryTable } from '../../support/memory-table.ts';
import { storeBatches, type StoredBatch } from '../../support/stored-events.ts';

const now = Date.UTC(2026, 10, 20, 12);
const minute = 60_000;

const events = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom('a', 'b', ':', '#', 'é') }),
    // Three hours, with many events in one minute and at one instant.
    at: fc.oneof(
      fc.integer({ min: 0, max: 180 * minute }),
      fc.integer({ min: 0, max: 20 }).map((step) => step * 5 * minute),
    ),
    customer: fc.constantFrom('acme', 'globex'),
    name: fc.constantFrom('call', 'store'),
  }),
  { selector: ({ id }) => id, maxLength: 60 },
);

const world = fc
  .tuple(
    events,
    fc.array(fc.record({ shard: fc.nat(1), deliveries: fc.integer({ min: 1, max: 2 }) }), {
      minLength: 1,
      maxLength: 5,
    }),
    fc.infiniteStream(fc.nat(100)),
  )
  .map(([drawn, options, stream]): { all: Event[]; batches: StoredBatch[] } => {
    const all = drawn.map(({ id, at, customer, name }) =>
      anEvent({ id, name, externalCustomerId: customer, timestamp: now - 200 * minute + at }),
    );
    const groups = Map.groupBy(all, () => (stream.next().value ?? 0) % options.length);
    const batches = options.map((option, index) => ({
      ...option,
      id: `01K7M3ZZZZ${String(index).padStart(16, '0')}`,
      events: groups.get(index) ?? [],
    }));
    return { all, batches };
  });

const open = async (batches: readonly StoredBatch[]) => {
  const table = createMemoryTable({ itemsPerPage: 3 });
  const scopes = createScopeStore(table);
  await scopes.ensure(aScope, now - 1_000 * minute);
  await table.set({ pk: 'V#default.default', sk: 'V' }, { shards: 2 }, { kind: 'exists' });
  await storeBatches(table, batches);
  const deps = {
    scopes,
    lateMarkers: createLateMarkerStore(table),
    feed: createFeedStore(table),
    segments: createSegmentStore(table),
    now: () => now,
    retentionDays: 0,
  };
  const readQueueDepth = () => Promise.resolve({ waiting: 3, inFlight: 2 });
  return { list: createListEvents(deps), monitor: createMonitorEvents({ ...deps, readQueueDepth }) };
};

const aRequest = (fields: Partial<EventListRequest>): EventListRequest => ({
  externalCustomerId: '',
  eventName: '',
  eventId: '',
  source: '',
  propertyFilters: {},
  range: { start: now - 1_000 * minute, end: now },
  pageSize: 7,
  offset: 0,
  sort: 'timestamp',
  order: 'desc',
  isTotalWanted: true,
  ...fields,
});

const expected = (all: readonly Event[], customer: string, order: EventOrder): string[] =>
  all
    .filter(({ externalCustomerId }) => customer === '' || externalCustomerId === customer)
    .sort(compareInOrder(order))
    .map(({ id }) => id);

const anyCustomer = fc.constantFrom('', 'acme');
const anyOrder = fc.constantFrom<EventOrder>('asc', 'desc');

describe('event lists', () => {
  test('paging by cursor gives every event once, newest first, for a customer and for the scope', () =>
    fc.assert(
      fc.asyncProperty(
        world,
        anyCustomer,
        fc.integer({ min: 1, max: 9 }),
        async ({ all, batches }, customer, pageSize) => {
          const { list } = await open(batches);
          const ids: string[] = [];
          let request = aRequest({ externalCustomerId: customer, pageSize });
          for (;;) {
            const page = await list(aScope, request);
            ids.push(...page.events.map(({ id }) => id));
            if (!page.has_more) break;
            const before = parseCursor(page.iter_last_key ?? '');
            if (!before) throw new Error('more, but no key');
            request = { ...request, before };
          }
          expect(ids).toEqual(expected(all, customer, 'desc'));
        },
      ),
      { numRuns: 150 },
    ));

  test('paging by cursor oldest first gives every event once', () =>
    fc.assert(
      fc.asyncProperty(world, anyCustomer, async ({ all, batches }, externalCustomerId) => {
        const { list } = await open(batches);
        const ids: string[] = [];
        let request = aRequest({ externalCustomerId, order: 'asc', pageSize: 3 });
        for (;;) {
          const page = await list(aScope, request);
          ids.push(...page.events.map(({ id }) => id));
          const last = all.find(({ id }) => id === ids.at(-1));
          if (!page.has_more || !last) break;
          request = { ...request, after: last };
        }
        expect(ids).toEqual(expected(all, externalCustomerId, 'asc'));
      }),
      { numRuns: 60 },
    ));

  test('paging by offset gives the same, in both orders, with the total', () =>
    fc.assert(
      fc.asyncProperty(world, anyCustomer, anyOrder, async ({ all, batches }, externalCustomerId, order) => {
        const { list } = await open(batches);
        const ids: string[] = [];
        const wanted = expected(all, externalCustomerId, order);
        for (let offset = 0; ; offset += 7) {
          const page = await list(aScope, aRequest({ externalCustomerId, order, offset }));
          ids.push(...page.events.map(({ id }) => id));
          expect(page.total_count ?? 0).toBe(wanted.length);
          if (!page.has_more) break;
        }
        expect(ids).toEqual(wanted);
      }),
      { numRuns: 100 },
    ));

  test('the newer side of a cursor and its older side make the whole', () =>
    fc.assert(
      fc.asyncProperty(world, anyCustomer, fc.nat(), async ({ all, batches }, externalCustomerId, seed) => {
        const wanted = expected(all, externalCustomerId, 'desc');
        fc.pre(wanted.length > 0);
        const { list } = await open(batches);
        const at = all.find(({ id }) => id === wanted[seed % wanted.length]);
        if (!at) return;
        const newer = await list(aScope, aRequest({ externalCustomerId, pageSize: 100, after: at }));
        const older = await list(aScope, aRequest({ externalCustomerId, pageSize: 100, before: at }));
        const [a, b] = [newer, older].map(({ events }) => events.map(({ id }) => id));
        // Cursors compare (timestamp, id) both ways; the list breaks ties by id descending.
        expect([...(a ?? []), at.id, ...(b ?? [])]).toEqual(wanted);
      }),
      { numRuns: 60 },
    ));

  test('monitoring counts each event once, with windows and without', () =>
    fc.assert(
      fc.asyncProperty(
        world,
        fc.nat(180),
        fc.constantFrom('15MIN' as const, 'HOUR' as const),
        async ({ all, batches }, from, windowSize) => {
          const { monitor } = await open(batches);
          const start = now - 200 * minute + from * minute;
          const count = all.filter(({ timestamp }) => timestamp >= start && timestamp < now).length;
          expect((await monitor(aScope, { start, end: now })).total_count).toBe(count);
          const windowed = await monitor(aScope, { start, end: now, windowSize });
          expect((windowed.points ?? []).reduce((sum, point) => sum + point.event_count, 0)).toBe(count);
          expect([windowed.consumption_lag, windowed.post_processing_lag]).toEqual([3, 2]);
        },
      ),
      { numRuns: 60 },
    ));
});

test('a page of large events ends where its answer would be too large, and the offset goes on there', async () => {
  const large = '"'.repeat(30_000);
  const all = Array.from({ length: 100 }, (_, index) =>
    anEvent({ id: `large-${String(index).padStart(3, '0')}`, timestamp: now - index * 1000, properties: { large } }),
  );
  const { list } = await open([{ id: '01K7M3ZZZZ0000000000000000', events: all, shard: 0, deliveries: 1 }]);
  const ids: string[] = [];
  for (let offset = 0; ;) {
    const page = await list(aScope, aRequest({ pageSize: 1_000, offset }));
    expect(answerBytes(JSON.stringify(page))).toBeLessThanOrEqual(maxAnswerBytes);
    ids.push(...page.events.map(({ id }) => id));
    if (!page.has_more) break;
    offset = page.offset ?? 0;
  }
  expect(ids).toEqual(all.map(({ id }) => id));
});

describe('cursors', () => {
  test('parse and format are inverse, for any id', () => {
    const position = fc.record({
      timestamp: fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }),
      id: fc.string(),
    });
    fc.assert(
      fc.property(position, (at) => {
        expect(parseCursor(formatCursor(at))).toEqual(at);
      }),
    );
  });

  test.each(['', 'x', '::a', '1', 'a::b', '1.5::a'])('%p is no cursor', (text) => {
    expect(parseCursor(text)).toBeUndefined();
  });

  test('nanoseconds are cut to the millisecond', () => {
    expect(parseCursor('1999999::a')).toEqual({ timestamp: 1, id: 'a' });
    expect(parseCursor('-1::a')).toEqual({ timestamp: -1, id: 'a' });
  });
});
