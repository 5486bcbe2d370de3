// Wires the query function: lookup, preview, lists, monitoring, usage.
import { ulid } from 'ulid';
import { toWhoAmIBody } from '../../shared/api/access/whoami.ts';
import { parseAnalytics } from '../../shared/api/usage/analytics.ts';
import { parseEventListBody, parseEventListQuery, parseMonitoringQuery } from '../../shared/api/events/event-lists.ts';
import { parseCustomerUsage } from '../../shared/api/usage/customer-usage.ts';
import { parseEventFailures } from '../../shared/api/events/event-failures.ts';
import { parseEventNames } from '../../shared/api/events/event-names.ts';
import { parseEventLookup } from '../../shared/api/events/event-lookup.ts';
import { parseLiveQuery } from '../../shared/api/events/live-events.ts';
import { parseEvent } from '../../shared/api/events/events.ts';
import { parseMeterUsage, parseUsage } from '../../shared/api/usage/usage.ts';
import { parseUsageExplanation } from '../../shared/api/usage/usage-explanation.ts';
import type { RouteHandler } from '../../shared/api/http/exchange.ts';
import type { RouteIdOf } from '../../shared/api/http/routes.ts';
import { type FunctionConfig, readConfig } from '../../shared/config.ts';
import { createAuthenticator } from '../../shared/lambda/authenticate.ts';
import { createHttpHandler, type HttpHandler } from '../../shared/lambda/http-handler.ts';
import { createRateLimiter } from '../../shared/lambda/rate-limit.ts';
import { createInFlightReaders } from '../../shared/queue/in-flight.ts';
import { createOldestSentReader } from '../../shared/queue/oldest-message.ts';
import { openQueues, type QueueClient } from '../../shared/queue/sqs-client.ts';
import { createApiKeyStore } from '../../shared/store/access/api-keys.ts';
import { createAccountStore } from '../../shared/store/customers/accounts.ts';
import { readingFormerStarts } from '../../shared/store/customers/former-starts.ts';
import { createCatalogReader } from '../../shared/store/catalog/catalog-reader.ts';
import { createArrivalStore } from '../../shared/store/events/arrivals.ts';
import { createClaimStore } from '../../shared/store/events/claims.ts';
import { createDayPageStore } from '../../shared/store/events/day-pages.ts';
import { openTable } from '../../shared/store/table/dynamodb-table.ts';
import { createFeedStore } from '../../shared/store/events/feed.ts';
import { createLateMarkerStore } from '../../shared/store/events/late-markers.ts';
import { createSimilarNameStore } from '../../shared/store/catalog/similar-names.ts';
import { createPointerStore } from '../../shared/store/customers/pointers.ts';
import { createRateBucketStore } from '../../shared/store/access/rate-buckets.ts';
import { createScopeStore } from '../../shared/store/catalog/scopes.ts';
import { createSegmentStore } from '../../shared/store/events/segments.ts';
import type { Table } from '../../shared/store/table/table.ts';
import { createLogger, type WriteLine, writeToStdout } from '../../shared/telemetry/logger.ts';
import { createMetrics } from '../../shared/telemetry/metrics.ts';
import { createAnalyzeUsage } from './analytics/analyze-usage.ts';
import { createFoldBudget, type FoldBudget } from './fold/read-budget.ts';
import { createCustomerUsage } from './charges/customer-usage.ts';
import { createExplainUsage } from './usage/explain-usage.ts';
import { createGetEvent, createPreviewEvent } from './events/get-event.ts';
import { createFollowEvents } from './events/follow-events.ts';
import { createListEvents } from './events/list-events.ts';
import { createListFailures } from './events/list-failures.ts';
import { createListNames } from './events/list-names.ts';
import { createMonitorEvents } from './events/monitor-events.ts';
import { createPreviewInvoice } from './charges/preview-invoice.ts';
import { createQueryUsage, resolveMeterUsage } from './usage/query-usage.ts';
import { createSubscriptionUsage } from './charges/subscription-usage.ts';
import { createBacklogReader } from './usage/usage-coverage.ts';

const ok = (body: unknown) => ({ status: 200, body });

type DepthReader = Pick<QueueClient, 'readDepth'>;

/** Set by tests and by the local system. */
export interface QueryOverrides {
  readonly table?: Table;
  readonly queues?: { readonly queue: DepthReader; readonly deadLetters: DepthReader };
  /** UTC milliseconds. */
  readonly now?: () => number;
  readonly write?: WriteLine;
  /** Starts the budget of one request: how much it may fold. */
  readonly startBudget?: () => FoldBudget;
}

export const createHandler = (config: FunctionConfig<'query'>, overrides: QueryOverrides = {}): HttpHandler => {
  const { table = openTable(config), queues = openQueues(config), now = Date.now, write = writeToStdout } = overrides;
  const logger = createLogger({ level: config.LOG_LEVEL, write, now });
  const { readInFlight, readQueueDepth } = createInFlightReaders({
    ...queues,
    readOldestSent: createOldestSentReader({ queueName: config.QUEUE_NAME, region: config.AWS_REGION, now }),
    onUnknown: (error) => {
      logger.warn('the queue depth is not known', { error });
    },
  });
  const catalog = createCatalogReader({ table, now });
  const deps = {
    now,
    claims: createClaimStore(table),
    arrivals: createArrivalStore(table),
    isLive: config.LIVE === 'on',
    segments: createSegmentStore(table),
    feed: createFeedStore(table),
    lateMarkers: createLateMarkerStore(table),
    scopes: createScopeStore(table),
    readAccounts: readingFormerStarts(createAccountStore(table), catalog.read).readMany,
    readCatalog: catalog.readView,
    findSimilarNames: createSimilarNameStore(table).find,
    pointers: createPointerStore(table),
    dayPages: createDayPageStore(table),
    readQueueDepth,
    readBacklog: createBacklogReader({ readInFlight, now }),
    newUlid: ulid,
    startBudget: overrides.startBudget ?? (() => createFoldBudget(() => performance.now())),
    retentionDays: config.RETENTION_DAYS,
  };
  const getEvent = createGetEvent(deps);
  const listEvents = createListEvents(deps);
  const followEvents = createFollowEvents(deps);
  const previewEvent = createPreviewEvent(deps);
  const monitorEvents = createMonitorEvents(deps);
  const listFailures = createListFailures(deps);
  const listNames = createListNames(deps);
  const queryUsage = createQueryUsage(deps);
  const explainUsage = createExplainUsage(deps);
  const analyzeUsage = createAnalyzeUsage(deps);
  const customerUsage = createCustomerUsage(deps);
  const previewInvoice = createPreviewInvoice(deps);
  const subscriptionUsage = createSubscriptionUsage(deps);

  const { STAGE: stage, LIVE, VERSION: version } = config;
  const deployment = { isLive: LIVE === 'on', version, ...(stage !== undefined && { stage }) };

  const routes: Record<RouteIdOf<'query'>, RouteHandler> = {
    getEvent: async ({ caller, path, query }) => ok(await getEvent(caller.scope, parseEventLookup(query, path['id']))),
    lookUpEvent: async ({ caller, query }) => ok(await getEvent(caller.scope, parseEventLookup(query))),
    listEvents: async ({ caller, query }) => ok(await listEvents(caller.scope, parseEventListQuery(query, now()))),
    queryEvents: async ({ caller, body }) => ok(await listEvents(caller.scope, parseEventListBody(body, now()))),
    followEvents: async ({ caller, query }) => ok(await followEvents(caller.scope, parseLiveQuery(query))),
    previewEvent: async ({ caller, body }) => ok(await previewEvent(caller.scope, parseEvent(body, now()))),
    monitorEvents: async ({ caller, query }) =>
      ok(await monitorEvents(caller.scope, parseMonitoringQuery(query, now()))),
    listEventFailures: async ({ caller, body }) => ok(await listFailures(caller.scope, parseEventFailures(body))),
    listEventNames: async ({ caller, query }) => ok(await listNames(caller.scope, parseEventNames(query))),
    queryUsage: async ({ caller, body }) => ok(await queryUsage(caller.scope, parseUsage(body, now()))),
    queryMeterUsage: async ({ caller, body }) => {
      const request = await resolveMeterUsage(deps, caller.scope, parseMeterUsage(body, now()));
      return ok(await queryUsage(caller.scope, request));
    },
    analyzeUsage: async ({ caller, body }) => ok(await analyzeUsage(caller.scope, parseAnalytics(body, now()))),
    getSubscriptionUsage: async ({ caller, body }) => ok(await subscriptionUsage(caller.scope, body)),
    getCustomerUsage: async ({ caller, query }) => ok(await customerUsage(caller.scope, parseCustomerUsage(query))),
    getCustomerUsageById: async ({ caller, path, query }) =>
      ok(await customerUsage(caller.scope, parseCustomerUsage(query, path['id'] ?? ''))),
    previewInvoice: async ({ caller, body }) => ok(await previewInvoice(caller.scope, caller.keyId, body)),
    explainUsage: async ({ caller, body }) => ok(await explainUsage(caller.scope, parseUsageExplanation(body, now()))),
    whoAmI: ({ caller }) => Promise.resolve(ok(toWhoAmIBody(caller, deployment))),
  };
  return createHttpHandler({
    routes,
    authenticate: createAuthenticator({ readKey: createApiKeyStore(table).read, now }),
    takeToken: createRateLimiter({ lease: createRateBucketStore(table).lease, now }),
    logger,
    metrics: createMetrics({ namespace: config.METRIC_NAMESPACE, write, now }),
    newUlid: ulid,
  });
};

let created: HttpHandler | undefined;
/** The Lambda entry; created at the first call. */
export const handler: HttpHandler = (event, context) =>
  (created ??= createHandler(readConfig('query')))(event, context);
