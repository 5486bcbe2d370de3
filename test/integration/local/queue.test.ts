// One suite for the embedded queue and for fauxqs, an SQS emulator by others, so that ours cannot drift; and what only ours
// promises: a confirmed message survives a kill.
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedQueue } from '../../../lib/local/queue/embedded-queue.ts';
import { clientFor, type RunningQueue, startQueue } from '../../support/drivers/queues.ts';

describe.each(['embedded', 'fauxqs'] as const)('%s queue', (name) => {
  let queue: RunningQueue;
  let client: SQSClient;
  beforeAll(async () => {
    queue = await startQueue[name]();
    client = clientFor(queue);
  });
  afterAll(async () => {
    client.destroy();
    await queue.stop();
  });

  const send = (bodies: readonly string[]) =>
    client.send(
      new SendMessageBatchCommand({
        QueueUrl: queue.queueUrl,
        Entries: bodies.map((MessageBody, index) => ({ Id: `m${String(index)}`, MessageBody })),
      }),
    );
  const receive = async (QueueUrl = queue.queueUrl) => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'] }),
    );
    return Messages;
  };
  const remove = async () => {
    const entries = (await receive()).map(({ ReceiptHandle }, index) => ({ Id: `d${String(index)}`, ReceiptHandle }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl: queue.queueUrl, Entries: entries }));
  };

  test('gives what was sent, counted, until it is deleted', async () => {
    const { Successful = [], Failed = [] } = await send(['a', 'é']);
    expect(Successful.map(({ Id }) => Id)).toEqual(['m0', 'm1']);
    expect(Failed).toEqual([]);
    const received = await receive();
    expect(received.map(({ Body }) => Body).sort()).toEqual(['a', 'é']);
    expect(received.map(({ Attributes }) => Attributes?.ApproximateReceiveCount)).toEqual(['1', '1']);
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({
        QueueUrl: queue.queueUrl,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    expect(Object.keys(Attributes ?? {}).sort()).toEqual([
      'ApproximateNumberOfMessages',
      'ApproximateNumberOfMessagesNotVisible',
    ]);
    await remove();
    expect(await receive()).toEqual([]);
  });

  test('hides a received message for as long as asked, until it is given back', async () => {
    const { queueUrl: QueueUrl } = queue;
    await send(['hidden', 'too']);
    const { Messages: held = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 60, WaitTimeSeconds: 1 }),
    );
    expect(held.map(({ Body }) => Body).sort()).toEqual(['hidden', 'too']);
    expect(await receive()).toEqual([]);
    const receipts = [...held.map(({ ReceiptHandle }) => ReceiptHandle), 'unknown'];
    const { Successful = [], Failed = [] } = await client.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl,
        Entries: receipts.map((ReceiptHandle, index) => ({
          Id: `r${String(index)}`,
          ReceiptHandle,
          VisibilityTimeout: 0,
        })),
      }),
    );
    expect(Successful).toEqual([{ Id: 'r0' }, { Id: 'r1' }]);
    expect(Failed).toMatchObject([{ Id: 'r2', SenderFault: true, Code: 'ReceiptHandleIsInvalid' }]);
    await remove();
  });

  test('refuses characters outside XML 1.0, only for the entry that has them', async () => {
    const { Successful = [], Failed = [] } = await send(['good', 'bad\ufffe', 'nul\u0000']);
    expect(Successful.map(({ Id }) => Id)).toEqual(['m0']);
    expect(Failed).toMatchObject([
      { Id: 'm1', SenderFault: true, Code: 'InvalidMessageContents' },
      { Id: 'm2', SenderFault: true, Code: 'InvalidMessageContents' },
    ]);
    await remove();
  });

  test('refuses more than 1 MiB, or more than ten entries, as a whole', async () => {
    await expect(send(['x'.repeat(524_288), 'y'.repeat(524_289)])).rejects.toMatchObject({
      name: expect.stringMatching(/BatchRequestTooLong/),
    });
    await expect(send(Array.from({ length: 11 }, String))).rejects.toMatchObject({
      name: expect.stringMatching(/TooManyEntriesInBatchRequest/),
    });
    await expect(send([])).rejects.toMatchObject({ name: expect.stringMatching(/EmptyBatchRequest/) });
    expect(await receive()).toEqual([]);
  });

  test('does not exist under an unknown name', async () => {
    const unknown = new ReceiveMessageCommand({ QueueUrl: `${queue.endpoint}/000000000000/unknown` });
    await expect(client.send(unknown)).rejects.toBeInstanceOf(QueueDoesNotExist);
  });

  test('gives a message to the dead-letter queue after eight receives', async () => {
    await send(['poison']);
    for (let time = 1; time <= 8; time += 1) {
      expect((await receive()).map(({ Attributes }) => Attributes?.ApproximateReceiveCount)).toEqual([String(time)]);
    }
    expect(await receive()).toEqual([]);
    expect((await receive(queue.deadLetterQueueUrl)).map(({ Body }) => Body)).toEqual(['poison']);
  });
});

describe('embedded queue with a folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tollgate-queue-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('keeps confirmed messages when its process is killed, and shows them at once to the next one', async () => {
    const script = `
      import { startEmbeddedQueue, eventQueue } from './lib/local/queue/embedded-queue.ts';
      const { store } = await startEmbeddedQueue({ folder: ${JSON.stringify(folder)} });
      store.send(eventQueue, ['received', 'waiting']);
      store.receive(eventQueue, 1);
      process.kill(process.pid, 'SIGKILL');`;
    const { promise: ended, resolve } = Promise.withResolvers<NodeJS.Signals | null | undefined>();
    execFile(process.execPath, ['--input-type=module', '-e', script], (error) => {
      resolve(error?.signal);
    });
    expect(await ended).toBe('SIGKILL');
    const queue = await startEmbeddedQueue({ folder });
    const received = queue.store.receive('tollgate-events', 10);
    await queue.stop();
    expect(received.map(({ body, receiveCount }) => [body, receiveCount])).toEqual([
      ['received', 1],
      ['waiting', 1],
    ]);
  });

  const open = (visibilityTimeoutMs: number) => startEmbeddedQueue({ folder, visibilityTimeoutMs });

  test('never gives up on a message whose receivers were killed', async () => {
    const first = await open(60_000);
    first.store.send('tollgate-events', ['unlucky']);
    await first.stop();
    for (let kill = 1; kill <= 10; kill += 1) {
      const { store, stop } = await open(60_000);
      expect(store.receive('tollgate-events', 10).map(({ body }) => body)).toEqual(['unlucky']);
      await stop();
    }
  });

  test('tries messages that it gave up on again after the next start', async () => {
    const first = await open(0);
    first.store.send('tollgate-events', ['poison']);
    for (let time = 1; time <= 9; time += 1) first.store.receive('tollgate-events', 10);
    expect(first.store.count('tollgate-events-dlq')).toEqual({ visible: 1, inFlight: 0 });
    await first.stop();
    const second = await open(0);
    const received = second.store.receive('tollgate-events', 10);
    await second.stop();
    expect(received).toMatchObject([{ body: 'poison', receiveCount: 1 }]);
  });
});
