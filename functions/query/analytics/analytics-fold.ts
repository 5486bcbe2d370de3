// Plans the fold for the targets of analytics, and measures and charges each by the groups that were asked for.
import type { AnalyticsRequest } from '../../../shared/api/usage/analytics.ts';
import { aggregatorOf } from '../../../shared/domain/aggregations/aggregators.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import { type Charge, chargeLine } from '../../../shared/domain/charges/charge.ts';
import type { Weighing } from '../../../shared/domain/charges/increments.ts';
import { type MeasuredLine, type MeasuredTimeline, measureLine } from '../../../shared/domain/charges/measured-line.ts';
import { versionOf } from '../../../shared/domain/charges/measured-ranges.ts';
import { createTimeline, type Stretch, type Timeline } from '../../../shared/domain/charges/timeline.ts';
import { priceOfId } from '../../../shared/domain/charges/usage-line.ts';
import { windowStart } from '../../../shared/domain/time/usage-window.ts';
import { definitionOfMeter } from '../../../shared/domain/usage/definition.ts';
import {
  type BreakdownOptions,
  type BreakdownPoint,
  divide,
  pointsByGroup,
} from '../../../shared/domain/usage/usage-breakdown.ts';
import { createState, type UsageState } from '../../../shared/domain/usage/usage-state.ts';
import { createSummary, type UsageSummary } from '../../../shared/domain/usage/usage-value.ts';
import type { AnalyticsTarget } from './analytics-targets.ts';

/** A target with the timeline that its fold fills. */
export interface Analysis {
  readonly target: AnalyticsTarget;
  readonly timeline: Timeline;
  readonly options: BreakdownOptions;
  /** Windows of each version; none where they are not asked for, or are buckets of the meter. */
  readonly windows: readonly UsageSummary[];
}

/** Usage of one group. */
export interface GroupUsage {
  readonly measured: MeasuredLine<AnalyticsTarget['ranges']>;
  /** undefined: nothing bills it. */
  readonly charge: Charge | undefined;
  /** Points of each version, by start. */
  readonly points: readonly (readonly BreakdownPoint[])[];
}

/** A level is that of all lines together; any other usage is read only where the line bills. */
const cutsOf = ({ meter, ranges, together }: AnalyticsTarget): readonly number[] => {
  const isLevel = aggregatorOf(meter.aggregation.type).accrual === 'level';
  const last = Math.max(...ranges.versions.map(({ end }) => end));
  return [...ranges.versions, ...(isLevel ? together : [])]
    .flatMap(({ start, end }) => [Math.max(start, ranges.period.start), Math.min(end, last)])
    .filter((cut) => cut <= last);
};

export const analysisOf = (request: AnalyticsRequest, target: AnalyticsTarget): Analysis => {
  const { meter, ranges, timezone, anchorDay, bucketAnchorDay } = target;
  const ofMeter = definitionOfMeter(meter);
  const isBucketed = meter.aggregation.bucketSize !== undefined;
  const { windowSize } = request;
  const expanded = request.expand.has('source') ? ['source'] : [];
  const groupBy = [...new Set([...ofMeter.groupBy, ...request.groupBy, ...expanded])];
  const indexesOf = (names: readonly string[]): readonly number[] => names.map((name) => groupBy.indexOf(name));
  const definition = {
    ...ofMeter,
    requestFilters: request.filters,
    sources: request.sources,
    groupBy,
    ...(!isBucketed && windowSize === 'MINUTE' && ({ granularity: 'minute' } as const)),
  };
  const cuts = cutsOf(target);
  const timeline = createTimeline(meter, cuts, { bucketAnchorDay, definition });
  const windows =
    isBucketed || windowSize === undefined
      ? []
      : ranges.versions.map(() =>
          createSummary(ofMeter.type, (instant) => windowStart(windowSize, instant, { timezone, anchorDay })),
        );
  return {
    target,
    timeline: {
      ...timeline,
      add: (slot, state) => {
        timeline.add(slot, state);
        if (windows.length > 0) windows[versionOf(ranges, { start: slot, end: slot })]?.add(slot, state);
      },
    },
    options: { type: ofMeter.type, asked: indexesOf(request.groupBy), own: indexesOf(ofMeter.groupBy) },
    windows,
  };
};

const noUsage = (): Stretch['usage'] => ({ total: createState(), parts: new Map() });

/** Divides what a timeline has by the groups that were asked for. */
const timelinesByGroup = ({ timeline, options }: Analysis): ReadonlyMap<string, MeasuredTimeline> => {
  const { meter, before, stretches } = timeline;
  const divided = (usage: Stretch['usage']): ReadonlyMap<string, Stretch['usage']> => {
    const groups = new Map(
      Array.from(divide(usage.total, options), ([key, total]) => [
        key,
        { total, parts: new Map<number, UsageState>() },
      ]),
    );
    for (const [start, state] of usage.parts) {
      for (const [key, part] of divide(state, options)) groups.get(key)?.parts.set(start, part);
    }
    return groups;
  };
  const earlier = divided(before);
  const later = stretches.map(({ usage }) => divided(usage));
  const keys = new Set([earlier, ...later].flatMap((groups) => [...groups.keys()]));
  return new Map(
    Array.from(keys, (key) => [
      key,
      {
        meter,
        before: earlier.get(key) ?? noUsage(),
        stretches: stretches.map((stretch, index) => ({ ...stretch, usage: later[index]?.get(key) ?? noUsage() })),
      },
    ]),
  );
};

/** Returns whether only a part of a line item's usage is asked for: a commitment is to all of it. */
export const isPartial = ({ filters, sources, groupBy }: AnalyticsRequest): boolean =>
  filters.length + sources.length + groupBy.length > 0;

export interface GroupingContext {
  readonly request: AnalyticsRequest;
  readonly catalog: Catalog;
  /** UTC milliseconds. */
  readonly now: number;
}

/** Charges exactly, before allowances: only an invoice rounds, and deducts them. */
const chargeOf = (
  { target: { line, meter, bucketAnchorDay, isTrial } }: Analysis,
  measured: MeasuredLine<AnalyticsTarget['ranges']>,
  { request, catalog, now }: GroupingContext,
): Charge | undefined =>
  line &&
  chargeLine({ ...measured, line }, undefined, {
    now,
    bucketSize: meter.aggregation.bucketSize,
    bucketAnchorDay,
    hasCommitments: !isPartial(request) && !isTrial && line.subscription.commitment === undefined,
    priceOf: ({ priceId }) => priceOfId(line.subscription, catalog, priceId),
    currency: undefined,
    isTrial,
  });

const noGroup = JSON.stringify([]);

/** Returns the usage of each group that was asked for, by the JSON text of its texts; ungrouped usage also where there is none. */
export const usageByGroup = (analysis: Analysis, context: GroupingContext): ReadonlyMap<string, GroupUsage> => {
  const { target, timeline, options, windows } = analysis;
  const { ranges, bucketAnchorDay } = target;
  // A level is weighed by the range that was asked for.
  const weighing: Weighing = { periodOf: () => context.request, isNew: ({ start }) => start === ranges.period.start };
  const timelines = new Map(timelinesByGroup(analysis));
  const { meter, stretches } = timeline;
  if (options.asked.length === 0 && !timelines.has(noGroup)) {
    timelines.set(noGroup, {
      meter,
      before: noUsage(),
      stretches: stretches.map((one) => ({ ...one, usage: noUsage() })),
    });
  }
  const byWindow = windows.map(({ parts }) => pointsByGroup(parts, context.request, options));
  return new Map(
    Array.from(timelines, ([key, own]) => {
      const measured = measureLine(ranges, own, { ranges: target.together, weighing, bucketAnchorDay });
      const points = byWindow.map((groups) => groups.get(key) ?? []);
      return [key, { measured, charge: chargeOf(analysis, measured, context), points }];
    }),
  );
};

/** Returns the states whose events an analysis counts. */
export const statesOf = ({
  target: { meter, ranges },
  timeline: { before, stretches },
}: Analysis): readonly UsageState[] => {
  const isCounted = (stretch: Stretch): boolean => meter.resetUsage === 'NEVER' || versionOf(ranges, stretch) >= 0;
  return [before, ...stretches.filter(isCounted).map(({ usage }) => usage)].map(({ total }) => total);
};
