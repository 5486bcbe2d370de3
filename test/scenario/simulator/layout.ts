// Stores of a deployment that cuts parts finer than the product does, or holds fewer events inline in the feed: so that
// parts of one batch overlap, and small parts are referred to.
import { countVerdicts } from '../../../shared/domain/codec/decision-table.ts';
import { type FeedEntry, toFeedEntry } from '../../../shared/domain/codec/feed-item.ts';
import type { SegmentContents } from '../../../shared/domain/codec/segment.ts';
import type { SegmentPart } from '../../../shared/domain/events/segment-part.ts';
import type { FeedStore } from '../../../shared/store/events/feed.ts';
import type { SegmentStore } from '../../../shared/store/events/segments.ts';
import type { Layout } from './dials.ts';
import type { Surroundings } from './sent.ts';

export interface PartStores {
  readonly segments: Pick<SegmentStore, 'find' | 'putIfAbsent'>;
  readonly feed: Pick<FeedStore, 'put'>;
}

type Entries = SegmentContents['entries'];
export type Cut = (entries: Entries) => readonly Entries[];
export type ToFeedEntry = (part: SegmentPart, contents: SegmentContents) => FeedEntry;

const identity = (part: SegmentPart): string => JSON.stringify(part);

interface Piece {
  readonly part: SegmentPart;
  readonly contents: SegmentContents;
}

/** `stores` that keep each part in the pieces that `cut` makes of it, named by their first and last batch index. */
export const recut = (
  { batches }: Surroundings,
  stores: PartStores,
  cut: Cut,
  toEntry: ToFeedEntry = toFeedEntry,
): PartStores => {
  const pieces = new Map<string, readonly Piece[]>();
  const indexOf = (batchId: string, entry: Entries[number] | undefined): number =>
    batches.find(({ batch }) => batch.id === batchId)?.batch.events.findIndex(({ event }) => event === entry?.event) ??
    -1;

  return {
    segments: {
      // Which pieces there are depends on the entries.
      find: () => Promise.resolve(undefined),
      putIfAbsent: async (scope, part, contents, expiresAt) => {
        const stored: Piece[] = [];
        let isNew = true;
        for (const entries of cut(contents.entries)) {
          const first = indexOf(part.batchId, entries[0]);
          const piece = { ...part, first, last: indexOf(part.batchId, entries.at(-1)) };
          const own = { ...contents, entries };
          const outcome = await stores.segments.putIfAbsent(scope, piece, own, expiresAt);
          isNew &&= outcome.kind === 'written';
          stored.push({ part: piece, contents: outcome.kind === 'existing' ? outcome.contents : own });
        }
        pieces.set(identity(part), stored);
        const entries = stored.flatMap(({ contents }) => contents.entries);
        return isNew ? { kind: 'written' } : { kind: 'existing', contents: { ...contents, entries } };
      },
    },
    feed: {
      put: (scope, hour, entries, options) => {
        const recutEntries = entries
          .flatMap(({ part }) => pieces.get(identity(part)) ?? [])
          .map(({ part, contents }) => toEntry(part, contents));
        return stores.feed.put(scope, hour, recutEntries, options);
      },
    },
  };
};

const inRuns =
  (size: number): Cut =>
  (entries) =>
    size === Infinity
      ? [entries]
      : Array.from({ length: Math.ceil(entries.length / size) }, (_, run) =>
          entries.slice(run * size, (run + 1) * size),
        );

/** References also to parts that the product would hold inline. */
const withInlineLimit =
  (limit: number): ToFeedEntry =>
  (part, contents) => {
    const { entries } = contents;
    if (entries.length <= limit) return toFeedEntry(part, contents);
    const timestamps = entries.map(({ event }) => event.timestamp);
    return {
      kind: 'reference',
      part,
      count: entries.length,
      firstTimestamp: Math.min(...timestamps),
      lastTimestamp: Math.max(...timestamps),
      verdicts: countVerdicts(entries.map(({ decision }) => decision)),
    };
  };

export const withLayout = (
  surroundings: Surroundings,
  stores: PartStores,
  { partSize, inlineLimit }: Layout,
): PartStores => recut(surroundings, stores, inRuns(partSize), withInlineLimit(inlineLimit));
