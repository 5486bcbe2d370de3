// Units that come to be over time, for aggregations whose units do: sums, counts, and levels that last. An increment is what one
// stretch, or one bucket in it, adds.
import { aggregatorOf } from '../aggregations/aggregators.ts';
import type { Level } from '../aggregations/aggregator.ts';
import type { AggregationType } from '../meters/meter.ts';
import { decimal, oneQuantity, type Quantity, zeroQuantity } from '../numbers/quantity.ts';
import { wholeSeconds } from '../time/instant.ts';
import type { Period } from '../time/period.ts';
import { ungroup, type UsageState } from '../usage/usage-state.ts';
import type { Stretches } from './timeline.ts';

export interface Increment {
  /** Index of the stretch. */
  readonly stretch: number;
  /** Start of the bucket in it, UTC milliseconds; undefined: there are no buckets. */
  readonly bucket: number | undefined;
  /** Times the scale. May be negative. */
  readonly units: Quantity;
}

/** What a level is weighed by, stretch by stretch. */
export interface Weighing {
  /** Period that a stretch is a part of: its level counts by its seconds out of those of this period. */
  readonly periodOf: (stretch: Period) => Period;
  /** Whether the level begins at 0 with a stretch. */
  readonly isNew: (stretch: Period) => boolean;
}

export interface Increments {
  /** Units of all increments are multiplied by this whole number, so that they are decimals. */
  readonly scale: Quantity;
  /** By time. */
  readonly list: readonly Increment[];
}

/** Returns the sum of a state, negative or not. */
const unitsOf = (state: UsageState, type: AggregationType, range: Period): Quantity => {
  const group = ungroup(state, type);
  return group ? aggregatorOf(type).value(group, range) : zeroQuantity;
};

const byStart = (parts: ReadonlyMap<number, UsageState>): [number, UsageState][] =>
  [...parts].sort(([a], [b]) => a - b);

const unitIncrements = (
  { stretches }: Stretches,
  type: AggregationType,
  isBucketed: boolean,
  isCovered: (stretch: Period) => boolean,
): Increments => ({
  scale: oneQuantity,
  list: stretches.flatMap((stretch, index): Increment[] => {
    const { total, parts } = stretch.usage;
    if (total.groups.size === 0 || !isCovered(stretch)) return [];
    if (!isBucketed) return [{ stretch: index, bucket: undefined, units: unitsOf(total, type, stretch) }];
    return byStart(parts).map(([bucket, state]) => ({
      stretch: index,
      bucket,
      units: unitsOf(state, type, stretch),
    }));
  }),
});

const secondsOf = ({ start, end }: Period): number => wholeSeconds(end) - wholeSeconds(start);

const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : divisor(b, a % b));

/** Returns the least number that all are divisors of. */
const commonMultiple = (numbers: Iterable<number>): bigint => {
  let multiple = 1n;
  for (const number of numbers) {
    const next = BigInt(Math.max(1, number));
    multiple = (multiple * next) / divisor(multiple, next);
  }
  return multiple;
};

const nothing: Level = { sum: zeroQuantity, moment: zeroQuantity };

/**
 * Returns level × seconds of each covered stretch, over the seconds of its period. The level rises where it is covered; that of a
 * meter that is never reset rises wherever there is usage.
 */
const levelIncrements = (
  { before, stretches }: Stretches,
  type: AggregationType,
  isNeverReset: boolean,
  isCovered: (stretch: Period) => boolean,
  { periodOf, isNew }: Weighing,
): Increments => {
  const levelOf = (state: UsageState): Level => {
    const group = ungroup(state, type);
    return (group && aggregatorOf(type).level?.(group)) ?? nothing;
  };
  const seconds = stretches.map((stretch) => secondsOf(periodOf(stretch)));
  const scale = commonMultiple(seconds);
  let level = levelOf(before.total).sum;
  const list = stretches.map((stretch, index): Increment => {
    if (!isNeverReset && isNew(stretch)) level = zeroQuantity;
    const { sum, moment } = levelOf(stretch.usage.total);
    const isOn = isCovered(stretch);
    const held = level.times(decimal(String(secondsOf(stretch))));
    const risen = sum.times(decimal(String(wholeSeconds(stretch.end)))).minus(moment);
    if (isOn || isNeverReset) level = level.plus(sum);
    const share = seconds[index] === 0 ? 0n : scale / BigInt(Math.max(1, seconds[index] ?? 1));
    const units = isOn ? held.plus(risen).times(decimal(String(share))) : zeroQuantity;
    return { stretch: index, bucket: undefined, units };
  });
  return { scale: decimal(String(scale)), list };
};

export interface IncrementTerms {
  readonly type: AggregationType;
  readonly isBucketed: boolean;
  readonly isNeverReset: boolean;
  readonly isCovered: (stretch: Period) => boolean;
  readonly weighing: Weighing;
}

/** Returns the increments of the covered stretches; undefined for an aggregation whose units do not come to be over time. */
export const incrementsOf = (
  stretches: Stretches,
  { type, isBucketed, isNeverReset, isCovered, weighing }: IncrementTerms,
): Increments | undefined => {
  const { accrual } = aggregatorOf(type);
  if (accrual === 'units') return unitIncrements(stretches, type, isBucketed, isCovered);
  return accrual && levelIncrements(stretches, type, isNeverReset, isCovered, weighing);
};

/** Increment of one version of a line, in one window of an allowance. */
export interface VersionUnits {
  readonly version: number;
  readonly window: number;
  readonly units: Quantity;
}

const runningTotals = (increments: readonly VersionUnits[], versions: number): readonly Quantity[] => {
  const own = Array.from({ length: versions }, () => zeroQuantity);
  for (const { version, units } of increments) own[version] = (own[version] ?? zeroQuantity).plus(units);
  let total = zeroQuantity;
  return own.map((units) => (total = total.plus(units)));
};

/**
 * Returns the units of each version, 0 or more. Negative units are taken from the units before them, the last first, and what nobody
 * has from those that come after: up to the end of a version there are max(0, least running total from it to the last version)
 * units. Each window is settled by itself.
 */
export const settleUnits = (increments: readonly VersionUnits[], versions: number): readonly Quantity[] => {
  const units = Array.from({ length: versions }, () => zeroQuantity);
  for (const own of Map.groupBy(increments, ({ window }) => window).values()) {
    let least: Quantity | undefined;
    const upTo = runningTotals(own, versions).toReversed();
    const settled = upTo
      .map((total) => {
        least = least === undefined || total.lt(least) ? total : least;
        return least.lt(zeroQuantity) ? zeroQuantity : least;
      })
      .reverse();
    for (const [index, total] of settled.entries()) {
      units[index] = (units[index] ?? zeroQuantity).plus(total).minus(settled[index - 1] ?? zeroQuantity);
    }
  }
  return units;
};
