// Arrivals: what each run of the write protocol put into the feed, numbered in the order in which it became visible. Who reads
// the numbers upwards misses nothing, whatever the clocks say: a number is taken only after all numbers before it.
import * as v from 'valibot';
import { arrivalLifeMs, dayOfArrival } from '../../domain/events/live-position.ts';
import type { Scope } from '../../domain/ids.ts';
import { msPerSecond } from '../../domain/time/instant.ts';
import { arrivalPartition, arrivalSortKey, numberOfArrival } from '../table/keys.ts';
import { retryOnConflict, type Wait } from '../table/retry.ts';
import { queryAll, type StoredItem, type Table } from '../table/table.ts';
import type { FeedAddress } from './feed.ts';

/** Feed items that one run of the protocol wrote, of one scope. */
export interface ArrivedItems {
  readonly items: readonly FeedAddress[];
  /** How many events they have. */
  readonly events: number;
}

export interface Arrival extends ArrivedItems {
  /** Its number among the arrivals of its day and shard, from 1. */
  readonly number: number;
  /** The writer's clock, UTC milliseconds. */
  readonly arrivedAt: number;
}

interface ArrivalPutOptions {
  /** 0 to `feedShards` - 1. */
  readonly shard: number;
  /** UTC milliseconds; read again before each attempt. */
  readonly now: () => number;
  readonly newUlid: () => string;
}

/** `day`: whole days since the epoch, UTC. Every operation throws DependencyError. */
export interface ArrivalStore {
  /**
   * Puts an arrival under the next number of the day. Once per call, also when an answer is lost; not idempotent. The day is that
   * of the clock just before the put, so a put that is confirmed landed at most a request's time after the day.
   */
  readonly put: (scope: Scope, arrived: ArrivedItems, options: ArrivalPutOptions) => Promise<void>;
  /** Reads the arrivals with numbers above `number`, ascending, at most `limit`. */
  readonly readAfter: (
    scope: Scope,
    day: number,
    shard: number,
    number: number,
    limit: number,
  ) => Promise<readonly Arrival[]>;
  /** Reads the arrivals with the highest numbers, descending, at most `limit`. */
  readonly readNewest: (scope: Scope, day: number, shard: number, limit: number) => Promise<readonly Arrival[]>;
}

/** Every invocation of a scope takes its numbers from the same few partitions. */
const racesLost = 20;

const ItemSchema = v.object({
  sk: v.string(),
  /** feed items: hour, shard, sort key */
  f: v.array(v.tuple([v.number(), v.number(), v.string()])),
  /** events */ n: v.number(),
  /** arrived at */ t: v.number(),
  /** the put */ u: v.string(),
});

const fromItem = (item: unknown): Arrival => {
  const { sk, f, n, t } = v.parse(ItemSchema, item);
  return {
    number: numberOfArrival(sk),
    items: f.map(([hour, shard, sk]) => ({ hour, shard, sk })),
    events: n,
    arrivedAt: t,
  };
};

/** `wait`: between attempts to take a number; set by tests. */
export const createArrivalStore = (table: Table, wait?: Wait): ArrivalStore => {
  const readUpTo = async (limit: number, range: Parameters<Table['query']>[0]): Promise<readonly Arrival[]> => {
    const found: Arrival[] = [];
    for await (const items of queryAll(table, { ...range, limit })) {
      found.push(...items.map(fromItem));
      if (found.length >= limit) break;
    }
    return found.slice(0, limit);
  };
  const readNewest: ArrivalStore['readNewest'] = (scope, day, shard, limit) =>
    readUpTo(limit, { pk: arrivalPartition(scope, day, shard), descending: true });

  return {
    put: async (scope, { items, events }, { shard, now, newUlid }) => {
      const u = newUlid();
      /** Returns undefined when the number was taken by another, or the day has ended meanwhile. */
      const take = async (): Promise<true | undefined> => {
        const day = dayOfArrival(now());
        const [last] = await readNewest(scope, day, shard, 1);
        const t = now();
        if (dayOfArrival(t) !== day) return undefined;
        const item: StoredItem = {
          pk: arrivalPartition(scope, day, shard),
          sk: arrivalSortKey((last?.number ?? 0) + 1),
          f: items.map(({ hour, shard, sk }) => [hour, shard, sk]),
          n: events,
          t,
          u,
          ttl: Math.ceil((t + arrivalLifeMs) / msPerSecond),
        };
        if ((await table.put(item, { kind: 'absent' })) === 'written') return true;
        // The SDK repeats a request whose answer was lost: the one that has the number may be this one.
        const holder = v.parse(v.optional(ItemSchema), await table.get({ pk: item.pk, sk: item.sk }));
        return holder?.u === u ? true : undefined;
      };
      await retryOnConflict(take, wait, racesLost);
    },

    readAfter: (scope, day, shard, number, limit) =>
      readUpTo(limit, { pk: arrivalPartition(scope, day, shard), from: arrivalSortKey(number + 1) }),
    readNewest,
  };
};
