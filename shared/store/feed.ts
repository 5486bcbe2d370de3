// The feed: what each invocation stored, by scope and hour of event time, for readers that go across customers. Readers drop
// repeats: every delivery of a batch writes its items anew.
import * as v from 'valibot';
import { mapConcurrently } from '../domain/concurrency.ts';
import {
  decodeFeedItem,
  encodeFeedItem,
  type FeedEntry,
  openFeedItem,
  type OpenFeedItem,
} from '../domain/feed-item.ts';
import type { Scope } from '../domain/ids.ts';
import { msPerHour, msPerMinute } from '../domain/instant.ts';
import {
  feedPartition,
  feedRangeToMinute,
  feedSortKey,
  isWideFeedSortKey,
  keyBytes,
  minuteOfFeedSortKey,
  wideFeedRange,
} from './keys.ts';
import { queryAll } from './query-all.ts';
import type { Table, TableQuery } from './table.ts';

export interface FeedPutOptions {
  /** 0 to `feedShards` - 1. */
  readonly shard: number;
  readonly newUlid: () => string;
  /** Epoch seconds; undefined: never. */
  readonly expiresAt: number | undefined;
}

export interface FeedItem {
  /** Minute of the hour, 0 to 59. No item still to come holds an event of a later one. */
  readonly minute: number;
  readonly entries: readonly FeedEntry[];
}

/** `hour`: whole hours of event time since the epoch. All of it throws DependencyError. */
export interface FeedStore {
  /** Puts the entries of one hour (at least one), in as few items as fit. Repeating it adds repeats, which readers drop. */
  readonly put: (scope: Scope, hour: number, entries: readonly FeedEntry[], options: FeedPutOptions) => Promise<void>;
  /**
   * All shards' items of an hour, by descending minute, pages fetched as they are wanted. With `newestMinute`, items that
   * cannot hold an event of that minute or an earlier one may be left out; what is read still holds later events too.
   */
  readonly readHour: (
    scope: Scope,
    hour: number,
    feedShards: number,
    newestMinute?: number,
  ) => AsyncGenerator<FeedItem>;
  /** All shards' items of an hour, in no order, opened for a fold. */
  readonly openHour: (scope: Scope, hour: number, feedShards: number) => Promise<readonly OpenFeedItem[]>;
}

const itemLimitBytes = 350 * 1024;
const putsAtOnce = 4;
const lastMinute = 59;
/** An item that spans more is wide; in any other, no event is older than this before the minute in the item's key. */
const spanMinutes = 5;

/** In one item if it fits, else in halves; an entry is a part, and never split. */
const encodeWithinLimit = (
  entries: readonly FeedEntry[],
  itemKeyBytes: number,
): { entries: readonly FeedEntry[]; bytes: Uint8Array }[] => {
  const bytes = encodeFeedItem(entries, itemKeyBytes);
  if (bytes.length <= itemLimitBytes || entries.length === 1) return [{ entries, bytes }];
  const middle = Math.ceil(entries.length / 2);
  return [entries.slice(0, middle), entries.slice(middle)].flatMap((half) => encodeWithinLimit(half, itemKeyBytes));
};

const timestampsOf = (entry: FeedEntry): readonly number[] =>
  entry.kind === 'reference'
    ? [entry.firstTimestamp, entry.lastTimestamp]
    : entry.contents.entries.map(({ event }) => event.timestamp);

const sortKeyOf = (hour: number, entries: readonly FeedEntry[], ulid: string): string => {
  const timestamps = entries.flatMap(timestampsOf);
  const newest = Math.max(...timestamps);
  const isWide = newest - Math.min(...timestamps) > spanMinutes * msPerMinute;
  return feedSortKey(Math.floor((newest - hour * msPerHour) / msPerMinute), isWide, ulid);
};

const ItemSchema = v.object({ sk: v.string(), b: v.instance(Uint8Array) });

const fromItem = (hour: number, item: unknown): FeedItem => {
  const { sk, b } = v.parse(ItemSchema, item);
  return { minute: isWideFeedSortKey(sk) ? lastMinute : minuteOfFeedSortKey(sk), entries: decodeFeedItem(b, hour) };
};

/** Merges streams that descend by minute into one. */
async function* mergeDescending(streams: readonly AsyncGenerator<FeedItem, undefined>[]): AsyncGenerator<FeedItem> {
  const heads = new Map<AsyncGenerator<FeedItem, undefined>, FeedItem>();
  const advance = async (stream: AsyncGenerator<FeedItem, undefined>): Promise<void> => {
    const { value } = await stream.next();
    if (value) heads.set(stream, value);
    else heads.delete(stream);
  };
  await Promise.all(streams.map(advance));
  while (heads.size > 0) {
    const [stream, item] = [...heads].reduce((a, b) => (b[1].minute > a[1].minute ? b : a));
    yield item;
    await advance(stream);
  }
}

export const createFeedStore = (table: Table): FeedStore => {
  async function* readRange(hour: number, range: TableQuery): AsyncGenerator<FeedItem, undefined> {
    for await (const items of queryAll(table, { ...range, descending: true })) {
      yield* items.map((item) => fromItem(hour, item));
    }
    return undefined;
  }

  /** The wide ones first: their keys come last, and they may hold anything. */
  async function* readShard(hour: number, pk: string, toMinute: number): AsyncGenerator<FeedItem, undefined> {
    if (toMinute >= lastMinute) return yield* readRange(hour, { pk });
    yield* readRange(hour, wideFeedRange(pk));
    return yield* readRange(hour, feedRangeToMinute(pk, toMinute));
  }

  return {
    put: async (scope, hour, entries, { shard, newUlid, expiresAt }) => {
      const pk = feedPartition(scope, hour, shard);
      // The longest sort key: `w#mm#` and a ULID.
      const itemKeyBytes = keyBytes({ pk, sk: feedSortKey(0, true, newUlid()) });
      await mapConcurrently(encodeWithinLimit(entries, itemKeyBytes), putsAtOnce, ({ entries, bytes }) => {
        const sk = sortKeyOf(hour, entries, newUlid());
        return table.put({ pk, sk, b: bytes, ...(expiresAt !== undefined && { ttl: expiresAt }) }, { kind: 'none' });
      });
    },

    openHour: async (scope, hour, feedShards) => {
      const shards = Array.from({ length: feedShards }, async (_, shard) => {
        const opened: OpenFeedItem[] = [];
        for await (const items of queryAll(table, { pk: feedPartition(scope, hour, shard) })) {
          opened.push(...items.map((item) => openFeedItem(v.parse(ItemSchema, item).b, hour)));
        }
        return opened;
      });
      return (await Promise.all(shards)).flat();
    },

    readHour: (scope, hour, feedShards, newestMinute = lastMinute) =>
      mergeDescending(
        Array.from({ length: feedShards }, (_, shard) =>
          readShard(hour, feedPartition(scope, hour, shard), newestMinute + spanMinutes),
        ),
      ),
  };
};
