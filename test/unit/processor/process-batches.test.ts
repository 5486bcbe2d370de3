// An invocation may carry more than it has time for: what it does store, it stores completely.
import { describe, expect, test } from '@jest/globals';
import { createBatchProcessor } from '../../../functions/processor/process-batches.ts';
import type { Batch } from '../../../shared/domain/events/batch.ts';
import { buildCatalog } from '../../../shared/domain/catalog/catalog.ts';
import { maxBatchAgeMs } from '../../../shared/domain/events/retention.ts';
import { createClaimStore } from '../../../shared/store/events/claims.ts';
import { createFeedStore } from '../../../shared/store/events/feed.ts';
import { createLateMarkerStore } from '../../../shared/store/events/late-markers.ts';
import { createSegmentStore } from '../../../shared/store/events/segments.ts';
import type { Table } from '../../../shared/store/table/table.ts';
import { createUlids } from '../../support/drivers/api-request.ts';
import { anEvent, aScope, someInstant } from '../../support/builders/builders.ts';
import { createMemoryTable } from '../../support/drivers/memory-table.ts';

const catalog = buildCatalog(1, {
  meters: [],
  features: [],
  plans: [],
  priceLineages: [],
  entitlements: [],
  priceUnits: [],
});

const open = (table: Table, eventsAtOnce?: number, retentionDays = 0) =>
  createBatchProcessor({
    claims: createClaimStore(table),
    segments: createSegmentStore(table),
    feed: createFeedStore(table),
    lateMarkers: createLateMarkerStore(table),
    readAccounts: () => Promise.resolve(new Map()),
    readCatalog: () => Promise.resolve({ catalog, feedShards: 1 }),
    findSimilarNames: () => Promise.resolve([]),
    now: () => someInstant,
    newUlid: createUlids(),
    pickShard: () => 0,
    retentionDays,
    ...(eventsAtOnce !== undefined && { eventsAtOnce }),
  });

const batchesOf = (count: number, events: number, timestamp = someInstant): readonly Batch[] => {
  const newUlid = createUlids();
  return Array.from({ length: count }, (_, batch) => ({
    id: newUlid(),
    scope: aScope,
    receivedAt: someInstant,
    events: Array.from({ length: events }, (_, index) => ({
      event: anEvent({ id: `evt-${String(batch)}-${String(index)}`, timestamp }),
      isTimestampSent: true,
    })),
  }));
};

/** Time is up once so many claims have been put. */
const withBudget = (table: Table, claims: number) => {
  let put = 0;
  return {
    timeLeft: () => (put >= claims ? 0 : 1_000),
    table: {
      ...table,
      insertMany: (items: Parameters<Table['insertMany']>[0]) => {
        put += items.length;
        return table.insertMany(items);
      },
    },
  };
};

describe('more work than there is time for', () => {
  test('is stored group by group, and each delivery continues with the next groups', async () => {
    const table = createMemoryTable();
    let left = batchesOf(10, 100);
    const stored: number[] = [];
    while (left.length > 0 && stored.length < 20) {
      // Of the first delivery the claims of the second group are already too many.
      const limited = withBudget(table, 300);
      const { failures, counts } = await open(limited.table, 200)(left, limited.timeLeft);
      stored.push(counts.stored);
      left = left.filter(({ id }) => failures.has(id));
    }
    expect(stored).toEqual([200, 200, 200, 200, 200]);
  });

  test('is never claimed all at once, also if it is bulk messages of many thousand events', async () => {
    const limited = withBudget(createMemoryTable(), 1_500);
    const { failures, counts } = await open(limited.table)(batchesOf(5, 1_000), limited.timeLeft);
    expect(counts.stored).toBe(1_000);
    expect(failures.size).toBe(4);
  });
});

test('small batches share a group, a feed item and a read of the accounts', async () => {
  const table = createMemoryTable();
  const { counts } = await open(table)(batchesOf(100, 1), () => 1_000);
  expect(counts.stored).toBe(100);
  expect([...table.partitions].filter(([pk]) => pk.startsWith('F#')).map(([, items]) => items.size)).toEqual([1]);
});

test('segments expire after the feed item that refers to them, though their batches came 30 days apart', async () => {
  const table = createMemoryTable();
  const timestamp = someInstant - 2 * maxBatchAgeMs;
  const batches = batchesOf(2, 1, timestamp).map((batch, index) => ({
    ...batch,
    receivedAt: someInstant - index * maxBatchAgeMs,
  }));
  await open(table, undefined, 7)(batches, () => 1_000);
  const expiries = (prefix: string): number[] =>
    [...table.partitions].flatMap(([pk, items]) =>
      pk.startsWith(prefix) ? Array.from(items.values(), ({ ttl }) => Number(ttl)) : [],
    );
  const [segments, feed] = [expiries('S#'), expiries('F#')];
  expect([segments.length, feed.length]).toEqual([2, 1]);
  expect(Math.min(...segments)).toBeGreaterThan(Math.max(...feed));
});

test('a batch that is delivered twice into one invocation is processed as one batch', async () => {
  const [batch] = batchesOf(1, 3);
  const twice = batch ? [batch, batch] : [];
  expect((await open(createMemoryTable(), 3)(twice, () => 1_000)).counts).toMatchObject({ stored: 3, duplicates: 0 });
});
