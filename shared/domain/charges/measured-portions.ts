// Measures the portions of a line from the stretches of its meter.
import type { AggregationType } from '../meters/meter.ts';
import { sumOf } from '../numbers/quantity.ts';
import { createState, mergeState, ungroup, type UsageState } from '../usage/usage-state.ts';
import { valueOf } from '../usage/usage-value.ts';
import { type Increment, type Increments, unscaled } from './increments.ts';
import { type MeasuredRanges, termsTextOf, timesOf, versionOf } from './measured-ranges.ts';
import { netUnits } from './net-units.ts';
import { dividedBy, type Portion } from './portion.ts';
import type { Stretch, Stretches } from './timeline.ts';

const byKey = (groups: UsageState['groups']): readonly [string, ReturnType<typeof ungroup>][] =>
  [...groups].sort(([a], [b]) => (a < b ? -1 : 1));

/** Returns portions of units that come to be over time. */
export const unitPortions = (
  line: MeasuredRanges,
  { stretches }: Stretches,
  { scale, list }: Increments,
  { isLevel, isBucketed }: { readonly isLevel: boolean; readonly isBucketed: boolean },
): readonly Portion[] => {
  const versionsOf = (some: readonly Increment[]) =>
    some.map(({ stretch, units }) => {
      const own = stretches[stretch];
      return { version: own ? versionOf(line, own) : 0, window: 0, units };
    });
  const termsOf = termsTextOf(line);
  const portionOf = (start: number, some: readonly Increment[]): Portion => {
    const own = versionsOf(some);
    const shares = netUnits(own, line.versions.length, termsOf);
    const quantity = unscaled(sumOf(shares), scale);
    return {
      start,
      values: [quantity],
      units: isLevel ? dividedBy(quantity, shares) : shares,
      shares,
      first: own[0]?.version ?? 0,
    };
  };
  if (!isBucketed) return [portionOf(line.period.start, list)];
  const byBucket = Map.groupBy(list, ({ bucket }) => bucket);
  return [...byBucket].map(([start = 0, some]) => portionOf(start, some)).sort((a, b) => a.start - b.start);
};

interface Covered {
  readonly type: AggregationType;
  readonly stretches: readonly Stretch[];
}

/** Returns the one portion of a value that is shared by time. */
export const wholePortion = (line: MeasuredRanges, { type, stretches }: Covered): Portion => {
  const total = createState();
  for (const { usage } of stretches) mergeState(total, usage.total, type);
  const value = valueOf(type, ungroup(total, type), line.period);
  const shares = timesOf(line, line.period);
  return { start: line.period.start, values: [value], units: dividedBy(value, shares), shares, first: 0 };
};

/** Returns the portions of buckets whose values are shared by time. */
export const bucketPortions = (
  line: MeasuredRanges,
  { type, stretches }: Covered,
  endOf: (start: number) => number,
): readonly Portion[] => {
  const buckets = new Map<number, UsageState>();
  for (const [start, state] of stretches.flatMap(({ usage }) => [...usage.parts])) {
    const bucket = buckets.get(start) ?? createState();
    buckets.set(start, bucket);
    mergeState(bucket, state, type);
  }
  return [...buckets]
    .sort(([a], [b]) => a - b)
    .map(([start, { groups }]) => {
      const values = byKey(groups).map(([, group]) => valueOf(type, group, line.period));
      const shares = timesOf(line, { start, end: endOf(start) });
      return { start, values, units: dividedBy(sumOf(values), shares), shares, first: 0 };
    });
};
