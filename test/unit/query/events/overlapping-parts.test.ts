// Parts of one batch that overlap, as deliveries with different claims make them: what was decided of an event is what the lowest
// part with it says, in lists as in the lookup.
import { describe, expect, test } from '@jest/globals';
import { createListEvents } from '../../../../functions/query/events/list-events.ts';
import { createMonitorEvents } from '../../../../functions/query/events/monitor-events.ts';
import { createFoldBudget } from '../../../../functions/query/fold/read-budget.ts';
import { parseEventListBody } from '../../../../shared/api/events/event-lists.ts';
import { toFeedEntry } from '../../../../shared/domain/codec/feed-item.ts';
import type { Event } from '../../../../shared/domain/events/event.ts';
import type { Verdict } from '../../../../shared/domain/matching/decision.ts';
import { formatInstant, msPerHour } from '../../../../shared/domain/time/instant.ts';
import { createClaimStore } from '../../../../shared/store/events/claims.ts';
import { createFeedStore } from '../../../../shared/store/events/feed.ts';
import { createLateMarkerStore } from '../../../../shared/store/events/late-markers.ts';
import { createSegmentStore } from '../../../../shared/store/events/segments.ts';
import { createScopeStore } from '../../../../shared/store/catalog/scopes.ts';
import { aCatalog, aDecision, anEvent, aPart, aScope, aSegment, someHour } from '../../../support/builders/builders.ts';
import { createMemoryTable } from '../../../support/drivers/memory-table.ts';

const now = (someHour + 1) * msPerHour;
const events = Array.from({ length: 40 }, (_, index) =>
  anEvent({
    id: `e${String(index).padStart(2, '0')}`,
    timestamp: someHour * msPerHour + index * 60_000,
    source: 'sdk',
  }),
);
const partOf = (of: readonly Event[], first: number, last: number, verdict: Verdict) => ({
  part: aPart({ first, last }),
  contents: aSegment(of.slice(first, last + 1), aDecision({ verdict })),
});
const lowerOf = (of: readonly Event[]) => partOf(of, 0, 30, 'customer_lookup');
const higherOf = (of: readonly Event[]) => partOf(of, 10, 39, 'processed');
const [lower, higher] = [lowerOf(events), higherOf(events)];

const openLists = async (parts: readonly (typeof lower)[]) => {
  const table = createMemoryTable();
  const stores = {
    segments: createSegmentStore(table),
    feed: createFeedStore(table),
    lateMarkers: createLateMarkerStore(table),
    scopes: createScopeStore(table),
    claims: createClaimStore(table),
  };
  await stores.scopes.ensure(aScope, now - 2 * msPerHour);
  let ulids = 0;
  const newUlid = (): string => String((ulids += 1)).padStart(26, '0');
  for (const { part, contents } of parts) {
    await stores.segments.putIfAbsent(aScope, part, contents, undefined);
    await stores.feed.put(aScope, someHour, [toFeedEntry(part, contents)], { shard: 0, newUlid, expiresAt: undefined });
  }
  const times = { now: () => now, retentionDays: 0 };
  const list = createListEvents({
    ...stores,
    ...times,
    readAccounts: () => Promise.resolve(new Map()),
    readCatalog: () => Promise.resolve({ catalog: aCatalog(), feedShards: 1 }),
    findSimilarNames: () => Promise.resolve([]),
    startBudget: () => createFoldBudget(() => 0),
  });
  const monitor = createMonitorEvents({ ...stores, ...times, readQueueDepth: () => Promise.resolve(undefined) });
  return {
    list: async (fields: object): Promise<readonly string[]> => {
      const range = { start_time: formatInstant(now - msPerHour), end_time: formatInstant(now) };
      const body = { ...range, decided: 'arrival', page_size: 100, order: 'asc', ...fields };
      return (await list(aScope, parseEventListBody(JSON.stringify(body), now))).events.map(({ id }) => id);
    },
    count: async (source: string) => {
      const filters = { externalCustomerId: '', eventName: '', source };
      const request = { ...filters, start: now - msPerHour, end: now, windowSize: 'HOUR' } as const;
      return (await monitor(aScope, request)).points?.map(({ verdicts }) => verdicts);
    },
  };
};
const idsOf = (first: number, last: number) => events.slice(first, last + 1).map(({ id }) => id);

describe.each([
  ['the lower part first', [lower, higher]],
  ['the higher part first', [higher, lower]],
  ['the lower part twice', [lower, higher, lower]],
] as const)('a list by decision of arrival, %s', (_, parts) => {
  test.each([{}, { external_customer_id: 'acme' }])('goes by the lower part: %j', async (filter) => {
    const { list } = await openLists(parts);
    expect(await list({ ...filter, status: ['processed'] })).toEqual(idsOf(31, 39));
    expect(await list({ ...filter, status: ['failed'] })).toEqual(idsOf(0, 30));
    expect(await list({ ...filter, status: ['processed'], order: 'desc' })).toEqual(idsOf(31, 39).reverse());
    expect(await list({ ...filter, failure_point_types: ['price_lookup'] })).toEqual([]);
  });
});

const fromNewest = events.map((event, index) => ({ ...event, timestamp: events[39 - index]?.timestamp ?? 0 }));
describe.each([
  ['oldest', events],
  ['newest', fromNewest],
] as const)('the counts of monitoring, of a batch that begins with its %s event', (_, of) => {
  test.each(['', 'sdk'])('go by the lower part too: source %j', async (source) => {
    for (const parts of [
      [lowerOf(of), higherOf(of)],
      [higherOf(of), lowerOf(of)],
    ]) {
      const { count } = await openLists(parts);
      expect(await count(source)).toEqual([expect.objectContaining({ processed: 9, customer_lookup: 31 })]);
    }
  });
});
