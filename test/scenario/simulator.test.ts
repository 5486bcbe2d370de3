// The promise of exactness under every fault: 300 seeds of the product are right, and every broken variant is caught.
import { describe, expect, test } from '@jest/globals';
import { catchVariant, runSeeds, tellRun, theProduct } from './simulator/campaign.ts';
import { simulate } from './simulator/run.ts';
import { product } from './simulator/system.ts';
import { variants } from './simulator/variants.ts';

const timeoutMs = 240_000;

const expectRight = async (from: number, seeds: number) => {
  const summary = await runSeeds(theProduct, from, seeds);
  const [wrong] = summary.wrong;
  expect(wrong ? await tellRun(theProduct, wrong.seed) : 'right').toBe('right');
  return summary;
};

describe('the product', () => {
  test.each([1, 101, 201])(
    'is right in 100 seeds from %d on, of which every kind of fault was a part',
    async (from) => {
      const { counts } = await expectRight(from, 100);
      expect(Object.entries(counts).filter(([, count]) => count === 0)).toEqual([]);
    },
    timeoutMs,
  );

  test.each(variants.filter(({ schedule }) => schedule !== undefined))(
    'is right under the schedule that aims at: $name',
    async ({ name, schedule }) => {
      const variant = { name, system: product, ...(schedule && { schedule }) };
      expect((await runSeeds(variant, 1, 20)).wrong).toEqual([]);
    },
    timeoutMs,
  );

  test('does the same in every run of a seed', async () => {
    const [first, second]: [string[], string[]] = [[], []];
    await simulate({ seed: 7, system: product, trace: first });
    await simulate({ seed: 7, system: product, trace: second });
    expect(first.length).toBeGreaterThan(100);
    expect(second).toEqual(first);
  });
});

test.each(variants)(
  'caught: $name',
  async (variant) => {
    expect(await catchVariant(variant, 400)).toBeDefined();
  },
  timeoutMs,
);
