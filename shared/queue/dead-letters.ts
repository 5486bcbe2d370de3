// The dead-letter queue as an operator sees it: batches that the processor has given up on. Errors become DependencyError here.
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Batch } from '../domain/events/batch.ts';
import { mapConcurrently } from '../domain/concurrency.ts';
import { MessageFormatError, readMessage } from './event-message.ts';
import { toDependencyError } from './sqs-error.ts';

export interface DeadLetter {
  readonly messageId: string;
  /** The receipt of this receive; only the latest one is valid. */
  readonly receipt: string;
  readonly text: string;
  readonly receiveCount: number;
  /** When SQS took it, UTC milliseconds. */
  readonly sentAt: number;
  /** undefined: the text is not a message of a known version. */
  readonly batch: Batch | undefined;
}

export type HeldLetter = Pick<DeadLetter, 'messageId' | 'receipt'>;

/** The queue; everything throws DependencyError. */
export interface DeadLetterQueue {
  /**
   * Receives up to 10 messages, in no order, and hides them from others for that long. None: none is visible, though some may be
   * hidden.
   */
  readonly receive: (limit: number, hiddenSeconds: number) => Promise<readonly DeadLetter[]>;
  /** Makes any number of messages visible again. Those it does not reach become visible by themselves when their time is over. */
  readonly giveBack: (letters: readonly HeldLetter[]) => Promise<void>;
  /** Deletes at most 10 messages; returns the ids of those whose deletion is confirmed. */
  readonly remove: (letters: readonly HeldLetter[]) => Promise<ReadonlySet<string>>;
}

const maxLettersPerRequest = 10;
const requestsAtOnce = 8;
// Amazon SQS developer guide, "Short and long polling": only a long poll asks all servers, so that none means none.
const waitSeconds = 1;

const toBatch = (text: string): Batch | undefined => {
  try {
    return readMessage(text);
  } catch (error) {
    if (error instanceof MessageFormatError) return undefined;
    throw error;
  }
};

const toLetter = ({ MessageId = '', ReceiptHandle = '', Body = '', Attributes = {} }: Message): DeadLetter => ({
  messageId: MessageId,
  receipt: ReceiptHandle,
  text: Body,
  receiveCount: Number(Attributes.ApproximateReceiveCount ?? 0),
  sentAt: Number(Attributes.SentTimestamp ?? 0),
  batch: toBatch(Body),
});

const translated = async <T>(request: Promise<T>): Promise<T> => {
  try {
    return await request;
  } catch (error) {
    throw toDependencyError(error);
  }
};

/** Writes the entries of a request. Their ids are indexes, because a request may refuse the message ids of an emulator. */
const toEntries = (letters: readonly HeldLetter[]) =>
  letters.map(({ receipt }, index) => ({ Id: String(index), ReceiptHandle: receipt }));

export const createDeadLetterQueue = (client: SQSClient, QueueUrl: string): DeadLetterQueue => ({
  receive: async (limit, hiddenSeconds) => {
    const { Messages = [] } = await translated(
      client.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: Math.min(limit, maxLettersPerRequest),
          VisibilityTimeout: hiddenSeconds,
          WaitTimeSeconds: waitSeconds,
          MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
        }),
      ),
    );
    return Messages.map(toLetter);
  },

  giveBack: async (letters) => {
    const requests = Array.from({ length: Math.ceil(letters.length / maxLettersPerRequest) }, (_, index) =>
      letters.slice(index * maxLettersPerRequest, (index + 1) * maxLettersPerRequest),
    );
    await mapConcurrently(requests, requestsAtOnce, (part) => {
      const Entries = toEntries(part).map((entry) => ({ ...entry, VisibilityTimeout: 0 }));
      return translated(client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries })));
    });
  },

  remove: async (letters) => {
    const request = new DeleteMessageBatchCommand({ QueueUrl, Entries: toEntries(letters) });
    const { Successful = [] } = await translated(client.send(request));
    return new Set(Successful.flatMap(({ Id }) => letters[Number(Id)]?.messageId ?? []));
  },
});
