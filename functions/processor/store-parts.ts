// Steps 2 and 4, for parts of one scope: stores segments, and the feed. Both run in every delivery, also for parts that were already
// there; each step takes only what the steps before it have confirmed.
import { toFeedEntry } from '../../shared/domain/codec/feed-item.ts';
import type { SegmentContents } from '../../shared/domain/codec/segment.ts';
import { mapConcurrently } from '../../shared/domain/concurrency.ts';
import { expiresAt, segmentExpiresAt } from '../../shared/domain/events/retention.ts';
import type { Part, SegmentPart } from '../../shared/domain/events/segment-part.ts';
import type { Scope } from '../../shared/domain/ids.ts';
import type { Matcher } from '../../shared/domain/matching/matcher.ts';
import { msPerHour } from '../../shared/domain/time/instant.ts';
import type { ArrivedItems } from '../../shared/store/events/arrivals.ts';
import type { FeedStore } from '../../shared/store/events/feed.ts';
import type { SegmentStore } from '../../shared/store/events/segments.ts';
import { concurrency, type Delivery, type Progress } from './delivery.ts';

export interface StorePartsDeps {
  readonly segments: Pick<SegmentStore, 'find' | 'putIfAbsent'>;
  readonly feed: Pick<FeedStore, 'put'>;
  /** UTC milliseconds. */
  readonly now: () => number;
  readonly newUlid: () => string;
  /** A random shard of the feed, 0 to count - 1. */
  readonly pickShard: (count: number) => number;
  /** Days; 0: forever. */
  readonly retentionDays: number;
}

/** A part that a batch owns, with its events. */
export interface OwnedPart extends Part {
  readonly batch: Delivery;
}

/** A confirmed part, with the decisions that are stored: those of the delivery that came first. */
export interface WrittenPart {
  readonly batch: Delivery;
  readonly part: SegmentPart;
  readonly contents: SegmentContents;
}

export const distinct = <T>(values: Iterable<T>): T[] => [...new Set(values)];
export const batchesOf = (parts: readonly WrittenPart[]): readonly Delivery[] =>
  distinct(parts.map(({ batch }) => batch));

/** Runs tasks one after the other, in the order asked; a failed one does not stop the next. */
const inSequence = (): (<T>(task: () => Promise<T>) => Promise<T>) => {
  let before: Promise<unknown> = Promise.resolve();
  return (task) => {
    const mine = before.then(task);
    before = mine.catch(() => undefined);
    return mine;
  };
};

/**
 * Step 2. Parts are decided one after the other, so that some are complete when the turn is over; a delivery that is not the first
 * looks for them before it decides.
 */
export const storeSegments = async (
  deps: StorePartsDeps,
  progress: Progress,
  scope: Scope,
  matcher: Matcher,
  parts: readonly OwnedPart[],
): Promise<readonly WrittenPart[]> => {
  const decided = inSequence();
  const store = async ({ batch, part, entries }: OwnedPart): Promise<WrittenPart> => {
    const { receivedAt, receives = 1 } = batch;
    const known = receives > 1 ? await deps.segments.find(scope, part) : undefined;
    if (known) return { batch, part, contents: known };
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
    return { batch, part, contents: outcome.kind === 'existing' ? outcome.contents : contents };
  };
  const stored = await mapConcurrently(parts, concurrency, (part) => progress.attempt([part.batch], () => store(part)));
  return stored.filter((part) => part !== undefined);
};

/**
 * Step 4. Only confirmed parts of batches that have not failed, so that every reference can be followed. Returns the items whose
 * puts were confirmed, with the number of their events.
 */
export const storeFeed = async (
  deps: StorePartsDeps,
  progress: Progress,
  scope: Scope,
  feedShards: number,
  parts: readonly WrittenPart[],
): Promise<ArrivedItems> => {
  const sound = parts.filter(({ batch }) => !progress.hasFailed(batch));
  const put = await mapConcurrently(
    [...Map.groupBy(sound, ({ part }) => part.hour)],
    concurrency,
    async ([hour, ofHour]) => {
      const timestamps = ofHour.flatMap(({ contents }) => contents.entries.map(({ event }) => event.timestamp));
      const arrival = Math.max(...ofHour.map(({ batch }) => batch.receivedAt));
      const options = {
        shard: deps.pickShard(feedShards),
        newUlid: deps.newUlid,
        expiresAt: expiresAt(deps.retentionDays, arrival, Math.max(...timestamps)),
      };
      const entries = ofHour.map(({ part, contents }) => toFeedEntry(part, contents));
      const items = await progress.attempt(batchesOf(ofHour), () => deps.feed.put(scope, hour, entries, options));
      return items === undefined ? [] : [{ items, events: timestamps.length }];
    },
  );
  const arrived = put.flat();
  return {
    items: arrived.flatMap(({ items }) => items),
    events: arrived.reduce((sum, { events }) => sum + events, 0),
  };
};
