// Breaks usage down by the groups that were asked for. A definition may be grouped more finely than the question: by what its meter
// is grouped by, and by the source of events.
import { aggregatorOf } from '../aggregations/aggregators.ts';
import type { AggregationType } from '../meters/meter.ts';
import { type Quantity, sumOf, zeroQuantity } from '../numbers/quantity.ts';
import type { Period } from '../time/period.ts';
import { textsOfGroupKey } from './event-reading.ts';
import { createState, mergeState, type UsageState } from './usage-state.ts';
import { valueOf } from './usage-value.ts';

export interface BreakdownOptions {
  readonly type: AggregationType;
  /** Indexes in the definition's `groupBy` that were asked for. */
  readonly asked: readonly number[];
  /** Indexes that the meter has by itself. */
  readonly own: readonly number[];
}

/** Usage of one window or bucket. */
export interface BreakdownPoint {
  /** UTC milliseconds. */
  readonly start: number;
  readonly usage: Quantity;
  /** Events that count. */
  readonly eventCount: number;
}

const keyAt = (texts: readonly string[], indexes: readonly number[]): string =>
  JSON.stringify(indexes.map((index) => texts[index] ?? ''));

/** Divides a state by the JSON text of the texts that were asked for; each part is grouped by what the meter has by itself. */
export const divide = (state: UsageState, { type, asked, own }: BreakdownOptions): ReadonlyMap<string, UsageState> => {
  const parts = new Map<string, UsageState>();
  for (const [key, group] of state.groups) {
    const texts = textsOfGroupKey(key);
    if (asked.length === 0 && own.length === texts.length) return new Map([[keyAt(texts, asked), state]]);
    const askedKey = keyAt(texts, asked);
    const part = parts.get(askedKey) ?? createState();
    parts.set(askedKey, part);
    mergeState(part, { ...createState(), groups: new Map([[keyAt(texts, own), group]]) }, type);
  }
  return parts;
};

export const countOf = ({ groups }: UsageState): number => {
  let count = 0;
  for (const { counted } of groups.values()) count += counted;
  return count;
};

/** Returns the points of each group that was asked for, by start, from states by start. Values of the meter's groups are added up. */
export const pointsByGroup = (
  parts: ReadonlyMap<number, UsageState>,
  range: Period,
  options: BreakdownOptions,
): ReadonlyMap<string, readonly BreakdownPoint[]> => {
  const points = new Map<string, BreakdownPoint[]>();
  for (const [start, state] of [...parts].sort(([a], [b]) => a - b)) {
    for (const [key, part] of divide(state, options)) {
      const values = Array.from(part.groups.values(), (group) => valueOf(options.type, group, range));
      const ofGroup = points.get(key) ?? [];
      points.set(key, ofGroup);
      ofGroup.push({ start, usage: sumOf(values), eventCount: countOf(part) });
    }
  }
  return points;
};

/** Combines buckets into points of coarser windows. `windowOf` returns the start of the window that contains an instant. */
export const rollUp = (
  points: readonly BreakdownPoint[],
  type: AggregationType,
  windowOf: (instant: number) => number,
): readonly BreakdownPoint[] => {
  const { buckets } = aggregatorOf(type);
  if (!buckets) throw new Error(`buckets of ${type}`);
  const windows = new Map<number, BreakdownPoint>();
  for (const point of points) {
    const start = windowOf(point.start);
    const into = windows.get(start) ?? { start, usage: zeroQuantity, eventCount: 0 };
    windows.set(start, {
      start,
      usage: buckets.rollUp(into.usage, point.usage),
      eventCount: into.eventCount + point.eventCount,
    });
  }
  return [...windows.values()];
};
