// The promise of exactness under every fault: 300 seeds of the product are right.
import { describe, expect, test } from '@jest/globals';
import { runSeeds, tellRun, theProduct } from './simulator/campaign.ts';
import { simulateCatalog } from './simulator/catalog-run.ts';
import { simulate } from './simulator/run.ts';
import { product } from './simulator/system.ts';

const timeoutMs = 240_000;

describe('the product', () => {
  test.each([1, 101, 201])(
    'is right in 100 seeds from %d on, of which every kind of fault was a part',
    async (from) => {
      const { wrong, counts } = await runSeeds(theProduct, from, 100);
      const [first] = wrong;
      expect(first ? await tellRun(theProduct, first.seed) : 'right').toBe('right');
      expect(Object.entries(counts).filter(([, count]) => count === 0)).toEqual([]);
    },
    timeoutMs,
  );

  test.each([
    ['events', simulate],
    ['the catalog', simulateCatalog],
  ])('does the same in every run of a seed: %s', async (_, run) => {
    const [first, second]: [string[], string[]] = [[], []];
    await run({ seed: 8, system: product, trace: first });
    await run({ seed: 8, system: product, trace: second });
    expect(first.length).toBeGreaterThan(50);
    expect(second).toEqual(first);
  });
});
