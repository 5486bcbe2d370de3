// Laws of the boundary between two versions: it moves what is shared by time only as far as it moves, and nothing of what events add
// while it meets no event.
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
import { readableDecimal } from '../../../../shared/domain/numbers/fraction.ts';
import { costOfParts, priceQuantity } from '../../../../shared/domain/pricing/price-cost.ts';
import type { LineItem } from '../../../../shared/domain/subscriptions/line-item.ts';
import { uncutPeriodAt } from '../../../../shared/domain/subscriptions/subscription-period.ts';
import { msPerSecond } from '../../../../shared/domain/time/instant.ts';
import type { Period } from '../../../../shared/domain/time/period.ts';
import { chargedWorlds } from '../../../support/worlds/charged-arbitraries.ts';
import type { DrawnWorld } from '../../../support/worlds/charged-draws.ts';
import { shares } from '../../../support/arbitraries/fixed-arbitraries.ts';
import { chargesIn } from '../../../support/worlds/charged-world.ts';

/** The boundary between an item and the next of its line, with how far it can move. */
interface Boundary extends Period {
  readonly before: LineItem;
  readonly after: LineItem;
}

const boundaryOf = ({ lines, periods }: DrawnWorld, place: number): Boundary | undefined => {
  const pairs = lines.flatMap((items) =>
    items.slice(1).flatMap((after, index): Boundary[] => {
      const before = items[index];
      const end = after.endDate ?? periods.at(-1)?.end ?? after.startDate;
      return before && before.startDate < end ? [{ before, after, start: before.startDate, end }] : [];
    }),
  );
  return pairs[place % pairs.length];
};

const moved = (world: DrawnWorld, { before, after }: Boundary, to: number): DrawnWorld => ({
  ...world,
  subscription: {
    ...world.subscription,
    lineItems: world.subscription.lineItems.map((item) => {
      if (item === before) return { ...item, endDate: to };
      return item === after ? { ...item, startDate: to } : item;
    }),
  },
});

const chargesOf = (world: DrawnWorld): readonly (readonly Charge[])[] =>
  world.periods.map((period) => chargesIn(world, period));
/** Versions without units are left out: they may have no time in the period. */
const versionTexts = (world: DrawnWorld) =>
  chargesOf(world).map((charges) =>
    charges.flatMap(({ versions }) =>
      versions
        .map(({ version, quantity, adjusted, amount, cost }) => [
          version.item.id,
          ...[quantity, adjusted, amount, readableDecimal(cost)].map(text),
        ])
        .filter(([, ...numbers]) => numbers.some((number) => number !== '0')),
    ),
  );

test('where events add units, a boundary that meets no event changes nothing of any version', () => {
  const types = ['COUNT', 'SUM', 'SUM_WITH_MULTIPLIER'] as const;
  const seen = { moved: 0 };
  fc.assert(
    fc.property(chargedWorlds({ types, mostLines: 1, hasRefunds: false }), fc.nat(3), shares, (world, place, share) => {
      const boundary = boundaryOf(world, place);
      if (boundary === undefined) return;
      const at = boundary.after.startDate;
      const instants = world.usage.map((used) => used.at);
      const first = Math.max(boundary.start, ...instants.flatMap((one) => (one < at ? [one + 1] : [])));
      const last = Math.min(boundary.end, ...instants.flatMap((one) => (one >= at ? [one] : [])));
      const to = first + Math.floor(share * (last - first));
      expect(versionTexts(moved(world, boundary, to))).toEqual(versionTexts(world));
      seen.moved += Number(to !== at);
    }),
    { numRuns: 300 },
  );
  expect(seen.moved).toBeGreaterThan(100);
});

const slack = decimal('1e-6');

/** Returns what the whole line costs at the terms of each of its versions, the most of them. */
const dearest = ({ quantity, versions }: Charge): Quantity =>
  versions
    .map(({ version }) => costOfParts(priceQuantity(version.price, quantity)))
    .reduce((most, cost) => (cost.gt(most) ? cost : most), zeroQuantity);

/** Moves a boundary by a second, and compares the exact cost of each line with the share of the whole that has moved. */
const expectSmallSteps = (
  world: DrawnWorld,
  place: number,
  share: number,
  shareOfSecond: (charge: Charge, period: Period) => Quantity,
): boolean => {
  const boundary = boundaryOf(world, place);
  if (boundary === undefined || boundary.end - boundary.start < 3 * msPerSecond) return false;
  const room = boundary.end - boundary.start - 3 * msPerSecond;
  const at = boundary.start + msPerSecond + Math.floor(share * room);
  const [here, there] = [at, at + msPerSecond].map((to) => chargesOf(moved(world, boundary, to)));
  for (const [index, charges] of (here ?? []).entries()) {
    const period = world.periods[index] ?? boundary;
    for (const [line, charge] of charges.entries()) {
      const other = there?.[index]?.[line];
      if (other === undefined) throw new Error('a line is gone');
      expect(text(other.quantity)).toBe(text(charge.quantity));
      const most = [charge, other].map(dearest).reduce((a, b) => (a.gt(b) ? a : b));
      const step = readableDecimal(other.cost).minus(readableDecimal(charge.cost)).abs();
      expect(step.lte(most.times(shareOfSecond(charge, period)).plus(slack))).toBe(true);
    }
  }
  return true;
};

describe('a boundary that moves by a second', () => {
  test('moves a second of what is shared by time', () => {
    const types = ['MAX', 'MIN', 'LATEST', 'AVG', 'COUNT_UNIQUE'] as const;
    const worlds = chargedWorlds({ types, mostLines: 1, hasBuckets: false });
    const seen = { moved: 0 };
    fc.assert(
      fc.property(worlds, fc.nat(3), shares, (world, place, share) => {
        const ofTime = ({ versions }: Charge): Quantity => {
          const time = versions.reduce((sum, { version }) => sum + version.end - version.start, 0);
          return decimal(String(msPerSecond)).div(decimal(String(time)));
        };
        seen.moved += Number(expectSmallSteps(world, place, share, ofTime));
      }),
      { numRuns: 200 },
    );
    expect(seen.moved).toBeGreaterThan(50);
  });

  test('moves a second of a level', () => {
    const worlds = chargedWorlds({ types: ['WEIGHTED_SUM'], mostLines: 1, hasRefunds: false });
    const seen = { moved: 0 };
    fc.assert(
      fc.property(worlds, fc.nat(3), shares, (world, place, share) => {
        const highest = sumOf(world.usage.map(({ value }) => decimal(value)));
        const ofLevel = ({ measured }: Charge, period: Period): Quantity => {
          if (measured.quantity.eq(zeroQuantity)) return zeroQuantity;
          const whole = uncutPeriodAt(world.subscription, period.start);
          const perSecond = highest.times(decimal('1000')).div(decimal(String(whole.end - whole.start - 1000)));
          return perSecond.div(measured.quantity);
        };
        seen.moved += Number(expectSmallSteps(world, place, share, ofLevel));
      }),
      { numRuns: 200 },
    );
    expect(seen.moved).toBeGreaterThan(50);
  });
});
