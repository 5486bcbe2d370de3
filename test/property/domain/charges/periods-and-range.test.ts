// The bills of successive periods are together the bill of all of them as one range. `npm run ranges -- --runs 2000` draws more of them.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { feesOfRange, rangesOfFees, rangesOfUsage, usageOfRange } from '../../../support/worlds/range-of-periods.ts';

test('the usage of successive periods costs together what it costs as one range', () => {
  const seen = { partlyFree: 0, billed: 0 };
  fc.assert(
    fc.property(rangesOfUsage, (world) => {
      const { apart, together } = usageOfRange(world);
      expect(apart).toEqual(together);
      for (const { used, billed } of together.values()) {
        seen.billed += Number(billed !== '0');
        seen.partlyFree += Number(billed !== '0' && used !== billed);
      }
    }),
    { numRuns: 300 },
  );
  expect(seen.billed).toBeGreaterThan(100);
  expect(seen.partlyFree).toBeGreaterThan(30);
});

test('the fixed fees in arrear of successive periods cost together what they cost as one range', () => {
  fc.assert(
    fc.property(rangesOfFees, (range) => {
      const { apart, together } = feesOfRange(range);
      expect(apart.minus(together).abs().lt('1e-9')).toBe(true);
    }),
    { numRuns: 200 },
  );
});
