// Counts the events per window, and how far behind the processor is.
import type { MonitoringBody } from '../../../shared/api/bodies/events.ts';
import type { MonitoringRequest } from '../../../shared/api/events/event-lists.ts';
import { validationError } from '../../../shared/api/http/problem.ts';
import { mapConcurrently } from '../../../shared/domain/concurrency.ts';
import type { FeedEntry, FeedReference } from '../../../shared/domain/codec/feed-item.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { formatInstant } from '../../../shared/domain/time/instant.ts';
import { windowStart } from '../../../shared/domain/time/usage-window.ts';
import type { QueueDepth } from '../../../shared/queue/sqs-client.ts';
import { listBounds } from '../fold/read-budget.ts';
import { type EventHours, type EventHoursDeps, listHours, readEventHours } from '../fold/event-hours.ts';
import type { StreamDeps } from './event-streams.ts';

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

/**
 * Counts one hour by window. A reference that lies in one window is counted without being followed, unless parts of its
 * batch overlap, inline ones included.
 */
const countHour = async (
  deps: StreamDeps,
  scope: Scope,
  { feedShards }: EventHours,
  hour: number,
  windowOf: (timestamp: number) => number | undefined,
): Promise<ReadonlyMap<number, number>> => {
  const counts = new Map<number, number>();
  const add = (window: number | undefined, count: number): void => {
    if (window !== undefined) counts.set(window, (counts.get(window) ?? 0) + count);
  };
  const entries: FeedEntry[] = [];
  for await (const item of deps.feed.readHour(scope, hour, feedShards)) entries.push(...item.entries);
  const events = new Map<string, number>();
  const inlineBatches = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === 'reference') continue;
    inlineBatches.add(entry.part.batchId);
    for (const { event } of entry.contents.entries) events.set(event.id, event.timestamp);
  }
  const { whole, overlapping } = separate(entries.filter((entry) => entry.kind === 'reference'));
  const follow = [...overlapping];
  for (const reference of whole) {
    const [first, last] = [windowOf(reference.firstTimestamp), windowOf(reference.lastTimestamp)];
    if (first !== undefined && first === last && !inlineBatches.has(reference.part.batchId))
      add(first, reference.count);
    else follow.push(reference);
  }
  for (const { entries } of await deps.segments.readMany(
    scope,
    follow.map(({ part }) => part),
  )) {
    for (const { event } of entries) events.set(event.id, event.timestamp);
  }
  for (const timestamp of events.values()) add(windowOf(timestamp), 1);
  return counts;
};

/** Creates the use case. It throws ApiError when the range has more than 2,000 hours that may have events, and DependencyError. */
export const createMonitorEvents =
  (deps: MonitorDeps) =>
  async (scope: Scope, { start, end, windowSize }: MonitoringRequest): Promise<MonitoringBody> => {
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
    const totals = new Map<number, number>();
    const perHour = await mapConcurrently(listed, hoursAtOnce, (hour) => countHour(deps, scope, hours, hour, windowOf));
    for (const counts of perHour) {
      for (const [window, count] of counts) totals.set(window, (totals.get(window) ?? 0) + count);
    }
    const depth = await deps.readQueueDepth();
    const points = [...totals].sort(([a], [b]) => a - b);
    return {
      total_count: points.reduce((sum, [, count]) => sum + count, 0),
      ...(depth && { consumption_lag: depth.waiting, post_processing_lag: depth.inFlight }),
      ...(windowSize !== undefined && {
        points: points.map(([window, count]) => ({ timestamp: formatInstant(window), event_count: count })),
      }),
    };
  };
