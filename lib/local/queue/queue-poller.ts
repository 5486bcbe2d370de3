// Does what Lambda's SQS event source does: receives up to ten messages, invokes the processor, and deletes those it did not report
// as failed. The rest comes back after its visibility timeout, or goes to the dead-letter queue.
import { setTimeout as delay } from 'node:timers/promises';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { lambdaContext } from '../http/lambda-context.ts';
import type { MessageStore, ReceivedMessage } from './message-store.ts';

const batchSize = 10;
/** Size of a batch. One bulk request fills it, because the embedded table is slow and an invocation must finish within the timeout. */
const batchBytes = 32 * 1024;

export interface QueuePollerDeps {
  readonly store: MessageStore;
  readonly queue: string;
  readonly invoke: (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;
  /** Maximum number of concurrent invocations. */
  readonly concurrency?: number;
  readonly idleMs?: number;
  /** The function's timeout; must be below the queue's visibility timeout. */
  readonly timeoutMs?: number;
  readonly onError: (error: unknown) => void;
}

export interface QueuePoller {
  /** Stops receiving and waits for the current invocations. */
  readonly stop: () => Promise<void>;
}

/** @internal */
export const toSqsRecord = (queue: string, message: ReceivedMessage): SQSRecord => ({
  messageId: message.id,
  receiptHandle: message.receipt,
  body: message.body,
  attributes: {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    SenderId: 'local',
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws:sqs:local:000000000000:${queue}`,
  awsRegion: 'local',
});

export const startQueuePoller = (deps: QueuePollerDeps): QueuePoller => {
  const { store, queue, invoke, concurrency = 2, idleMs = 25, timeoutMs = 55_000, onError } = deps;
  let isStopped = false;

  const handle = async (messages: readonly ReceivedMessage[]): Promise<void> => {
    if (messages.length === 0) return delay(idleMs);
    const event = { Records: messages.map((message) => toSqsRecord(queue, message)) };
    const { batchItemFailures } = await invoke(event, lambdaContext('processor', timeoutMs));
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    store.remove(
      queue,
      messages.filter(({ id }) => !failed.has(id)).map(({ receipt }) => receipt),
    );
  };
  const work = async (): Promise<void> => {
    while (!isStopped) {
      try {
        await handle(store.receive(queue, batchSize, batchBytes));
      } catch (error) {
        onError(error);
        await delay(idleMs);
      }
    }
  };

  const workers = Promise.all(Array.from({ length: concurrency }, work));
  return {
    stop: async () => {
      isStopped = true;
      await workers;
    },
  };
};
