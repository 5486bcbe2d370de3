// Units that come to be over time, for aggregations whose units do: sums, counts, and levels that last. An increment is what one
// stretch, or one bucket in it, adds.
import { aggregatorOf } from '../aggregations/aggregators.ts';
import type { Level } from '../aggregations/aggregator.ts';
import type { AggregationType } from '../meters/meter.ts';
import { decimal, oneQuantity, type Quantity, zeroQuantity } from '../numbers/quantity.ts';
import { wholeSeconds } from '../time/instant.ts';
import { isInPeriod } from '../time/billing-period.ts';
import { type Period, secondsOf } from '../time/period.ts';
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

/** Periods that a level is weighed by, stretch by stretch. */
export interface Weighing {
  /** Period that a stretch is a part of: its level counts by its seconds out of those of this period. */
  readonly periodOf: (stretch: Period) => Period;
  /** Whether the level begins at 0 with a stretch. */
  readonly isNew: (stretch: Period) => boolean;
}

/** Divides units by their scale. */
export const unscaled = (units: Quantity, scale: Quantity): Quantity =>
  scale === oneQuantity ? units : units.div(scale);

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

/** Returns a function that reports whether a stretch, which no end of a range divides, is in any of the ranges. */
export const isIn =
  (ranges: readonly Period[]) =>
  ({ start }: Period): boolean =>
    ranges.some((range) => isInPeriod(range, start));

const nothing: Level = { sum: zeroQuantity, moment: zeroQuantity };

/**
 * Returns level × seconds of each covered stretch, over the seconds of its period. The level is that of the meter: it rises where any
 * line bills, and that of a meter that is never reset wherever there is usage.
 */
const levelIncrements = (
  { before, stretches }: Stretches,
  type: AggregationType,
  rises: (stretch: Period) => boolean,
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
    if (isNew(stretch)) level = zeroQuantity;
    const { sum, moment } = levelOf(stretch.usage.total);
    const isOn = isCovered(stretch);
    const held = level.times(decimal(String(secondsOf(stretch))));
    const risen = sum.times(decimal(String(wholeSeconds(stretch.end)))).minus(moment);
    if (rises(stretch)) level = level.plus(sum);
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
  /** Ranges of all usage items on the meter: what its lines bill together. */
  readonly ranges: readonly Period[];
  readonly weighing: Weighing;
}

/** Returns the increments of the covered stretches; undefined for an aggregation whose units do not come to be over time. */
export const incrementsOf = (
  stretches: Stretches,
  { type, isBucketed, isNeverReset, isCovered, ranges, weighing }: IncrementTerms,
): Increments | undefined => {
  const { accrual } = aggregatorOf(type);
  if (accrual === undefined) return undefined;
  if (accrual === 'units') return unitIncrements(stretches, type, isBucketed, isCovered);
  return isNeverReset
    ? levelIncrements(stretches, type, () => true, isCovered, { ...weighing, isNew: () => false })
    : levelIncrements(stretches, type, isIn(ranges), isCovered, weighing);
};
