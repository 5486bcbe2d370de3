import { describe, expect, test } from '@jest/globals';
import { DependencyError } from '../../../shared/dependency-error.ts';
import { createInFlightReaders, type InFlightDeps } from '../../../shared/queue/in-flight.ts';
import type { QueueDepth } from '../../../shared/queue/sqs-client.ts';

const never = <T>(): Promise<T> => new Promise(() => undefined);
const depth = (waiting: number): { readDepth: () => Promise<QueueDepth> } => ({
  readDepth: () => Promise.resolve({ waiting, inFlight: 0 }),
});
const open = (deps: Partial<InFlightDeps>) => {
  const causes: string[] = [];
  const readers = createInFlightReaders({
    queue: depth(3),
    deadLetters: depth(0),
    readOldestSent: () => Promise.resolve(7),
    onUnknown: ({ message }) => causes.push(message),
    patienceMs: 20,
    ...deps,
  });
  return { ...readers, causes };
};
const known = { queue: { waiting: 3, inFlight: 0 }, deadLetters: { waiting: 0, inFlight: 0 } };

describe('what is in flight', () => {
  test('the depth is what SQS reports, and the oldest message is asked for only if something waits', async () => {
    expect(await open({}).readInFlight()).toEqual({ ...known, oldestSentAt: 7 });
    const empty = open({ queue: depth(0), readOldestSent: () => Promise.reject(new Error('asked')) });
    expect(await empty.readInFlight()).toMatchObject({ oldestSentAt: undefined });
    expect(await open({}).readQueueDepth()).toEqual({ waiting: 3, inFlight: 0 });
  });

  test('the depth is not known when SQS refuses or does not answer in time, and the cause is reported', async () => {
    const refused = { readDepth: () => Promise.reject(new DependencyError('permanent', 'denied')) };
    for (const [queue, cause] of [
      [{ readDepth: () => never<QueueDepth>() }, 'no answer in time'],
      [refused, 'denied'],
    ] as const) {
      for (const side of ['queue', 'deadLetters'] as const) {
        const { readInFlight, causes } = open({ [side]: queue });
        expect(await readInFlight()).toBeUndefined();
        expect(causes).toEqual([cause]);
      }
      expect(await open({ queue }).readQueueDepth()).toBeUndefined();
    }
  });

  test('the depth is known without the oldest message when CloudWatch does not answer in time', async () => {
    const { readInFlight, causes } = open({ readOldestSent: () => never() });
    expect(await readInFlight()).toEqual({ ...known, oldestSentAt: undefined });
    expect(causes).toEqual(['no answer in time']);
  });

  test('an error of our own is not hidden', async () => {
    const broken = { readDepth: () => Promise.reject(new TypeError('ours')) };
    await expect(open({ queue: broken }).readInFlight()).rejects.toThrow('ours');
  });
});
