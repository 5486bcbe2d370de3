// Wires the ingest function.
import { monotonicFactory } from 'ulid';
import { type FunctionConfig, readConfig } from '../../shared/config.ts';
import { createAuthenticator } from '../../shared/lambda/authenticate.ts';
import { createHttpHandler, type HttpHandler } from '../../shared/lambda/http-handler.ts';
import { createRateLimiter } from '../../shared/lambda/rate-limit.ts';
import { createEventQueue } from '../../shared/queue/event-queue.ts';
import { openQueue, type QueueClient } from '../../shared/queue/sqs-client.ts';
import { createApiKeyStore } from '../../shared/store/access/api-keys.ts';
import { openTable } from '../../shared/store/table/dynamodb-table.ts';
import { createRateBucketStore } from '../../shared/store/access/rate-buckets.ts';
import type { Table } from '../../shared/store/table/table.ts';
import { createLogger, type WriteLine, writeToStdout } from '../../shared/telemetry/logger.ts';
import { createMetrics } from '../../shared/telemetry/metrics.ts';
import { createIngestEvents } from './ingest-events.ts';

/** Set by tests and by the local system. */
export interface IngestOverrides {
  readonly table?: Table;
  readonly queue?: Pick<QueueClient, 'sendMessages'>;
  /** UTC milliseconds. */
  readonly now?: () => number;
  /** Returns a ULID of a time, UTC milliseconds. */
  readonly newUlid?: (time: number) => string;
  readonly write?: WriteLine;
}

export const createHandler = (
  config: FunctionConfig<'ingest'>,
  {
    table = openTable(config),
    queue = openQueue(config),
    now = Date.now,
    newUlid = monotonicFactory(),
    write = writeToStdout,
  }: IngestOverrides = {},
): HttpHandler => {
  const metrics = createMetrics({ namespace: config.METRIC_NAMESPACE, write, now });
  const { enqueue } = createEventQueue({ sendMessages: queue.sendMessages, newUlid });
  return createHttpHandler({
    routes: createIngestEvents({ enqueue, metrics, now, newUlid, retentionDays: config.RETENTION_DAYS }),
    authenticate: createAuthenticator({ readKey: createApiKeyStore(table).read, now }),
    takeToken: createRateLimiter({ lease: createRateBucketStore(table).lease, now }),
    logger: createLogger({ level: config.LOG_LEVEL, write, now }),
    metrics,
    newUlid: () => newUlid(now()),
  });
};

let created: HttpHandler | undefined;
/** The Lambda entry; created at the first call. */
export const handler: HttpHandler = (event, context) =>
  (created ??= createHandler(readConfig('ingest')))(event, context);
