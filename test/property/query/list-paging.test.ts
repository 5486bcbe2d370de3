// The law of lists: following the cursors of any first page yields the set, each event once, and ends. However little one
// request may read, it carries events or gets further.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseEventListBody } from '../../../shared/api/events/event-lists.ts';
import { parseUsageExplanation } from '../../../shared/api/usage/usage-explanation.ts';
import { compareInOrder, comparePositions, type EventOrder } from '../../../shared/domain/events/event-order.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import { formatInstant, msPerDay, zeroTime } from '../../../shared/domain/time/instant.ts';
import { aScope } from '../../support/builders/builders.ts';
import {
  bounds,
  closeWorld,
  crowdedWorld,
  denseWorld,
  manyPartitions,
  minute,
  now,
  openLists,
  sparseWorld,
} from '../../support/worlds/listed-worlds.ts';

const instant = fc.oneof(
  fc.integer({ min: now - 11 * msPerDay, max: now + minute }),
  fc.integer({ min: now - 200 * minute, max: now }),
);
/** Ends that are left out, in any of the ways to do so, go by the clock, which goes on between the pages. */
type End = number | 'absent' | 'null' | 'zero';
const end = fc.oneof({ weight: 1, arbitrary: instant }, fc.constantFrom<End>('absent', 'null', 'zero'));
const instantOf = (sent: End): number | undefined => (typeof sent === 'number' ? sent : undefined);
const range = fc.tuple(end, end).filter(([first, last]) => (instantOf(first) ?? -Infinity) <= (instantOf(last) ?? now));
type Range = readonly [start: End, end: End];
const pass = fc.constantFrom(0, 1, 90_000, 3 * 3_600_000, 3 * msPerDay);

const isAny = (): boolean => true;
const filters = fc.constantFrom(
  { body: {}, isWanted: isAny },
  { body: { event_name: 'call' }, isWanted: (event: Event) => event.name === 'call' },
  {
    body: { property_filters: { size: ['2', '3'] } },
    isWanted: (event: Event) => Number(event.properties?.['size']) > 1,
  },
);
const question = fc.record({
  customer: fc.constantFrom('', 'acme'),
  order: fc.constantFrom<EventOrder>('asc', 'desc'),
  filter: filters,
  range,
  pass,
  pageSize: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constant(50)),
});

const rangeOf = ([first, last]: Range) => {
  const end = instantOf(last) ?? now;
  return [instantOf(first) ?? end - 7 * msPerDay, end] as const;
};
const textOf = (sent: End) => {
  if (typeof sent === 'number') return formatInstant(sent);
  return { absent: undefined, null: null, zero: zeroTime }[sent];
};
const timesOf = ([first, last]: Range) => ({ start_time: textOf(first), end_time: textOf(last) });

interface Page {
  readonly ids: readonly string[];
  readonly has_more: boolean;
  readonly iter_last_key?: string;
}

/** Every id that the pages show. */
const follow = async (ask: (key: string | undefined, page: number) => Promise<Page>): Promise<string[]> => {
  const ids: string[] = [];
  let key: string | undefined;
  for (let page = 0; page < 3_000; page += 1) {
    const answer = await ask(key, page);
    ids.push(...answer.ids);
    if (!answer.has_more) return ids;
    if (answer.iter_last_key === undefined) throw new Error('more, but no key');
    if (answer.iter_last_key === key) throw new Error(`the cursor stays where it is: ${key}`);
    key = answer.iter_last_key;
  }
  throw new Error('no end');
};
const sent = (key: string | undefined) => (key === undefined ? {} : { iter_last_key: key });

test.each([
  ['dense', denseWorld, 250],
  ['close', closeWorld, 150],
  ['crowded', crowdedWorld, 60],
  ['sparse', sparseWorld, 150],
] as const)(
  'the cursors of a %s list lead through all of it, once',
  async (_, world, numRuns) => {
    const property = fc.asyncProperty(world, question, bounds, fc.boolean(), async (drawn, asked, most, isCounted) => {
      const { customer, order, filter, pageSize } = asked;
      const { list } = await openLists(drawn.batches, most);
      const [start, end] = rangeOf(asked.range);
      const wanted = drawn.all
        .filter((event) => event.timestamp >= start && event.timestamp <= end && filter.isWanted(event))
        .filter((event) => customer === '' || event.externalCustomerId === customer)
        .sort(compareInOrder(order))
        .map(({ id }) => id);
      const fields = { ...filter.body, ...timesOf(asked.range), external_customer_id: customer, order };
      const ids = await follow(async (key, page) => {
        const body = { ...fields, page_size: pageSize, ...sent(key) };
        const request = parseEventListBody(JSON.stringify(body), now + page * asked.pass);
        const answer = await list(aScope, { ...request, isTotalWanted: isCounted });
        expect(answer.events.length).toBeLessThanOrEqual(pageSize);
        if (answer.total_count !== undefined) expect([page, answer.total_count]).toEqual([0, wanted.length]);
        // Nothing else was read before them.
        const isFirst =
          page === 0 && order === 'desc' && instantOf(asked.range[1]) === undefined && filter.isWanted === isAny;
        if (isFirst && most.partitions === manyPartitions && wanted.length > 0) expect(answer.events).not.toEqual([]);
        return { ...answer, ids: answer.events.map(({ id }) => id) };
      });
      expect(ids).toEqual(wanted);
    });
    await fc.assert(property, { numRuns });
  },
  60_000,
);

test.each([
  ['dense', denseWorld, 100],
  ['crowded', crowdedWorld, 40],
  ['sparse', sparseWorld, 60],
] as const)(
  'the cursors of an explanation lead through all of it, once: %s',
  async (_, world, numRuns) => {
    const property = fc.asyncProperty(world, question, bounds, async (drawn, asked, most) => {
      const { customer, pageSize } = asked;
      const { explain } = await openLists(drawn.batches, most);
      const [start, end] = rangeOf(asked.range);
      fc.pre(start < end);
      const wanted = drawn.all
        .filter(({ timestamp, name }) => timestamp >= start && timestamp < end && name === 'call')
        .filter((event) => customer === '' || event.externalCustomerId === customer)
        .sort(compareInOrder('desc'))
        .map(({ id }) => id);
      const ids = await follow(async (key, page) => {
        const fields = { event_name: 'call', aggregation_type: 'COUNT', external_customer_id: customer };
        const body = { ...fields, ...timesOf(asked.range), page_size: pageSize, ...sent(key) };
        const request = parseUsageExplanation(JSON.stringify(body), now + page * asked.pass);
        const answer = await explain(aScope, request);
        return { ...answer, ids: answer.events.map(({ event_id: id }) => id) };
      });
      expect(ids).toEqual(wanted);
    });
    await fc.assert(property, { numRuns });
  },
  60_000,
);

test('a reader of a list, oldest first, continues from its last key, however much later', () =>
  fc.assert(
    fc.asyncProperty(
      fc.oneof(denseWorld, sparseWorld),
      question,
      bounds,
      fc.array(fc.oneof(fc.nat(90 * minute), fc.nat(9 * msPerDay)), { maxLength: 6 }),
      async ({ all, batches }, { customer, filter, pageSize }, most, pauses) => {
        const { list } = await openLists(batches, most);
        let clock = now - 10 * msPerDay;
        let begun: number | undefined;
        let key: string | undefined;
        const ids: string[] = [];
        for (const pause of [...pauses, 0]) {
          for (let isMore = true; isMore;) {
            const body = {
              ...filter.body,
              external_customer_id: customer,
              order: 'asc',
              page_size: pageSize,
              ...sent(key),
            };
            const page = await list(aScope, parseEventListBody(JSON.stringify(body), clock));
            ids.push(...page.events.map(({ id }) => id));
            if (key === undefined && page.iter_last_key !== undefined) begun = clock;
            key = page.iter_last_key ?? key;
            isMore = page.has_more;
          }
          clock = Math.min(now, clock + pause);
        }
        const seen = (event: Event) =>
          begun !== undefined &&
          event.timestamp >= begun - 7 * msPerDay &&
          event.timestamp <= clock &&
          filter.isWanted(event) &&
          (customer === '' || event.externalCustomerId === customer);
        expect(ids).toEqual(
          all
            .filter(seen)
            .sort(comparePositions)
            .map(({ id }) => id),
        );
      },
    ),
    { numRuns: 150 },
  ));

test('a poll for newer events is paged on by both keys', () =>
  fc.assert(
    fc.asyncProperty(denseWorld, question, bounds, fc.nat(), async ({ all, batches }, asked, most, seed) => {
      const sorted = [...all].sort(comparePositions);
      fc.pre(sorted.length > 0);
      const { order, pageSize } = asked;
      const { list } = await openLists(batches, most);
      const wide = { start_time: formatInstant(now - 10 * msPerDay), order, page_size: pageSize };
      const index = seed % sorted.length;
      const seen = await list(
        aScope,
        // The first page of this range has one event alone.
        parseEventListBody(JSON.stringify({ event_id: sorted[index]?.id, ...wide, page_size: 1 }), now),
      );
      fc.pre(seen.iter_first_key !== undefined);
      const ids = await follow(async (key, page) => {
        const body = { ...wide, iter_first_key: seen.iter_first_key, ...sent(key) };
        const answer = await list(aScope, parseEventListBody(JSON.stringify(body), now + page));
        return { ...answer, ids: answer.events.map(({ id }) => id) };
      });
      const newer = sorted.slice(index + 1).map(({ id }) => id);
      expect(ids).toEqual(order === 'asc' ? newer : newer.reverse());
    }),
    { numRuns: 100 },
  ));
