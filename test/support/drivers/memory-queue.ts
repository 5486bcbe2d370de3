// The queue between ingest and the processor, in memory: what was sent is processed when a test says so.
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { QueueClient } from '../../../shared/queue/sqs-client.ts';

export interface MemoryQueue extends QueueClient {
  /** Delivers everything, ten messages at a time, until nothing is left. Throws when a message is refused eight times. */
  readonly drain: (invoke: (event: SQSEvent) => Promise<SQSBatchResponse>) => Promise<void>;
}

interface Waiting {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  receives: number;
}

const maxReceives = 8;
const perInvocation = 10;

const toRecord = ({ id, body, sentAt, receives }: Waiting): SQSRecord => ({
  messageId: id,
  receiptHandle: id,
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: String(sentAt),
    SenderId: 'test',
    ApproximateFirstReceiveTimestamp: String(sentAt),
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:local:000000000000:events',
  awsRegion: 'local',
});

/** `now` in UTC milliseconds. */
export const createMemoryQueue = (now: () => number): MemoryQueue => {
  let waiting: Waiting[] = [];
  let count = 0;
  return {
    sendMessages: (messages) => {
      for (const { text } of messages) {
        count += 1;
        waiting.push({ id: `message-${String(count)}`, body: text, sentAt: now(), receives: 0 });
      }
      return Promise.resolve(new Set(messages.map(({ id }) => id)));
    },
    readDepth: () => Promise.resolve({ waiting: waiting.length, inFlight: 0 }),
    drain: async (invoke) => {
      while (waiting.length > 0) {
        const batch = waiting.slice(0, perInvocation);
        waiting = waiting.slice(perInvocation);
        for (const message of batch) {
          message.receives += 1;
          if (message.receives > maxReceives) throw new Error(`refused by the processor: ${message.body}`);
        }
        const { batchItemFailures } = await invoke({ Records: batch.map(toRecord) });
        const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        waiting.push(...batch.filter(({ id }) => failed.has(id)));
      }
    },
  };
};
