// Reads the feed in the order in which it was stored, from a position on. The reader of its events says how many of them it takes, so
// a position may lie inside an arrival.
import {
  dayOfArrival,
  daysToRead,
  isDayOver,
  isDayKept,
  isExpired,
  type LivePosition,
  type ShardPosition,
  startOfShard,
} from '../../../shared/domain/events/live-position.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { ScopeStore } from '../../../shared/store/catalog/scopes.ts';
import type { Arrival, ArrivalStore } from '../../../shared/store/events/arrivals.ts';
import type { FeedStore } from '../../../shared/store/events/feed.ts';
import type { SegmentStore } from '../../../shared/store/events/segments.ts';
import { listed, type ListedEvent } from './event-streams.ts';

export interface ArrivalReaderDeps {
  readonly scopes: Pick<ScopeStore, 'read'>;
  readonly arrivals: Pick<ArrivalStore, 'readAfter' | 'readNewest'>;
  readonly feed: Pick<FeedStore, 'readMany'>;
  readonly segments: Pick<SegmentStore, 'readMany'>;
  /** UTC milliseconds. */
  readonly now: () => number;
}

/** Who reads the events. */
export interface EventTaker {
  /** Takes events in the order given, and returns how many it took; fewer than it was given: it is full. */
  readonly take: (events: readonly ListedEvent[]) => Promise<number>;
  readonly isFull: () => boolean;
}

export interface ReadArrivals {
  readonly position: LivePosition;
  readonly hasMore: boolean;
  /** How long the oldest arrival that is left has been stored, in milliseconds; 0 if none is left. */
  readonly lagMs: number;
  /** There was no position, or it could not be followed: the newest events were taken, the last first. */
  readonly isFromNewest: boolean;
  /** The position had expired, or is of another feed. */
  readonly isMissed: boolean;
}

/** The most arrivals that one request reads. */
const arrivalsAtOnce = 10;

/** Arrivals of one day and shard, in the order in which they are read. */
interface Line {
  readonly day: number;
  readonly shard: number;
  /** One more than a request reads, if there are so many. */
  readonly waiting: Arrival[];
  passed: ShardPosition;
  /** The arrival that was passed last is not there, though nothing of its day can be gone. */
  readonly isUnknown: boolean;
}

const hasWaiting = ({ waiting }: Line): boolean => waiting.length > 0;

/** Returns the line whose first arrival is next: days one after the other, in a day by the writers' clocks. */
const nextLine = (lines: readonly Line[]): Line | undefined =>
  lines
    .filter(hasWaiting)
    .sort((a, b) => a.day - b.day || (a.waiting[0]?.arrivedAt ?? 0) - (b.waiting[0]?.arrivedAt ?? 0))[0];
const newestLine = (lines: readonly Line[]): Line | undefined =>
  lines
    .filter(hasWaiting)
    .sort((a, b) => b.day - a.day || (b.waiting[0]?.arrivedAt ?? 0) - (a.waiting[0]?.arrivedAt ?? 0))[0];

const toPosition = (lines: readonly Line[], days: readonly number[], asOf: number): LivePosition => ({
  asOf,
  days: new Map(days.map((day) => [day, lines.filter((line) => line.day === day).map(({ passed }) => passed)])),
});

/** Creates the reader of arrivals. It throws DependencyError. */
export const createArrivalReader = (deps: ArrivalReaderDeps) => {
  const readLines = async (
    scope: Scope,
    days: readonly number[],
    read: (day: number, shard: number) => Promise<Line>,
  ): Promise<readonly Line[]> => {
    // Read at each request: their number may have grown, and a new shard is read from its start.
    const { feedShards } = await deps.scopes.read(scope);
    const shards = Array.from({ length: feedShards }, (_, shard) => shard);
    return Promise.all(days.flatMap((day) => shards.map((shard) => read(day, shard))));
  };

  /** Reads the events of an arrival, in an order that never changes. */
  const readEvents = async (scope: Scope, { items }: Arrival): Promise<readonly ListedEvent[]> => {
    const entries = (await deps.feed.readMany(scope, items)).flat();
    const references = entries.flatMap((entry) => (entry.kind === 'reference' ? [entry.part] : []));
    const followed = (await deps.segments.readMany(scope, references)).values();
    return entries.flatMap((entry) => {
      const contents = entry.kind === 'inline' ? entry.contents : followed.next().value;
      if (contents === undefined) throw new Error('a reference that was not followed');
      return listed(entry.part, contents);
    });
  };

  /** Reads the newest events, the last first. The position is after all of them. */
  const readNewest = async (scope: Scope, now: number, taker: EventTaker): Promise<LivePosition> => {
    const today = dayOfArrival(now);
    const lines = await readLines(scope, [today - 1, today], async (day, shard) => {
      const waiting = [...(await deps.arrivals.readNewest(scope, day, shard, arrivalsAtOnce))];
      return { day, shard, waiting, passed: { number: waiting[0]?.number ?? 0, offset: 0 }, isUnknown: false };
    });
    for (let count = 0; count < arrivalsAtOnce && !taker.isFull(); count += 1) {
      const arrival = newestLine(lines)?.waiting.shift();
      if (arrival === undefined) break;
      const events = (await readEvents(scope, arrival)).toReversed();
      if ((await taker.take(events)) < events.length) break;
    }
    return toPosition(lines, isDayOver(today - 1, now) ? [today] : [today - 1, today], now);
  };

  /** Reads on from a position; undefined: it is of another feed, such as one that has been deleted since. */
  const readOn = async (
    scope: Scope,
    now: number,
    from: LivePosition,
    taker: EventTaker,
  ): Promise<ReadArrivals | undefined> => {
    const days = daysToRead(from, now);
    const lines = await readLines(scope, days, async (day, shard) => {
      const passed = from.days.get(day)?.[shard] ?? startOfShard;
      // With the one that was passed last: a feed that does not have it would be waited for until its numbers get there.
      const before = Math.max(0, passed.number - 1);
      const read = await deps.arrivals.readAfter(scope, day, shard, before, arrivalsAtOnce + 2);
      const waiting = read.filter(({ number }) => number > passed.number).slice(0, arrivalsAtOnce + 1);
      const isThere = passed.number === 0 || read[0]?.number === passed.number;
      return { day, shard, waiting, passed, isUnknown: !isThere && isDayKept(day, now) };
    });
    if (lines.some(({ isUnknown }) => isUnknown)) return undefined;
    for (let count = 0; count < arrivalsAtOnce && !taker.isFull(); count += 1) {
      const line = nextLine(lines);
      const [arrival] = line?.waiting ?? [];
      if (line === undefined || arrival === undefined) break;
      const { offset } = line.passed;
      const events = (await readEvents(scope, arrival)).slice(offset);
      const taken = await taker.take(events);
      if (taken < events.length) {
        line.passed = { ...line.passed, offset: offset + taken };
        break;
      }
      line.waiting.shift();
      line.passed = { number: arrival.number, offset: 0 };
    }
    const oldest = Math.min(
      now,
      ...lines.flatMap(({ waiting }) => waiting.slice(0, 1).map(({ arrivedAt }) => arrivedAt)),
    );
    const isOpen = (day: number): boolean =>
      !isDayOver(day, now) || lines.some((line) => line.day === day && hasWaiting(line));
    // Days after the first open one stay: a position has no gaps.
    const firstOpen = days.findIndex(isOpen);
    return {
      position: toPosition(lines, days.slice(firstOpen), oldest),
      hasMore: lines.some(hasWaiting),
      lagMs: now - oldest,
      isFromNewest: false,
      isMissed: false,
    };
  };

  /** Reads on from a position, or without one, and when it cannot be followed, the newest events, the last first. */
  return async (
    scope: Scope,
    from: LivePosition | undefined,
    { onwards, newest }: { readonly onwards: EventTaker; readonly newest: EventTaker },
  ): Promise<ReadArrivals> => {
    // The clock is read before the arrivals: what comes into a day that is over by then is not there to be missed.
    const now = deps.now();
    const readAfter = from && !isExpired(from, now) ? await readOn(scope, now, from, onwards) : undefined;
    if (readAfter) return readAfter;
    const position = await readNewest(scope, now, newest);
    return { position, hasMore: false, lagMs: 0, isFromNewest: true, isMissed: from !== undefined };
  };
};
