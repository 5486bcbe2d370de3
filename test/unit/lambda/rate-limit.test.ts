import { describe, expect, test } from '@jest/globals';
import { createRateLimiter } from '../../../shared/lambda/rate-limit.ts';
import { createRateBucketStore } from '../../../shared/store/access/rate-buckets.ts';
import { someInstant } from '../../support/builders/builders.ts';
import { createMemoryTable } from '../../support/drivers/memory-table.ts';

const limit = { perSecond: 10, burst: 20 };

/** One bucket and the functions that lease from it, with one clock. */
const open = (functions = 1) => {
  const requests = { get: 0, put: 0 };
  const table = createMemoryTable({
    intercept: (operation, apply) => {
      if (operation.name === 'get' || operation.name === 'put') requests[operation.name] += 1;
      return Promise.resolve(apply());
    },
  });
  const state = { now: someInstant };
  const limiters = Array.from({ length: functions }, () =>
    createRateLimiter({ lease: createRateBucketStore(table).lease, now: () => state.now }),
  );
  const take = async (which = 0) => {
    const decision = await limiters[which]?.('secret_1', limit);
    if (!decision) throw new Error('no such function');
    return decision;
  };
  const takeMany = async (count: number, which = 0): Promise<number> => {
    let allowed = 0;
    for (let request = 0; request < count; request += 1) allowed += Number((await take(which)).isAllowed);
    return allowed;
  };
  return { take, takeMany, state, requests };
};

describe('a limit', () => {
  test('lets a burst through, and then as many requests per second', async () => {
    const { takeMany, state } = open();
    expect(await takeMany(30)).toBe(20);
    state.now += 1_000;
    expect(await takeMany(30)).toBe(10);
    state.now += 60_000;
    expect(await takeMany(30)).toBe(20);
  });

  test('tells how many requests remain and when the bucket is full again', async () => {
    const { take, takeMany, state } = open();
    expect(await take()).toEqual({ isAllowed: true, limit: 20, remaining: 19, resetSeconds: 1 });
    await takeMany(19);
    expect(await take()).toEqual({ isAllowed: false, limit: 20, remaining: 0, resetSeconds: 2 });
    state.now += 60_000;
    expect(await take()).toMatchObject({ isAllowed: true, remaining: 19 });
  });

  test('is shared by all functions', async () => {
    const { takeMany } = open(3);
    const allowed = [await takeMany(16, 0), await takeMany(15, 1), await takeMany(15, 2)];
    expect(allowed.reduce((sum, count) => sum + count, 0)).toBe(20);
  });

  test('does not need a request to the table for every refusal', async () => {
    const { takeMany, requests } = open();
    await takeMany(20);
    const before = { ...requests };
    await takeMany(1_000);
    expect(requests).toEqual({ get: before.get + 1, put: before.put });
  });

  test('applies to each key by itself', async () => {
    const table = createMemoryTable();
    const take = createRateLimiter({ lease: createRateBucketStore(table).lease, now: () => someInstant });
    const tight = { perSecond: 1, burst: 1 };
    const allowed = [await take('a', tight), await take('a', tight), await take('b', tight)];
    expect(allowed.map(({ isAllowed }) => isAllowed)).toEqual([true, false, true]);
  });

  test('does not keep tokens leased for demand that is gone from the others', async () => {
    const { takeMany, state } = open(2);
    await takeMany(9, 0);
    state.now += 10_000;
    expect(await takeMany(1, 0)).toBe(1);
    expect(await takeMany(30, 1)).toBe(19);
  });
});
