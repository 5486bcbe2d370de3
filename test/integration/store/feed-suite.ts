// Every part that was put is read, in descending minutes across the shards; large items are split between parts.
import { expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { type FeedEntry, toFeedEntry } from '../../../shared/domain/codec/feed-item.ts';
import { createFeedStore, type FeedItem } from '../../../shared/store/events/feed.ts';
import { feedPartition } from '../../../shared/store/table/keys.ts';
import { queryAll, type Table } from '../../../shared/store/table/table.ts';
import { anEvent, aPart, aSegment, someHour } from '../../support/builders/builders.ts';
import { newScope } from './new-scope.ts';

let ulids = 0;
const newUlid = (): string => String((ulids += 1)).padStart(26, '0');
const at = (minute: number): number => someHour * 3_600_000 + minute * 60_000;

/** A part with one event in each minute; its batch index stands for the item in the tests. */
const entry = (first: number, ...minutes: readonly number[]): FeedEntry => {
  const events = minutes.map((minute) => anEvent({ id: `${String(first)}-${String(minute)}`, timestamp: at(minute) }));
  return toFeedEntry(aPart({ first, last: first }), aSegment(events));
};

const read = async (items: AsyncIterable<FeedItem>): Promise<[number, number[]][]> => {
  const found: [number, number[]][] = [];
  for await (const { minute, entries } of items) found.push([minute, entries.map(({ part }) => part.first)]);
  return found;
};

export const describeFeed = (table: () => Table): void => {
  test('feed items come by descending minute across shards, wide ones first', async () => {
    const feed = createFeedStore(table());
    const scope = newScope();
    const put = (shard: number, ...entries: readonly FeedEntry[]) =>
      feed.put(scope, someHour, entries, { shard, newUlid, expiresAt: undefined });
    await put(0, entry(1, 10), entry(2, 7));
    await put(1, entry(3, 30));
    await put(2, entry(4, 0), entry(5, 59));
    await put(2, entry(6, 3, 8.9));
    await put(1, entry(7, 0, 5));
    await put(0, entry(8, 55));
    const items = await read(feed.readHour(scope, someHour, 3));
    expect(items.slice(0, 2).sort()).toEqual([
      [59, [4, 5]],
      [59, [6]],
    ]);
    expect(items.slice(2)).toEqual([
      [55, [8]],
      [30, [3]],
      [10, [1, 2]],
      [5, [7]],
    ]);
    expect(await read(feed.readHour(scope, someHour, 1))).toEqual([
      [55, [8]],
      [10, [1, 2]],
    ]);
    expect(await read(feed.readHour(scope, someHour + 1, 3))).toEqual([]);
  });

  test('from a minute down, only feed items that cannot have it or an earlier one are left out', async () => {
    const feed = createFeedStore(table());
    const scope = newScope();
    for (const minute of [0, 10, 14, 15, 16, 59]) {
      await feed.put(scope, someHour, [entry(minute, minute)], { shard: 0, newUlid, expiresAt: undefined });
    }
    await feed.put(scope, someHour, [entry(100, 2), entry(101, 50)], { shard: 0, newUlid, expiresAt: undefined });
    expect(await read(feed.readHour(scope, someHour, 1, 'desc', 10))).toEqual([
      [59, [100, 101]],
      [15, [15]],
      [14, [14]],
      [10, [10]],
      [0, [0]],
    ]);
  });

  test('ascending from a minute on, the minute is the first that a following feed item may have', async () => {
    const feed = createFeedStore(table());
    const scope = newScope();
    for (const [shard, minute] of [0, 9, 10, 14, 30, 59].entries()) {
      await feed.put(scope, someHour, [entry(minute, minute)], { shard: shard % 2, newUlid, expiresAt: undefined });
    }
    await feed.put(scope, someHour, [entry(100, 2), entry(101, 50)], { shard: 0, newUlid, expiresAt: undefined });
    expect(await read(feed.readHour(scope, someHour, 2, 'asc', 10))).toEqual([
      [0, [100, 101]],
      [5, [10]],
      [9, [14]],
      [25, [30]],
      [54, [59]],
    ]);
    expect((await read(feed.readHour(scope, someHour, 2, 'asc'))).map(([minute]) => minute)).toEqual([
      0, 0, 4, 5, 9, 25, 54,
    ]);
  });

  test('entries that do not fit into one feed item are split between parts', async () => {
    const feed = createFeedStore(table());
    const scope = newScope();
    const entries = Array.from({ length: 9 }, (_, n): FeedEntry => {
      const properties = { blob: randomBytes(75_000).toString('base64') };
      return toFeedEntry(aPart({ first: n, last: n }), aSegment([anEvent({ timestamp: at(n), properties })]));
    });
    await feed.put(scope, someHour, entries, { shard: 0, newUlid, expiresAt: 1_900_000_000 });
    const found: FeedItem[] = [];
    for await (const item of feed.readHour(scope, someHour, 1)) found.push(item);
    expect(found.length).toBeGreaterThan(1);
    const parts = found.flatMap((item) => item.entries).sort((a, b) => a.part.first - b.part.first);
    expect(parts).toEqual(entries);
    for await (const page of queryAll(table(), { pk: feedPartition(scope, someHour, 0) })) {
      for (const item of page) expect(item).toHaveProperty('ttl', 1_900_000_000);
    }
  });
};
