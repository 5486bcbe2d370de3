import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { createDeadLetterQueue } from '../../../shared/queue/dead-letters.ts';
import { writeEntry, writeMessage } from '../../../shared/queue/event-message.ts';
import { anAcceptedEvent, aScope, someInstant } from '../../support/builders/builders.ts';

const client = new SQSClient({ region: 'local' });
const mock = mockClient(client);
const QueueUrl = 'http://127.0.0.1/000000000000/dead';
const letters = createDeadLetterQueue(client, QueueUrl);
const held = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ messageId: `m${String(index)}`, receipt: `r${String(index)}` }));
const denied = Object.assign(new Error('denied'), { name: 'AccessDenied' });

beforeEach(() => {
  mock.reset();
});

describe('receive', () => {
  const batch = { id: '01K7M3ZZZZ0000000000000001', scope: aScope, receivedAt: someInstant };
  const text = writeMessage(batch, [writeEntry(anAcceptedEvent())]) ?? '';

  test('asks for what an operator needs to know, and reads the batch', async () => {
    mock.on(ReceiveMessageCommand).resolves({
      Messages: [
        {
          MessageId: 'm0',
          ReceiptHandle: 'r0',
          Body: text,
          Attributes: { ApproximateReceiveCount: '9', SentTimestamp: '1760528328000' },
        },
      ],
    });
    expect(await letters.receive(50, 90)).toMatchObject([
      {
        messageId: 'm0',
        receipt: 'r0',
        text,
        receiveCount: 9,
        sentAt: 1_760_528_328_000,
        batch: { ...batch, events: [anAcceptedEvent()] },
      },
    ]);
    expect(mock.commandCalls(ReceiveMessageCommand).map(({ args }) => args[0].input)).toEqual([
      {
        QueueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 90,
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
      },
    ]);
  });

  test('returns a text that is no message of Tollgate as it is', async () => {
    mock.on(ReceiveMessageCommand).resolves({ Messages: [{ MessageId: 'm0', ReceiptHandle: 'r0', Body: '{"v":2}' }] });
    expect(await letters.receive(1, 90)).toMatchObject([{ messageId: 'm0', text: '{"v":2}', batch: undefined }]);
  });

  test('returns none when no message is visible', async () => {
    mock.on(ReceiveMessageCommand).resolves({});
    expect(await letters.receive(1, 90)).toEqual([]);
  });
});

test('giveBack makes any number of messages visible, ten per request', async () => {
  mock.on(ChangeMessageVisibilityBatchCommand).resolves({});
  await letters.giveBack(held(11));
  const inputs = mock.commandCalls(ChangeMessageVisibilityBatchCommand).map(({ args }) => args[0].input);
  expect(inputs.map(({ Entries }) => Entries?.length)).toEqual([10, 1]);
  expect(inputs[1]).toEqual({ QueueUrl, Entries: [{ Id: '0', ReceiptHandle: 'r10', VisibilityTimeout: 0 }] });
  await letters.giveBack([]);
  expect(mock.commandCalls(ChangeMessageVisibilityBatchCommand)).toHaveLength(2);
});

test('remove returns the ids whose deletion is confirmed', async () => {
  mock.on(DeleteMessageBatchCommand).resolves({
    Successful: [{ Id: '1' }],
    Failed: [{ Id: '0', Code: 'InternalError', SenderFault: false }],
  });
  expect(await letters.remove(held(2))).toEqual(new Set(['m1']));
  expect(mock.commandCalls(DeleteMessageBatchCommand).map(({ args }) => args[0].input)).toEqual([
    {
      QueueUrl,
      Entries: [
        { Id: '0', ReceiptHandle: 'r0' },
        { Id: '1', ReceiptHandle: 'r1' },
      ],
    },
  ]);
});

test('every error of SQS is a DependencyError with its cause', async () => {
  const expected = { name: 'DependencyError', kind: 'permanent', cause: denied };
  mock.on(ReceiveMessageCommand).rejects(denied);
  mock.on(ChangeMessageVisibilityBatchCommand).rejects(denied);
  mock.on(DeleteMessageBatchCommand).rejects(denied);
  await expect(letters.receive(1, 1)).rejects.toMatchObject(expected);
  await expect(letters.giveBack(held(1))).rejects.toMatchObject(expected);
  await expect(letters.remove(held(1))).rejects.toMatchObject(expected);
});
