// Follows events in the order in which they were stored, late ones too, each with its verdict.
import type { EventBody } from '../../../shared/api/bodies/events.ts';
import type { LiveBody } from '../../../shared/api/bodies/live-events.ts';
import { toEventBody } from '../../../shared/api/events/event-bodies.ts';
import { type LiveRequest, toLiveBody } from '../../../shared/api/events/live-events.ts';
import { answerBytes } from '../../../shared/api/http/answer-size.ts';
import { ApiError } from '../../../shared/api/http/problem.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { Verdict } from '../../../shared/domain/matching/decision.ts';
import { type ArrivalReaderDeps, createArrivalReader, type EventTaker } from './arrival-reader.ts';
import type { ListedEvent } from './event-streams.ts';
import { createExaminer, type ExamineDeps } from './examine-events.ts';
import { matchesFilter } from './matches-filter.ts';

export interface FollowDeps extends ArrivalReaderDeps, ExamineDeps {
  /** Whether the processor records arrivals. */
  readonly isLive: boolean;
}

/** Bounds of one request, besides those on arrivals. */
interface LiveBounds {
  readonly events: number;
  readonly bytes: number;
  /** Without a cursor, at most so many events are shown. */
  readonly newest: number;
}
const liveBounds: LiveBounds = { events: 1_000, bytes: 5 * 1024 * 1024, newest: 50 };

/** Events that are examined at once: an answer that is full has examined at most so many in vain. */
const examinedAtOnce = 100;

/** Collects an answer: it takes events, and shows those that are asked for, until it is full. */
const createAnswer = (deps: FollowDeps, scope: Scope, { filter, question, limit }: LiveRequest, bounds: LiveBounds) => {
  const examiner = createExaminer(deps, scope, question);
  const shown: EventBody[] = [];
  const counts = new Map<Verdict, number>();
  let [passed, bytes, isFull] = [0, 0, false];

  /** Adds the event if there is room. */
  const show = (body: EventBody): boolean => {
    const size = answerBytes(JSON.stringify(body));
    if (shown.length > 0 && bytes + size > bounds.bytes) return false;
    bytes += size;
    return shown.push(body) > 0;
  };

  /** Returns how many of the events it took. */
  const takeRun = async (events: readonly ListedEvent[]): Promise<number> => {
    const asked = events.filter((event) => matchesFilter(filter, event));
    const examined = await examiner.examine(asked, limit - shown.length);
    const tooMuch = examined.shown.find(
      ({ verdict, ...event }) => !show({ ...toEventBody(scope, event, event), ...(verdict && { verdict }) }),
    );
    const next = tooMuch?.id ?? asked[examined.count]?.id;
    return next === undefined ? events.length : events.findIndex(({ id }) => id === next);
  };

  const taker: EventTaker = {
    take: async (events) => {
      let taken = 0;
      while (taken < events.length && !taker.isFull()) {
        const run = events.slice(taken, taken + Math.min(examinedAtOnce, bounds.events - passed));
        const took = await takeRun(run);
        for (const { decision } of run.slice(0, took)) {
          counts.set(decision.verdict, (counts.get(decision.verdict) ?? 0) + 1);
        }
        isFull = took < run.length;
        taken += took;
        passed += took;
      }
      return taken;
    },
    isFull: () => isFull || shown.length >= limit || passed >= bounds.events,
  };
  return { taker, shown, counts };
};

/** Creates the use case. It throws ApiError `invalid_operation` where arrivals are not recorded, and DependencyError. */
export const createFollowEvents = (deps: FollowDeps, bounds = liveBounds) => {
  const readArrivals = createArrivalReader(deps);
  return async (scope: Scope, request: LiveRequest): Promise<LiveBody> => {
    if (!deps.isLive) throw new ApiError('invalid_operation', 'live is off on this stage: -c live=on');
    const { after, limit } = request;
    const onwards = createAnswer(deps, scope, request, bounds);
    const newest = createAnswer(deps, scope, { ...request, limit: Math.min(limit, bounds.newest) }, bounds);
    const read = await readArrivals(scope, after, { onwards: onwards.taker, newest: newest.taker });
    return read.isFromNewest
      ? toLiveBody(newest.shown.toReversed(), newest.counts, read)
      : toLiveBody(onwards.shown, onwards.counts, read);
  };
};
