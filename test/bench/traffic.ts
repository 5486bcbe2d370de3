// The traffic that the costs are stated for: invocations of the real processor, each with the batches of one delivery.
import { createBatchProcessor, type ProcessingReport } from '../../functions/processor/process-batches.ts';
import type { Batch } from '../../shared/domain/events/batch.ts';
import { buildCatalog } from '../../shared/domain/catalog/catalog.ts';
import type { Event } from '../../shared/domain/events/event.ts';
import { msPerHour } from '../../shared/domain/time/instant.ts';
import { createArrivalStore } from '../../shared/store/events/arrivals.ts';
import { createClaimStore } from '../../shared/store/events/claims.ts';
import { createFeedStore } from '../../shared/store/events/feed.ts';
import { createLateMarkerStore } from '../../shared/store/events/late-markers.ts';
import { createSegmentStore } from '../../shared/store/events/segments.ts';
import type { Table } from '../../shared/store/table/table.ts';
import { anAccount, aCustomer, aMeter, aPrice, aScope } from '../support/builders/builders.ts';
import { seededRandom } from '../support/builders/seeded-random.ts';
import { eventsOf, type IdStyle, workloadNames, type WorkloadName } from '../support/builders/workloads.ts';

/** Just after the hour of the workloads' events, within the grace. */
export const arrival = Date.UTC(2026, 0, 15, 11, 1);

const eventNames: Readonly<Record<WorkloadName, string>> = {
  'llm calls': 'llm_call',
  'api calls': 'api_call',
  storage: 'storage_sample',
};

const meters = workloadNames.map((workload, index) =>
  aMeter({
    id: `meter_01K7M3ZZZZ000000000000000${String(index)}`,
    eventName: eventNames[workload],
    aggregation: { type: 'COUNT' },
  }),
);
const catalog = buildCatalog(12, {
  meters,
  features: [],
  plans: [],
  priceLineages: meters.map(({ id }, index) => {
    const price = aPrice({ id: `price_01K7M3ZZZZ000000000000000${String(index)}`, meterId: id });
    return { id: price.id, versions: [price] };
  }),
  entitlements: [],
  priceUnits: [],
});

/** The real use case on a table; every customer has an account. `isLive`: it records arrivals. */
export const openProcessor = (
  table: Table,
  isLive = false,
): ((batches: readonly Batch[]) => Promise<ProcessingReport>) => {
  let ulids = 0;
  const process = createBatchProcessor({
    claims: createClaimStore(table),
    segments: createSegmentStore(table),
    feed: createFeedStore(table),
    lateMarkers: createLateMarkerStore(table),
    ...(isLive && { arrivals: createArrivalStore(table) }),
    readAccounts: (_, externalIds) =>
      Promise.resolve(
        new Map(externalIds.map((externalId) => [externalId, anAccount({ customer: aCustomer({ externalId }) })])),
      ),
    readCatalog: () => Promise.resolve({ catalog, feedShards: 1 }),
    findSimilarNames: () => Promise.resolve([]),
    now: () => arrival,
    newUlid: () => `01K7M4${String((ulids += 1)).padStart(20, '0')}`,
    pickShard: () => 0,
    retentionDays: 0,
  });
  return async (batches) => {
    const report = await process(batches, () => 3_600_000);
    if (report.failures.size > 0) throw new AggregateError([...report.failures.values()], 'the processor failed');
    return report;
  };
};

let batchCount = 0;
export const aBatch = (events: readonly Event[]): Batch => {
  batchCount += 1;
  return {
    id: `01K7M3${String(batchCount).padStart(20, '0')}`,
    scope: aScope,
    receivedAt: arrival,
    events: events.map((event) => ({ event, isTimestampSent: true })),
  };
};

export interface Traffic {
  readonly name: string;
  /** Write units per event, at most. */
  readonly bound: number;
  /** Invocations before the counting begins. */
  readonly before?: readonly (readonly Batch[])[];
  /** One entry per invocation. */
  readonly invocations: readonly (readonly Batch[])[];
  readonly events: number;
}

/** Every run draws ids of its own, so that repeated traffic is never a duplicate. */
export const trafficOf = (workload: WorkloadName, ids: IdStyle, seed: number): Traffic[] => {
  const draw = (count: number, offset: number): Event[] => eventsOf(workload, count, ids, seed * 1_000 + offset);
  const random = seededRandom(seed);
  const singles = (count: number, offset: number): Batch[] => draw(count, offset).map((event) => aBatch([event]));
  const spread = (events: readonly Event[], hours: number): Event[] =>
    events.map((event, index) => ({ ...event, timestamp: event.timestamp - (50 + (index % hours)) * msPerHour }));
  const [original] = draw(1, 8);
  if (original === undefined) throw new Error('no event');
  const changed = { ...original, source: `other ${String(random.integer(0, 9))}` };
  return [
    { name: 'bulk 100, one customer', bound: 1.1, invocations: [[aBatch(draw(100, 1))]], events: 100 },
    { name: 'bulk 1000, one customer', bound: 1.1, invocations: [[aBatch(draw(1000, 2))]], events: 1000 },
    {
      name: 'bulk 1000 over 1000 customers',
      bound: 2.1,
      invocations: [
        [aBatch(draw(1000, 3).map((event, index) => ({ ...event, externalCustomerId: `customer-${String(index)}` })))],
      ],
      events: 1000,
    },
    {
      name: 'singles, alone in their invocation',
      bound: 3,
      invocations: singles(50, 4).map((batch) => [batch]),
      events: 50,
    },
    { name: 'singles, ten in an invocation', bound: 2.25, invocations: [singles(10, 5)], events: 10 },
    { name: 'singles, a hundred in an invocation', bound: 2.1, invocations: [singles(100, 6)], events: 100 },
    { name: 'late single', bound: 5, invocations: [[aBatch(spread(draw(1, 7), 1))]], events: 1 },
    {
      name: 'backfill of 100 over 24 hours',
      bound: 1.75,
      invocations: [[aBatch(spread(draw(100, 9), 24))]],
      events: 100,
    },
    { name: 'duplicate', bound: 1, before: [[aBatch([original])]], invocations: [[aBatch([original])]], events: 1 },
    { name: 'conflict', bound: 2, before: [[aBatch([original])]], invocations: [[aBatch([changed])]], events: 1 },
  ];
};
