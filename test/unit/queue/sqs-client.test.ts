import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  GetQueueAttributesCommand,
  InvalidAddress,
  RequestThrottled,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { createQueueClient } from '../../../shared/queue/sqs-client.ts';

const client = new SQSClient({ region: 'local' });
const mock = mockClient(client);
const queue = createQueueClient(client, 'http://127.0.0.1/000000000000/events');
const messages = [
  { id: '0', text: 'first' },
  { id: '1', text: 'second' },
];

beforeEach(() => {
  mock.reset();
});

describe('sendMessages', () => {
  test('sends one request and returns the confirmed ids', async () => {
    mock.on(SendMessageBatchCommand).resolves({
      Successful: [{ Id: '1', MessageId: 'm', MD5OfMessageBody: '' }],
      Failed: [{ Id: '0', Code: 'InternalError', SenderFault: false }],
    });
    expect(await queue.sendMessages(messages)).toEqual(new Set(['1']));
    expect(mock.commandCalls(SendMessageBatchCommand).map(({ args }) => args[0].input)).toEqual([
      {
        QueueUrl: 'http://127.0.0.1/000000000000/events',
        Entries: [
          { Id: '0', MessageBody: 'first' },
          { Id: '1', MessageBody: 'second' },
        ],
      },
    ]);
  });

  test('reports a message that SQS will never accept as a permanent error', async () => {
    mock.on(SendMessageBatchCommand).resolves({
      Successful: [],
      Failed: [{ Id: '0', Code: 'InvalidMessageContents', SenderFault: true }],
    });
    await expect(queue.sendMessages(messages)).rejects.toMatchObject({ name: 'DependencyError', kind: 'permanent' });
  });

  test('reports a message refused with an unknown code as one that may be accepted the next time', async () => {
    mock.on(SendMessageBatchCommand).resolves({
      Successful: [],
      Failed: [{ Id: '0', Code: 'SomethingNew', SenderFault: true }],
    });
    expect(await queue.sendMessages(messages)).toEqual(new Set());
  });

  test('reports the messages that SQS took besides a refused one', async () => {
    mock.on(SendMessageBatchCommand).resolves({
      Successful: [{ Id: '1', MessageId: 'm', MD5OfMessageBody: '' }],
      Failed: [{ Id: '0', Code: 'InvalidMessageContents', SenderFault: true }],
    });
    expect(await queue.sendMessages(messages)).toEqual(new Set(['1']));
  });

  test('throws transient errors for throttling and lost connections, and a permanent one for a refusal', async () => {
    const lost = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    const throttled = new RequestThrottled({ message: '', $metadata: {} });
    for (const [cause, kind] of [
      [throttled, 'transient'],
      [lost, 'transient'],
      [new InvalidAddress({ message: '', $metadata: {} }), 'permanent'],
    ] as const) {
      mock.on(SendMessageBatchCommand).rejects(cause);
      await expect(queue.sendMessages(messages)).rejects.toMatchObject({ kind, cause });
    }
  });
});

test('readDepth reads how many messages wait and how many are in flight', async () => {
  mock.on(GetQueueAttributesCommand).resolves({
    Attributes: { ApproximateNumberOfMessages: '12', ApproximateNumberOfMessagesNotVisible: '3' },
  });
  expect(await queue.readDepth()).toEqual({ waiting: 12, inFlight: 3 });
  for (const Attributes of [undefined, { ApproximateNumberOfMessages: '12' }]) {
    mock.on(GetQueueAttributesCommand).resolves({ Attributes });
    await expect(queue.readDepth()).rejects.toMatchObject({ name: 'DependencyError', kind: 'transient' });
  }
  mock.on(GetQueueAttributesCommand).rejects(new Error('denied'));
  await expect(queue.readDepth()).rejects.toMatchObject({ name: 'DependencyError' });
});
