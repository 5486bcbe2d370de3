// How much one request reads of the live feed, and how arrivals of several shards and days follow each other.
import { describe, expect, test } from '@jest/globals';
import { createArrivalReader, type EventTaker } from '../../../../functions/query/events/arrival-reader.ts';
import { toFeedEntry } from '../../../../shared/domain/codec/feed-item.ts';
import type { LivePosition } from '../../../../shared/domain/events/live-position.ts';
import { createArrivalStore } from '../../../../shared/store/events/arrivals.ts';
import { createFeedStore } from '../../../../shared/store/events/feed.ts';
import { createSegmentStore } from '../../../../shared/store/events/segments.ts';
import { anEvent, aPart, aScope, aSegment, someHour, someInstant } from '../../../support/builders/builders.ts';
import { createMemoryTable } from '../../../support/drivers/memory-table.ts';

const batchId = '01K7M3ZZZZ0000000000000001';
const hour = 3_600_000;
const midnight = Math.ceil(someInstant / (24 * hour)) * 24 * hour;

const openWorld = (feedShards = 1) => {
  const requests: string[] = [];
  const table = createMemoryTable({
    intercept: (operation, apply) => {
      requests.push(operation.name);
      return Promise.resolve(apply());
    },
  });
  const [arrivals, feed, segments] = [createArrivalStore(table), createFeedStore(table), createSegmentStore(table)];
  let [ulids, clock, parts] = [0, someInstant, 0];
  const newUlid = (): string => String((ulids += 1)).padStart(26, '0');
  const read = createArrivalReader({
    scopes: { read: () => Promise.resolve({ catalogVersion: 1, createdAt: 0, feedShards }) },
    arrivals,
    feed,
    segments,
    now: () => clock,
  });
  return {
    requests,
    setClock: (time: number) => {
      clock = time;
    },
    /** One arrival with these events; more than 16 are a reference. */
    arrive: async (ids: readonly string[], { shard = 0, at = clock } = {}) => {
      parts += 1;
      const part = aPart({ batchId, first: parts, last: parts });
      const contents = aSegment(ids.map((id) => anEvent({ id })));
      await segments.putIfAbsent(aScope, part, contents, undefined);
      const options = { shard, newUlid, expiresAt: undefined };
      const items = await feed.put(aScope, someHour, [toFeedEntry(part, contents)], options);
      await arrivals.put(aScope, { items, events: ids.length }, { shard, now: () => at, newUlid });
    },
    /** Reads at most `limit` events. */
    follow: async (from: LivePosition | undefined, limit = 1_000) => {
      const ids: string[] = [];
      const taker: EventTaker = {
        take: (events) => {
          const taken = events.slice(0, limit - ids.length);
          ids.push(...taken.map(({ id }) => id));
          return Promise.resolve(taken.length);
        },
        isFull: () => ids.length >= limit,
      };
      return { ...(await read(aScope, from, { onwards: taker, newest: taker })), ids };
    },
  };
};
const named = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index)}`);

describe('reading arrivals', () => {
  test('one request reads at most ten, and a position may lie inside one', async () => {
    const world = openWorld();
    const { position: start } = await world.follow(undefined);
    for (const name of named('a', 12)) await world.arrive([name]);
    const first = await world.follow(start);
    expect(first).toMatchObject({ ids: named('a', 10), hasMore: true });
    expect(await world.follow(first.position)).toMatchObject({ ids: ['a10', 'a11'], hasMore: false, lagMs: 0 });
    const { position } = await world.follow(first.position);
    const events = named('b', 20);
    await world.arrive(events);
    const some = await world.follow(position, 3);
    const more = await world.follow(some.position, 4);
    const rest = await world.follow(more.position);
    expect([some, more, rest].map(({ ids }) => ids)).toEqual([events.slice(0, 3), events.slice(3, 7), events.slice(7)]);
    expect([some, more, rest].map(({ hasMore }) => hasMore)).toEqual([true, true, false]);
  });

  test('the newest come last first, of ten arrivals at most, and the position is after all of them', async () => {
    const world = openWorld();
    for (const name of named('a', 12)) await world.arrive([name, `${name}'`]);
    const newest = await world.follow(undefined, 3);
    expect(newest).toMatchObject({ ids: ["a11'", 'a11', "a10'"], isFromNewest: true, isMissed: false, hasMore: false });
    expect((await world.follow(undefined)).ids).toHaveLength(20);
    expect(await world.follow(newest.position)).toMatchObject({ ids: [], isFromNewest: false });
  });

  test('shards follow each other by the clocks of the writers, days one after the other', async () => {
    const world = openWorld(2);
    const { position: start } = await world.follow(undefined);
    await world.arrive(['c'], { shard: 0, at: midnight + 1 });
    await world.arrive(['b'], { shard: 1, at: midnight - 1 });
    await world.arrive(['a'], { shard: 0, at: midnight - 9 });
    await world.arrive(['d'], { shard: 1, at: midnight + 2 });
    world.setClock(midnight + 60_000);
    const all = await world.follow(start);
    expect(all.ids).toEqual(['a', 'b', 'c', 'd']);
    expect([...all.position.days.keys()]).toHaveLength(2);
    expect(await world.follow(start, 1)).toMatchObject({ lagMs: 60_001, hasMore: true });
  });

  test('the day before is read for a quarter of an hour after midnight, and until all of it was read', async () => {
    const world = openWorld();
    const { position: start } = await world.follow(undefined);
    await world.arrive(['a'], { at: midnight - 5 });
    world.setClock(midnight + hour / 4 - 1);
    const { position } = await world.follow(start);
    await world.arrive(['slow', 'slow too'], { at: midnight - 1 });
    world.setClock(midnight + hour / 4);
    const some = await world.follow(position, 1);
    expect(some.ids).toEqual(['slow']);
    const rest = await world.follow(some.position);
    expect(rest.ids).toEqual(['slow too']);
    expect([...rest.position.days.keys()]).toEqual([midnight / (24 * hour)]);
  });

  test('a reader that is behind is told that it missed something only when what it has not read may be gone', async () => {
    const world = openWorld();
    const { position: start } = await world.follow(undefined);
    await world.arrive(['a']);
    world.setClock(someInstant + 46 * hour);
    await world.arrive(['b']);
    const behind = await world.follow(start, 1);
    expect(behind).toMatchObject({ ids: ['a'], isMissed: false });
    world.setClock(someInstant + 93 * hour);
    expect(await world.follow(behind.position)).toMatchObject({ ids: ['b'], isMissed: false });
    world.setClock(someInstant + 93 * hour + 1);
    expect(await world.follow(behind.position)).toMatchObject({ isMissed: true, isFromNewest: true });
  });

  test('a position of another feed, whose numbers this one does not have, missed something', async () => {
    const [longer, shorter] = [openWorld(), openWorld()];
    for (const name of named('a', 3)) await longer.arrive([name]);
    const { position } = await longer.follow(undefined);
    const missed = { isMissed: true, isFromNewest: true };
    expect(await shorter.follow(position)).toMatchObject({ ids: [], ...missed });
    await shorter.arrive(['b0']);
    const found = await shorter.follow(position);
    expect(found).toMatchObject({ ids: ['b0'], ...missed });
    expect(await shorter.follow(found.position)).toMatchObject({ ids: [], isMissed: false });
    expect(await longer.follow(position)).toMatchObject({ ids: [], isMissed: false });
  });

  test('a position whose last arrival may have expired is not of another feed', async () => {
    const world = openWorld();
    const days = new Map([[midnight / (24 * hour) - 1, [{ number: 7, offset: 0 }]]]);
    world.setClock(midnight + 23 * hour);
    const from = { asOf: midnight - 1, days };
    expect(await world.follow(from)).toMatchObject({ isMissed: false });
    world.setClock(midnight + 23 * hour - 1);
    expect(await world.follow(from)).toMatchObject({ isMissed: true });
  });

  test('a poll that finds nothing costs one query for each shard', async () => {
    const world = openWorld(3);
    const { position } = await world.follow(undefined);
    world.requests.length = 0;
    await world.follow(position);
    expect(world.requests).toEqual(['query', 'query', 'query']);
  });
});
