// Steps 2 to 5: segments, customer markers, feed, scope markers. All run in every delivery, also for parts that were
// already there; each step takes only what the steps before it have confirmed.
import { mapConcurrently } from '../../shared/domain/concurrency.ts';
import { toFeedEntry } from '../../shared/domain/codec/feed-item.ts';
import { type Scope, scopeKey } from '../../shared/domain/ids.ts';
import { dayOfHour, msPerHour } from '../../shared/domain/time/instant.ts';
import { needsLateMarker } from '../../shared/domain/events/late-hour.ts';
import { expiresAt, segmentExpiresAt } from '../../shared/domain/events/retention.ts';
import { type MatcherDeps, openMatcher, type Pause } from '../../shared/domain/matching/matcher.ts';
import type { SegmentContents } from '../../shared/domain/codec/segment.ts';
import { cutIntoParts, type Part, type SegmentPart } from '../../shared/domain/events/segment-part.ts';
import type { FeedStore } from '../../shared/store/events/feed.ts';
import type { LateMarkerStore } from '../../shared/store/events/late-markers.ts';
import type { SegmentStore } from '../../shared/store/events/segments.ts';

import { concurrency, inSequence, type Run, type Work } from './delivery.ts';

export interface StoreDeps extends MatcherDeps {
  readonly segments: Pick<SegmentStore, 'find' | 'putIfAbsent'>;
  readonly lateMarkers: Pick<LateMarkerStore, 'raise'>;
  readonly feed: Pick<FeedStore, 'put'>;
  /** UTC milliseconds. */
  readonly now: () => number;
  readonly newUlid: () => string;
  /** A random shard of the feed, 0 to count - 1. */
  readonly pickShard: (count: number) => number;
  /** Days; 0: for ever. */
  readonly retentionDays: number;
}

/** A confirmed part, with the decisions that are stored: those of the delivery that came first. */
export interface WrittenPart {
  readonly work: Work;
  readonly part: SegmentPart;
  readonly contents: SegmentContents;
}

const distinct = <T>(values: Iterable<T>): T[] => [...new Set(values)];

/**
 * Step 2. The accounts and the catalog are read once per scope, after the claims: what is not owned is not decided. Parts are decided
 * one after the other, so that some are complete when the turn is over; a delivery that is not the first looks for them before.
 */
const storeSegments = async (
  deps: StoreDeps,
  run: Run,
  scopes: Map<string, number>,
  pause: Pause,
): Promise<readonly WrittenPart[]> => {
  const decided = inSequence();
  const owning = run.works.filter((work) => !run.hasFailed(work) && work.owned.length > 0);
  const cuts = owning.map((work) => ({ work, parts: cutIntoParts(work.batch, work.owned) }));
  const perScope = Map.groupBy(cuts, ({ work }) => scopeKey(work.batch.scope));
  const stored = await mapConcurrently([...perScope], concurrency, async ([key, group]) => {
    const works = group.map(({ work }) => work);
    const scope = group[0]?.work.batch.scope;
    if (scope === undefined) return [];
    const customers = distinct(group.flatMap(({ parts }) => parts.map(({ part }) => part.customer)));
    const matcher = await run.attempt(works, () => openMatcher(deps, scope, customers, pause));
    if (matcher === undefined) return [];
    scopes.set(key, matcher.feedShards);

    const store = async ({ work, cut: { part, entries } }: { work: Work; cut: Part }): Promise<WrittenPart> => {
      const { scope, receivedAt, receives = 1 } = work.batch;
      const known = receives > 1 ? await deps.segments.find(scope, part) : undefined;
      if (known) return { work, part, contents: known };
      await matcher.prepare(part.customer, part.name);
      const contents = await decided(async (): Promise<SegmentContents> => ({
        catalogVersion: matcher.catalog.version,
        decidedAt: deps.now(),
        entries: await mapConcurrently(entries, 1, async ({ accepted }) => ({
          event: accepted.event,
          decision: await matcher.decide(accepted, receivedAt),
        })),
      }));
      const expiry = segmentExpiresAt(deps.retentionDays, receivedAt, (part.hour + 1) * msPerHour);
      const outcome = await deps.segments.putIfAbsent(scope, part, contents, expiry);
      return { work, part, contents: outcome.kind === 'existing' ? outcome.contents : contents };
    };
    const jobs = group.flatMap(({ work, parts }) => parts.map((cut) => ({ work, cut })));
    return mapConcurrently(jobs, concurrency, (job) => run.attempt([job.work], () => store(job)));
  });
  return stored.flat().filter((part) => part !== undefined);
};

/**
 * Steps 3 and 5: raises the counter of every late hour, once per day of a customer (or of the whole scope). The clock is
 * read here, after the puts of the step before were confirmed: who sealed the hour without them sees the marker.
 */
const raiseLateMarkers = async (
  deps: StoreDeps,
  run: Run,
  parts: readonly WrittenPart[],
  customerOf: (part: WrittenPart) => string | null,
): Promise<void> => {
  const now = deps.now();
  const late = parts.filter(({ work, part }) => !run.hasFailed(work) && needsLateMarker(part.hour, now));
  const days = Map.groupBy(late, (stored) =>
    JSON.stringify([scopeKey(stored.work.batch.scope), customerOf(stored), dayOfHour(stored.part.hour)]),
  );
  await mapConcurrently([...days.values()], concurrency, async (group) => {
    const [first] = group;
    if (first === undefined) return;
    const hours = distinct(group.map(({ part }) => part.hour));
    await run.attempt(distinct(group.map(({ work }) => work)), () =>
      deps.lateMarkers.raise(first.work.batch.scope, customerOf(first), hours),
    );
  });
};

/** Step 4. Only confirmed parts of batches that have not failed, so that every reference can be followed. */
const storeFeed = async (
  deps: StoreDeps,
  run: Run,
  parts: readonly WrittenPart[],
  scopes: ReadonlyMap<string, number>,
): Promise<void> => {
  const sound = parts.filter(({ work }) => !run.hasFailed(work));
  const hours = Map.groupBy(sound, ({ work, part }) => `${scopeKey(work.batch.scope)} ${String(part.hour)}`);
  await mapConcurrently([...hours.values()], concurrency, async (group) => {
    const [first] = group;
    if (first === undefined) return;
    const scope: Scope = first.work.batch.scope;
    const shard = deps.pickShard(scopes.get(scopeKey(scope)) ?? 1);
    const newest = group.flatMap(({ contents }) => contents.entries.map(({ event }) => event.timestamp));
    const arrival = Math.max(...group.map(({ work }) => work.batch.receivedAt));
    await run.attempt(distinct(group.map(({ work }) => work)), () =>
      deps.feed.put(
        scope,
        first.part.hour,
        group.map(({ part, contents }) => toFeedEntry(part, contents)),
        { shard, newUlid: deps.newUlid, expiresAt: expiresAt(deps.retentionDays, arrival, Math.max(...newest)) },
      ),
    );
  });
};

/** Stores the owned entries of every batch that has not failed. Idempotent. `pause` is asked while it decides. */
export const storeParts = async (deps: StoreDeps, run: Run, pause: Pause): Promise<readonly WrittenPart[]> => {
  const feedShards = new Map<string, number>();
  const parts = await storeSegments(deps, run, feedShards, pause);
  await raiseLateMarkers(deps, run, parts, ({ part }) => part.customer);
  await storeFeed(deps, run, parts, feedShards);
  await raiseLateMarkers(deps, run, parts, () => null);
  return parts;
};
