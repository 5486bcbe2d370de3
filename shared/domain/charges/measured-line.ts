// Measures a line from the stretches of its meter: its quantity, the part of each version, and the portions that are priced.
import { aggregatorOf } from '../aggregations/aggregators.ts';
import type { Meter } from '../meters/meter.ts';
import { type Quantity, sumOf, zeroQuantity } from '../numbers/quantity.ts';
import { uncutPeriodAt } from '../subscriptions/subscription-period.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Period } from '../time/period.ts';
import { nextBucketStart } from '../time/usage-window.ts';
import { ungroup, type UsageState } from '../usage/usage-state.ts';
import { createSummary, sumOfParts, valueOf } from '../usage/usage-value.ts';
import { type Increments, incrementsOf, type Weighing } from './increments.ts';
import { bucketPortions, unitPortions, wholePortion } from './measured-portions.ts';
import { type MeasuredRanges, versionOf } from './measured-ranges.ts';
import { type Portion, quantityOfPortion, unitsByVersion } from './portion.ts';
import type { Stretches, Timeline } from './timeline.ts';
import type { UsageLine } from './usage-line.ts';

type Sharing = 'units' | 'level' | 'time';

interface MeasuredVersion {
  /** Part of the line's quantity: its own units, or where units do not come to be over time its share of the time. */
  readonly quantity: Quantity;
  /** States of its stretches. */
  readonly states: readonly UsageState[];
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
