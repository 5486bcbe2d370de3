// Where events are stored, read past the product's readers: every part of the segments and every entry of the feed, with
// the time when it was written.
import { isDeepStrictEqual } from 'node:util';
import { decodeFeedItem, type FeedEntry } from '../../../shared/domain/codec/feed-item.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { SegmentContents } from '../../../shared/domain/codec/segment.ts';
import type { SegmentPart } from '../../../shared/domain/events/segment-part.ts';
import { feedPartition, segmentKey } from '../../../shared/store/table/keys.ts';
import { createSegmentStore } from '../../../shared/store/events/segments.ts';
import type { StoredItem } from '../../../shared/store/table/table.ts';
import { mostFeedShards } from './catalog-changes.ts';
import type { World } from './world.ts';

export interface StoredPlace {
  readonly part: SegmentPart;
  readonly contents: SegmentContents;
  /** Virtual time. */
  readonly writtenAt: number;
}

/** Reads segments in the order of hours and sort keys: of those with the same event, the decision in the first counts. */
export const readSegmentPlaces = async (
  world: World,
  scope: Scope,
  hours: readonly number[],
): Promise<StoredPlace[]> => {
  const places: StoredPlace[] = [];
  const store = createSegmentStore(world.table);
  for (const customer of world.customers) {
    for (const hour of hours) {
      for await (const parts of store.readHours(scope, customer, hour, hour)) {
        for (const { part, readContents } of parts) {
          const writtenAt = world.journal.firstPut(segmentKey(scope, part)) ?? NaN;
          places.push({ part, contents: readContents(), writtenAt });
        }
      }
    }
  }
  return places;
};

const decodeEntries = ({ b }: StoredItem, hour: number): FeedEntry[] => {
  if (!(b instanceof Uint8Array)) throw new Error('a feed item without bytes');
  return decodeFeedItem(b, hour);
};

const identity = (part: SegmentPart): string => JSON.stringify(part);

/** Reads the feed, and checks each entry against the segment it names. */
export const readFeedPlaces = (
  world: World,
  scope: Scope,
  hours: readonly number[],
  segments: readonly StoredPlace[],
): StoredPlace[] => {
  const segmentOf = new Map(segments.map((place) => [identity(place.part), place]));
  const toPlaces = (entry: FeedEntry, writtenAt: number): StoredPlace[] => {
    const segment = segmentOf.get(identity(entry.part));
    if (segment === undefined) {
      world.fail(`the feed names a part that is not there: ${identity(entry.part)}`);
      return [];
    }
    if (entry.kind === 'inline' && !isDeepStrictEqual(entry.contents, segment.contents)) {
      world.fail(`the feed holds other contents than the segment ${identity(entry.part)}`);
    }
    if (entry.kind === 'reference' && entry.count !== segment.contents.entries.length) {
      world.fail(`the feed counts other events than the segment ${identity(entry.part)}`);
    }
    const { contents } = entry.kind === 'inline' ? entry : segment;
    return [{ part: entry.part, contents, writtenAt }];
  };
  const shards = Array.from({ length: mostFeedShards }, (_, shard) => shard);
  return hours.flatMap((hour) =>
    shards
      .flatMap((shard) => [...(world.partitions.get(feedPartition(scope, hour, shard))?.values() ?? [])])
      .flatMap((item) =>
        decodeEntries(item, hour).flatMap((entry) => toPlaces(entry, world.journal.firstPut(item) ?? NaN)),
      ),
  );
};

/** By event id, where each was written first. */
export const firstWritten = (places: readonly StoredPlace[]): ReadonlyMap<string, StoredPlace> => {
  const first = new Map<string, StoredPlace>();
  for (const place of places) {
    for (const { event } of place.contents.entries) {
      if (place.writtenAt < (first.get(event.id)?.writtenAt ?? Infinity)) first.set(event.id, place);
    }
  }
  return first;
};
