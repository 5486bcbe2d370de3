// A customer with one subscription and events, for laws of what is charged: events go through the real processor, and previews
// through the real use case, on a clock that stands still.
import { createBatchProcessor } from '../../../functions/processor/process-batches.ts';
import { createFoldBudget, type ListBounds } from '../../../functions/query/fold/read-budget.ts';
import { createCustomerUsage } from '../../../functions/query/charges/customer-usage.ts';
import { createPreviewInvoice } from '../../../functions/query/charges/preview-invoice.ts';
import { createSubscriptionUsage } from '../../../functions/query/charges/subscription-usage.ts';
import { findUnbilledEvents } from '../../../functions/query/charges/unbilled-events.ts';
import { createAnalyzeUsage } from '../../../functions/query/analytics/analyze-usage.ts';
import { parseAnalytics } from '../../../shared/api/usage/analytics.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import type { Account } from '../../../shared/domain/subscriptions/subscription.ts';
import type { Period } from '../../../shared/domain/time/period.ts';
import { createClaimStore } from '../../../shared/store/events/claims.ts';
import { createDayPageStore } from '../../../shared/store/events/day-pages.ts';
import { createFeedStore } from '../../../shared/store/events/feed.ts';
import { createLateMarkerStore } from '../../../shared/store/events/late-markers.ts';
import { createScopeStore } from '../../../shared/store/catalog/scopes.ts';
import { createSegmentStore } from '../../../shared/store/events/segments.ts';
import { aScope } from '../builders/builders.ts';
import { createMemoryTable } from '../drivers/memory-table.ts';

export interface InvoiceWorldOptions {
  /** UTC milliseconds. */
  readonly now: number;
  readonly account: Account;
  readonly catalog: Catalog;
  /** The first of an id counts. */
  readonly events: readonly Event[];
}

export const openInvoiceWorld = async ({ now, account, catalog, events }: InvoiceWorldOptions) => {
  const table = createMemoryTable();
  const scopes = createScopeStore(table);
  const yearMs = 365 * 86_400_000;
  await scopes.ensure(aScope, now - 2 * yearMs);
  let ids = 0;
  const stores = {
    claims: createClaimStore(table),
    segments: createSegmentStore(table),
    feed: createFeedStore(table),
    lateMarkers: createLateMarkerStore(table),
    scopes,
    retentionDays: 0,
    now: () => now,
    newUlid: () => `01K7M3ZZZZ${String((ids += 1)).padStart(16, '0')}`,
    readAccounts: () => Promise.resolve(new Map([[account.customer.externalId, account]])),
    readCatalog: () => Promise.resolve({ catalog, feedShards: 1 }),
    findSimilarNames: () => Promise.resolve([]),
  };
  const process = createBatchProcessor({ ...stores, pickShard: () => 0 });
  const accepted = events.map((event) => ({ event, isTimestampSent: true }));
  const batch = { id: stores.newUlid(), scope: aScope, receivedAt: now, events: accepted };
  const { failures } = await process(events.length === 0 ? [] : [batch], () => 30_000);
  for (const cause of failures.values()) throw cause;

  const deps = {
    ...stores,
    dayPages: createDayPageStore(table),
    startBudget: () => createFoldBudget(() => 0),
    pointers: { find: () => Promise.resolve(account.customer.externalId) },
    readBacklog: () => Promise.resolve({ in_flight: { queue: 0, dead_letter_queue: 0 }, verified_through: null }),
  };
  const previewInvoice = createPreviewInvoice(deps);
  const subscriptionUsage = createSubscriptionUsage(deps);
  const analyzeUsage = createAnalyzeUsage(deps);
  const customerUsage = createCustomerUsage(deps);
  /** As a client reads it. */
  const wire = (body: unknown): unknown => JSON.parse(JSON.stringify(body));
  return {
    preview: async (subscriptionId: string, fields: object = {}): Promise<unknown> =>
      wire(await previewInvoice(aScope, 'secret_1', JSON.stringify({ subscription_id: subscriptionId, ...fields }))),
    unbilled: (period: Period, bounds: ListBounds) =>
      findUnbilledEvents(deps, aScope, { account, catalog, period }, bounds),
    usage: async (subscriptionId: string, fields: object = {}): Promise<unknown> =>
      wire(await subscriptionUsage(aScope, JSON.stringify({ subscription_id: subscriptionId, ...fields }))),
    analytics: async (fields: object): Promise<unknown> => {
      const request = parseAnalytics(
        JSON.stringify({ external_customer_id: account.customer.externalId, ...fields }),
        now,
      );
      return wire(await analyzeUsage(aScope, request));
    },
    customerUsage: async (): Promise<unknown> =>
      wire(
        await customerUsage(aScope, {
          customer: { id: account.customer.id },
          featureIds: new Set(),
          featureLookupKeys: new Set(),
          subscriptionIds: new Set(),
        }),
      ),
  };
};
