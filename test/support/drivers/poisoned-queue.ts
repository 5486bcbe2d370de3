// A queue of one tenant's worst batches and some of another, and the real processor, until nothing is left or dead.
import { createBatchProcessor } from '../../../functions/processor/process-batches.ts';
import type { Delivery } from '../../../functions/processor/delivery.ts';
import { scopeKey, type Scope } from '../../../shared/domain/ids.ts';
import { createClaimStore } from '../../../shared/store/events/claims.ts';
import { createFeedStore } from '../../../shared/store/events/feed.ts';
import { createLateMarkerStore } from '../../../shared/store/events/late-markers.ts';
import { createSegmentStore } from '../../../shared/store/events/segments.ts';
import { createUlids } from './api-request.ts';
import { anAccount, aCustomer, aMeter, anEvent, someInstant } from '../builders/builders.ts';
import { createMemoryTable } from './memory-table.ts';
import { catalogOf, eventName, poisonEvents, poisonMeters } from '../builders/poison.ts';

/** As the queue is set. */
const maxReceives = 8;
const batchesAtOnce = 25;
const invocationMs = 25_000;

export interface PoisonedQueueOptions {
  readonly poisonBatches: number;
  readonly eventsPerBatch: number;
  readonly kind: string;
  /** On the event name, `maxMeters` at most. */
  readonly meters: number;
  readonly otherBatches: number;
  /** Milliseconds for each time that it is asked how much is left; without it, the CPU time of this process, as on a core of one's own. */
  readonly msPerPause?: number;
}

export interface PoisonedQueue {
  /** The greatest number of receives that a batch took. */
  readonly receivesOfPoison: number;
  readonly receivesOfOthers: number;
  readonly dead: number;
  readonly stored: number;
  readonly invocations: number;
}

const scopes = {
  poison: { tenantId: 'poison', environmentId: 'default' },
  other: { tenantId: 'other', environmentId: 'default' },
} as const satisfies Record<string, Scope>;

const startClock = (msPerPause: number | undefined): (() => number) => {
  if (msPerPause === undefined) {
    const before = process.cpuUsage();
    return () => {
      const { user, system } = process.cpuUsage(before);
      return invocationMs - (user + system) / 1_000;
    };
  }
  let left = invocationMs;
  return () => (left -= msPerPause);
};

const openProcessor = (kind: string, meters: number) => {
  const table = createMemoryTable();
  const catalogs = {
    [scopeKey(scopes.poison)]: catalogOf(poisonMeters(kind, meters)),
    [scopeKey(scopes.other)]: catalogOf([aMeter({ eventName })]),
  };
  return createBatchProcessor({
    claims: createClaimStore(table),
    segments: createSegmentStore(table),
    feed: createFeedStore(table),
    lateMarkers: createLateMarkerStore(table),
    readAccounts: (_, ids) =>
      Promise.resolve(
        new Map(ids.map((externalId) => [externalId, anAccount({ customer: aCustomer({ externalId }) })])),
      ),
    readCatalog: (scope) => Promise.resolve({ catalog: catalogs[scopeKey(scope)] ?? catalogOf([]), feedShards: 1 }),
    findSimilarNames: () => Promise.resolve([]),
    now: () => someInstant,
    newUlid: createUlids(),
    pickShard: () => 0,
    retentionDays: 0,
  });
};

export const runPoisonedQueue = async (options: PoisonedQueueOptions): Promise<PoisonedQueue> => {
  const { poisonBatches, eventsPerBatch, kind, meters, otherBatches, msPerPause } = options;
  const processBatches = openProcessor(kind, meters);
  const newUlid = createUlids();
  const batchOf = (scope: Scope, number: number): Delivery => ({
    id: newUlid(),
    scope,
    receivedAt: someInstant,
    events: (scope === scopes.poison
      ? poisonEvents(eventsPerBatch, { timestamp: someInstant }, `p${String(number)}`)
      : Array.from({ length: 100 }, (_, index) =>
          anEvent({ id: `o${String(number)}-${String(index)}`, name: eventName, timestamp: someInstant }),
        )
    ).map((event) => ({ event, isTimestampSent: true })),
  });
  let queue = [
    ...Array.from({ length: poisonBatches }, (_, number) => batchOf(scopes.poison, number)),
    ...Array.from({ length: otherBatches }, (_, number) => batchOf(scopes.other, number)),
  ].map((batch) => ({ batch, receives: 0 }));
  const receives = { poison: 0, other: 0 };
  let [dead, stored, invocations] = [0, 0, 0];
  while (queue.length > 0) {
    invocations += 1;
    const received = queue
      .slice(0, batchesAtOnce)
      .map(({ batch, receives: before }) => ({ batch, receives: before + 1 }));
    const { failures, counts } = await processBatches(
      received.map(({ batch, receives: times }) => ({ ...batch, receives: times })),
      startClock(msPerPause),
    );
    stored += counts.stored;
    for (const { batch, receives: times } of received) {
      const tenant = batch.scope === scopes.poison ? 'poison' : 'other';
      receives[tenant] = Math.max(receives[tenant], times);
    }
    const failed = received.filter(({ batch }) => failures.has(batch.id));
    dead += failed.filter(({ receives: times }) => times >= maxReceives).length;
    queue = [...queue.slice(batchesAtOnce), ...failed.filter(({ receives: times }) => times < maxReceives)];
  }
  return { receivesOfPoison: receives.poison, receivesOfOthers: receives.other, dead, stored, invocations };
};
