// Looking into a dead-letter queue and moving messages out of it, on the embedded queue and on fauxqs.
import type { SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startRounds } from '../../../cli/operator/dead-letter-rounds.ts';
import { redrive, type RedriveRequest } from '../../../cli/operator/redrive.ts';
import { createDeadLetterQueue, type DeadLetter, type DeadLetterQueue } from '../../../shared/queue/dead-letters.ts';
import { createQueueClient, type QueueClient } from '../../../shared/queue/sqs-client.ts';
import { aMessageText } from '../../support/drivers/dead-letters.ts';
import { clientFor, type RunningQueue, startQueue } from '../../support/drivers/queues.ts';

describe.each(['embedded', 'fauxqs'] as const)('dead letters of the %s queue', (name) => {
  let running: RunningQueue;
  let client: SQSClient;
  let letters: DeadLetterQueue;
  let main: QueueClient;
  let dead: QueueClient;
  beforeEach(async () => {
    running = await startQueue[name]();
    client = clientFor(running);
    letters = createDeadLetterQueue(client, running.deadLetterQueueUrl);
    main = createQueueClient(client, running.queueUrl);
    dead = createQueueClient(client, running.deadLetterQueueUrl);
  });
  afterEach(async () => {
    client.destroy();
    await running.stop();
  });

  const put = async (...texts: readonly string[]): Promise<void> => {
    for (const [index, text] of texts.entries()) await dead.sendMessages([{ id: String(index), text }]);
  };
  const deps = () => ({ queue: letters, hiddenSeconds: 60, isStopped: () => false });
  const look = async (limit?: number): Promise<DeadLetter[]> => {
    const found: DeadLetter[] = [];
    for await (const round of startRounds(deps(), limit).letters) found.push(...round);
    return found;
  };
  const move = (request: Partial<RedriveRequest> = {}) =>
    redrive(
      { ...deps(), sendMessages: main.sendMessages, now: Date.now, onProgress: () => undefined },
      { ids: undefined, max: Infinity, ...request },
    );
  const texts = Array.from({ length: 12 }, (_, index) => aMessageText(index));

  test('are each shown once, with their batch, and all of them stay visible', async () => {
    await put(...texts, 'not ours');
    const before = Date.now();
    const found = await look();
    expect(found.map(({ text }) => text).sort()).toEqual([...texts, 'not ours'].sort());
    expect(found.filter(({ batch }) => batch === undefined).map(({ text }) => text)).toEqual(['not ours']);
    for (const { receiveCount, sentAt, messageId } of found) {
      expect(receiveCount).toBe(1);
      expect(Math.abs(sentAt - before)).toBeLessThan(30_000);
      expect(messageId).not.toBe('');
    }
    expect(await dead.readDepth()).toEqual({ waiting: 13, inFlight: 0 });
    expect(await look(4)).toHaveLength(4);
    expect(await dead.readDepth()).toEqual({ waiting: 13, inFlight: 0 });
  });

  test('are hidden from others while somebody holds them, until they are given back', async () => {
    await put('held');
    const held = await letters.receive(10, 60);
    expect(held).toHaveLength(1);
    expect(await look()).toEqual([]);
    await letters.giveBack(held);
    expect(await look()).toMatchObject([{ text: 'held', receiveCount: 2 }]);
  });

  test('are redriven completely, word for word', async () => {
    await put(...texts, 'not ours');
    expect(await move()).toMatchObject({ moved: 13, failures: [], later: 0 });
    expect(await dead.readDepth()).toEqual({ waiting: 0, inFlight: 0 });
    expect(await main.readDepth()).toEqual({ waiting: 13, inFlight: 0 });
    expect(await move()).toMatchObject({ moved: 0, failures: [] });
    const moved = createDeadLetterQueue(client, running.queueUrl);
    const received = [...(await moved.receive(10, 60)), ...(await moved.receive(10, 60))];
    expect(received.map(({ text }) => text).sort()).toEqual([...texts, 'not ours'].sort());
  });

  test('are redriven for one batch while the others stay visible', async () => {
    await put(...texts);
    const batchId = (await look()).find(({ text }) => text === texts[7])?.batch?.id ?? '';
    expect(await move({ ids: new Set([batchId, 'unknown']) })).toMatchObject({ moved: 1, notFound: ['unknown'] });
    expect(await dead.readDepth()).toEqual({ waiting: 11, inFlight: 0 });
    expect(await move({ max: 3 })).toMatchObject({ moved: 3 });
    expect(await dead.readDepth()).toEqual({ waiting: 8, inFlight: 0 });
  });

  test('are an error for an unknown queue', async () => {
    const unknown = createDeadLetterQueue(client, `${running.endpoint}/000000000000/unknown`);
    await expect(unknown.receive(1, 60)).rejects.toMatchObject({
      name: 'DependencyError',
      kind: 'permanent',
      cause: { name: 'QueueDoesNotExist' },
    });
  });
});
