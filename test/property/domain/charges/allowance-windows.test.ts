// Laws of the windows of allowances: each is granted once, by all periods that look into it together.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  decimal,
  formatQuantity as text,
  type Quantity,
  sumOf,
  zeroQuantity,
} from '../../../../shared/domain/numbers/quantity.ts';
import { uncutPeriodAt } from '../../../../shared/domain/subscriptions/subscription-period.ts';
import { wholeSeconds } from '../../../../shared/domain/time/instant.ts';
import type { Period } from '../../../../shared/domain/time/period.ts';
import { shares } from '../../../support/arbitraries/fixed-arbitraries.ts';
import { chargedWorlds } from '../../../support/worlds/charged-arbitraries.ts';
import type { DrawnWorld } from '../../../support/worlds/charged-draws.ts';
import {
  beyond,
  billedIn,
  type Granted,
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
