// Counts the events per window, by what was decided when they came, and how far behind the processor is.
import type { MonitoringBody } from '../../../shared/api/bodies/events.ts';
import type { MonitoringRequest } from '../../../shared/api/events/event-lists.ts';
import { validationError } from '../../../shared/api/http/problem.ts';
import { mapConcurrently } from '../../../shared/domain/concurrency.ts';
import { type VerdictCounts, verdicts } from '../../../shared/domain/codec/decision-table.ts';
import type { DecidedEvent } from '../../../shared/domain/codec/event-columns.ts';
import type { FeedEntry, FeedReference } from '../../../shared/domain/codec/feed-item.ts';
import type { SegmentPart } from '../../../shared/domain/events/segment-part.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { Verdict } from '../../../shared/domain/matching/decision.ts';
import { formatInstant } from '../../../shared/domain/time/instant.ts';
import { windowStart } from '../../../shared/domain/time/usage-window.ts';
import type { QueueDepth } from '../../../shared/queue/sqs-client.ts';
import { listBounds } from '../fold/read-budget.ts';
import { type EventHours, type EventHoursDeps, listHours, readEventHours } from '../fold/event-hours.ts';
import { isOfLowerPart, type ListedEvent, type StreamDeps } from './event-streams.ts';

export interface MonitorDeps extends EventHoursDeps, StreamDeps {
  /** Approximate, as SQS reports it; undefined: SQS does not know. */
  readonly readQueueDepth: () => Promise<QueueDepth | undefined>;
}

const hoursAtOnce = 8;

/** Separates references whose events need no reading, because no other part of their batch overlaps them, from the others. */
const separate = (references: readonly FeedReference[]): { whole: FeedReference[]; overlapping: FeedReference[] } => {
  const distinct = new Map(references.map((reference) => [JSON.stringify(Object.values(reference.part)), reference]));
  const groups = Map.groupBy(distinct.values(), ({ part }) => JSON.stringify([part.customer, part.name, part.batchId]));
  const isAlone = ({ part }: FeedReference, group: readonly FeedReference[]): boolean =>
    group.every(({ part: other }) => other === part || other.last < part.first || other.first > part.last);
  const all = [...groups.values()].flatMap((group) =>
    group.map((reference) => ({ reference, alone: isAlone(reference, group) })),
  );
  return {
    whole: all.filter(({ alone }) => alone).map(({ reference }) => reference),
    overlapping: all.filter(({ alone }) => !alone).map(({ reference }) => reference),
  };
};

type Span = ListedEvent['span'];

/** Number of events of each verdict of their arrival. */
type Counts = Record<Verdict, number>;

const noCounts = (): Counts => ({
  processed: 0,
  customer_lookup: 0,
  meter_lookup: 0,
  price_lookup: 0,
  subscription_line_item_lookup: 0,
});
const totalOf = (counts: Counts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);
const addCounts = (to: Counts, more: VerdictCounts): void => {
  for (const verdict of verdicts) to[verdict] += more[verdict] ?? 0;
};

type Filters = Pick<MonitoringRequest, 'externalCustomerId' | 'eventName' | 'source'>;
const isPartWanted = ({ externalCustomerId, eventName }: Filters, { customer, name }: SegmentPart): boolean =>
  (externalCustomerId === '' || customer === externalCustomerId) && (eventName === '' || name === eventName);

/** Most events that one request reads because only they have their source. */
const maxRead = 100_000;
const tooMany = (): Error =>
  validationError(new Map([['source', `needs more than ${String(maxRead)} events to be read: narrow the time range`]]));

/**
 * Counts one hour by window and verdict. A reference that lies in one window is counted without being followed, unless a source is
 * asked for or parts of its batch overlap, inline ones included. `spend`: called with the number of events to be read.
 */
const countHour = async (
  deps: StreamDeps,
  scope: Scope,
  { feedShards }: EventHours,
  hour: number,
  {
    filters,
    windowOf,
    spend,
  }: {
    readonly filters: Filters;
    readonly windowOf: (timestamp: number) => number | undefined;
    readonly spend: (events: number) => void;
  },
): Promise<ReadonlyMap<number, Counts>> => {
  const counts = new Map<number, Counts>();
  const add = (window: number | undefined, more: VerdictCounts): void => {
    if (window === undefined) return;
    const known = counts.get(window) ?? noCounts();
    addCounts(known, more);
    counts.set(window, known);
  };
  const entries: FeedEntry[] = [];
  for await (const item of deps.feed.readHour(scope, hour, feedShards)) {
    entries.push(...item.entries.filter(({ part }) => isPartWanted(filters, part)));
  }
  const events = new Map<string, { readonly timestamp: number; readonly verdict: Verdict; readonly span: Span }>();
  /** Takes the events of a part: of those that are in several, the lowest part says what was decided, as in lists. */
  const take = (span: Span, decided: readonly DecidedEvent[]): void => {
    for (const { event, decision } of decided) {
      if (filters.source !== '' && event.source !== filters.source) continue;
      const known = events.get(event.id);
      if (known && !isOfLowerPart({ span }, known)) continue;
      events.set(event.id, { timestamp: event.timestamp, verdict: decision.verdict, span });
    }
  };
  const inlineBatches = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === 'reference') continue;
    inlineBatches.add(entry.part.batchId);
    take(entry.part, entry.contents.entries);
  }
  const { whole, overlapping } = separate(entries.filter((entry) => entry.kind === 'reference'));
  const follow = [...overlapping];
  for (const reference of whole) {
    const [first, last] = [windowOf(reference.firstTimestamp), windowOf(reference.lastTimestamp)];
    const isCounted = filters.source === '' && !inlineBatches.has(reference.part.batchId);
    if (isCounted && first !== undefined && first === last) add(first, reference.verdicts);
    else follow.push(reference);
  }
  spend(follow.reduce((sum, { count }) => sum + count, 0));
  const parts = follow.map(({ part }) => part);
  const read = await deps.segments.readMany(scope, parts);
  for (const [index, part] of parts.entries()) take(part, read[index]?.entries ?? []);
  for (const { timestamp, verdict } of events.values()) add(windowOf(timestamp), { [verdict]: 1 });
  return counts;
};

/**
 * Creates the use case. It throws ApiError when the range has more than 2,000 hours that may have events, or too many whose source has
 * to be read; and DependencyError.
 */
export const createMonitorEvents =
  (deps: MonitorDeps, readable = maxRead) =>
  async (scope: Scope, request: MonitoringRequest): Promise<MonitoringBody> => {
    const { start, end, windowSize, ...filters } = request;
    const hours = await readEventHours(deps, scope, null, { start, end: end - 1 });
    const listed = listHours(hours);
    if (listed.length * hours.feedShards > listBounds.partitions) {
      const most = String(Math.floor(listBounds.partitions / hours.feedShards));
      throw validationError(new Map([['start_time', `must be at most ${most} hours before end_time`]]));
    }
    const windowOf = (timestamp: number): number | undefined => {
      if (timestamp < start || timestamp >= end) return undefined;
      return windowSize === undefined ? start : windowStart(windowSize, timestamp);
    };
    let left = readable;
    const spend = (events: number): void => {
      left -= events;
      if (filters.source !== '' && left < 0) throw tooMany();
    };
    const totals = new Map<number, Counts>();
    const perHour = await mapConcurrently(listed, hoursAtOnce, (hour) =>
      countHour(deps, scope, hours, hour, { filters, windowOf, spend }),
    );
    for (const counts of perHour) {
      for (const [window, more] of counts) {
        const known = totals.get(window) ?? noCounts();
        addCounts(known, more);
        totals.set(window, known);
      }
    }
    const depth = await deps.readQueueDepth();
    const points = [...totals].sort(([a], [b]) => a - b);
    return {
      total_count: points.reduce((sum, [, counts]) => sum + totalOf(counts), 0),
      ...(depth && { consumption_lag: depth.waiting, post_processing_lag: depth.inFlight }),
      ...(windowSize !== undefined && {
        points: points.map(([window, counts]) => ({
          timestamp: formatInstant(window),
          event_count: totalOf(counts),
          verdicts: counts,
        })),
      }),
    };
  };
