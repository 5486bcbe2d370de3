import { describe, expect, test } from '@jest/globals';
import { openMessageStore } from '../../../../lib/local/queue/message-store.ts';
import { createQueueProtocol, queuePath } from '../../../../lib/local/queue/queue-protocol.ts';

const store = openMessageStore({
  now: () => 0,
  onGivenUp: () => undefined,
  queues: new Map([['main', { visibilityTimeoutMs: 1 }]]),
});
const answer = createQueueProtocol(store);
const send = (body: string) =>
  answer(
    'SendMessageBatch',
    JSON.stringify({ QueueUrl: queuePath('main'), Entries: [{ Id: 'a', MessageBody: body }] }),
  );

describe('the queue protocol', () => {
  test.each(['\t\n\r ~', '\ud7ff\ue000\ufffd', '💡\u{10ffff}'])(
    'accepts the characters that SQS accepts: %j',
    (body) => {
      expect(send(body)).toMatchObject({ status: 200, body: { Successful: [{ Id: 'a' }], Failed: [] } });
      expect(store.receive('main', 1)).toMatchObject([{ body }]);
    },
  );

  test.each(['', '\u0000', '\u000b', '\u001f', '\ud800', '\ufffe', '\uffff'])(
    'refuses other characters: %j',
    (body) => {
      expect(send(body)).toMatchObject({
        body: { Successful: [], Failed: [{ Id: 'a', Code: 'InvalidMessageContents' }] },
      });
      expect(store.receive('main', 1)).toEqual([]);
    },
  );

  test.each([
    ['CreateQueue', '{}', 'UnsupportedOperation'],
    ['toString', '{}', 'UnsupportedOperation'],
    ['ReceiveMessage', '{', 'InvalidParameterValue'],
    ['ReceiveMessage', '{"QueueUrl":"/0/main","MaxNumberOfMessages":11}', 'InvalidParameterValue'],
    ['ReceiveMessage', '{"QueueUrl":"/0/main","VisibilityTimeout":43201}', 'InvalidParameterValue'],
    ['ReceiveMessage', '{"QueueUrl":"/0/toString"}', 'QueueDoesNotExist'],
    ['ChangeMessageVisibilityBatch', '{"QueueUrl":"/0/main","Entries":[]}', 'EmptyBatchRequest'],
  ])('refuses %s %s with %s', (operation, text, type) => {
    expect(answer(operation, text)).toMatchObject({ status: 400, body: { __type: 'com.amazonaws.sqs#'.concat(type) } });
  });
});
