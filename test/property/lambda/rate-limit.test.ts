// Laws of a rate limit: never more than the bucket gives, whoever asks; no refusal below the limit; few writes when busy.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RateLimit } from '../../../shared/domain/api-key.ts';
import { createRateLimiter } from '../../../shared/lambda/rate-limit.ts';
import { createRateBucketStore } from '../../../shared/store/access/rate-buckets.ts';
import { someInstant } from '../../support/builders/builders.ts';
import { createMemoryTable } from '../../support/drivers/memory-table.ts';

interface Arrival {
  /** Milliseconds after the request before. */
  readonly after: number;
  readonly function: number;
}

/** Times of the requests that were let through, and how often the bucket was written. */
const run = async (limit: RateLimit, functions: number, arrivals: readonly Arrival[]) => {
  let writes = 0;
  const table = createMemoryTable({
    intercept: ({ name }, apply) => {
      if (name === 'put') writes += 1;
      return Promise.resolve(apply());
    },
  });
  let now = someInstant;
  const { lease } = createRateBucketStore(table);
  const limiters = Array.from({ length: functions }, () => createRateLimiter({ lease, now: () => now }));
  const allowed: number[] = [];
  for (const arrival of arrivals) {
    now += arrival.after;
    const decision = await limiters[arrival.function % functions]?.('secret_1', limit);
    if (decision?.isAllowed) allowed.push(now - someInstant);
  }
  return { allowed, writes };
};

/** `perSecond` requests a second in all, in turns, for `seconds`. */
const steady = (perSecond: number, functions: number, seconds: number): Arrival[] =>
  Array.from({ length: perSecond * seconds }, (_, index) => ({
    after: Math.floor(((index + 1) * 1_000) / perSecond) - Math.floor((index * 1_000) / perSecond),
    function: index % functions,
  }));

describe('a rate limit', () => {
  test('never lets more through than burst + rate × time', async () => {
    const limits = fc.record({ perSecond: fc.integer({ min: 1, max: 50 }), burst: fc.integer({ min: 1, max: 100 }) });
    const arrivals = fc.array(
      fc.record({ after: fc.oneof(fc.constant(0), fc.nat(300), fc.nat(5_000)), function: fc.nat(3) }),
      { maxLength: 400 },
    );
    await fc.assert(
      fc.asyncProperty(limits, fc.integer({ min: 1, max: 4 }), arrivals, async (limit, functions, requests) => {
        const { allowed } = await run(limit, functions, requests);
        for (const [index, at] of allowed.entries()) {
          expect(index + 1).toBeLessThanOrEqual(limit.burst + (limit.perSecond * at) / 1_000);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('refuses nothing at three quarters of the limit, however many functions share it', async () => {
    for (const functions of [1, 2, 5, 20]) {
      const { allowed } = await run({ perSecond: 100, burst: 100 }, functions, steady(75, functions, 20));
      expect(allowed).toHaveLength(75 * 20);
    }
  });

  test('lets through as much as it allows when more comes', async () => {
    const { allowed } = await run({ perSecond: 100, burst: 100 }, 4, steady(400, 4, 20));
    expect(allowed.length).toBeGreaterThanOrEqual(0.9 * (100 + 100 * 20));
  });

  test('makes a busy function write at most once per hundred requests', async () => {
    const { writes } = await run({ perSecond: 1_000, burst: 2_000 }, 1, steady(500, 1, 20));
    expect(writes).toBeLessThanOrEqual((500 * 20) / 100);
  });
});
