// Laws of failures by cause, out of what is stored: their counts are those of the lookups of every event, however small the slices.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createBatchProcessor } from '../../../functions/processor/process-batches.ts';
import { createGetEvent } from '../../../functions/query/events/get-event.ts';
import { createListFailures } from '../../../functions/query/events/list-failures.ts';
import { createFoldBudget } from '../../../functions/query/fold/read-budget.ts';
import type { EventFailuresBody } from '../../../shared/api/bodies/event-failures.ts';
import { parseEventFailures } from '../../../shared/api/events/event-failures.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import { formatInstant, msPerHour } from '../../../shared/domain/time/instant.ts';
import { createScopeStore } from '../../../shared/store/catalog/scopes.ts';
import { createClaimStore } from '../../../shared/store/events/claims.ts';
import { createFeedStore } from '../../../shared/store/events/feed.ts';
import { createLateMarkerStore } from '../../../shared/store/events/late-markers.ts';
import { createSegmentStore } from '../../../shared/store/events/segments.ts';
import {
  aCatalog,
  aCustomer,
  aLineage,
  aLineItem,
  aMeter,
  anAccount,
  anEvent,
  aPrice,
  aScope,
  aSubscription,
} from '../../support/builders/builders.ts';
import { createMemoryTable } from '../../support/drivers/memory-table.ts';

const start = Date.UTC(2026, 10, 1);
const now = start + 12 * msPerHour;
const catalog = aCatalog({
  meters: [
    aMeter({ id: 'meter_1' }),
    aMeter({ id: 'meter_2', aggregation: { type: 'COUNT_UNIQUE', field: 'user' } }),
    aMeter({ id: 'meter_3', eventName: 'filtered', filters: [{ key: 'model', values: ['x'] }] }),
    aMeter({ id: 'meter_4', eventName: 'unpriced' }),
  ],
  priceLineages: [1, 2, 3].map((n) => aLineage(aPrice({ id: `price_${String(n)}`, meterId: `meter_${String(n)}` }))),
});
const accounts = new Map([
  [
    'acme',
    anAccount({ subscriptions: [aSubscription({ lineItems: [aLineItem({ startDate: start + 3 * msPerHour })] })] }),
  ],
  ['globex', anAccount({ customer: aCustomer({ externalId: 'globex' }), subscriptions: [] })],
]);

const histories = fc
  .array(
    fc.record({
      name: fc.constantFrom('llm.call', 'llm.call', 'LLM.call', 'filtered', 'unpriced'),
      timestamp: fc.integer({ min: 0, max: 144 }).map((step) => start + step * 300_000),
      externalCustomerId: fc.constantFrom('acme', 'acme', 'globex', 'ACME', 'nobody'),
      properties: fc.constantFrom(
        null,
        { tokens: 1 },
        { tokens: 'x', user: 'u' },
        { tokens: 2, user: 'u', model: 'x' },
      ),
    }),
    { minLength: 1, maxLength: 60, size: 'max' },
  )
  .map((drawn) => drawn.map((fields, index) => anEvent({ ...fields, id: `event-${String(index)}` })));

const openWorld = async (events: readonly Event[]) => {
  const table = createMemoryTable({ itemsPerPage: 5 });
  const scopes = createScopeStore(table);
  await scopes.ensure(aScope, start - 1_000 * msPerHour);
  let ids = 0;
  const deps = {
    claims: createClaimStore(table),
    segments: createSegmentStore(table),
    feed: createFeedStore(table),
    lateMarkers: createLateMarkerStore(table),
    scopes,
    retentionDays: 0,
    now: () => now,
    newUlid: () => `01K7M3ZZZZ${String((ids += 1)).padStart(16, '0')}`,
    readAccounts: (_: unknown, asked: readonly string[]) =>
      Promise.resolve(new Map([...accounts].filter(([id]) => asked.includes(id)))),
    readCatalog: () => Promise.resolve({ catalog, feedShards: 1 }),
    findSimilarNames: () => Promise.resolve([]),
    startBudget: () => createFoldBudget(() => 0),
  };
  const process = createBatchProcessor({ ...deps, pickShard: () => 0 });
  const accepted = events.map((event) => ({ event, isTimestampSent: true }));
  const batch = { id: deps.newUlid(), scope: aScope, receivedAt: now, events: accepted };
  for (const cause of (await process([batch], () => 30_000)).failures.values()) throw cause;
  return deps;
};

type Failure = EventFailuresBody['failures'][number];
const zeroing = new Set(['missing_property', 'non_numeric_value', 'expression_error']);
const sum = (counts: Map<string, number>, key: string, count: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + count);
};
/** Step or warning, name, and meter of a warning: what a lookup says, too. */
const keyOf = ({ failure_point_type: point, cause, event_name: name, meter_id: meter }: Failure): string =>
  point === undefined ? `${cause} ${name} ${String(meter)}` : `${point} ${name}`;

test('counts by step and name, and by warning and meter, are those of the lookups of all events, in slices of any size', async () => {
  let cut = 0;
  await fc.assert(
    fc.asyncProperty(
      histories,
      fc.record({
        pageSize: fc.integer({ min: 1, max: 12 }),
        events: fc.nat(20),
        accounts: fc.integer({ min: 1, max: 4 }),
      }),
      fc.record({ from: fc.nat(10), customer: fc.constantFrom('', '', 'acme', 'nobody') }),
      async (events, { pageSize, events: most, accounts: mostAccounts }, { from, customer }) => {
        const deps = await openWorld(events);
        const [first, end] = [start + from * msPerHour, now - 1_000];
        const list = createListFailures(deps, {
          events: most,
          partitions: 100,
          accounts: mostAccounts,
          similarNames: 200,
          runSize: 7,
        });
        const [counts, expected] = [new Map<string, number>(), new Map<string, number>()];
        let examined = 0;
        for (let cursor: string | undefined = ''; cursor !== undefined;) {
          const body = {
            start_time: formatInstant(first),
            end_time: formatInstant(end),
            external_customer_id: customer,
            page_size: pageSize,
            cursor,
          };
          const answer = await list(aScope, parseEventFailures(JSON.stringify(body)));
          for (const failure of answer.failures) sum(counts, keyOf(failure), failure.count);
          examined += answer.examined;
          cursor = answer.cursor;
          expect(answer.complete).toBe(cursor === undefined);
          if (cursor !== undefined) cut += 1;
        }
        const getEvent = createGetEvent(deps);
        const asked = events.filter(
          ({ timestamp, externalCustomerId }) =>
            timestamp >= first && timestamp < end && (customer === '' || externalCustomerId === customer),
        );
        for (const { id, name } of asked) {
          const range = { start: -Infinity, end: Infinity };
          const { debug_tracker: tracker, warnings = [] } = await getEvent(aScope, {
            id,
            externalCustomerId: '',
            range,
          });
          const point = tracker?.failure_point?.failure_point_type;
          if (point !== undefined) sum(expected, `${point} ${name}`, 1);
          else {
            for (const { code, subject } of warnings.filter((warning) => zeroing.has(warning.code))) {
              sum(expected, `${code} ${name} ${String(subject)}`, 1);
            }
          }
        }
        expect(examined).toBe(asked.length);
        expect(counts).toEqual(expected);
      },
    ),
    { numRuns: 100 },
  );
  // Otherwise no slice was followed by another.
  expect(cut).toBeGreaterThan(100);
}, 60_000);
