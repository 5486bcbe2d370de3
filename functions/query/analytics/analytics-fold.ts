// Plans the fold for the targets of analytics: those that share a definition share one part.
import type { AnalyticsRequest } from '../../../shared/api/usage/analytics.ts';
import { zeroInstant } from '../../../shared/domain/time/instant.ts';
import { bucketStart, windowStart } from '../../../shared/domain/time/usage-window.ts';
import { type Definition, definitionOfMeter, hashOfDefinition } from '../../../shared/domain/usage/definition.ts';
import type { BreakdownOptions, Breakdowns } from '../../../shared/domain/usage/usage-breakdown.ts';
import { createSummary } from '../../../shared/domain/usage/usage-value.ts';
import type { FoldPart, VisitSlot } from '../fold/fold-session.ts';
import type { AnalyticsTarget } from './analytics-targets.ts';

/** A target with the breakdowns that its fold fills. */
export interface Analysis {
  readonly target: AnalyticsTarget;
  readonly definition: Definition;
  readonly options: BreakdownOptions;
  readonly breakdowns: Breakdowns;
  /** The range that counts, half-open, UTC milliseconds: all time before for a meter that is never reset; none after its archival. */
  readonly from: number;
  readonly to: number;
}

const windowOf = (
  { windowSize }: AnalyticsRequest,
  { meter: { aggregation }, timezone, anchorDay, bucketAnchorDay }: AnalyticsTarget,
): ((instant: number) => number) | undefined => {
  const { bucketSize } = aggregation;
  if (bucketSize !== undefined) return (instant) => bucketStart(bucketSize, instant, bucketAnchorDay);
  return windowSize && ((instant) => windowStart(windowSize, instant, { timezone, anchorDay }));
};

export const analysisOf = (request: AnalyticsRequest, target: AnalyticsTarget): Analysis => {
  const { meter, start, end } = target;
  const ofMeter = definitionOfMeter(meter);
  const { type } = ofMeter;
  const isBucketed = meter.aggregation.bucketSize !== undefined;
  const expanded = request.expand.has('source') ? ['source'] : [];
  const groupBy = [...new Set([...ofMeter.groupBy, ...request.groupBy, ...expanded])];
  const isByMinute = !isBucketed && request.windowSize === 'MINUTE';
  const indexesOf = (names: readonly string[]): readonly number[] => names.map((name) => groupBy.indexOf(name));
  const partOf = windowOf(request, target);
  const within = createSummary(type, partOf);
  const isNeverReset = meter.resetUsage === 'NEVER';
  return {
    target,
    definition: {
      ...ofMeter,
      requestFilters: request.filters,
      sources: request.sources,
      groupBy,
      ...(isByMinute && { granularity: 'minute' }),
    },
    options: {
      type,
      asked: indexesOf(request.groupBy),
      own: indexesOf(ofMeter.groupBy),
      weighing: { start, end },
      isBucketed,
    },
    breakdowns: {
      before: createSummary(type),
      within,
      // Buckets need their parts; nobody asks for other windows before the range.
      all: isNeverReset ? createSummary(type, isBucketed ? partOf : undefined) : within,
    },
    from: isNeverReset ? zeroInstant : start,
    to: Math.min(end, meter.archivedAt ?? end),
  };
};

const visitorOf =
  (analyses: readonly Analysis[]): VisitSlot =>
  (slot, state) => {
    for (const { target, breakdowns, from, to } of analyses) {
      if (slot < from || slot >= to) continue;
      const { before, within, all } = breakdowns;
      (slot < target.start ? before : within).add(slot, state);
      if (all !== within) all.add(slot, state);
    }
  };

/** Creates one part for all analyses that share a definition. */
const sharedPart = (analyses: readonly [Analysis, ...Analysis[]]): FoldPart => ({
  definition: analyses[0].definition,
  start: Math.min(...analyses.map(({ from }) => from)),
  end: Math.max(...analyses.map(({ to }) => to)),
  boundaries: analyses.flatMap(({ target, from, to }) => [from, target.start, to]),
  visit: visitorOf(analyses),
});

/** Returns the parts to fold: folding them fills the breakdowns of each analysis. */
export const partsOf = (analyses: readonly Analysis[]): readonly FoldPart[] => {
  const shared = Map.groupBy(analyses, ({ definition }) => hashOfDefinition(definition)).values();
  return [...shared].flatMap(([first, ...others]) => (first ? [sharedPart([first, ...others])] : []));
};
