// Stores a batch as a deployment that cuts smaller parts would: steps 2 to 5 of the protocol, with parts of its own.
import type { Batch } from '../../../shared/domain/events/batch.ts';
import { toFeedEntry } from '../../../shared/domain/codec/feed-item.ts';
import { hourOf } from '../../../shared/domain/time/instant.ts';
import { needsLateMarker } from '../../../shared/domain/events/late-hour.ts';
import type { FeedStore } from '../../../shared/store/events/feed.ts';
import type { LateMarkerStore } from '../../../shared/store/events/late-markers.ts';
import type { SegmentStore } from '../../../shared/store/events/segments.ts';
import { aDecision, aScope } from '../builders/builders.ts';

interface RecutDeps {
  readonly segments: SegmentStore;
  readonly lateMarkers: LateMarkerStore;
  readonly feed: FeedStore;
  readonly now: () => number;
  readonly newUlid: () => string;
  readonly shards: number;
}

export const storeRecut = async (
  { segments, lateMarkers, feed, now, newUlid, shards }: RecutDeps,
  batch: Batch,
  owned: readonly number[],
  size: number,
): Promise<void> => {
  const entries = owned.flatMap((index) => {
    const event = batch.events[index]?.event;
    return event ? [{ index, event }] : [];
  });
  const groups = Map.groupBy(entries, ({ event: { externalCustomerId, name, timestamp } }) =>
    JSON.stringify([externalCustomerId, name, hourOf(timestamp)]),
  );
  for (const group of groups.values()) {
    for (let from = 0; from < group.length; from += size) {
      const run = group.slice(from, from + size);
      const [first, last] = [run[0], run.at(-1)];
      if (!first || !last) continue;
      const hour = hourOf(first.event.timestamp);
      const { externalCustomerId: customer, name } = first.event;
      const part = { customer, name, hour, batchId: batch.id, first: first.index, last: last.index };
      const own = {
        catalogVersion: 1,
        decidedAt: now(),
        entries: run.map(({ event }) => ({ event, decision: aDecision() })),
      };
      const outcome = await segments.putIfAbsent(aScope, part, own, undefined);
      const contents = outcome.kind === 'existing' ? outcome.contents : own;
      const isLate = needsLateMarker(hour, now());
      if (isLate) await lateMarkers.raise(aScope, customer, [hour]);
      await feed.put(aScope, hour, [toFeedEntry(part, contents)], {
        shard: from % shards,
        newUlid,
        expiresAt: undefined,
      });
      if (isLate) await lateMarkers.raise(aScope, null, [hour]);
    }
  }
};
