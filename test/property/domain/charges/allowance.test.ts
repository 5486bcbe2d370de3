// Laws of allowances: of limits, and of several lines that bill what is free.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Charge } from '../../../../shared/domain/charges/charge.ts';
import {
  decimal,
  formatQuantity as text,
  type Quantity,
  sumOf,
  zeroQuantity,
} from '../../../../shared/domain/numbers/quantity.ts';
import { isInTrial } from '../../../../shared/domain/subscriptions/subscription-period.ts';
import type { Period } from '../../../../shared/domain/time/period.ts';
import { shares } from '../../../support/arbitraries/fixed-arbitraries.ts';
import { aLineage, aLineItem, aPrice } from '../../../support/builders/builders.ts';
import { chargedWorlds } from '../../../support/worlds/charged-arbitraries.ts';
import type { DrawnWorld } from '../../../support/worlds/charged-draws.ts';
import { chargesIn } from '../../../support/worlds/charged-world.ts';
import {
  beyond,
  billedIn,
  chargesOfAll,
  granting,
  isCovered,
  isWithin,
  limits,
  resets,
  spanOf,
  unitsOf,
  windowsOf,
} from '../../../support/worlds/granted-worlds.ts';

const units = ['COUNT', 'SUM', 'SUM_WITH_MULTIPLIER'] as const;
const none = fc.constant(undefined);

describe('an allowance', () => {
  test('without a limit makes every amount 0', () => {
    fc.assert(
      fc.property(chargedWorlds({ allowance: none }), resets, (world, usageResetPeriod) => {
        const unlimited = granting(world, { usageLimit: null, usageResetPeriod });
        for (const period of world.periods) {
          for (const { amount, quantity, measured, versions } of chargesIn(unlimited, period)) {
            expect(text(amount)).toBe('0');
            if (isInTrial(world.subscription, period.start)) continue;
            expect([text(quantity), versions.flatMap(({ steps }) => steps)]).toEqual(['0', []]);
            expect(text(sumOf(versions.map(({ adjusted }) => adjusted)))).toBe(text(measured.quantity));
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('of 0 changes nothing', () => {
    const texts = (world: DrawnWorld) =>
      chargesOfAll(world, world.periods).map(({ quantity, amount, versions }) => [
        text(quantity),
        text(amount),
        ...versions.flatMap((version) => [text(version.quantity), text(version.amount)]),
      ]);
    fc.assert(
      fc.property(chargedWorlds({ allowance: none, hasRefunds: false }), resets, (world, usageResetPeriod) => {
        expect(texts(granting(world, { usageLimit: 0, usageResetPeriod }))).toEqual(texts(world));
      }),
      { numRuns: 200 },
    );
  });

  test('that is greater bills no more units, and at least what the difference leaves', () => {
    fc.assert(
      fc.property(
        chargedWorlds({ allowance: none, hasRefunds: false }),
        resets,
        limits,
        fc.nat(100),
        (world, usageResetPeriod, usageLimit, more) => {
          const some = chargesOfAll(granting(world, { usageLimit, usageResetPeriod }), world.periods);
          const greater = chargesOfAll(
            granting(world, { usageLimit: usageLimit + more, usageResetPeriod }),
            world.periods,
          );
          for (const [index, { quantity, grant }] of some.entries()) {
            const least = quantity.minus(decimal(String(more * Math.max(1, grant?.windows.length ?? 1))));
            const other = greater[index]?.quantity ?? zeroQuantity;
            expect(other.lte(quantity) && other.gte(least)).toBe(true);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

test('a unit that is free is free for both of two lines on a meter, and the second changes nothing of the first', () => {
  const seen = { billed: 0 };
  fc.assert(
    fc.property(
      chargedWorlds({ types: units, hasRefunds: false, hasTrial: false, mostLines: 1, allowance: none }),
      fc.record({ usageLimit: limits, usageResetPeriod: resets }),
      shares,
      shares,
      (drawn, granted, from, length) => {
        const world = granting(drawn, granted);
        const span = spanOf(world);
        const first = Math.min(...world.subscription.lineItems.map(({ startDate }) => startDate));
        const start = first + Math.floor(from * (span.end - first));
        const second: Period = { start, end: start + 1 + Math.floor(length * (span.end - start)) };
        const price = aPrice({ id: 'second', currency: world.subscription.currency });
        const item = aLineItem({ id: 'second', priceId: 'second', startDate: second.start, endDate: second.end });
        const { subscription } = world;
        const both: DrawnWorld = {
          ...world,
          subscription: { ...subscription, lineItems: [...subscription.lineItems, item], prices: [aLineage(price)] },
        };
        // A line that has ended would go on with the second item.
        fc.pre(
          world.lines.flat().every(({ endDate }) => endDate === undefined || endDate >= span.end || endDate !== start),
        );
        const isSecond = ({ versions }: Charge): boolean => versions[0]?.version.item.id === 'second';
        const ofFirst = chargesOfAll(both, world.periods).filter((charge) => !isSecond(charge));
        expect(ofFirst.map(({ quantity, amount }) => [text(quantity), text(amount)])).toEqual(
          chargesOfAll(world, world.periods).map(({ quantity, amount }) => [text(quantity), text(amount)]),
        );
        const expected = windowsOf(world, granted).windows.map((window) => {
          const upTo = (end: number): Quantity =>
            sumOf(
              world.usage
                .filter(({ at }) => isWithin(window, at) && at < end && isWithin(span, at) && isCovered(both, at))
                .map((used) => unitsOf(world, used)),
            );
          const [before, after] = [second.start, second.end].map((end) => beyond(upTo(end), granted.usageLimit));
          return before && after ? after.minus(before) : zeroQuantity;
        });
        expect(text(billedIn(both, isSecond))).toBe(text(sumOf(expected)));
        seen.billed += Number(sumOf(expected).gt(zeroQuantity));
      },
    ),
    { numRuns: 200 },
  );
  expect(seen.billed).toBeGreaterThan(40);
});
