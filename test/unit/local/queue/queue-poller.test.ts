import { describe, expect, test } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { openMessageStore } from '../../../../lib/local/queue/message-store.ts';
import { startQueuePoller } from '../../../../lib/local/queue/queue-poller.ts';

const visibilityTimeoutMs = 1_000;
const openStore = (now: () => number = Date.now) =>
  openMessageStore({
    now,
    onGivenUp: () => undefined,
    queues: new Map([
      ['main', { visibilityTimeoutMs, redrive: { to: 'dead', maxReceiveCount: 3 } }],
      ['dead', { visibilityTimeoutMs }],
    ]),
  });
const bodiesOf = ({ Records }: SQSEvent) => Records.map(({ body }) => body);

describe('the queue poller', () => {
  test('deletes what succeeded, redelivers what was reported as failed, and gives up on it in the dead-letter queue', async () => {
    let now = 0;
    const store = openStore(() => now);
    store.send('main', ['good', 'bad']);
    const deliveries: string[][] = [];
    const { promise: thirdDelivery, resolve: atThirdDelivery } = Promise.withResolvers<undefined>();
    const poller = startQueuePoller({
      store,
      queue: 'main',
      concurrency: 1,
      onError: () => undefined,
      invoke: (event) => {
        deliveries.push(bodiesOf(event));
        now += visibilityTimeoutMs;
        if (deliveries.length === 3) atThirdDelivery(undefined);
        const failed = event.Records.filter(({ body }) => body === 'bad');
        return Promise.resolve({ batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) });
      },
    });
    await thirdDelivery;
    await poller.stop();
    expect(deliveries).toEqual([['good', 'bad'], ['bad'], ['bad']]);
    expect(store.receive('main', 10)).toEqual([]);
    expect(store.receive('dead', 10).map(({ body }) => body)).toEqual(['bad']);
  });

  test('counts all messages of an invocation that throws as failed', async () => {
    const store = openStore();
    store.send('main', ['a']);
    const errors: unknown[] = [];
    const poller = startQueuePoller({
      store,
      queue: 'main',
      concurrency: 1,
      idleMs: 1_000,
      onError: (error) => errors.push(error),
      invoke: () => Promise.reject(new Error('boom')),
    });
    await poller.stop();
    expect(errors).toEqual([new Error('boom')]);
    const { visible, inFlight } = store.count('main');
    expect(visible + inFlight).toBe(1);
  });

  test('takes at most ten messages at a time, and waits for the invocation under way when it stops', async () => {
    const store = openStore();
    store.send(
      'main',
      Array.from({ length: 25 }, (_, index) => String(index)),
    );
    const sizes: number[] = [];
    let release: (() => void) | undefined;
    const poller = startQueuePoller({
      store,
      queue: 'main',
      concurrency: 1,
      onError: () => undefined,
      invoke: async ({ Records }) => {
        sizes.push(Records.length);
        await new Promise<void>((resolve) => (release = resolve));
        return { batchItemFailures: [] };
      },
    });
    const stopped = poller.stop();
    release?.();
    await stopped;
    expect(sizes).toEqual([10]);
    const { visible, inFlight } = store.count('main');
    expect(visible + inFlight).toBe(15);
  });
});
