// A scope whose events were decided by one catalog and are asked about by another: events go through the real processor, lists and
// lookups through the real use cases, on a clock that stands still.
import fc from 'fast-check';
import { encodeTime } from 'ulid';
import { createBatchProcessor } from '../../../functions/processor/process-batches.ts';
import { createGetEvent } from '../../../functions/query/events/get-event.ts';
import { createListEvents, type ListEventsBounds } from '../../../functions/query/events/list-events.ts';
import { createFoldBudget, listBounds } from '../../../functions/query/fold/read-budget.ts';
import { buildCatalog } from '../../../shared/domain/catalog/catalog.ts';
import type { AcceptedEvent } from '../../../shared/domain/events/event.ts';
import type { Account } from '../../../shared/domain/subscriptions/subscription.ts';
import { msPerHour } from '../../../shared/domain/time/instant.ts';
import { createClaimStore } from '../../../shared/store/events/claims.ts';
import { createFeedStore } from '../../../shared/store/events/feed.ts';
import { createLateMarkerStore } from '../../../shared/store/events/late-markers.ts';
import { createScopeStore } from '../../../shared/store/catalog/scopes.ts';
import { createSegmentStore } from '../../../shared/store/events/segments.ts';
import { scopeItemKey } from '../../../shared/store/table/keys.ts';
import type { Table } from '../../../shared/store/table/table.ts';
import {
  aCustomer,
  aLineage,
  aLineItem,
  aMeter,
  anAccount,
  anEvent,
  aPlan,
  aScope,
  aSubscription,
} from '../builders/builders.ts';
import { createMemoryTable } from '../drivers/memory-table.ts';

export const now = Date.UTC(2026, 10, 20, 12);
const minute = 60_000;

/** Contents of a catalog and of its accounts. */
export interface Setting {
  readonly hasMeter: boolean;
  readonly hasPrice: boolean;
  readonly isAcmeThere: boolean;
  /** UTC milliseconds. */
  readonly itemStart: number;
}

export interface VerdictWorld {
  /** In the order received; the first of an id counts. */
  readonly batches: readonly (readonly AcceptedEvent[])[];
  readonly then: Setting;
  readonly now: Setting;
  /** Whether the time of every request is over at once. */
  readonly isSlow: boolean;
}

const often = (weight: number) => fc.integer({ min: 0, max: weight }).map((drawn) => drawn > 0);
const setting: fc.Arbitrary<Setting> = fc.record({
  hasMeter: often(4),
  hasPrice: often(4),
  isAcmeThere: often(4),
  itemStart: fc.constantFrom(0, now - 90 * minute, now - 30 * minute),
});

const event = fc.record({
  // Few ids: some are sent twice.
  id: fc.integer({ min: 0, max: 60 }),
  name: fc.constantFrom('llm.call', 'llm.call', 'llm.call', 'LLM.call', 'other'),
  customer: fc.constantFrom('acme', 'acme', 'acme', 'globex', 'Acme', 'nobody'),
  age: fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 8 }).map((step) => step * 12 * minute) },
    { weight: 3, arbitrary: fc.integer({ min: -20, max: 180 }).map((minutes) => minutes * minute) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 50 * 60 }).map((minutes) => minutes * minute) },
  ),
  tokens: fc.constantFrom(1, 2, '3', -4, 'many', undefined, '0.10'),
  unknownFields: fc.constantFrom([], [], [], ['timestmap']),
});

const accepted = event.map(({ id, name, customer, age, tokens, unknownFields }): AcceptedEvent => ({
  event: anEvent({
    id: `event-${String(id)}`,
    name,
    externalCustomerId: customer,
    timestamp: now - age,
    properties: tokens === undefined ? {} : { tokens },
  }),
  isTimestampSent: true,
  unknownFields,
}));

/** Many events in one hour of one customer, so that the feed refers to their parts. */
const crowd = fc
  .array(fc.tuple(accepted, fc.integer({ min: 1, max: 59 })), { minLength: 17, maxLength: 60 })
  .map((drawn) =>
    drawn.map(([{ event, ...rest }, age], index): AcceptedEvent => ({
      ...rest,
      event: {
        ...event,
        id: index % 3 === 0 ? event.id : `crowd-${event.id}-${String(index)}`,
        name: 'llm.call',
        externalCustomerId: 'acme',
        timestamp: now - age * minute,
      },
    })),
  );

export const verdictWorld: fc.Arbitrary<VerdictWorld> = fc.record({
  batches: fc.array(fc.oneof(fc.array(accepted, { minLength: 1, maxLength: 60 }), crowd), {
    minLength: 1,
    maxLength: 3,
  }),
  then: setting,
  now: setting,
  isSlow: fc.integer({ min: 0, max: 4 }).map((drawn) => drawn === 0),
});

const accountsOf = ({ isAcmeThere, itemStart }: Setting): ReadonlyMap<string, Account> => {
  const subscriptions = [aSubscription({ lineItems: [aLineItem({ startDate: itemStart })] })];
  const globex = anAccount({ customer: aCustomer({ id: 'cust_2', externalId: 'globex' }), subscriptions: [] });
  return new Map([...(isAcmeThere ? [['acme', anAccount({ subscriptions })] as const] : []), ['globex', globex]]);
};
const catalogOf = (version: number, { hasMeter, hasPrice }: Setting) =>
  buildCatalog(version, {
    meters: hasMeter ? [aMeter()] : [],
    features: [],
    plans: [aPlan()],
    priceLineages: hasPrice ? [aLineage()] : [],
    entitlements: [],
    priceUnits: [],
  });

/** `watch`: to look at what is read once the events are stored. */
export const openVerdictWorld = async (
  world: VerdictWorld,
  bounds: ListEventsBounds = listBounds,
  watch: (table: Table) => Table = (table) => table,
) => {
  const table = createMemoryTable({ itemsPerPage: 3 });
  await createScopeStore(table).ensure(aScope, now - 3 * msPerHour);
  await table.set(scopeItemKey(aScope), { shards: 2 }, { kind: 'exists' });
  let ids = 0;
  const depsOf = (over: Table, version: number, setting: Setting) => ({
    claims: createClaimStore(over),
    segments: createSegmentStore(over),
    feed: createFeedStore(over),
    lateMarkers: createLateMarkerStore(over),
    scopes: createScopeStore(over),
    retentionDays: 0,
    now: () => now,
    newUlid: () => encodeTime(now, 10) + String((ids += 1)).padStart(16, '0'),
    readAccounts: (_: unknown, externalIds: readonly string[]) =>
      Promise.resolve(new Map([...accountsOf(setting)].filter(([id]) => externalIds.includes(id)))),
    readCatalog: () => Promise.resolve({ catalog: catalogOf(version, setting), feedShards: 2 }),
    findSimilarNames: (_: unknown, kind: 'CUSTOMER' | 'EVENT_NAME', name: string) => {
      const stored = { CUSTOMER: 'acme', EVENT_NAME: 'llm.call' }[kind];
      return Promise.resolve(stored !== name && stored === name.toLowerCase() ? [stored] : []);
    },
    startBudget: () => ({ ...createFoldBudget(() => 0), isSpent: () => world.isSlow }),
  });
  const writers = depsOf(table, 3, world.then);
  const process = createBatchProcessor({ ...writers, pickShard: (shards) => ids % shards });
  for (const events of world.batches) {
    const { failures } = await process(
      [{ id: writers.newUlid(), scope: aScope, receivedAt: now, events }],
      () => 30_000,
    );
    for (const cause of failures.values()) throw cause;
  }
  const readers = depsOf(watch(table), 4, world.now);
  return { list: createListEvents(readers, bounds), lookUp: createGetEvent(readers) };
};
