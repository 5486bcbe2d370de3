// The reads of a closed month, counted on the twin, are as many for many events as for few.
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { createPagedTable } from '../../bench/paged-table.ts';
import { countReads } from '../../bench/read-units.ts';
import { countEdges, countMonth, countUniqueDay, seedMonth } from '../../bench/usage-units.bench.ts';
import { createMemoryTable, type MemoryTable } from '../../support/drivers/memory-table.ts';

describe('a closed month of 10,000 and of 50,000 events', () => {
  let tables: readonly MemoryTable[];
  beforeAll(async () => {
    tables = [await seedMonth(10_000), await seedMonth(50_000)];
  }, 60_000);

  test.each([
    ['COUNT', 'one customer'],
    ['SUM', 'one customer'],
    ['AVG', 'one customer'],
    ['MAX', 'one customer'],
    ['LATEST', 'one customer'],
    ['WEIGHTED_SUM', 'one customer'],
    ['LATEST', 'whole scope'],
  ] as const)('is read in two queries of at most 40 read units: %s of %s', async (aggregate, of) => {
    const { counts } = await countMonth(tables, aggregate, of);
    const [small = NaN, large = NaN] = counts.map(({ warm }) => warm.units);
    expect(counts.map(({ warm }) => warm.queries)).toEqual([2, 2]);
    expect(Math.max(small, large)).toBeLessThanOrEqual(40);
    expect(large / small).toBeLessThanOrEqual(1.05);
    // The pages are made once.
    expect(counts.every(({ cold, warm }) => cold.writeUnits > 0 && warm.writeUnits === 0)).toBe(true);
  });

  test('takes one more query for each end inside a quarter hour, and none for late markers', async () => {
    const edges = await countEdges(tables);
    expect(edges.map(({ counts }) => counts.map(({ queries }) => queries))).toEqual([
      [2, 2],
      [3, 3],
      [4, 4],
      [2, 2],
    ]);
  });
});

describe('COUNT_UNIQUE of a day', () => {
  test('is a page of 28 bytes per value, in items of at most 64 KB', async () => {
    const [few, many] = [await countUniqueDay(500), await countUniqueDay(3_000)];
    expect((many.warm.bytes - few.warm.bytes) / 2_500).toBeCloseTo(28, 0);
    expect([few.items, many.items]).toEqual([1, 2]);
    expect(many.largestItemBytes).toBeLessThan(64 * 1024 + 300);
  });

  test('is folded from the events each time when the page would have more than 64 items', async () => {
    const { items, cold, warm } = await countUniqueDay(22_000, 'minute');
    expect(items).toBe(0);
    expect([warm.writeUnits, warm.units]).toEqual([0, cold.units]);
  });
});

test('a query that may be stale costs half, also for items that do not exist', async () => {
  const { table, count } = countReads(createMemoryTable());
  await table.query({ pk: 'none' });
  await table.query({ pk: 'none', isStale: true });
  expect(count).toEqual({ units: 1.5, queries: 2, gets: 0, bytes: 0 });
});

test('the paged table answers as the twin does, in pages of 1 MB', async () => {
  const [paged, twin] = [createPagedTable(), createMemoryTable()];
  for (let item = 0; item < 50; item += 1) {
    const stored = { pk: 'p', sk: String((item * 7) % 50).padStart(2, '0'), b: new Uint8Array(100_000) };
    await Promise.all([paged.put(stored, { kind: 'none' }), twin.put(stored, { kind: 'none' })]);
  }
  const keys = (items: readonly unknown[]): string[] =>
    items.map((item) => v.parse(v.object({ sk: v.string() }), item).sk);
  const range = { pk: 'p', from: '03', to: '30' };
  const first = await paged.query(range);
  const second = await paged.query({ ...range, after: first.next ?? '' });
  const third = await paged.query({ ...range, after: second.next ?? '' });
  expect(first.items).toHaveLength(10);
  expect(third.next).toBeUndefined();
  expect(keys([first, second, third].flatMap(({ items }) => items))).toEqual(keys((await twin.query(range)).items));
});
