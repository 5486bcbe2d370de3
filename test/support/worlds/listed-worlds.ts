// Tables with events in them, for laws about lists: dense within hours, or sparse over days; in batches that were delivered
// more than once, over several shards of the feed.
import fc from 'fast-check';
import { type ListBounds, listBounds } from '../../../functions/query/fold/read-budget.ts';
import { createExplainUsage } from '../../../functions/query/usage/explain-usage.ts';
import { createListEvents } from '../../../functions/query/events/list-events.ts';
import { createListNames } from '../../../functions/query/events/list-names.ts';
import { createMonitorEvents } from '../../../functions/query/events/monitor-events.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import { createFeedStore } from '../../../shared/store/events/feed.ts';
import { scopeItemKey } from '../../../shared/store/table/keys.ts';
import { createLateMarkerStore } from '../../../shared/store/events/late-markers.ts';
import { createScopeStore } from '../../../shared/store/catalog/scopes.ts';
import { createSegmentStore } from '../../../shared/store/events/segments.ts';
import type { Table } from '../../../shared/store/table/table.ts';
import { aCatalog, anEvent, aScope } from '../builders/builders.ts';
import { createMemoryTable } from '../drivers/memory-table.ts';
import { storeBatches, type StoredBatch } from '../drivers/stored-events.ts';

export const now = Date.UTC(2026, 10, 20, 12);
export const minute = 60_000;

export interface ListedWorld {
  readonly all: readonly Event[];
  readonly batches: readonly StoredBatch[];
}

interface WorldOptions {
  readonly minLength?: number;
  readonly maxLength: number;
  readonly names?: readonly string[];
  /** Events of one batch lie within it. */
  readonly batchMs?: number;
  /** Few batches make large parts, which the feed only refers to. */
  readonly maxBatches?: number;
}

/** `at`: how long before the clock, milliseconds. */
const worldOf = (
  at: fc.Arbitrary<number>,
  { maxLength, minLength = 0, names = ['call', 'store'], batchMs = Infinity, maxBatches = 5 }: WorldOptions,
): fc.Arbitrary<ListedWorld> => {
  const events = fc.uniqueArray(
    fc.record({
      id: fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom('a', 'b', ':', '#', 'é') }),
      at,
      customer: fc.constantFrom('acme', 'globex'),
      name: fc.constantFrom(...names),
      size: fc.integer({ min: 1, max: 3 }),
      source: fc.constantFrom('', 'app'),
    }),
    { selector: ({ id }) => id, minLength, maxLength },
  );
  const options = fc.array(fc.record({ shard: fc.nat(1), deliveries: fc.integer({ min: 1, max: 2 }) }), {
    minLength: 1,
    maxLength: maxBatches,
  });
  return fc.tuple(events, options, fc.infiniteStream(fc.nat(100))).map(([drawn, batches, stream]) => {
    const all = drawn.map(({ id, at, customer, name, size, source }) =>
      anEvent({ id, name, source, externalCustomerId: customer, timestamp: now - at, properties: { size } }),
    );
    const groups = Map.groupBy(all, ({ timestamp }) => {
      const place = (stream.next().value ?? 0) % batches.length;
      return `${String(Math.floor((now - timestamp) / batchMs))} ${String(place)}`;
    });
    return {
      all,
      batches: [...groups.values()].map((events, index) => ({
        shard: 0,
        deliveries: 1,
        ...batches[index % batches.length],
        id: `01K7M3ZZZZ${String(index).padStart(16, '0')}`,
        events,
      })),
    };
  });
};

/** Three hours, with many events in one minute and at one instant. */
export const denseWorld = worldOf(
  fc.oneof(
    fc.integer({ min: 20 * minute, max: 200 * minute }),
    fc.integer({ min: 4, max: 40 }).map((step) => step * 5 * minute),
  ),
  { maxLength: 60 },
);

/** An hour of batches that span some minutes each, as the feed's items then do. */
export const closeWorld = worldOf(fc.integer({ min: 20 * minute, max: 60 * minute }), {
  maxLength: 60,
  batchMs: 5 * minute,
});

/** All in some minutes of one hour, in large parts: more than a request may read. */
export const crowdedWorld = worldOf(fc.integer({ min: 20 * minute, max: 40 * minute }), {
  minLength: 60,
  maxLength: 120,
  names: ['call'],
  maxBatches: 2,
});

/** Ten days, before the scope was made too. */
export const sparseWorld = worldOf(fc.integer({ min: 0, max: 10 * 1_440 * minute }), { maxLength: 40 });

/** More than any of these worlds has. */
export const manyPartitions = 2_000;
/** From hardly anything to what a deployment has. */
export const bounds: fc.Arbitrary<ListBounds> = fc.record({
  events: fc.oneof(fc.nat(12), fc.constant(10_000)),
  partitions: fc.oneof(fc.nat(8), fc.integer({ min: 30, max: 300 }), fc.constant(manyPartitions)),
});
const unasked = (): never => {
  throw new Error('of no use for a list without verdicts');
};
export const openLists = async (
  batches: readonly StoredBatch[],
  bounds: ListBounds = listBounds,
  watch: (table: Table) => Table = (table) => table,
) => {
  const table = createMemoryTable({ itemsPerPage: 3 });
  const scopes = createScopeStore(table);
  await scopes.ensure(aScope, now - 1_000 * minute);
  await table.set(scopeItemKey(aScope), { shards: 2 }, { kind: 'exists' });
  await storeBatches(table, batches);
  const watched = watch(table);
  const deps = {
    scopes: createScopeStore(watched),
    lateMarkers: createLateMarkerStore(watched),
    feed: createFeedStore(watched),
    segments: createSegmentStore(watched),
    now: () => now,
    retentionDays: 0,
    claims: { readMany: unasked },
    readAccounts: unasked,
    readCatalog: unasked,
    findSimilarNames: unasked,
    startBudget: unasked,
  };
  const readQueueDepth = () => Promise.resolve({ waiting: 3, inFlight: 2 });
  return {
    list: createListEvents(deps, bounds),
    explain: createExplainUsage(deps, bounds),
    monitor: createMonitorEvents({ ...deps, readQueueDepth }),
    names: createListNames({ ...deps, readCatalog: () => Promise.resolve({ catalog: aCatalog(), feedShards: 2 }) }),
  };
};
