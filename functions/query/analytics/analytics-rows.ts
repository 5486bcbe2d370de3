// Rows of analytics: usage of one line item, or of a meter, in one group, with its cost and its points.
import type { CommitmentOutcome } from '../../../shared/domain/commitments/commitment-charge.ts';
import { noOutcome, sumOfOutcomes } from '../../../shared/domain/commitments/commitment-charge.ts';
import type { CommitmentTimeBucket } from '../../../shared/domain/commitments/commitment.ts';
import { versionOf } from '../../../shared/domain/charges/measured-ranges.ts';
import type { VersionCharge } from '../../../shared/domain/charges/version-charge.ts';
import type { LineVersion } from '../../../shared/domain/charges/usage-line.ts';
import { type Quantity, sumOf, zeroQuantity } from '../../../shared/domain/numbers/quantity.ts';
import { readableDecimal } from '../../../shared/domain/numbers/fraction.ts';
import { costOfParts, priceQuantity } from '../../../shared/domain/pricing/price-cost.ts';
import { textsOfGroupKey } from '../../../shared/domain/usage/event-reading.ts';
import { type BreakdownPoint, countOf, divide } from '../../../shared/domain/usage/usage-breakdown.ts';
import type { UsageState } from '../../../shared/domain/usage/usage-state.ts';
import { type Analysis, type GroupingContext, type GroupUsage, usageByGroup } from './analytics-fold.ts';
import type { AnalyticsTarget } from './analytics-targets.ts';

/** Cost of a window or bucket; exact. */
interface PointCost {
  /** Cost without a commitment. */
  readonly cost: Quantity;
  readonly charge: Quantity;
  /** Outcome of the commitment; zeros where none applies. */
  readonly outcome: CommitmentOutcome;
  readonly timeBucket: CommitmentTimeBucket | undefined;
}

/** Window or bucket; `cost`: undefined where nothing bills it. */
export interface Point extends BreakdownPoint {
  readonly cost: PointCost | undefined;
}

export interface Row {
  readonly target: AnalyticsTarget;
  /** undefined: nothing bills it. */
  readonly version: LineVersion | undefined;
  /** JSON text of the texts that were asked for. */
  readonly group: string;
  readonly usage: Quantity;
  readonly cumulative: Quantity | undefined;
  readonly eventCount: number;
  /** Exact cost with its commitment; undefined: nothing bills it. */
  readonly cost: Quantity | undefined;
  readonly outcome: CommitmentOutcome;
  readonly points: readonly Point[];
  readonly sources: readonly string[];
}

const costOfPortion = (
  { cost, charge, outcome, timeBucket }: VersionCharge['portions'][number],
  isTrial: boolean,
): PointCost => ({
  cost: readableDecimal(cost),
  charge: isTrial ? zeroQuantity : readableDecimal(charge),
  outcome: outcome ?? noOutcome,
  timeBucket,
});

interface VersionUsage extends GroupUsage {
  readonly index: number;
  /** Its states in the group, by bucket. */
  readonly counts: ReadonlyMap<number, number>;
}

const pointsOf = (
  { target: { meter, isTrial } }: Analysis,
  { measured, charge, points, index, counts }: VersionUsage,
): readonly Point[] => {
  const own = charge?.versions[index];
  if (meter.aggregation.bucketSize === undefined) {
    return (points[index] ?? []).map((point) => {
      if (own === undefined) return { ...point, cost: undefined };
      const cost = isTrial ? zeroQuantity : costOfParts(priceQuantity(own.version.price, point.usage));
      return { ...point, cost: { cost, charge: cost, outcome: noOutcome, timeBucket: undefined } };
    });
  }
  if (own === undefined) {
    return measured.portions.map(({ start, units }) => ({
      start,
      usage: units[index] ?? zeroQuantity,
      eventCount: counts.get(start) ?? 0,
      cost: undefined,
    }));
  }
  return own.portions.map((portion) => ({
    start: portion.start,
    usage: portion.units,
    eventCount: counts.get(portion.start) ?? 0,
    cost: costOfPortion(portion, isTrial),
  }));
};

/** Returns the events of a group that count in some states. */
const countIn = (analysis: Analysis, group: string, states: Iterable<UsageState>): number => {
  let count = 0;
  for (const state of states) {
    const part = divide(state, analysis.options).get(group);
    if (part) count += countOf(part);
  }
  return count;
};

const countsByBucket = (
  analysis: Analysis,
  group: string,
  usages: readonly Analysis['timeline']['before'][],
): ReadonlyMap<number, number> => {
  const counts = new Map<number, number>();
  for (const [start, state] of usages.flatMap(({ parts }) => [...parts])) {
    counts.set(start, (counts.get(start) ?? 0) + countIn(analysis, group, [state]));
  }
  return counts;
};

const sourcesOf = (
  { timeline, options }: Analysis,
  group: string,
  states: readonly UsageState[],
): readonly string[] => {
  const index = timeline.definition.groupBy.indexOf('source');
  const texts = states.flatMap(({ groups }) => Array.from(groups.keys(), textsOfGroupKey));
  const own = texts.filter((some) => JSON.stringify(options.asked.map((asked) => some[asked] ?? '')) === group);
  return [...new Set(own.map((some) => some[index] ?? ''))].filter((name) => name !== '').sort();
};

const rowsOf = (analysis: Analysis, context: GroupingContext): readonly Row[] => {
  const { target, timeline } = analysis;
  return [...usageByGroup(analysis, context)].flatMap(([group, usage]) =>
    target.ranges.versions.map((_, index): Row => {
      const { measured, charge } = usage;
      const own = charge?.versions[index];
      const usages = timeline.stretches
        .filter((stretch) => versionOf(target.ranges, stretch) === index)
        .map((stretch) => stretch.usage);
      const states = usages.map(({ total }) => total);
      return {
        target,
        version: own?.version,
        group,
        usage: measured.versions[index]?.quantity ?? zeroQuantity,
        cumulative: measured.cumulative,
        eventCount: countIn(analysis, group, states),
        cost: own?.amount,
        outcome: own?.outcome ?? noOutcome,
        points: pointsOf(analysis, { ...usage, index, counts: countsByBucket(analysis, group, usages) }),
        sources: context.request.expand.has('source') ? sourcesOf(analysis, group, states) : [],
      };
    }),
  );
};

/** Joins the parts of one line item in a trial and after it. */
const joined = ([first, ...others]: readonly [Row, ...Row[]]): Row => {
  if (others.length === 0) return first;
  const rows = [first, ...others];
  return {
    ...first,
    usage: sumOf(rows.map(({ usage }) => usage)),
    cumulative: rows.at(-1)?.cumulative,
    eventCount: rows.reduce((count, row) => count + row.eventCount, 0),
    cost: sumOf(rows.flatMap(({ cost }) => cost ?? [])),
    outcome: sumOfOutcomes(rows.map(({ outcome }) => outcome)),
    points: rows.flatMap(({ points }) => points),
    sources: [...new Set(rows.flatMap(({ sources }) => sources))].sort(),
  };
};

/** Returns the rows of all analyses. */
export const rowsOfAll = (analyses: readonly Analysis[], context: GroupingContext): readonly Row[] => {
  const rows = analyses.flatMap((analysis) => rowsOf(analysis, context));
  const keyOf = ({ version, target, group }: Row): string =>
    JSON.stringify([version?.item.id ?? target.meter.id, group]);
  return [...Map.groupBy(rows, keyOf).values()].flatMap(([first, ...others]) =>
    first ? [joined([first, ...others])] : [],
  );
};
