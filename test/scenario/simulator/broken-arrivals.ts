// Broken variants of the live feed: how arrivals are numbered and put, and how they are read.
import { createArrivalReader } from '../../../functions/query/events/arrival-reader.ts';
import { createBatchProcessor, type ProcessorDeps } from '../../../functions/processor/process-batches.ts';
import { dayOfArrival } from '../../../shared/domain/events/live-position.ts';
import { msPerDay } from '../../../shared/domain/time/instant.ts';
import { createArrivalStore } from '../../../shared/store/events/arrivals.ts';
import { createFeedStore, type FeedAddress } from '../../../shared/store/events/feed.ts';
import { arrivalSortKey } from '../../../shared/store/table/keys.ts';
import type { Table } from '../../../shared/store/table/table.ts';
import { createMemoryTable } from '../../support/drivers/memory-table.ts';
import type { System } from './system.ts';

type CreateStore = System['createArrivalStore'];
type CreateProcessor = System['createBatchProcessor'];
type CreateReader = System['createArrivalReader'];

/** Only its puts go through the broken table. */
const storeOver =
  (breakTable: (table: Table, now: () => number) => Table): CreateStore =>
  (table, wait) => ({
    ...createArrivalStore(table, wait),
    put: (scope, arrived, options) =>
      createArrivalStore(breakTable(table, options.now), wait).put(scope, arrived, options),
  });

/** The number is the time of the day in milliseconds. */
export const numberedByClock = storeOver((table, now) => ({
  ...table,
  query: () => Promise.resolve({ items: [{ sk: arrivalSortKey((now() % msPerDay) - 1), f: [], n: 0, t: 0, u: '' }] }),
}));

export const takenWithoutCondition = storeOver((table) => ({
  ...table,
  put: (item) => table.put(item, { kind: 'none' }),
}));

/** The arrival that holds the number is never taken for its own. */
export const lostAnswerTakenForRefusal = storeOver((table) => ({ ...table, get: () => Promise.resolve(undefined) }));

const broken =
  (wrap: (deps: ProcessorDeps) => Partial<ProcessorDeps>): CreateProcessor =>
  (deps) =>
    createBatchProcessor({ ...deps, ...wrap(deps) });

/** Where a put of these entries will put them, and with which ULIDs. */
const foresee = async (...[scope, hour, entries, options]: Parameters<ProcessorDeps['feed']['put']>) => {
  const ulids: string[] = [];
  const newUlid = (): string => {
    const ulid = options.newUlid();
    ulids.push(ulid);
    return ulid;
  };
  const items = await createFeedStore(createMemoryTable()).put(scope, hour, entries, { ...options, newUlid });
  return { items, ulids };
};

export const arrivalBeforeFeed = broken(({ feed, arrivals, ...deps }) => ({
  ...deps,
  arrivals: { put: () => Promise.resolve() },
  feed: {
    put: async (scope, hour, entries, options): Promise<readonly FeedAddress[]> => {
      const { items, ulids } = await foresee(scope, hour, entries, options);
      const { now, newUlid } = deps;
      await arrivals?.put(scope, { items, events: 0 }, { shard: options.shard, now, newUlid });
      const known = ulids.values();
      return feed.put(scope, hour, entries, { ...options, newUlid: () => known.next().value ?? newUlid() });
    },
  },
}));

export const acknowledgedDespiteFailedArrival = broken(({ arrivals }) => ({
  arrivals: { put: async (...put) => arrivals?.put(...put).catch(() => undefined) },
}));

export const dayBeforeNotRead: CreateReader = (deps) =>
  createArrivalReader({
    ...deps,
    arrivals: {
      ...deps.arrivals,
      readAfter: async (scope, day, ...range) =>
        day < dayOfArrival(deps.now()) ? [] : deps.arrivals.readAfter(scope, day, ...range),
    },
  });

/** The shards that there were at the beginning. */
export const newShardsNotRead: CreateReader = (deps) =>
  createArrivalReader({
    ...deps,
    scopes: { read: async (scope) => ({ ...(await deps.scopes.read(scope)), feedShards: 1 }) },
  });
