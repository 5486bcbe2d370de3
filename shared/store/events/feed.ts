// The feed: what each invocation stored, by scope and hour of event time, for readers across customers. Every delivery of a batch
// writes its items again; readers drop the repeats.
import * as v from 'valibot';
import {
  decodeFeedItem,
  encodeFeedItem,
  type FeedEntry,
  openFeedItem,
  type OpenFeedItem,
} from '../../domain/codec/feed-item.ts';
import { mapConcurrently } from '../../domain/concurrency.ts';
import type { EventOrder } from '../../domain/events/event-order.ts';
import type { Scope } from '../../domain/ids.ts';
import { msPerHour, msPerMinute } from '../../domain/time/instant.ts';
import {
  feedPartition,
  feedRangeFromMinute,
  feedRangeOfMinutes,
  feedSortKey,
  isWideFeedSortKey,
  keyBytes,
  minuteOfFeedSortKey,
  wideFeedRange,
} from '../table/keys.ts';
import { queryAll, type Table, type TableQuery } from '../table/table.ts';

interface FeedPutOptions {
  /** 0 to `feedShards` - 1. */
  readonly shard: number;
  readonly newUlid: () => string;
  /** Epoch seconds; undefined: never. */
  readonly expiresAt: number | undefined;
}

/** Where an item of the feed is. */
export interface FeedAddress {
  /** Whole hours since the epoch. */
  readonly hour: number;
  readonly shard: number;
  /** Its sort key. */
  readonly sk: string;
}

/** @internal */
export interface FeedItem {
  /** Minute of the hour, 0 to 59. Neither this item nor a following one has an event of a later minute (ascending: of an earlier one). */
  readonly minute: number;
  readonly entries: readonly FeedEntry[];
}

/** `hour`: whole hours of event time since the epoch. Every operation throws DependencyError. */
export interface FeedStore {
  /**
   * Puts the entries of one hour (at least one) into as few items as possible, and returns where these are. Every repeat adds
   * items, which readers drop.
   */
  readonly put: (
    scope: Scope,
    hour: number,
    entries: readonly FeedEntry[],
    options: FeedPutOptions,
  ) => Promise<readonly FeedAddress[]>;
  /** Reads distinct items, in their order. Something refers to them, so an absent item is an Error. */
  readonly readMany: (scope: Scope, addresses: readonly FeedAddress[]) => Promise<readonly (readonly FeedEntry[])[]>;
  /**
   * Reads the items of all shards of an hour by minute, by default descending; pages are fetched on demand. Items may be left out
   * if they have no event of `fromMinute` or after it in that order; the other items may have earlier events too.
   */
  readonly readHour: (
    scope: Scope,
    hour: number,
    feedShards: number,
    order?: EventOrder,
    fromMinute?: number,
  ) => AsyncGenerator<FeedItem>;
  /** Reads the items of all shards of an hour, in no order, opened for a fold. */
  readonly openHour: (scope: Scope, hour: number, feedShards: number) => Promise<readonly OpenFeedItem[]>;
}

const itemLimitBytes = 350 * 1024;
const putsAtOnce = 4;
const lastMinute = 59;
/** Maximum span of an item that is not wide: none of its events is older than this before the minute in the item's key. */
const spanMinutes = 5;

/** Encodes entries into one item if they fit, else into two halves. An entry is never split. */
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

const isWide = (item: unknown): boolean => isWideFeedSortKey(v.parse(ItemSchema, item).sk);

const bounds = {
  desc: (sk: string): number => (isWideFeedSortKey(sk) ? lastMinute : minuteOfFeedSortKey(sk)),
  asc: (sk: string): number => (isWideFeedSortKey(sk) ? 0 : Math.max(0, minuteOfFeedSortKey(sk) - spanMinutes)),
} satisfies Record<EventOrder, unknown>;

/** Decodes a page of items one by one, while it is read. */
function* fromItems(hour: number, items: readonly unknown[], order: EventOrder): Generator<FeedItem> {
  for (const item of items) {
    const { sk, b } = v.parse(ItemSchema, item);
    yield { minute: bounds[order](sk), entries: decodeFeedItem(b, hour) };
  }
}

/** Merges streams that are in order by minute into one. */
async function* mergeByMinute(
  order: EventOrder,
  streams: readonly AsyncGenerator<FeedItem, undefined>[],
): AsyncGenerator<FeedItem> {
  const isFirst = (a: FeedItem, b: FeedItem): boolean => (order === 'desc' ? a.minute > b.minute : a.minute < b.minute);
  const heads = new Map<AsyncGenerator<FeedItem, undefined>, FeedItem>();
  const advance = async (stream: AsyncGenerator<FeedItem, undefined>): Promise<void> => {
    const { value } = await stream.next();
    if (value) heads.set(stream, value);
    else heads.delete(stream);
  };
  await Promise.all(streams.map(advance));
  while (heads.size > 0) {
    const [stream, item] = [...heads].reduce((a, b) => (isFirst(b[1], a[1]) ? b : a));
    yield item;
    await advance(stream);
  }
}

export const createFeedStore = (table: Table): FeedStore => {
  async function* readRange(hour: number, range: TableQuery, order: EventOrder): AsyncGenerator<FeedItem, undefined> {
    for await (const items of queryAll(table, { ...range, descending: order === 'desc' })) {
      yield* fromItems(hour, items, order);
    }
    return undefined;
  }

  // Wide items come first in both directions: their keys are the last, and they may have events of any minute.
  const readShard = {
    desc: async function* (hour: number, pk: string, fromMinute = lastMinute): AsyncGenerator<FeedItem, undefined> {
      const toMinute = fromMinute + spanMinutes;
      if (toMinute >= lastMinute) return yield* readRange(hour, { pk }, 'desc');
      yield* readRange(hour, wideFeedRange(pk), 'desc');
      return yield* readRange(hour, feedRangeOfMinutes(pk, 0, toMinute), 'desc');
    },
    /** Reads an hour; one of a single page, as most are, with one query. */
    asc: async function* (hour: number, pk: string, fromMinute = 0): AsyncGenerator<FeedItem, undefined> {
      const { items, next } = await table.query(feedRangeFromMinute(pk, fromMinute));
      if (next === undefined) yield* fromItems(hour, items.filter(isWide), 'asc');
      else yield* readRange(hour, wideFeedRange(pk), 'asc');
      yield* fromItems(
        hour,
        items.filter((item) => !isWide(item)),
        'asc',
      );
      if (next === undefined || isWideFeedSortKey(next)) return undefined;
      return yield* readRange(hour, { ...feedRangeOfMinutes(pk, fromMinute, lastMinute), after: next }, 'asc');
    },
  } satisfies Record<EventOrder, unknown>;

  return {
    put: async (scope, hour, entries, { shard, newUlid, expiresAt }) => {
      const pk = feedPartition(scope, hour, shard);
      // The longest sort key: `w#mm#` and a ULID.
      const itemKeyBytes = keyBytes({ pk, sk: feedSortKey(0, true, newUlid()) });
      return mapConcurrently(encodeWithinLimit(entries, itemKeyBytes), putsAtOnce, async ({ entries, bytes }) => {
        const sk = sortKeyOf(hour, entries, newUlid());
        await table.put({ pk, sk, b: bytes, ...(expiresAt !== undefined && { ttl: expiresAt }) }, { kind: 'none' });
        return { hour, shard, sk };
      });
    },

    readMany: async (scope, addresses) => {
      const keys = addresses.map(({ hour, shard, sk }) => ({ pk: feedPartition(scope, hour, shard), sk }));
      const items = await table.getMany(keys);
      return addresses.map(({ hour, sk }, position) => {
        const item = items[position];
        if (item === undefined) throw new Error(`a feed item that was referred to is missing: ${sk}`);
        return decodeFeedItem(v.parse(ItemSchema, item).b, hour);
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

    readHour: (scope, hour, feedShards, order = 'desc', fromMinute) =>
      mergeByMinute(
        order,
        Array.from({ length: feedShards }, (_, shard) =>
          readShard[order](hour, feedPartition(scope, hour, shard), fromMinute),
        ),
      ),
  };
};
