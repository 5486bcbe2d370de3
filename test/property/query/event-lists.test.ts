import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { answerBytes, maxAnswerBytes } from '../../../shared/api/http/answer-size.ts';
import type { EventListRequest } from '../../../shared/api/events/event-lists.ts';
import {
  compareInOrder,
  type EventOrder,
  formatCursor,
  parseCursor,
} from '../../../shared/domain/events/event-order.ts';
import { verdicts } from '../../../shared/domain/codec/decision-table.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import { formatInstant } from '../../../shared/domain/time/instant.ts';
import { anEvent, aScope } from '../../support/builders/builders.ts';
import { decisionOf } from '../../support/drivers/stored-events.ts';
import { denseWorld, minute, now, openLists } from '../../support/worlds/listed-worlds.ts';

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
  test('are the same when paged by offset, in both orders, with the total', () =>
    fc.assert(
      fc.asyncProperty(denseWorld, anyCustomer, anyOrder, async ({ all, batches }, externalCustomerId, order) => {
        const { list } = await openLists(batches);
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

  test('consist of the newer side and the older side of any cursor', () =>
    fc.assert(
      fc.asyncProperty(denseWorld, anyCustomer, fc.nat(), async ({ all, batches }, externalCustomerId, seed) => {
        const wanted = expected(all, externalCustomerId, 'desc');
        fc.pre(wanted.length > 0);
        const { list } = await openLists(batches);
        const at = all.find(({ id }) => id === wanted[seed % wanted.length]);
        if (!at) return;
        const newer = await list(aScope, aRequest({ externalCustomerId, pageSize: 100, newerThan: at }));
        const older = await list(aScope, aRequest({ externalCustomerId, pageSize: 100, from: at }));
        const [a, b] = [newer, older].map(({ events }) => events.map(({ id }) => id));
        // Cursors compare (timestamp, id) both ways; the list breaks ties by id descending.
        expect([...(a ?? []), at.id, ...(b ?? [])]).toEqual(wanted);
      }),
      { numRuns: 60 },
    ));

  test('agree with monitoring, which counts each event once, with windows and without, by what was decided when it came', () =>
    fc.assert(
      fc.asyncProperty(
        denseWorld,
        fc.nat(180),
        fc.constantFrom('15MIN' as const, 'HOUR' as const),
        fc.record({
          externalCustomerId: fc.constantFrom('', '', 'acme', 'nobody'),
          eventName: fc.constantFrom('', '', 'call'),
          source: fc.constantFrom('', '', 'app', 'web'),
        }),
        async ({ all, batches }, from, windowSize, filters) => {
          const { monitor } = await openLists(batches);
          const start = now - 200 * minute + from * minute;
          const { externalCustomerId, eventName, source } = filters;
          const counted = all.filter(
            (event) =>
              event.timestamp >= start &&
              event.timestamp < now &&
              (externalCustomerId === '' || event.externalCustomerId === externalCustomerId) &&
              (eventName === '' || event.name === eventName) &&
              (source === '' || event.source === source),
          );
          const count = counted.length;
          expect((await monitor(aScope, { start, end: now, ...filters })).total_count).toBe(count);
          const windowed = await monitor(aScope, { start, end: now, windowSize, ...filters });
          const points = windowed.points ?? [];
          expect(points.reduce((sum, point) => sum + point.event_count, 0)).toBe(count);
          for (const { event_count: total, verdicts: byVerdict } of points) {
            expect(Object.values(byVerdict).reduce((sum, one) => sum + one, 0)).toBe(total);
          }
          for (const verdict of verdicts) {
            const ofVerdict = counted.filter((event) => decisionOf(event).verdict === verdict).length;
            expect(points.reduce((sum, point) => sum + point.verdicts[verdict], 0)).toBe(ofVerdict);
          }
          expect([windowed.consumption_lag, windowed.post_processing_lag]).toEqual([3, 2]);
        },
      ),
      { numRuns: 100 },
    ));

  test('agree with the names of the last day, of events and of meters', () =>
    fc.assert(
      fc.asyncProperty(denseWorld, fc.constantFrom('', 'A', 'tore', 'x'), async ({ all, batches }, search) => {
        const { names } = await openLists(batches);
        const { names: listed, complete } = await names(aScope, { search, limit: 100 });
        expect(complete).toBe(true);
        const wanted = new Set([...all.map(({ name }) => name), 'llm.call']);
        const found = [...wanted].filter((name) => name.includes(search.toLowerCase()));
        expect(new Set(listed.map(({ event_name: name }) => name))).toEqual(new Set(found));
        for (const { event_name: name, has_meter: hasMeter, count, last_timestamp: last } of listed) {
          const times = all.filter((event) => event.name === name).map(({ timestamp }) => timestamp);
          expect([hasMeter, count]).toEqual([name === 'llm.call', times.length]);
          expect(last).toBe(times.length === 0 ? undefined : formatInstant(Math.max(...times)));
        }
      }),
      { numRuns: 60 },
    ));
});

test('a page of large events ends where its answer would be too large, and the offset continues there', async () => {
  const large = '"'.repeat(30_000);
  const all = Array.from({ length: 100 }, (_, index) =>
    anEvent({ id: `large-${String(index).padStart(3, '0')}`, timestamp: now - index * 1000, properties: { large } }),
  );
  const { list } = await openLists([{ id: '01K7M3ZZZZ0000000000000000', events: all, shard: 0, deliveries: 1 }]);
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
  test('are read back as they were written, for any id', () => {
    const position = fc.record({
      timestamp: fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }),
      id: fc.string(),
      asOf: fc.option(fc.integer({ min: 0, max: 253_402_300_799_999 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(position, (at) => {
        expect(parseCursor(formatCursor(at))).toEqual(at);
      }),
    );
  });

  test.each(['', 'x', '::a', '1', 'a::b', '1.5::a', '1@::a', '1@-5::a', '1@2:a'])('do not include %p', (text) => {
    expect(parseCursor(text)).toBeUndefined();
  });

  test('have nanoseconds that are cut to the millisecond', () => {
    expect(parseCursor('1999999::a')).toEqual({ timestamp: 1, id: 'a' });
    expect(parseCursor('-1::a')).toEqual({ timestamp: -1, id: 'a' });
  });
});
