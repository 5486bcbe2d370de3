// Breaks a summary down by the groups that were asked for. A definition may be grouped more finely than the question: by what
// its meter is grouped by, and by the source of events.
import { aggregatorOf } from '../aggregations/aggregators.ts';
import type { AggregationType } from '../meters/meter.ts';
import { type Quantity, sumOf, zeroQuantity } from '../numbers/quantity.ts';
import type { Period } from '../time/period.ts';
import { textsOfGroupKey } from './event-reading.ts';
import { type GroupState, mergeGroups } from './usage-state.ts';
import { type UsageSummary, valueOf } from './usage-value.ts';

export interface BreakdownOptions {
  readonly type: AggregationType;
  /** Indexes in the definition's `groupBy` that were asked for. */
  readonly asked: readonly number[];
  /** Indexes that the meter has by itself: the value is the sum of the values of these groups. */
  readonly own: readonly number[];
  readonly weighing: Period;
  /** Whether the whole is the sum of its buckets. */
  readonly isBucketed: boolean;
}

/** Usage of one window or bucket. */
export interface BreakdownPoint {
  /** UTC milliseconds. */
  readonly start: number;
  readonly usage: Quantity;
  /** The values of the groups that the meter has by itself; their sum is the usage. */
  readonly values: readonly Quantity[];
  /** Events that count. */
  readonly eventCount: number;
}

/** Usage of one group that was asked for. */
export interface Breakdown extends Pick<BreakdownPoint, 'usage' | 'eventCount'> {
  /** In the order of `asked`. */
  readonly texts: readonly string[];
  /** By start; those without events are left out. */
  readonly points: readonly BreakdownPoint[];
  /** Every group of the definition in it. */
  readonly groups: readonly (readonly string[])[];
}

type KeyedGroup = readonly [string, GroupState];

const pick = (texts: readonly string[], indexes: readonly number[]): readonly string[] =>
  indexes.map((index) => texts[index] ?? '');

/** Groups by the JSON text of the texts at some indexes. */
const regroup = (groups: Iterable<KeyedGroup>, indexes: readonly number[]): Map<string, KeyedGroup[]> =>
  Map.groupBy(groups, ([key]) => JSON.stringify(pick(textsOfGroupKey(key), indexes)));

const merged = (groups: Iterable<KeyedGroup>, type: AggregationType): GroupState | undefined =>
  mergeGroups(
    Array.from(groups, ([, group]) => group),
    type,
  );

const valuesOfGroups = (
  groups: readonly KeyedGroup[],
  { type, own, weighing }: BreakdownOptions,
): readonly Quantity[] =>
  Array.from(regroup(groups, own).values(), (some) => valueOf(type, merged(some, type), weighing));

const countOf = (groups: readonly KeyedGroup[]): number => groups.reduce((sum, [, { counted }]) => sum + counted, 0);

/** Returns a breakdown for each group, by the JSON text of its texts; groups without events that count are left out. */
export const breakDown = (
  { total, parts }: Pick<UsageSummary, 'total' | 'parts'>,
  options: BreakdownOptions,
): ReadonlyMap<string, Breakdown> => {
  const points = new Map<string, BreakdownPoint[]>();
  for (const [start, { groups }] of [...parts].sort(([a], [b]) => a - b)) {
    for (const [key, some] of regroup(groups, options.asked)) {
      const ofGroup = points.get(key) ?? [];
      points.set(key, ofGroup);
      const values = valuesOfGroups(some, options);
      ofGroup.push({ start, usage: sumOf(values), values, eventCount: countOf(some) });
    }
  }
  const broken = [...regroup(total.groups, options.asked)].map(([key, groups]): [string, Breakdown] => {
    const ofGroup = points.get(key) ?? [];
    return [
      key,
      {
        texts: textsOfGroupKey(key),
        usage: sumOf(options.isBucketed ? ofGroup.map(({ usage }) => usage) : valuesOfGroups(groups, options)),
        eventCount: countOf(groups),
        points: ofGroup,
        groups: groups.map(([text]) => textsOfGroupKey(text)),
      },
    ];
  });
  return new Map(broken);
};

/** Usage before a range, and within it. */
export interface Breakdowns {
  readonly before: UsageSummary;
  readonly within: UsageSummary;
  /** Both. */
  readonly all: UsageSummary;
}

/** Returns the usage of each group from the beginning of time, for a meter that is never reset. */
export const cumulate = (
  { before, within, all }: Breakdowns,
  options: BreakdownOptions,
): ReadonlyMap<string, Quantity> => {
  const { type, asked, weighing } = options;
  if (type !== 'WEIGHTED_SUM') {
    return new Map(Array.from(breakDown(all, options), ([key, { usage }]) => [key, usage]));
  }
  const [earlier, later] = [regroup(before.total.groups, asked), regroup(within.total.groups, asked)];
  const keys = new Set([...earlier.keys(), ...later.keys()]);
  const valueOfKey = (key: string): Quantity =>
    valueOf(type, merged(later.get(key) ?? [], type), weighing, merged(earlier.get(key) ?? [], type));
  return new Map(Array.from(keys, (key) => [key, valueOfKey(key)]));
};

/** Combines buckets into points of coarser windows. `windowOf` returns the start of the window that contains an instant. */
export const rollUp = (
  points: readonly Omit<BreakdownPoint, 'values'>[],
  type: AggregationType,
  windowOf: (instant: number) => number,
): readonly Omit<BreakdownPoint, 'values'>[] => {
  const { buckets } = aggregatorOf(type);
  if (!buckets) throw new Error(`buckets of ${type}`);
  const windows = new Map<number, Omit<BreakdownPoint, 'values'>>();
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
