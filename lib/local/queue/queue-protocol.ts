// Serves the embedded queues by the AWS JSON protocol of SQS, as far as Tollgate and inspection with the AWS CLI need it.
// It refuses what SQS refuses: oversized batches, too many entries, characters outside XML 1.0.
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { MessageStore } from './message-store.ts';

const maxRequestBytes = 1_048_576;
const maxEntries = 10;
const accountId = '000000000000';

class QueueError extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.name = 'QueueError';
    this.type = type;
  }
}

export interface QueueReply {
  readonly status: number;
  readonly body: unknown;
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** Returns whether SQS accepts all characters: #x9, #xA, #xD, #x20 to #xD7FF, #xE000 to #xFFFD, and beyond the BMP. */
const isAllowed = (text: string): boolean =>
  // eslint-disable-next-line no-control-regex -- these are the characters to find
  text.isWellFormed() && !/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(text);

const target = { QueueUrl: v.string() };
const EntrySchema = v.object({ Id: v.pipe(v.string(), v.regex(/^[\w-]{1,80}$/)), MessageBody: v.string() });
const SendSchema = v.object({ ...target, Entries: v.array(EntrySchema) });
const wholeNumber = (from: number, to: number) => v.pipe(v.number(), v.integer(), v.minValue(from), v.maxValue(to));
const visibilityTimeout = wholeNumber(0, 43_200);
/** Parameters of a receive; long polls are answered at once. */
const ReceiveSchema = v.object({
  ...target,
  MaxNumberOfMessages: v.optional(wholeNumber(1, maxEntries), 1),
  VisibilityTimeout: v.optional(visibilityTimeout),
  WaitTimeSeconds: v.optional(wholeNumber(0, 20)),
});
const VisibilitySchema = v.object({
  ...target,
  Entries: v.array(v.object({ Id: v.string(), ReceiptHandle: v.string(), VisibilityTimeout: visibilityTimeout })),
});
const DeleteSchema = v.object({
  ...target,
  Entries: v.array(v.object({ Id: v.string(), ReceiptHandle: v.string() })),
});
const AttributesSchema = v.object({ ...target, AttributeNames: v.optional(v.array(v.string()), []) });

const checkEntries = (entries: readonly { readonly Id: string }[]): void => {
  if (entries.length === 0) throw new QueueError('EmptyBatchRequest', 'There are no entries.');
  if (entries.length > maxEntries) throw new QueueError('TooManyEntriesInBatchRequest', 'More than 10 entries.');
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw new QueueError('BatchEntryIdsNotDistinct', 'Two entries have the same Id.');
  }
};

export const queuePath = (queue: string): string => `/${accountId}/${queue}`;

/** Creates the function that answers one request; `operation` as in `X-Amz-Target: AmazonSQS.<operation>`. */
export const createQueueProtocol = (store: MessageStore) => {
  const queueOf = ({ QueueUrl }: { readonly QueueUrl: string }): string => {
    const name = QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1);
    if (store.queues.has(name)) return name;
    throw new QueueError('QueueDoesNotExist', 'The specified queue does not exist.');
  };

  const operations: Readonly<Record<string, (input: unknown) => unknown>> = {
    SendMessageBatch: (input) => {
      const request = v.parse(SendSchema, input);
      checkEntries(request.Entries);
      const bytes = request.Entries.reduce((sum, { MessageBody }) => sum + Buffer.byteLength(MessageBody), 0);
      if (bytes > maxRequestBytes) throw new QueueError('BatchRequestTooLong', 'The entries exceed 1 MiB.');
      const good = request.Entries.filter(({ MessageBody }) => MessageBody !== '' && isAllowed(MessageBody));
      const ids = store.send(
        queueOf(request),
        good.map(({ MessageBody }) => MessageBody),
      );
      return {
        Successful: good.map(({ Id, MessageBody }, index) => ({
          Id,
          MessageId: ids[index],
          MD5OfMessageBody: md5(MessageBody),
        })),
        Failed: request.Entries.filter((entry) => !good.includes(entry)).map(({ Id }) => ({
          Id,
          Code: 'InvalidMessageContents',
          Message: 'Empty, or contains characters that SQS does not accept.',
          SenderFault: true,
        })),
      };
    },

    ReceiveMessage: (input) => {
      const request = v.parse(ReceiveSchema, input);
      const { MaxNumberOfMessages: limit, VisibilityTimeout: seconds } = request;
      const hiddenMs = seconds === undefined ? undefined : seconds * 1_000;
      return {
        Messages: store.receive(queueOf(request), limit, undefined, hiddenMs).map((message) => ({
          MessageId: message.id,
          ReceiptHandle: message.receipt,
          Body: message.body,
          MD5OfBody: md5(message.body),
          Attributes: {
            ApproximateReceiveCount: String(message.receiveCount),
            SentTimestamp: String(message.sentAt),
          },
        })),
      };
    },

    ChangeMessageVisibilityBatch: (input) => {
      const request = v.parse(VisibilitySchema, input);
      checkEntries(request.Entries);
      const queue = queueOf(request);
      const changed = request.Entries.filter(({ ReceiptHandle, VisibilityTimeout }) =>
        store.changeVisibility(queue, ReceiptHandle, VisibilityTimeout * 1_000),
      );
      return {
        Successful: changed.map(({ Id }) => ({ Id })),
        Failed: request.Entries.filter((entry) => !changed.includes(entry)).map(({ Id }) => ({
          Id,
          Code: 'ReceiptHandleIsInvalid',
          Message: 'No message is hidden under that receipt.',
          SenderFault: true,
        })),
      };
    },

    DeleteMessageBatch: (input) => {
      const request = v.parse(DeleteSchema, input);
      checkEntries(request.Entries);
      store.remove(
        queueOf(request),
        request.Entries.map(({ ReceiptHandle }) => ReceiptHandle),
      );
      return { Successful: request.Entries.map(({ Id }) => ({ Id })), Failed: [] };
    },

    GetQueueAttributes: (input) => {
      const request = v.parse(AttributesSchema, input);
      const { visible, inFlight } = store.count(queueOf(request));
      const attributes = {
        ApproximateNumberOfMessages: String(visible),
        ApproximateNumberOfMessagesNotVisible: String(inFlight),
      };
      const isAsked = ([name]: [string, string]) =>
        request.AttributeNames.some((asked) => asked === name || asked === 'All');
      return { Attributes: Object.fromEntries(Object.entries(attributes).filter(isAsked)) };
    },
  };

  return (operation: string, text: string): QueueReply => {
    try {
      const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (!run) throw new QueueError('UnsupportedOperation', `The embedded queue has no ${operation}.`);
      return { status: 200, body: run(JSON.parse(text)) };
    } catch (error) {
      if (error instanceof QueueError) {
        return { status: 400, body: { __type: `com.amazonaws.sqs#${error.type}`, message: error.message } };
      }
      if (error instanceof v.ValiError || error instanceof SyntaxError) {
        return { status: 400, body: { __type: 'com.amazonaws.sqs#InvalidParameterValue', message: error.message } };
      }
      throw error;
    }
  };
};
