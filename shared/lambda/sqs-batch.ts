// Handles messages from SQS with partial batch responses: a record without a proven success is a failed record.
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Batch } from '../domain/events/batch.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';

export interface SqsBatchDeps {
  /** Reads the batch of a record's body; throws for a body that is none. */
  readonly readMessage: (text: string) => Batch;
  /**
   * Returns the failed batches by id, with the cause; every other one is stored. `receives`: how often the batch was received,
   * this time included. `timeLeft`: milliseconds until nothing new may be begun.
   */
  readonly processBatches: (
    batches: readonly (Batch & { readonly receives: number })[],
    timeLeft: () => number,
  ) => Promise<{ readonly failures: ReadonlyMap<string, unknown> }>;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

export type SqsHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** The time reserved before the deadline, so that failures can still be reported. */
const marginMs = 5_000;

interface ReceivedBatch {
  readonly record: SQSRecord;
  readonly batch: Batch;
}

const receivesOf = ({ attributes }: SQSRecord): number => Number(attributes.ApproximateReceiveCount);

/** Creates the handler, one per process. It never rejects for a fault of a record or of a dependency. */
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

  const read = (record: SQSRecord): ReceivedBatch | undefined => {
    try {
      return { record, batch: readMessage(record.body) };
    } catch (error) {
      report(record, error);
      return undefined;
    }
  };

  /** Returns the records whose batches are proven to be stored. */
  const process = async (
    received: readonly ReceivedBatch[],
    timeLeft: () => number,
  ): Promise<readonly ReceivedBatch[]> => {
    try {
      const batches = received.map(({ record, batch }) => ({ ...batch, receives: receivesOf(record) }));
      const { failures } = await processBatches(batches, timeLeft);
      return received.filter(({ record, batch }) => {
        const hasFailed = failures.has(batch.id);
        if (hasFailed) report(record, failures.get(batch.id), batch.id);
        return !hasFailed;
      });
    } catch (error) {
      for (const { record, batch } of received) report(record, error, batch.id);
      return [];
    }
  };

  return async ({ Records: records }, context) => {
    const received = records.map(read).filter((one) => one !== undefined);
    const stored = await process(received, () => context.getRemainingTimeInMillis() - marginMs);
    const proven = new Set(stored.map(({ record }) => record.messageId));
    const failed = records.filter(({ messageId }) => !proven.has(messageId));
    metrics.count('failed_batches', failed.length);
    metrics.flush();
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
};
