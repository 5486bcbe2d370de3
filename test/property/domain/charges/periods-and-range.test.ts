// The bills of successive periods are together the bill of all of them as one range, exact before rounding: where events add units, at
// flat rates and without commitments. Any number of subscriptions can be drawn: PERIODS_RUNS=2000.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fixedChargesOf } from '../../../../shared/domain/charges/fixed-charge.ts';
import { readableDecimal } from '../../../../shared/domain/numbers/fraction.ts';
import { decimal, formatQuantity as text, type Quantity, sumOf } from '../../../../shared/domain/numbers/quantity.ts';
import { amountOfSteps } from '../../../../shared/domain/pricing/charge-steps.ts';
import type { Period } from '../../../../shared/domain/time/period.ts';
import { chargedWorlds, type DrawnWorld } from '../../../support/arbitraries/charged-arbitraries.ts';
import { flatTerms } from '../../../support/arbitraries/price-arbitraries.ts';
import { fixedWorlds, periodsOf, priceOfWorld } from '../../../support/arbitraries/fixed-arbitraries.ts';
import { chargesIn } from '../../../support/worlds/charged-world.ts';

const types = ['COUNT', 'SUM', 'SUM_WITH_MULTIPLIER'] as const;
const worlds = chargedWorlds({ types, terms: flatTerms, hasRefunds: false, mostPeriods: 12, mostLines: 3 });
const wholeOf = (periods: readonly Period[]): Period => ({
  start: periods[0]?.start ?? 0,
  end: periods.at(-1)?.end ?? 0,
});

/** Returns units and exact cost of each item over all periods. */
const billedIn = (world: DrawnWorld, periods: readonly Period[]): ReadonlyMap<string, readonly string[]> => {
  const versions = periods.flatMap((period) => chargesIn(world, period).flatMap((charge) => charge.versions));
  const byItem = Map.groupBy(versions, ({ version }) => version.item.id);
  return new Map(
    [...byItem]
      .map(([id, own]) => {
        const used = own.map(({ quantity, adjusted }) => quantity.plus(adjusted));
        const units = own.map(({ quantity }) => quantity);
        const costs = own.map(({ cost }) => readableDecimal(cost));
        return [id, [used, units, costs].map((some) => text(sumOf(some)))] as const;
      })
      .filter(([, numbers]) => numbers.some((number) => number !== '0')),
  );
};

test('the usage of successive periods costs together what it costs as one range', () => {
  const seen = { free: 0, billed: 0 };
  fc.assert(
    fc.property(worlds, (world) => {
      const whole = billedIn(world, [wholeOf(world.periods)]);
      expect(billedIn(world, world.periods)).toEqual(whole);
      for (const [used, units] of whole.values()) {
        seen.billed += Number(units !== '0');
        seen.free += Number(units !== '0' && used !== units);
      }
    }),
    { numRuns: 300 },
  );
  expect(seen.billed).toBeGreaterThan(100);
  expect(seen.free).toBeGreaterThan(30);
});

test('the fixed fees in arrear of successive periods cost together what they cost as one range', () => {
  fc.assert(
    fc.property(fixedWorlds, fc.integer({ min: 1, max: 12 }), (world, count) => {
      const { subscription } = world;
      const inArrear = {
        ...subscription,
        lineItems: subscription.lineItems.filter(({ invoiceCadence }) => invoiceCadence === 'ARREAR'),
      };
      const exact = (period: Period): Quantity =>
        sumOf(
          fixedChargesOf(inArrear, period, priceOfWorld(world))
            .flat()
            .map(({ steps }) => amountOfSteps(steps.filter(({ kind }) => kind !== 'rounding'))),
        );
      const periods = periodsOf(inArrear, count);
      const apart = sumOf(periods.map(exact));
      // Each share is written with 16 decimals.
      expect(apart.minus(exact(wholeOf(periods))).abs().lt(decimal('1e-9'))).toBe(true);
    }),
    { numRuns: 200 },
  );
});
