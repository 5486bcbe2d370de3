// The number is the naive fold of the events, at every moment, for one customer and for all, however it was asked before.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { numberOf } from '../../../shared/domain/numbers/long-number.ts';
import { naiveUsage } from '../../support/oracles/naive-usage.ts';
import { histories, replay } from '../../support/worlds/usage-histories.ts';
import { type Asked, openUsageWorld, toAnswer } from '../../support/worlds/usage-world.ts';

const runs = 120;

describe('usage', () => {
  test('equals the naive fold of the events, asked once and again, with day pages and without', async () => {
    const used = { pages: 0, foldedAtFirst: 0, foldedAgain: 0 };
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const world = await openUsageWorld({ ...history, origin: history.zone.change });
        const check = async (asked: Asked): Promise<void> => {
          const naive = naiveUsage(world.events(), world.toNaive(asked));
          const first = world.seen.events;
          expect(toAnswer(await world.compute(asked))).toEqual(naive);
          const [again, pages] = [world.seen.events, world.seen.pages];
          const { results = [], value, ...body } = await world.query(asked);
          expect(
            results.map(({ window_size, value }) => JSON.stringify([Date.parse(window_size), value])).sort(),
          ).toEqual(naive.rows.map(({ start, value }) => JSON.stringify([start, numberOf(value)])).sort());
          expect(value).toEqual(numberOf(naive.value));
          expect(body).toMatchObject({ event_name: asked.question.name, type: asked.question.type, ...naive.tallies });
          used.pages += world.seen.pages - pages;
          used.foldedAtFirst += again - first;
          used.foldedAgain += world.seen.events - again;
        };
        const all: Asked[] = [];
        await replay(world, history, (asked) => {
          all.push(asked);
          return check(asked);
        });
        // What was asked before has the same answer from the pages of now, and from none.
        for (const asked of all) await check(asked);
        world.dropPages();
        for (const asked of all) await check(asked);
      }),
      { numRuns: runs },
    );
    // Otherwise nothing was said about pages.
    expect(used.pages).toBeGreaterThan(runs);
    expect(used.foldedAgain).toBeLessThan(used.foldedAtFirst / 2);
  }, 60_000);
});
