// The use case of a usage query over a table: what it reads, folds and keeps is the product's, the clock is the bench's.
import { createQueryUsage } from '../../functions/query/usage/query-usage.ts';
import type { UsageRequest } from '../../shared/api/usage/usage.ts';
import type { UsageBody } from '../../shared/api/bodies/usage.ts';
import type { Definition } from '../../shared/domain/usage/definition.ts';
import { createDayPageStore } from '../../shared/store/events/day-pages.ts';
import { createFeedStore } from '../../shared/store/events/feed.ts';
import { createLateMarkerStore } from '../../shared/store/events/late-markers.ts';
import { createScopeStore } from '../../shared/store/catalog/scopes.ts';
import { createSegmentStore } from '../../shared/store/events/segments.ts';
import type { Table } from '../../shared/store/table/table.ts';
import { aScope } from '../support/builders/builders.ts';
import { aDefinition } from '../support/builders/definitions.ts';
import { sampleCustomer } from './usage-sample.ts';

/** One customer, or the whole scope. */
export const askedFor = ['one customer', 'whole scope'] as const;
export type AskedFor = (typeof askedFor)[number];

const unbounded = { spendEvents: () => undefined, isSpent: () => false, isExhausted: () => false };

/** `now` in UTC milliseconds. */
export const openUsage = (table: Table, now: number): ((request: UsageRequest) => Promise<UsageBody>) => {
  let ulids = 0;
  const query = createQueryUsage({
    scopes: createScopeStore(table),
    lateMarkers: createLateMarkerStore(table),
    segments: createSegmentStore(table),
    feed: createFeedStore(table),
    dayPages: createDayPageStore(table),
    newUlid: () => `01K7M5${String((ulids += 1)).padStart(20, '0')}`,
    now: () => now,
    retentionDays: 0,
    startBudget: () => unbounded,
    readBacklog: () => Promise.resolve({ in_flight: { queue: 0, dead_letter_queue: 0 }, verified_through: null }),
  });
  return (request) => query(aScope, request);
};

export const usageOf = (definition: Definition, of: AskedFor, start: number, end: number): UsageRequest => ({
  definition,
  customer: of === 'one customer' ? sampleCustomer : null,
  start,
  end,
  isNeverReset: false,
});

/** Creates a definition, of the LLM calls by default. */
export const anAggregate = (fields: Partial<Definition>): Definition =>
  aDefinition({ eventName: 'llm_call', ...fields });
