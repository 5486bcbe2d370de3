// Laws of allowances: a window is granted once, whatever periods look into it, and a unit that is free is free for every line.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { UsageResetPeriod } from '../../../../shared/domain/catalog/entitlement.ts';
import type { Charge } from '../../../../shared/domain/charges/charge.ts';
import { allowanceWindowsIn } from '../../../../shared/domain/entitlements/allowance-windows.ts';
import { decimal, formatQuantity as text, type Quantity, sumOf, zeroQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import { isInTrial, uncutPeriodAt } from '../../../../shared/domain/subscriptions/subscription-period.ts';
import { wholeSeconds } from '../../../../shared/domain/time/instant.ts';
import type { Period } from '../../../../shared/domain/time/period.ts';
import { usageResetPeriods } from '../../../../shared/domain/catalog/entitlement.ts';
import { chargedWorlds, type DrawnWorld } from '../../../support/arbitraries/charged-arbitraries.ts';
import { shares } from '../../../support/arbitraries/fixed-arbitraries.ts';
import { aLineage, aLineItem, anEntitlement, aPrice } from '../../../support/builders/builders.ts';
import { type ChargedWorld, chargesIn, type Used } from '../../../support/worlds/charged-world.ts';

const units = ['COUNT', 'SUM', 'SUM_WITH_MULTIPLIER'] as const;
const none = fc.constant(undefined);
const resets = fc.constantFrom(...usageResetPeriods);
const limits = fc.constantFrom(0, 3, 10, 25, 60, 150, 400);

interface Granted {
  readonly usageLimit: number | null;
  readonly usageResetPeriod: UsageResetPeriod;
  /** Start of the entitlement. */
  readonly startDate?: number;
}

const granting = (world: DrawnWorld, granted: Granted): DrawnWorld => {
  const entitlement = anEntitlement(granted);
  return { ...world, catalog: { ...world.catalog, entitlements: new Map([[entitlement.id, entitlement]]) } };
};
const chargesOfAll = (world: ChargedWorld, periods: readonly Period[]): readonly Charge[] =>
  periods.flatMap((period) => chargesIn(world, period));
const billedIn = (world: DrawnWorld, lineOf = (_: Charge): boolean => true): Quantity =>
  sumOf(
    chargesOfAll(world, world.periods)
      .filter(lineOf)
      .map(({ quantity }) => quantity),
  );
const isCovered = ({ subscription }: DrawnWorld, at: number): boolean =>
  subscription.lineItems.some(({ startDate, endDate = Infinity }) => startDate <= at && at < endDate);

const unitsOf = ({ meter: { aggregation } }: DrawnWorld, { value }: Used): Quantity =>
  (aggregation.type === 'COUNT' ? decimal('1') : decimal(value)).times(decimal(aggregation.multiplier ?? '1'));
const isWithin = ({ start, end }: Period, at: number): boolean => start <= at && at < end;
const spanOf = ({ subscription, periods }: DrawnWorld): Period => ({
  start: subscription.startDate,
  end: periods.at(-1)?.end ?? subscription.startDate,
});
/** Returns the parts of the span that no window covers, and the windows within it. */
const windowsOf = (world: DrawnWorld, { usageResetPeriod, startDate }: Granted) => {
  const span = spanOf(world);
  const windows = allowanceWindowsIn(world.subscription, { usageResetPeriod, startDate }, span);
  const [first] = windows;
  return { windows, outside: { start: span.start, end: first?.start ?? span.end } };
};

const beyond = (used: Quantity, limit: number): Quantity => {
  const rest = used.minus(decimal(String(limit)));
  return rest.gt(zeroQuantity) ? rest : zeroQuantity;
};

describe('a window of an allowance is granted once', () => {
  interface DrawnGrant extends Granted {
    readonly usageLimit: number;
    readonly from: number | undefined;
  }
  const grants = fc.record<DrawnGrant>({ usageLimit: limits, usageResetPeriod: resets, from: fc.oneof(none, shares) });
  const grantOf = (world: DrawnWorld, { usageLimit, usageResetPeriod, from }: DrawnGrant) => {
    const { start, end } = spanOf(world);
    const startDate = from === undefined ? undefined : start + Math.floor(from * (end - start));
    return { usageLimit, usageResetPeriod, ...(startDate !== undefined && { startDate }) };
  };

  test('by all periods together, of what events add', () => {
    const seen = { partly: 0 };
    fc.assert(
      fc.property(
        chargedWorlds({ types: units, hasRefunds: false, mostLines: 1, mostPeriods: 5, allowance: none }),
        grants,
        (world, drawn) => {
          const granted = grantOf(world, drawn);
          const usedIn = (range: Period): Quantity =>
            sumOf(
              world.usage
                .filter(({ at }) => isWithin(range, at) && isWithin(spanOf(world), at) && isCovered(world, at))
                .map((used) => unitsOf(world, used)),
            );
          const { windows, outside } = windowsOf(world, granted);
          const expected = [usedIn(outside), ...windows.map((window) => beyond(usedIn(window), granted.usageLimit))];
          expect(text(billedIn(granting(world, granted)))).toBe(text(sumOf(expected)));
          const all = usedIn(spanOf(world));
          const billed = sumOf(expected);
          seen.partly += Number(billed.gt(zeroQuantity) && billed.lt(all));
        },
      ),
      { numRuns: 400 },
    );
    expect(seen.partly).toBeGreaterThan(100);
  });

  test('by all periods together, of what a level comes to', () => {
    const seen = { partly: 0 };
    fc.assert(
      fc.property(
        chargedWorlds({ types: ['WEIGHTED_SUM'], hasRefunds: false, mostLines: 1, mostPeriods: 4, allowance: none }),
        grants,
        (world, drawn) => {
          const granted = grantOf(world, drawn);
          const span = spanOf(world);
          const isNeverReset = world.meter.resetUsage === 'NEVER';
          const from = Math.min(...world.subscription.lineItems.map(({ startDate }) => startDate));
          const to = Math.max(...world.subscription.lineItems.map(({ endDate = Infinity }) => endDate));
          /** Returns the seconds of a range out of those of each whole period. */
          const weightOf = ({ start, end }: Period): Quantity => {
            const parts: Quantity[] = [];
            for (let at = start; at < end;) {
              const whole = uncutPeriodAt(world.subscription, at);
              const seconds = wholeSeconds(Math.min(whole.end, end)) - wholeSeconds(at);
              const all = wholeSeconds(whole.end) - wholeSeconds(whole.start);
              parts.push(decimal(String(seconds)).div(decimal(String(all))));
              at = whole.end;
            }
            return sumOf(parts);
          };
          const usedIn = (range: Period): Quantity =>
            sumOf(
              world.usage.flatMap((used) => {
                if (!isNeverReset && !isCovered(world, used.at)) return [];
                const period = world.periods.find((one) => isWithin(one, used.at));
                if (!isNeverReset && period === undefined) return [];
                const held = {
                  start: Math.max(used.at, range.start, from, span.start),
                  end: Math.min(range.end, to, isNeverReset ? span.end : (period?.end ?? span.end)),
                };
                return [decimal(used.value).times(weightOf(held))];
              }),
            );
          const { windows, outside } = windowsOf(world, granted);
          const expected = sumOf([
            usedIn(outside),
            ...windows.map((window) => beyond(usedIn(window), granted.usageLimit)),
          ]);
          expect(billedIn(granting(world, granted)).minus(expected).abs().lt('1e-9')).toBe(true);
          seen.partly += Number(expected.gt(zeroQuantity) && expected.lt(usedIn(span)));
        },
      ),
      { numRuns: 200 },
    );
    expect(seen.partly).toBeGreaterThan(40);
  });
});

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
          const greater = chargesOfAll(granting(world, { usageLimit: usageLimit + more, usageResetPeriod }), world.periods);
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
        fc.pre(world.lines.flat().every(({ endDate }) => endDate === undefined || endDate >= span.end || endDate !== start));
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
