// A fold that may read only little at once comes to its end by retries, each of which goes on from the one before.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ApiError } from '../../../shared/api/http/problem.ts';
import { naiveUsage } from '../../support/oracles/naive-usage.ts';
import { histories, replay } from '../../support/worlds/usage-histories.ts';
import { type Asked, openUsageWorld, toAnswer, type UsageWorld } from '../../support/worlds/usage-world.ts';

/** By the pages that were kept since. */
const hoursKept = ({ seen }: UsageWorld): number => [...seen.hours.values()].reduce((sum, hours) => sum + hours, 0);

/** Asks until there is an answer; how often it was asked. */
const insist = async (world: UsageWorld, asked: Asked): Promise<number> => {
  const naive = naiveUsage(world.events(), world.toNaive(asked));
  world.seen.hours.clear();
  let kept = 0;
  let days = -1;
  for (let attempt = 1; ; attempt += 1) {
    try {
      expect(toAnswer(await world.compute(asked))).toEqual(naive);
      return attempt;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      expect(error).toMatchObject({ code: 'service_unavailable', retryAfterSeconds: 1 });
      const { folded_days: folded = NaN, of_days: all = NaN } = error.details;
      expect(folded).toBeGreaterThanOrEqual(days);
      expect(folded).toBeLessThan(Number(all));
      days = Number(folded);
      expect(hoursKept(world)).toBeGreaterThan(kept);
      kept = hoursKept(world);
    }
  }
};

describe('a fold with a small budget', () => {
  test('ends after retries that each keep more, with the answer of a fold with a large budget', async () => {
    let retries = 0;
    await fc.assert(
      fc.asyncProperty(histories, fc.nat(6), async (history, events) => {
        const world = await openUsageWorld({ ...history, origin: history.zone.change });
        await replay(world, history, async (asked) => {
          world.limits.events = events;
          retries += (await insist(world, asked)) - 1;
          world.dropPages();
          retries += (await insist(world, asked)) - 1;
          world.limits.events = Infinity;
          world.dropPages();
          expect(await insist(world, asked)).toBe(1);
        });
      }),
      { numRuns: 50 },
    );
    expect(retries).toBeGreaterThan(50);
  }, 60_000);

  test('continues where no page can be kept, because a retry would come no further', () =>
    fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const world = await openUsageWorld({ ...history, origin: history.zone.change });
        world.limits.events = 0;
        world.limits.canKeep = false;
        await replay(world, history, async (asked) => {
          expect(await insist(world, asked)).toBe(1);
        });
      }),
      { numRuns: 15 },
    ));
});
