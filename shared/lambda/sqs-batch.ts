// Messages from SQS with partial batch responses: a record without a proven success is a failed record.
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Batch } from '../domain/events/batch.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';

export interface SqsBatchDeps {
  /** The batch of a record's body; throws for a body that is none. */
  readonly readMessage: (text: string) => Batch;
  /**
   * Answers the failed batches by id, with the cause; every other one is stored. `receives`: how often the batch was received,
   * this time included. `timeLeft`: milliseconds until nothing new is to be begun.
   */
  readonly processBatches: (
    batches: readonly (Batch & { readonly receives: number })[],
    timeLeft: () => number,
  ) => Promise<{ readonly failures: ReadonlyMap<string, unknown> }>;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

export type SqsHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** Before the deadline, so that what is unresolved can still be reported. */
const marginMs = 5_000;

interface Delivery {
  readonly record: SQSRecord;
  readonly batch: Batch;
}

const receivesOf = ({ attributes }: SQSRecord): number => Number(attributes.ApproximateReceiveCount);

/** One per process. Never rejects for a fault of a record or of a dependency. */
export const createSqsHandler = ({ readMessage, processBatches, logger, metrics }: SqsBatchDeps): SqsHandler => {
  const report = (record: SQSRecord, error: unknown, batchId?: string): void => {
    const { messageId } = record;
    logger.error('batch failed', {
      message_id: messageId,
      batch_id: batchId,
      receive_count: receivesOf(record),
      error,
    });
  };

  const read = (record: SQSRecord): Delivery | undefined => {
    try {
      return { record, batch: readMessage(record.body) };
    } catch (error) {
      report(record, error);
      return undefined;
    }
  };

  /** The deliveries that are proven to be stored. */
  const process = async (deliveries: readonly Delivery[], timeLeft: () => number): Promise<readonly Delivery[]> => {
    try {
      const batches = deliveries.map(({ record, batch }) => ({ ...batch, receives: receivesOf(record) }));
      const { failures } = await processBatches(batches, timeLeft);
      return deliveries.filter(({ record, batch }) => {
        const hasFailed = failures.has(batch.id);
        if (hasFailed) report(record, failures.get(batch.id), batch.id);
        return !hasFailed;
      });
    } catch (error) {
      for (const { record, batch } of deliveries) report(record, error, batch.id);
      return [];
    }
  };

  return async ({ Records: records }, context) => {
    const deliveries = records.map(read).filter((delivery) => delivery !== undefined);
    const stored = await process(deliveries, () => context.getRemainingTimeInMillis() - marginMs);
    const proven = new Set(stored.map(({ record }) => record.messageId));
    const failed = records.filter(({ messageId }) => !proven.has(messageId));
    metrics.count('failed_batches', failed.length);
    metrics.flush();
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
};
