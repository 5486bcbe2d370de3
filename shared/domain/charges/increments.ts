// Units that come to be over time, for aggregations whose units do: sums, counts, and levels that last. An increment is what one
// stretch, or one bucket in it, adds.
import { aggregatorOf } from '../aggregations/aggregators.ts';
import type { Level } from '../aggregations/aggregator.ts';
import type { AggregationType } from '../meters/meter.ts';
import { decimal, oneQuantity, type Quantity, sumOf, zeroQuantity } from '../numbers/quantity.ts';
import { wholeSeconds } from '../time/instant.ts';
import { isInPeriod } from '../time/billing-period.ts';
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

/** Periods that a level is weighed by, stretch by stretch. */
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

/** Increment of one version of a line, in one window of an allowance. */
export interface VersionUnits {
  readonly version: number;
  readonly window: number;
  readonly units: Quantity;
}

/** Returns the totals up to the end of each of some consecutive versions, 0 or more: what no later total is below. */
const leastTotals = (units: readonly Quantity[]): Quantity[] => {
  let total = zeroQuantity;
  const totals = units.map((own) => (total = total.plus(own)));
  let least: Quantity | undefined;
  return totals
    .reverse()
    .map((upTo) => {
      least = least === undefined || upTo.lt(least) ? upTo : least;
      return least.lt(zeroQuantity) ? zeroQuantity : least;
    })
    .reverse();
};

/** Returns by how much each total is greater than the one before. */
const rises = (totals: readonly Quantity[]): readonly Quantity[] =>
  totals.map((total, index) => total.minus(totals[index - 1] ?? zeroQuantity));

/** Nets the units of versions with the same terms, of which `most` are left. */
const netRun = (units: readonly Quantity[], most: Quantity): readonly Quantity[] => {
  const totals = leastTotals(units).map((total) => (total.lt(most) ? total : most));
  return rises([...totals.slice(0, -1), most]);
};

/** Nets the units of versions, which are by version; neighbours with the same terms as one. */
const netWindow = (
  units: ReadonlyMap<number, Quantity>,
  termsOf: (version: number) => string,
): ReadonlyMap<number, Quantity> => {
  const runs: [number, ...number[]][] = [];
  for (const version of [...units.keys()].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && termsOf(run[0]) === termsOf(version)) run.push(version);
    else runs.push([version]);
  }
  const unitsOf = (run: readonly number[]): Quantity[] => run.map((version) => units.get(version) ?? zeroQuantity);
  const left = rises(leastTotals(runs.map((run) => sumOf(unitsOf(run)))));
  return new Map(
    runs.flatMap((run, index) => {
      const net = netRun(unitsOf(run), left[index] ?? zeroQuantity);
      return run.map((version, place) => [version, net[place] ?? zeroQuantity] as const);
    }),
  );
};

/**
 * Returns the units of each version, 0 or more. Negative units are taken from the units before them, the last first, and what nobody
 * has from those that come after: up to the end of a version there are max(0, least running total from it to the last version)
 * units. Versions without usage are left out, and neighbours with the same terms are one, so that no boundary moves a unit to other
 * terms. Each window is netted by itself. `termsOf`: text that is the same for the same terms.
 */
export const netUnits = (
  increments: readonly VersionUnits[],
  versions: number,
  termsOf: (version: number) => string,
): readonly Quantity[] => {
  const net = Array.from({ length: versions }, () => zeroQuantity);
  for (const own of Map.groupBy(increments, ({ window }) => window).values()) {
    const byVersion = new Map<number, Quantity>();
    for (const { version, units } of own) byVersion.set(version, (byVersion.get(version) ?? zeroQuantity).plus(units));
    for (const [version, units] of netWindow(byVersion, termsOf)) {
      net[version] = (net[version] ?? zeroQuantity).plus(units);
    }
  }
  return net;
};
