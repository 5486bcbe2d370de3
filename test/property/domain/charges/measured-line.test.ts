// Laws of what lines measure: every event of a line's versions is in it once, however they divide the period, as a naive count finds.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Charge } from '../../../../shared/domain/charges/charge.ts';
import type { AggregationType } from '../../../../shared/domain/meters/meter.ts';
import {
  decimal,
  formatQuantity as text,
  type Quantity,
  sumOf,
  zeroQuantity,
} from '../../../../shared/domain/numbers/quantity.ts';
import { msPerHour } from '../../../../shared/domain/time/instant.ts';
import type { Period } from '../../../../shared/domain/time/period.ts';
import { chargedWorlds } from '../../../support/worlds/charged-arbitraries.ts';
import type { DrawnWorld, WorldOptions } from '../../../support/worlds/charged-draws.ts';
import { shares } from '../../../support/arbitraries/fixed-arbitraries.ts';
import { chargesIn, type Used } from '../../../support/worlds/charged-world.ts';

const isWithin = ({ start, end }: Period, at: number): boolean => start <= at && at < end;
const unitsOf = ({ meter: { aggregation } }: DrawnWorld, { value }: Used): Quantity =>
  (aggregation.type === 'COUNT' ? decimal('1') : decimal(value)).times(decimal(aggregation.multiplier ?? '1'));
const versionsOf = ({ measured }: Charge): readonly Period[] => measured.line.versions;
const usedIn = ({ usage }: DrawnWorld, ranges: readonly Period[]): readonly Used[] =>
  usage.filter(({ at }) => ranges.some((range) => isWithin(range, at)));
const unitsIn = (world: DrawnWorld, ranges: readonly Period[]): Quantity =>
  sumOf(usedIn(world, ranges).map((used) => unitsOf(world, used)));

const everyLine = (options: WorldOptions, check: (world: DrawnWorld, charge: Charge) => void): void => {
  const seen = { used: 0 };
  fc.assert(
    fc.property(chargedWorlds({ hasRefunds: false, ...options }), (world) => {
      for (const charge of world.periods.flatMap((period) => chargesIn(world, period))) {
        check(world, charge);
        seen.used += Number(charge.measured.quantity.gt(zeroQuantity));
      }
    }),
    { numRuns: 150 },
  );
  expect(seen.used).toBeGreaterThan(50);
};

const units = ['COUNT', 'SUM', 'SUM_WITH_MULTIPLIER'] as const;

describe('a line measures', () => {
  test('the units of its events, each in the version that was there', () => {
    everyLine({ types: units }, (world, charge) => {
      const { measured } = charge;
      expect(text(measured.quantity)).toBe(text(unitsIn(world, versionsOf(charge))));
      expect(measured.versions.map(({ quantity }) => text(quantity))).toEqual(
        versionsOf(charge).map((version) => text(unitsIn(world, [version]))),
      );
    });
  });

  test('what is left after refunds, never less than nothing', () => {
    fc.assert(
      fc.property(chargedWorlds({ types: units, hasBuckets: false }), (world) => {
        for (const charge of world.periods.flatMap((period) => chargesIn(world, period))) {
          const sum = unitsIn(world, versionsOf(charge));
          expect(text(charge.measured.quantity)).toBe(text(sum.gt(zeroQuantity) ? sum : zeroQuantity));
        }
      }),
      { numRuns: 150 },
    );
  });

  test('the greatest, least, last and mean values, and how many are distinct, over all of its versions', () => {
    const types = ['MAX', 'MIN', 'LATEST', 'AVG', 'COUNT_UNIQUE'] as const;
    const naive: Partial<Record<AggregationType, (used: readonly Used[]) => Quantity>> = {
      MAX: (used) => used.map(({ value }) => decimal(value)).reduce((a, b) => (a.gt(b) ? a : b)),
      MIN: (used) => used.map(({ value }) => decimal(value)).reduce((a, b) => (a.lt(b) ? a : b)),
      // Of several at one instant the one with the greatest id, which is the later one here.
      LATEST: (used) => decimal(used.reduce((a, b) => (b.at >= a.at ? b : a)).value),
      AVG: (used) => sumOf(used.map(({ value }) => decimal(value))).div(decimal(String(used.length))),
      COUNT_UNIQUE: (used) => decimal(String(new Set(used.map(({ value }) => value)).size)),
    };
    everyLine({ types, hasBuckets: false }, (world, charge) => {
      const used = usedIn(world, versionsOf(charge));
      const value = used.length > 0 ? naive[world.meter.aggregation.type]?.(used) : zeroQuantity;
      expect(value && text(charge.measured.quantity)).toBe(value && text(value));
    });
  });

  test('its buckets, each with its own events', () => {
    const sixHours = 6 * msPerHour;
    everyLine({ types: ['SUM', 'MAX'] }, (world, charge) => {
      const { portions, isBucketed } = charge.measured;
      if (!isBucketed || world.meter.aggregation.bucketSize !== '6HOUR') return;
      for (const { start, values } of portions) {
        expect(start % sixHours).toBe(0);
        const bucket = { start, end: start + sixHours };
        const own = usedIn(world, versionsOf(charge)).filter(({ at }) => isWithin(bucket, at));
        const all = own.map((used) => unitsOf(world, used));
        const value = world.meter.aggregation.type === 'SUM' ? sumOf(all) : all.reduce((a, b) => (a.gt(b) ? a : b));
        expect(text(sumOf(values))).toBe(text(value));
      }
      const starts = portions.map(({ start }) => start);
      expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
    });
  });

  test('all usage from the beginning, too, if its meter is never reset', () => {
    everyLine({ types: units, hasBuckets: false }, (world, charge) => {
      const { cumulative, line } = charge.measured;
      const end = line.versions.at(-1)?.end ?? line.period.end;
      const all = unitsIn(world, [{ start: -Infinity, end }]);
      expect(cumulative && text(cumulative)).toBe(world.meter.resetUsage === 'NEVER' ? text(all) : undefined);
    });
  });

  test('nothing after its meter is archived', () => {
    fc.assert(
      fc.property(chargedWorlds({ types: units, hasRefunds: false }), shares, (world, share) => {
        const [first, last] = [world.periods[0], world.periods.at(-1)];
        if (first === undefined || last === undefined) return;
        const archivedAt = first.start + Math.floor(share * (last.end - first.start));
        const meter = { ...world.meter, archivedAt };
        const archived = { ...world, catalog: { ...world.catalog, meters: new Map([[meter.id, meter]]) } };
        for (const charge of world.periods.flatMap((period) => chargesIn(archived, period))) {
          const before = versionsOf(charge).map(({ start, end }) => ({ start, end: Math.min(end, archivedAt) }));
          expect(text(charge.measured.quantity)).toBe(text(unitsIn(world, before)));
        }
      }),
    );
  });
});
