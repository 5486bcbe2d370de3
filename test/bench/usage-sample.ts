// Events of one customer as the segment and feed writers store them, without claims: what usage queries are measured on.
import type { Event } from '../../shared/domain/events/event.ts';
import { type FeedEntry, toFeedEntry } from '../../shared/domain/codec/feed-item.ts';
import { formatInstant, msPerHour } from '../../shared/domain/time/instant.ts';
import type { SegmentPart } from '../../shared/domain/events/segment-part.ts';
import { createFeedStore } from '../../shared/store/events/feed.ts';
import { createScopeStore } from '../../shared/store/catalog/scopes.ts';
import { createSegmentStore } from '../../shared/store/events/segments.ts';
import type { Table } from '../../shared/store/table/table.ts';
import { aScope } from '../support/builders/builders.ts';
import { seededRandom } from '../support/builders/seeded-random.ts';
import { eventsOf, processedDecision, type WorkloadName } from '../support/builders/workloads.ts';

export const sampleCustomer = 'customer-42';

export interface SampleOptions {
  readonly workload: WorkloadName;
  /** First hour, whole hours since the epoch. */
  readonly firstHour: number;
  readonly hours: number;
  /** Spread evenly over the hours. */
  readonly events: number;
  /** Greatest number of events in one request; the events of an hour come in as many requests as needed. */
  readonly eventsPerBatch: number;
  /** Dealt to the events in turn, and requests are of one name each; left out: the workload's own. */
  readonly names?: readonly [string, ...string[]];
}

const batchesPerInvocation = 10;
const decision = processedDecision();

/** The events of an hour by ascending time, no two draws alike. */
const eventsOfHour = ({ workload, names }: SampleOptions, hour: number, count: number): Event[] => {
  const random = seededRandom(hour);
  return eventsOf(workload, count, 'uuid', hour).map((event, place) => ({
    ...event,
    name: names?.[place % names.length] ?? event.name,
    externalCustomerId: sampleCustomer,
    timestamp: hour * msPerHour + Math.floor(((place + random.next()) / count) * msPerHour),
  }));
};

const sent = (event: Event): object => ({
  event_id: event.id,
  event_name: event.name,
  external_customer_id: event.externalCustomerId,
  timestamp: formatInstant(event.timestamp),
  properties: event.properties,
});

/** The body of a request; a single event is sent without a list around it. */
const bodyOf = (events: readonly Event[]): string => {
  const [first, ...others] = events.map(sent);
  return JSON.stringify(others.length === 0 ? first : { events: [first, ...others] });
};

const inGroups = <T>(values: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, group) => values.slice(group * size, (group + 1) * size));

/** Stores them, and answers the bodies of the requests they came with, if they are wanted. */
export const seedUsage = async (
  table: Table,
  options: SampleOptions,
  { keepsBodies = false }: { readonly keepsBodies?: boolean } = {},
): Promise<readonly string[]> => {
  const { firstHour, hours, events, eventsPerBatch } = options;
  const segments = createSegmentStore(table);
  const feed = createFeedStore(table);
  await createScopeStore(table).ensure(aScope, firstHour * msPerHour);
  let made = 0;
  const newUlid = (): string => `01K7M3${String((made += 1)).padStart(20, '0')}`;
  const store = async (hour: number, batch: readonly Event[]): Promise<FeedEntry> => {
    const last = batch.length - 1;
    const name = batch[0]?.name ?? '';
    const part: SegmentPart = { customer: sampleCustomer, name, hour, batchId: newUlid(), first: 0, last };
    const decidedAt = (batch[last]?.timestamp ?? 0) + 800;
    const contents = { catalogVersion: 12, decidedAt, entries: batch.map((event) => ({ event, decision })) };
    await segments.putIfAbsent(aScope, part, contents, undefined);
    return toFeedEntry(part, contents);
  };
  const bodies: string[] = [];
  for (let place = 0; place < hours; place += 1) {
    const hour = firstHour + place;
    const count = Math.floor(((place + 1) * events) / hours) - Math.floor((place * events) / hours);
    const byName = Map.groupBy(eventsOfHour(options, hour, count), ({ name }) => name);
    const batches = [...byName.values()].flatMap((ofName) => inGroups(ofName, eventsPerBatch));
    if (keepsBodies) bodies.push(...batches.map(bodyOf));
    for (const invocation of inGroups(batches, batchesPerInvocation)) {
      const entries = await Promise.all(invocation.map((batch) => store(hour, batch)));
      await feed.put(aScope, hour, entries, { shard: 0, newUlid, expiresAt: undefined });
    }
  }
  return bodies;
};
