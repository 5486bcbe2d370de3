// A usage by more groups than an answer has room for: the rows are cut, the value is of all of them, and its day is kept.
import { expect, test } from '@jest/globals';
import { createFoldBudget } from '../../functions/query/fold/read-budget.ts';
import { createQueryUsage } from '../../functions/query/usage/query-usage.ts';
import { fitsAnswer } from '../../shared/api/http/answer-size.ts';
import { parseUsage } from '../../shared/api/usage/usage.ts';
import { formatInstant, msPerDay, msPerHour } from '../../shared/domain/time/instant.ts';
import { createDayPageStore } from '../../shared/store/events/day-pages.ts';
import { createFeedStore } from '../../shared/store/events/feed.ts';
import { createLateMarkerStore } from '../../shared/store/events/late-markers.ts';
import { createScopeStore } from '../../shared/store/catalog/scopes.ts';
import { createSegmentStore } from '../../shared/store/events/segments.ts';
import { aBatch, arrival, openProcessor } from '../bench/traffic.ts';
import { anEvent, aScope } from '../support/builders/builders.ts';
import { createMemoryTable } from '../support/drivers/memory-table.ts';

const groups = 44_000;
const eventsPerBatch = 1_000;

const open = async () => {
  const table = createMemoryTable();
  const now = arrival + msPerDay;
  let ids = 0;
  const newUlid = (): string => `01K7M5${String((ids += 1)).padStart(20, '0')}`;
  await createScopeStore(table).ensure(aScope, arrival - msPerDay);
  const process = openProcessor(table);
  for (let first = 0; first < groups; first += eventsPerBatch) {
    const events = Array.from({ length: eventsPerBatch }, (_, index) =>
      anEvent({
        id: `e${String(first + index)}`,
        name: 'vm',
        externalCustomerId: 'acme',
        timestamp: arrival,
        properties: { host: `host-${String(first + index)}.a-region-with-a-rather-long-name.example.com`, gb: 2 },
      }),
    );
    await process([aBatch(events)]);
  }
  let kept = 0;
  const dayPages = createDayPageStore(table);
  const query = createQueryUsage({
    feed: createFeedStore(table),
    segments: createSegmentStore(table),
    lateMarkers: createLateMarkerStore(table),
    scopes: createScopeStore(table),
    dayPages: {
      ...dayPages,
      put: async (...page) => {
        const isKept = await dayPages.put(...page);
        if (isKept) kept += 1;
        return isKept;
      },
    },
    startBudget: () => createFoldBudget(() => 0),
    readBacklog: () => Promise.resolve({ in_flight: { queue: 0, dead_letter_queue: 0 }, verified_through: null }),
    retentionDays: 0,
    newUlid,
    now: () => now,
  });
  const asked = {
    event_name: 'vm',
    aggregation_type: 'MAX',
    property_name: 'gb',
    bucket_size: 'DAY',
    group_by: ['properties.host'],
    start_time: formatInstant(arrival - msPerHour),
    end_time: formatInstant(arrival + msPerHour),
  };
  return {
    kept: () => kept,
    ask: (fields: object) => query(aScope, parseUsage(JSON.stringify({ ...asked, ...fields }), now)),
  };
};

test('usage of 44,000 groups has the total of all, and as many rows as there is room for', async () => {
  const { ask, kept } = await open();
  const body = await ask({});
  expect(body).toMatchObject({ value: 2 * groups, counted: groups, has_more: true });
  expect(fitsAnswer(JSON.stringify(body))).toBe(true);
  expect(body.results?.length).toBeGreaterThan(groups / 2);
  expect(body.results?.length).toBeLessThan(groups);
  expect(kept()).toBe(1);
  expect(await ask({})).toEqual(body);
  expect(kept()).toBe(1);

  const few = await ask({ filters: { host: ['host-7.a-region-with-a-rather-long-name.example.com'] } });
  expect(few).toMatchObject({ value: 2, results: [{ value: 2 }] });
  expect(few).not.toHaveProperty('has_more');
}, 60_000);
