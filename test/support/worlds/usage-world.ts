// A table with usage in it, for laws: batches go through the real processor and questions through the real use cases, on a
// clock that is set. It also keeps what happened, for the naive fold.
import { createBatchProcessor } from '../../../functions/processor/process-batches.ts';
import { createExplainUsage } from '../../../functions/query/usage/explain-usage.ts';
import {
  computeUsage,
  createQueryUsage,
  resolveMeterUsage,
  type Usage,
} from '../../../functions/query/usage/query-usage.ts';
import { createFoldBudget, foldBounds } from '../../../functions/query/fold/read-budget.ts';
import type { UsageBody, UsageExplanationBody } from '../../../shared/api/bodies/usage.ts';
import { parseMeterUsage, parseUsage, type UsageRequest } from '../../../shared/api/usage/usage.ts';
import { parseUsageExplanation } from '../../../shared/api/usage/usage-explanation.ts';
import type { Batch } from '../../../shared/domain/events/batch.ts';
import { hashOfDefinition } from '../../../shared/domain/usage/definition.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import { formatQuantity } from '../../../shared/domain/numbers/quantity.ts';
import { createClaimStore } from '../../../shared/store/events/claims.ts';
import { createDayPageStore } from '../../../shared/store/events/day-pages.ts';
import { createFeedStore } from '../../../shared/store/events/feed.ts';
import { keyPrefixes } from '../../../shared/store/table/keys.ts';
import { createLateMarkerStore } from '../../../shared/store/events/late-markers.ts';
import { createScopeStore } from '../../../shared/store/catalog/scopes.ts';
import { createSegmentStore } from '../../../shared/store/events/segments.ts';
import { scopeItemKey } from '../../../shared/store/table/keys.ts';
import { aCatalog, aScope } from '../builders/builders.ts';
import { createMemoryTable } from '../drivers/memory-table.ts';
import { inOrder, type NaiveAnswer, type NaiveQuestion } from '../oracles/naive-usage.ts';
import { storeRecut } from '../drivers/recut-batch.ts';
import { type Question, toMeter } from './usage-questions.ts';

/** A question with its customer and range; without a range, the last seven days. */
export interface Asked {
  readonly question: Question;
  readonly customer: string;
  readonly range?: { readonly start: number; readonly end: number };
  /** When the meter was archived. */
  readonly archivedAt?: number | undefined;
}

export interface UsageWorldOptions {
  /** UTC milliseconds. */
  readonly origin: number;
  /** Shards of the feed. */
  readonly shards: number;
  /** Whether the scope was created at the origin; else two days before. */
  readonly isNew?: boolean;
}

const weekMs = 7 * 86_400_000;
const olderMs = 2 * 86_400_000;

const toText = (instant: number): string => new Date(instant).toISOString();

/** The body of a request as a client sends it. */
const toBody = ({ question, customer, range }: Asked): Record<string, unknown> => {
  const { kind, name, type, field, multiplier, requestFilters, customerId, groupBy, parts } = question;
  return {
    ...(kind === 'meter'
      ? { meter_id: 'meter_1' }
      : {
          event_name: name,
          aggregation_type: type,
          property_name: field,
          ...(multiplier !== undefined && { multiplier }),
          ...(parts?.kind === 'bucket' && { bucket_size: parts.size }),
          ...(groupBy !== undefined && { group_by: [`properties.${groupBy}`] }),
        }),
    ...(parts?.kind === 'window' && { window_size: parts.size, timezone: parts.timezone }),
    ...(parts && { billing_anchor: `2026-01-${String(parts.anchorDay).padStart(2, '0')}T12:00:00Z` }),
    external_customer_id: customer,
    customer_id: customerId,
    filters: Object.fromEntries(requestFilters.map(({ key, values }) => [key, values])),
    ...(range && { start_time: toText(range.start), end_time: toText(range.end) }),
  };
};

/** Returns an answer in the form of the naive fold. */
export const toAnswer = ({ value, rows, tallies }: Usage): NaiveAnswer => ({
  value: formatQuantity(value),
  rows: inOrder(rows.map(({ start, value }) => ({ start, value: formatQuantity(value) }))),
  tallies,
});

export const openUsageWorld = async ({ origin, shards, isNew = false }: UsageWorldOptions) => {
  const table = createMemoryTable({ itemsPerPage: 3 });
  const scopes = createScopeStore(table);
  await scopes.ensure(aScope, isNew ? origin : origin - olderMs);
  await table.set(scopeItemKey(aScope), { shards }, { kind: 'exists' });
  let clock = origin;
  let ids = 0;
  /** `hours`: how many the pages hold that were kept, by page. */
  const seen = { events: 0, pages: 0, hours: new Map<string, number>() };
  /** A fold is told to end after so many events; `canKeep` false: all pages are too large. */
  const limits = { events: Infinity, canKeep: true };
  const now = (): number => clock;
  const newUlid = (): string => `01K7M3ZZZZ${String((ids += 1)).padStart(16, '0')}`;
  const dayPages = createDayPageStore(table);
  const catalogOf = (asked?: Asked) =>
    aCatalog({
      meters: asked
        ? [{ ...toMeter(asked.question), ...(asked.archivedAt !== undefined && { archivedAt: asked.archivedAt }) }]
        : [],
    });
  const stores = {
    claims: createClaimStore(table),
    segments: createSegmentStore(table),
    feed: createFeedStore(table),
    lateMarkers: createLateMarkerStore(table),
    scopes,
    retentionDays: 0,
    now,
    newUlid,
  };
  const process = createBatchProcessor({
    ...stores,
    readAccounts: () => Promise.resolve(new Map()),
    readCatalog: () => Promise.resolve({ catalog: catalogOf(), feedShards: shards }),
    findSimilarNames: () => Promise.resolve([]),
    pickShard: (count) => ids % count,
  });
  const depsFor = (asked: Asked) => ({
    ...stores,
    dayPages: {
      ...dayPages,
      readMonth: async (...query: Parameters<typeof dayPages.readMonth>) => {
        const pages = await dayPages.readMonth(...query);
        seen.pages += pages.length;
        return pages;
      },
      put: async (...page: Parameters<typeof dayPages.put>) => {
        const [, customer, definition, { day, hours }] = page;
        seen.hours.set(JSON.stringify([customer, hashOfDefinition(definition), day]), hours.size);
        return limits.canKeep && (await dayPages.put(...page));
      },
    },
    startBudget: () => {
      const budget = createFoldBudget(() => 0, { ...foldBounds, events: limits.events });
      return {
        ...budget,
        spendEvents: (count: number) => {
          seen.events += count;
          budget.spendEvents(count);
        },
      };
    },
    readCatalog: () => Promise.resolve({ catalog: catalogOf(asked), feedShards: shards }),
    readBacklog: () => Promise.resolve({ in_flight: { queue: 0, dead_letter_queue: 0 }, verified_through: null }),
  });
  const toRequest = async (asked: Asked): Promise<UsageRequest> => {
    const body = JSON.stringify(toBody(asked));
    const request =
      asked.question.kind === 'meter'
        ? await resolveMeterUsage(depsFor(asked), aScope, parseMeterUsage(body, clock))
        : parseUsage(body, clock);
    return { ...request, definition: { ...request.definition, sources: asked.question.sources } };
  };

  const batches: Batch[] = [];
  const winners = new Map<string, Event>();
  /** Indexes by batch. */
  const owned = new Map<string, readonly number[]>();
  const deliver = async (delivered: readonly Batch[]): Promise<void> => {
    const { failures } = await process(delivered, () => 30_000);
    for (const cause of failures.values()) throw cause;
  };

  return {
    now,
    seen,
    limits,
    passTime: (ms: number) => {
      clock += ms;
    },
    /** Sends a new batch; the first event of an id counts. */
    send: async (events: readonly Event[]): Promise<void> => {
      const accepted = events.map((event) => ({ event, isTimestampSent: true }));
      const batch: Batch = { id: newUlid(), scope: aScope, receivedAt: clock, events: accepted };
      batches.push(batch);
      await deliver([batch]);
      for (const [index, event] of events.entries()) {
        if (winners.has(event.id)) continue;
        winners.set(event.id, event);
        owned.set(batch.id, [...(owned.get(batch.id) ?? []), index]);
      }
    },
    /** Delivers some of the batches again, in one invocation. */
    redeliver: (from: number, count: number) => deliver(batches.slice(from, from + count)),
    /** Delivers a batch again, by a deployment with parts of another size: they overlap with the stored ones. */
    redeliverRecut: async (index: number, size: number): Promise<void> => {
      const batch = batches[index];
      if (batch) await storeRecut({ ...stores, shards }, batch, owned.get(batch.id) ?? [], size);
    },
    dropPages: (): void => {
      const pages = [...table.partitions.keys()].filter((pk) => pk.startsWith(keyPrefixes.dayPage));
      for (const pk of pages)
        for (const sk of table.partitions.get(pk)?.keys() ?? []) void table.remove({ pk, sk }, { kind: 'none' });
      seen.hours.clear();
    },
    /** The events that count. */
    events: (): readonly Event[] => [...winners.values()],
    toNaive: ({ question, customer, range, archivedAt }: Asked): NaiveQuestion => ({
      ...question,
      customer,
      ...(range ?? { start: clock - weekMs, end: clock }),
      countedUntil: question.kind === 'meter' ? (archivedAt ?? Infinity) : Infinity,
    }),
    compute: async (asked: Asked): Promise<Usage> => computeUsage(depsFor(asked), aScope, await toRequest(asked)),
    query: async (asked: Asked): Promise<UsageBody> => createQueryUsage(depsFor(asked))(aScope, await toRequest(asked)),
    explain: (
      asked: Asked,
      page: { readonly page_size: number; readonly iter_last_key?: string },
      filter: object = {},
    ): Promise<UsageExplanationBody> =>
      createExplainUsage(depsFor(asked))(
        aScope,
        parseUsageExplanation(JSON.stringify({ ...toBody(asked), ...page, ...filter }), clock),
      ),
  };
};
export type UsageWorld = Awaited<ReturnType<typeof openUsageWorld>>;
