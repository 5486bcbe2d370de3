// The query function: lookup, preview, lists, monitoring.
import { ulid } from 'ulid';
import {
  parseEventListBody,
  parseEventListQuery,
  parseLookupId,
  parseMonitoringQuery,
} from '../../shared/api/event-lists.ts';
import { parseEvent } from '../../shared/api/events.ts';
import type { RouteHandler } from '../../shared/api/exchange.ts';
import type { RouteIdOf } from '../../shared/api/routes.ts';
import { type FunctionConfig, readConfig } from '../../shared/config.ts';
import { createAuthenticator } from '../../shared/lambda/caller.ts';
import { createHttpHandler, type HttpHandler } from '../../shared/lambda/http-handler.ts';
import { createRateLimiter } from '../../shared/lambda/rate-limit.ts';
import { openQueue, type QueueClient } from '../../shared/queue/sqs-client.ts';
import { createApiKeyStore } from '../../shared/store/api-keys.ts';
import { createCardStore } from '../../shared/store/cards.ts';
import { createCatalogReader } from '../../shared/store/catalog-reader.ts';
import { createClaimStore } from '../../shared/store/claims.ts';
import { openTable } from '../../shared/store/document-client.ts';
import { createFeedStore } from '../../shared/store/feed.ts';
import { createLateMarkerStore } from '../../shared/store/late-markers.ts';
import { createNearNameStore } from '../../shared/store/near-names.ts';
import { createRateBucketStore } from '../../shared/store/rate-buckets.ts';
import { createScopeStore } from '../../shared/store/scopes.ts';
import { createSegmentStore } from '../../shared/store/segments.ts';
import type { Table } from '../../shared/store/table.ts';
import { createLogger, type WriteLine, writeToStdout } from '../../shared/telemetry/logger.ts';
import { createMetrics } from '../../shared/telemetry/metrics.ts';
import { createGetEvent, createPreviewEvent } from './get-event.ts';
import { createListEvents } from './list-events.ts';
import { createMonitorEvents } from './monitor-events.ts';

const ok = (body: unknown) => ({ status: 200, body });

/** Set by tests and by the local system. */
export interface QueryOverrides {
  readonly table?: Table;
  readonly queue?: Pick<QueueClient, 'readDepth'>;
  /** UTC milliseconds. */
  readonly now?: () => number;
  readonly write?: WriteLine;
}

export const createHandler = (config: FunctionConfig<'query'>, overrides: QueryOverrides = {}): HttpHandler => {
  const { table = openTable(config), queue = openQueue(config), now = Date.now, write = writeToStdout } = overrides;
  const deps = {
    now,
    claims: createClaimStore(table),
    segments: createSegmentStore(table),
    feed: createFeedStore(table),
    lateMarkers: createLateMarkerStore(table),
    scopes: createScopeStore(table),
    readCards: createCardStore(table).readMany,
    readCatalog: createCatalogReader({ table, now }).readView,
    findNearNames: createNearNameStore(table).find,
    readQueueDepth: queue.readDepth,
    retentionDays: config.RETENTION_DAYS,
  };
  const getEvent = createGetEvent(deps);
  const listEvents = createListEvents(deps);
  const previewEvent = createPreviewEvent(deps);
  const monitorEvents = createMonitorEvents(deps);

  const routes: Record<RouteIdOf<'query'>, RouteHandler> = {
    getEvent: async ({ caller, path, query }) => ok(await getEvent(caller.scope, parseLookupId(query, path['id']))),
    lookUpEvent: async ({ caller, query }) => ok(await getEvent(caller.scope, parseLookupId(query))),
    listEvents: async ({ caller, query }) => ok(await listEvents(caller.scope, parseEventListQuery(query, now()))),
    queryEvents: async ({ caller, body }) => ok(await listEvents(caller.scope, parseEventListBody(body, now()))),
    previewEvent: async ({ caller, body }) => ok(await previewEvent(caller.scope, parseEvent(body, now()))),
    monitorEvents: async ({ caller, query }) =>
      ok(await monitorEvents(caller.scope, parseMonitoringQuery(query, now()))),
  };
  return createHttpHandler({
    routes,
    authenticate: createAuthenticator({ readKey: createApiKeyStore(table).read, now }),
    takeToken: createRateLimiter({ lease: createRateBucketStore(table).lease, now }),
    logger: createLogger({ level: config.LOG_LEVEL, write, now }),
    metrics: createMetrics({ namespace: config.METRIC_NAMESPACE, write, now }),
    newUlid: ulid,
  });
};

let made: HttpHandler | undefined;
/** The Lambda entry; made at the first call. */
export const handler: HttpHandler = (event, context) => (made ??= createHandler(readConfig('query')))(event, context);
