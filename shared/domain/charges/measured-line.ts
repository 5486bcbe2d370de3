// Measures a line from the stretches of its meter: its quantity, the part of each version, and the portions that are priced.
import { aggregatorOf } from '../aggregations/aggregators.ts';
import type { AggregationType, Meter } from '../meters/meter.ts';
import { decimal, type Quantity, sumOf, zeroQuantity } from '../numbers/quantity.ts';
import { uncutPeriodAt } from '../subscriptions/subscription-period.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { isInPeriod } from '../time/billing-period.ts';
import type { Price } from '../pricing/price.ts';
import { textOfTerms } from '../pricing/same-terms.ts';
import type { Period } from '../time/period.ts';
import { nextBucketStart } from '../time/usage-window.ts';
import { createState, mergeState, ungroup, type UsageState } from '../usage/usage-state.ts';
import { createSummary, sumOfParts, valueOf } from '../usage/usage-value.ts';
import { type Increment, type Increments, incrementsOf, netUnits, type Weighing } from './increments.ts';
import { dividedBy, type Portion, quantityOfPortion, unitsByVersion } from './portion.ts';
import type { Stretch, Stretches, Timeline } from './timeline.ts';
import type { UsageLine } from './usage-line.ts';

type Sharing = 'units' | 'level' | 'time';

interface MeasuredVersion {
  /** Part of the line's quantity: its own units, or where units do not come to be over time its share of the time. */
  readonly quantity: Quantity;
  /** States of its stretches. */
  readonly states: readonly UsageState[];
}

interface MeasuredRange extends Period {
  readonly price?: Price;
}

/** Ranges that are measured together, in a period. */
export interface MeasuredRanges {
  readonly period: Period;
  /** By start; they never overlap. `price`: undefined where no line bills them. */
  readonly versions: readonly [MeasuredRange, ...MeasuredRange[]];
}

export interface MeasuredLine<Line extends MeasuredRanges = UsageLine> {
  readonly line: Line;
  /** Aggregate over the time of the versions, or the sum of its buckets. Never negative. */
  readonly quantity: Quantity;
  /** In the order of the line; their quantities add up to that of the line. */
  readonly versions: readonly MeasuredVersion[];
  /** Buckets with events, by start; or the period as one. */
  readonly portions: readonly Portion[];
  readonly isBucketed: boolean;
  /** How versions share a portion: by their units, by how much of a level they held, or by their time. */
  readonly sharing: Sharing;
  /** undefined: they share by time. */
  readonly increments: Increments | undefined;
  /** Value from the beginning of time to the end of the line, for a meter that is never reset. */
  readonly cumulative: Quantity | undefined;
}

export interface MeasuringTerms {
  /** Ranges of all usage items on the meter: what its lines bill together. */
  readonly ranges: readonly Period[];
  readonly weighing: Weighing;
  readonly bucketAnchorDay: number;
}

/** Weighs a level as bills do: an instant by its own billing period, which no stub, trial end or requested range cuts. */
export const weighingOfBills = (subscription: Subscription, { start }: Period): Weighing => ({
  periodOf: (stretch) => uncutPeriodAt(subscription, stretch.start),
  // A requested range is one period; before it those of the bills are.
  isNew: (stretch) =>
    stretch.start === start ||
    (stretch.start < start && uncutPeriodAt(subscription, stretch.start).start === stretch.start),
});

/** Returns the index of the version that bills a stretch; -1: none does. */
export const versionOf = ({ versions }: Pick<MeasuredRanges, 'versions'>, { start }: Period): number =>
  versions.findIndex((version) => isInPeriod(version, start));

/** Returns a function that tells the terms of a version by a text; the same text for terms by which everything costs the same. */
export const termsTextOf = ({ versions }: Pick<MeasuredRanges, 'versions'>): ((version: number) => string) => {
  const texts = versions.map(({ price }) => {
    if (price === undefined) return '';
    const { billingModel, amount, tierMode, tiers, transformQuantity } = price;
    return textOfTerms({
      billingModel,
      amount,
      ...(tierMode && { tierMode }),
      ...(tiers && { tiers }),
      ...(transformQuantity && { transformQuantity }),
    });
  });
  return (version) => texts[version] ?? '';
};

/** Returns the milliseconds of each version in a period. */
export const timesOf = ({ versions }: Pick<MeasuredRanges, 'versions'>, { start, end }: Period): readonly Quantity[] =>
  versions.map((version) => decimal(String(Math.max(0, Math.min(version.end, end) - Math.max(version.start, start)))));

const byKey = (groups: UsageState['groups']): readonly [string, ReturnType<typeof ungroup>][] =>
  [...groups].sort(([a], [b]) => (a < b ? -1 : 1));

/** Returns portions of units that come to be over time. */
const unitPortions = (
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
    const quantity = sumOf(shares).div(scale);
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
const wholePortion = (line: MeasuredRanges, { type, stretches }: Covered): Portion => {
  const total = createState();
  for (const { usage } of stretches) mergeState(total, usage.total, type);
  const value = valueOf(type, ungroup(total, type), line.period);
  const shares = timesOf(line, line.period);
  return { start: line.period.start, values: [value], units: dividedBy(value, shares), shares, first: 0 };
};

/** Returns the portions of buckets whose values are shared by time. */
const bucketPortions = (
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

/** Returns the value from the beginning of time to `end`, of usage that no level measures. */
const cumulativeOf = ({ before, stretches }: Stretches, meter: Meter, { start, end }: Period): Quantity => {
  const { type, bucketSize } = meter.aggregation;
  const all = createSummary(type, bucketSize && ((slot) => slot));
  const earlier = [before, ...stretches.filter((stretch) => stretch.end <= end).map(({ usage }) => usage)];
  for (const { total, parts } of earlier) {
    if (bucketSize === undefined) all.add(start, total);
    else for (const [bucket, state] of parts) all.add(bucket, state);
  }
  return bucketSize === undefined
    ? valueOf(type, ungroup(all.total, type), { start, end })
    : sumOfParts(all, type, { start, end });
};

/** Returns the result for a line whose meter does not exist any more. */
export const unmeasured = (line: UsageLine): MeasuredLine => ({
  line,
  quantity: zeroQuantity,
  versions: line.versions.map(() => ({ quantity: zeroQuantity, states: [] })),
  portions: [],
  isBucketed: false,
  sharing: 'time',
  increments: undefined,
  cumulative: undefined,
});

export type MeasuredTimeline = Pick<Timeline, 'meter' | 'before' | 'stretches'>;

/** Measures a line. The timeline is cut at the ends of its versions and of its period. */
export const measureLine = <Line extends MeasuredRanges>(
  line: Line,
  timeline: MeasuredTimeline,
  { ranges, weighing, bucketAnchorDay }: MeasuringTerms,
): MeasuredLine<Line> => {
  const { meter } = timeline;
  const { type, bucketSize } = meter.aggregation;
  const isBucketed = bucketSize !== undefined;
  const isNeverReset = meter.resetUsage === 'NEVER';
  const stretches = timeline.stretches.filter((stretch) => versionOf(line, stretch) >= 0);
  const increments = incrementsOf(timeline, {
    type,
    isBucketed,
    isNeverReset,
    isCovered: (stretch) => versionOf(line, stretch) >= 0,
    ranges,
    weighing,
  });
  const sharing = aggregatorOf(type).accrual ?? 'time';
  const isLevel = sharing === 'level';
  const portions = increments
    ? unitPortions(line, timeline, increments, { isLevel, isBucketed })
    : bucketSize === undefined
      ? [wholePortion(line, { type, stretches })]
      : bucketPortions(line, { type, stretches }, (start) => nextBucketStart(bucketSize, start, bucketAnchorDay));
  const quantity = sumOf(portions.map(quantityOfPortion));
  const range = { start: line.period.start, end: line.versions.at(-1)?.end ?? line.period.end };
  return {
    line,
    quantity,
    versions: unitsByVersion(portions, line.versions.length).map((own, index) => ({
      quantity: own,
      states: stretches.filter((stretch) => versionOf(line, stretch) === index).map(({ usage }) => usage.total),
    })),
    portions,
    isBucketed,
    sharing,
    increments,
    cumulative: isNeverReset ? (isLevel ? quantity : cumulativeOf(timeline, meter, range)) : undefined,
  };
};
