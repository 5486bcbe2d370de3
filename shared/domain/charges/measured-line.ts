// Measures the quantity of a line from the states of a fold: its value, its buckets, and its value in each span that an allowance is
// granted for.
import { billedMeter } from '../catalog/billed-meter.ts';
import type { AggregationType, Meter } from '../meters/meter.ts';
import { type Quantity, sumOf, zeroQuantity } from '../numbers/quantity.ts';
import { billingAnchorAt } from '../subscriptions/subscription-period.ts';
import { periodsUntil } from '../time/billing-period.ts';
import { civilDayOfMonth } from '../time/civil-time.ts';
import { msPerDay, zeroInstant } from '../time/instant.ts';
import { bucketStart } from '../time/usage-window.ts';
import { type Definition, definitionOfMeter } from '../usage/definition.ts';
import { createState, type GroupState, mergeGroups, ungroup, type UsageState } from '../usage/usage-state.ts';
import { createSummary, sumOfParts, valueOf } from '../usage/usage-value.ts';
import type { UsageLine } from './usage-line.ts';

/** Span that an allowance is granted for: the line's whole window, each UTC day, each month of the anchor, or all since the start. */
export type AllowanceSpan = 'window' | 'day' | 'month' | 'since_start';

/** Bucket, day or month, with the values that are priced one by one: for a bucket those of the meter's groups. */
export interface MeasuredPart {
  /** UTC milliseconds. */
  readonly start: number;
  readonly values: readonly Quantity[];
}

export interface MeasuredLine {
  readonly line: UsageLine;
  /** Aggregate over the line's window, or the sum of its buckets (of the price or the meter). Never negative. */
  readonly quantity: Quantity;
  /** Buckets with events, by start; undefined: the line has no buckets. */
  readonly buckets: readonly MeasuredPart[] | undefined;
  /** Days or months, by start, for the spans `day` and `month`. */
  readonly spans: readonly MeasuredPart[];
  /** For the span `since_start`: values from the subscription's start to the window's end, and to the window's start. */
  readonly sinceStart: { readonly total: Quantity; readonly before: Quantity } | undefined;
  /** Value from the beginning of time to the window's end, for a meter that is never reset. */
  readonly cumulative: Quantity | undefined;
  /** State of the window. */
  readonly state: UsageState;
}

/** Reading of a line: the slots that it needs of a fold, and the measured result. */
export interface LineReading {
  readonly line: UsageLine;
  readonly definition: Definition;
  /** Range to read, half-open, UTC milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly boundaries: readonly number[];
  readonly add: (slot: number, state: UsageState) => void;
  readonly measure: () => MeasuredLine;
}

export const valueOfPart = ({ values }: MeasuredPart): Quantity => sumOf(values);

/** Returns the starts of the months of the anchor that the line's window touches. */
const monthStarts = ({ subscription, start, end }: UsageLine): readonly number[] => {
  const cadence = {
    billingPeriod: 'MONTHLY',
    billingPeriodCount: 1,
    billingAnchor: billingAnchorAt(subscription, start),
    timezone: subscription.timezone,
  } as const;
  const months = periodsUntil(cadence, Math.min(subscription.startDate, start), end);
  return months.filter((month) => month.end > start).map((month) => month.start);
};

const lastAtOrBefore = (starts: readonly number[], instant: number): number | undefined =>
  starts.findLast((start) => start <= instant);

interface Division {
  readonly partOf?: (slot: number) => number | undefined;
  /** Instants at which a slot may be split. */
  readonly boundaries: readonly number[];
}

const bucketsOf = (line: UsageLine, { aggregation: { bucketSize } }: Meter): Division['partOf'] => {
  const anchorDay = civilDayOfMonth(billingAnchorAt(line.subscription, line.start), 'UTC');
  return bucketSize && ((slot) => bucketStart(bucketSize, slot, anchorDay));
};

const spansOf = (line: UsageLine, span: AllowanceSpan): Division => {
  if (span === 'day') return { partOf: (slot) => Math.floor(slot / msPerDay) * msPerDay, boundaries: [] };
  if (span !== 'month') return { boundaries: [] };
  const starts = monthStarts(line);
  return { partOf: (slot) => lastAtOrBefore(starts, slot), boundaries: starts };
};

const noSpans: Division = { boundaries: [] };

const byStart = <T>(parts: ReadonlyMap<number, T>): [number, T][] => [...parts].sort(([a], [b]) => a - b);

const merge = (a: GroupState | undefined, b: GroupState | undefined, type: AggregationType): GroupState | undefined =>
  mergeGroups(
    [a, b].filter((group) => group !== undefined),
    type,
  );

/** Returns the result for a line whose meter does not exist any more. */
export const unmeasured = (line: UsageLine): MeasuredLine => ({
  line,
  quantity: zeroQuantity,
  buckets: undefined,
  spans: [],
  sinceStart: undefined,
  cumulative: undefined,
  state: createState(),
});

/**
 * Creates the reading of a line. Add the states of all slots from `from` to `to`, split at the `boundaries`, in any order; then measure.
 * Allowances apply to a sum with or without buckets of its price; buckets of the meter, or of a maximum, have no spans.
 */
export const readLine = (line: UsageLine, ownMeter: Meter, span: AllowanceSpan): LineReading => {
  const { start, end } = line;
  const meter = billedMeter(ownMeter, line.price);
  const definition = definitionOfMeter(meter);
  const { type } = definition;
  const bucketOf = bucketsOf(line, meter);
  const isBucketed = bucketOf !== undefined;
  const hasSpans = !isBucketed || (type === 'SUM' && ownMeter.aggregation.bucketSize === undefined);
  const isNeverReset = meter.resetUsage === 'NEVER';
  const isSinceStart = span === 'since_start' && hasSpans;
  const { partOf: spanOf, boundaries } = hasSpans ? spansOf(line, span) : noSpans;
  const subscriptionStart = Math.min(line.subscription.startDate, start);
  const within = createSummary(type, bucketOf ?? spanOf);
  const spans = isBucketed ? createSummary(type, spanOf) : within;
  const sinceStart = createSummary(type);
  const before = createSummary(type);
  const all = createSummary(type, bucketOf);

  // A WEIGHTED_SUM of a part is also weighted by the whole window.
  const valueInWindow = (group: GroupState | undefined): Quantity => valueOf(type, group, { start, end });

  const measureBuckets = (): readonly MeasuredPart[] =>
    byStart(within.parts).map(([at, { groups }]) => ({
      start: at,
      values: Array.from(groups.values(), valueInWindow),
    }));

  const measureSpans = (): readonly MeasuredPart[] =>
    byStart(spans.parts).map(([at, state]) => ({ start: at, values: [valueInWindow(ungroup(state, type))] }));

  const measureSinceStart = (): MeasuredLine['sinceStart'] => {
    const earlier = ungroup(sinceStart.total, type);
    const total = merge(earlier, ungroup(within.total, type), type);
    return {
      total: valueOf(type, total, { start: subscriptionStart, end }),
      before: valueOf(type, earlier, { start: subscriptionStart, end: start }),
    };
  };

  const measureCumulative = (): Quantity => {
    if (isBucketed) return sumOfParts(all, type, { start, end });
    // Events before the window have the weight 1.
    if (type === 'WEIGHTED_SUM')
      return valueOf(type, ungroup(within.total, type), { start, end }, ungroup(before.total, type));
    return valueOf(type, ungroup(all.total, type), { start, end });
  };

  return {
    line,
    definition,
    from: isNeverReset ? zeroInstant : isSinceStart ? subscriptionStart : start,
    to: Math.min(end, meter.archivedAt ?? end),
    boundaries: [subscriptionStart, start, ...boundaries.filter((boundary) => boundary > start)],
    add: (slot, state) => {
      if (slot >= start) within.add(slot, state);
      else if (isNeverReset) before.add(slot, state);
      if (slot >= start && spans !== within && spanOf) spans.add(slot, state);
      if (isSinceStart && slot >= subscriptionStart && slot < start) sinceStart.add(slot, state);
      if (isNeverReset) all.add(slot, state);
    },
    measure: () => {
      const buckets = isBucketed ? measureBuckets() : undefined;
      return {
        line,
        quantity: buckets ? sumOf(buckets.map(valueOfPart)) : valueInWindow(ungroup(within.total, type)),
        buckets,
        spans: spanOf ? measureSpans() : [],
        sinceStart: isSinceStart ? measureSinceStart() : undefined,
        cumulative: isNeverReset ? measureCumulative() : undefined,
        state: within.total,
      };
    },
  };
};
