import { describe, expect, test } from '@jest/globals';
import { createRateBucketStore } from '../../../../shared/store/access/rate-buckets.ts';
import { someInstant } from '../../../support/builders/builders.ts';
import { createMemoryTable } from '../../../support/drivers/memory-table.ts';

const limit = { perSecond: 10, burst: 20 };
const open = () => createRateBucketStore(createMemoryTable());

describe('lease', () => {
  test('a new rate bucket is full', async () => {
    const { lease } = open();
    expect(await lease('k', limit, 5, someInstant)).toEqual({ granted: 5, remaining: 15, fullInMs: 500 });
    expect(await lease('k', limit, 5, someInstant)).toEqual({ granted: 5, remaining: 10, fullInMs: 1_000 });
  });

  test('a lease gets the tokens that are left, then none', async () => {
    const { lease } = open();
    expect(await lease('k', limit, 100, someInstant)).toEqual({ granted: 20, remaining: 0, fullInMs: 2_000 });
    expect(await lease('k', limit, 1, someInstant + 99)).toEqual({ granted: 0, remaining: 0, fullInMs: 1_901 });
    expect(await lease('k', limit, 1, someInstant + 100)).toEqual({ granted: 1, remaining: 0, fullInMs: 2_000 });
  });

  test('a rate bucket never has more tokens than the burst', async () => {
    const { lease } = open();
    await lease('k', limit, 20, someInstant);
    expect(await lease('k', limit, 100, someInstant + 3_600_000)).toMatchObject({ granted: 20, remaining: 0 });
  });

  test('rates that are no whole number of microseconds do not leak tokens', async () => {
    const { lease } = open();
    let granted = 0;
    for (let ms = 0; ms <= 10_000; ms += 1) {
      granted += (await lease('k', { perSecond: 7, burst: 1 }, 1, someInstant + ms)).granted;
    }
    expect(granted).toBeLessThanOrEqual(71);
    expect(granted).toBeGreaterThanOrEqual(70);
  });

  test('a lease that loses every race fails with a transient error', async () => {
    const table = createMemoryTable();
    const { lease } = createRateBucketStore({ ...table, put: () => Promise.resolve('refused') });
    await expect(lease('k', limit, 1, someInstant)).rejects.toMatchObject({ kind: 'transient' });
  });

  test('an unused rate bucket expires a day after it is full', async () => {
    const table = createMemoryTable();
    await createRateBucketStore(table).lease('k', limit, 20, someInstant);
    expect(await table.get({ pk: 'R#k', sk: 'R' })).toMatchObject({ ttl: 1_760_528_327 + 3 + 86_400 });
  });
});
