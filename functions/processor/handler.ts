// Wires the processor function.
import { randomInt } from 'node:crypto';
import { monotonicFactory } from 'ulid';
import { type FunctionConfig, readConfig } from '../../shared/config.ts';
import { createSqsHandler, type SqsHandler } from '../../shared/lambda/sqs-batch.ts';
import { readMessage } from '../../shared/queue/event-message.ts';
import { createAccountStore } from '../../shared/store/customers/accounts.ts';
import { readingFormerStarts } from '../../shared/store/customers/former-starts.ts';
import { createCatalogReader } from '../../shared/store/catalog/catalog-reader.ts';
import { createArrivalStore } from '../../shared/store/events/arrivals.ts';
import { createClaimStore } from '../../shared/store/events/claims.ts';
import { openTable } from '../../shared/store/table/dynamodb-table.ts';
import { createFeedStore } from '../../shared/store/events/feed.ts';
import { createLateMarkerStore } from '../../shared/store/events/late-markers.ts';
import { createSimilarNameStore } from '../../shared/store/catalog/similar-names.ts';
import { createSegmentStore } from '../../shared/store/events/segments.ts';
import type { Table } from '../../shared/store/table/table.ts';
import { createLogger, type WriteLine, writeToStdout } from '../../shared/telemetry/logger.ts';
import { createMetrics, type Metrics } from '../../shared/telemetry/metrics.ts';
import { createBatchProcessor, type ProcessingCounts } from './process-batches.ts';

/** Set by tests and by the local system. */
export interface ProcessorOverrides {
  readonly table?: Table;
  /** UTC milliseconds. */
  readonly now?: () => number;
  readonly newUlid?: () => string;
  readonly write?: WriteLine;
}

const count = (metrics: Metrics, { stored, duplicates, conflicts, late, verdicts }: ProcessingCounts): void => {
  metrics.count('events_stored', stored);
  metrics.count('duplicates', duplicates);
  metrics.count('conflicts', conflicts);
  metrics.count('late_events', late);
  for (const [verdict, events] of Object.entries(verdicts)) {
    if (verdict !== 'processed') metrics.count('unmatched_events', events, verdict);
  }
};

export const createHandler = (config: FunctionConfig<'processor'>, overrides: ProcessorOverrides = {}): SqsHandler => {
  const { table = openTable(config), now = Date.now, newUlid = monotonicFactory(), write = writeToStdout } = overrides;
  const metrics = createMetrics({ namespace: config.METRIC_NAMESPACE, write, now });
  const catalog = createCatalogReader({ table, now });
  const processBatches = createBatchProcessor({
    claims: createClaimStore(table),
    segments: createSegmentStore(table),
    feed: createFeedStore(table),
    lateMarkers: createLateMarkerStore(table),
    ...(config.LIVE === 'on' && { arrivals: createArrivalStore(table) }),
    readAccounts: readingFormerStarts(createAccountStore(table), catalog.read).readMany,
    readCatalog: catalog.readView,
    findSimilarNames: createSimilarNameStore(table).find,
    pickShard: (shards) => randomInt(shards),
    retentionDays: config.RETENTION_DAYS,
    now,
    newUlid,
  });
  return createSqsHandler({
    readMessage,
    processBatches: async (batches, timeLeft) => {
      const report = await processBatches(batches, timeLeft);
      count(metrics, report.counts);
      return report;
    },
    logger: createLogger({ level: config.LOG_LEVEL, write, now }),
    metrics,
  });
};

let created: SqsHandler | undefined;
/** The Lambda entry; created at the first call. */
export const handler: SqsHandler = (event, context) =>
  (created ??= createHandler(readConfig('processor')))(event, context);
