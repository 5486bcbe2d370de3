import { describe, expect, test } from '@jest/globals';
import { redrive, type RedriveDeps, type RedriveRequest } from '../../../../cli/operator/redrive.ts';
import { DependencyError } from '../../../../shared/dependency-error.ts';
import { msPerDay } from '../../../../shared/domain/time/instant.ts';
import type { DeadLetter } from '../../../../shared/queue/dead-letters.ts';
import { readMessage } from '../../../../shared/queue/event-message.ts';
import type { OutgoingMessage } from '../../../../shared/queue/sqs-client.ts';
import { someInstant } from '../../../support/builders/builders.ts';
import { aDeadLetter, aMessageText, createMemoryLetters } from '../../../support/drivers/dead-letters.ts';

const throttled = new DependencyError('transient', 'SQS request failed');
const lettersFrom = (first: number, count: number): DeadLetter[] =>
  Array.from({ length: count }, (_, index) => aDeadLetter(first + index));

const open = (letters: readonly DeadLetter[], overrides: Partial<RedriveDeps> = {}) => {
  const queue = createMemoryLetters(letters);
  const requests: string[][] = [];
  const progress: number[] = [];
  const send = (messages: readonly OutgoingMessage[]) => {
    requests.push(messages.map(({ text }) => text));
    return Promise.resolve(new Set(messages.map(({ id }) => id)));
  };
  const deps: RedriveDeps = {
    queue,
    sendMessages: send,
    hiddenSeconds: 60,
    isStopped: () => false,
    now: () => someInstant + 1,
    onProgress: (moved) => progress.push(moved),
    ...overrides,
  };
  const run = (request: Partial<RedriveRequest> = {}) => redrive(deps, { ids: undefined, max: Infinity, ...request });
  return { run, queue, requests, progress, send };
};
const nothing = { moved: 0, failures: [], tooOld: [], later: 0, notFound: [] };

describe('redrive', () => {
  test('redrive moves every message unchanged, even unreadable ones', async () => {
    const unreadable = aDeadLetter(90, { text: '{"v":2}', batch: undefined });
    const letters = [...lettersFrom(0, 14), unreadable];
    const { run, queue, requests, progress } = open(letters);
    expect(await run()).toEqual({ ...nothing, moved: 15 });
    expect(requests.flat()).toEqual(letters.map(({ text }) => text));
    expect(requests.map(({ length }) => length)).toEqual([10, 5]);
    expect(progress).toEqual([10, 15]);
    expect(queue.present()).toEqual([]);
  });

  test('redrive sends at most 1 MiB per request', async () => {
    const large = Array.from({ length: 6 }, (_, index) => aDeadLetter(index, { text: 'x'.repeat(200 * 1_024) }));
    const { run, requests } = open(large);
    expect(await run()).toMatchObject({ moved: 6 });
    expect(requests.map(({ length }) => length)).toEqual([5, 1]);
  });

  test('redrive deletes only messages that SQS has accepted, and the rest stays visible', async () => {
    const { run, queue } = open(lettersFrom(0, 3), { sendMessages: () => Promise.resolve(new Set(['1'])) });
    const reason = 'rejected by SQS';
    expect(await run()).toEqual({
      ...nothing,
      moved: 1,
      failures: [
        { messageId: 'message-0', reason },
        { messageId: 'message-2', reason },
      ],
    });
    expect(queue.present()).toEqual(['message-0', 'message-2']);
    expect(queue.hidden()).toEqual([]);
  });

  test('redrive reports messages that it sent but could not delete', async () => {
    const queue = createMemoryLetters(lettersFrom(0, 2));
    const { run } = open([], { queue: { ...queue, remove: (held) => queue.remove(held.slice(1)) } });
    expect(await run()).toEqual({
      ...nothing,
      moved: 1,
      failures: [{ messageId: 'message-0', reason: 'sent, but not deleted: it is in both queues now' }],
    });
    expect(queue.hidden()).toEqual([]);
  });

  test('redrive ends even if everything it moves comes back', async () => {
    let comings = 0;
    const { run, queue, requests, send } = open(lettersFrom(0, 12), {
      sendMessages: (messages) => {
        const back = messages.map(() => aDeadLetter(1_000 + (comings += 1), { sentAt: someInstant + 2 }));
        queue.add(...back);
        return send(messages);
      },
    });
    expect(await run()).toEqual({ ...nothing, moved: 12, later: 12 });
    expect(requests.flat()).toHaveLength(12);
    expect(queue.hidden()).toEqual([]);
  });

  test('redrive ends even if new messages keep arriving', async () => {
    const endless = createMemoryLetters(lettersFrom(0, 1));
    let count = 100;
    const { run } = open([], {
      queue: {
        ...endless,
        receive: (limit, seconds) => {
          endless.add(aDeadLetter((count += 1), { sentAt: someInstant + 5 }));
          return endless.receive(limit, seconds);
        },
      },
    });
    expect(await run()).toMatchObject({ moved: 1, later: 6 });
  });

  test('redrive moves only the requested message ids or batch ids, and names those it did not find', async () => {
    const letters = lettersFrom(0, 30);
    const { run, queue } = open(letters);
    const ids = new Set(['message-3', letters[25]?.batch?.id ?? '', 'message-99']);
    expect(await run({ ids })).toEqual({ ...nothing, moved: 2, notFound: ['message-99'] });
    expect(queue.present()).toHaveLength(28);
    expect(queue.hidden()).toEqual([]);
  });

  test('redrive stops reading once it has found everything that was requested', async () => {
    const receives: number[] = [];
    const queue = createMemoryLetters(lettersFrom(0, 30));
    const counted = { ...queue, receive: (limit: number) => queue.receive(receives.push(limit) && limit, 60) };
    const { run } = open([], { queue: counted });
    expect(await run({ ids: new Set(['message-3']) })).toEqual({ ...nothing, moved: 1 });
    expect(receives).toHaveLength(1);
  });

  test('redrive moves at most the maximum', async () => {
    const { run, queue } = open(lettersFrom(0, 30));
    expect(await run({ max: 13 })).toEqual({ ...nothing, moved: 13 });
    expect(queue.present()).toHaveLength(17);
    expect(queue.hidden()).toEqual([]);
  });

  test('redrive warns about batches that the processor will not process any more', async () => {
    const text = aMessageText(7, someInstant - 31 * msPerDay);
    const old = aDeadLetter(7, { text, batch: readMessage(text) });
    const { run, queue } = open([aDeadLetter(1), old]);
    expect(await run()).toEqual({ ...nothing, moved: 2, tooOld: [old.batch?.id] });
    expect(queue.present()).toEqual([]);
  });

  test('redrive finishes the current round when it is stopped', async () => {
    const progress: number[] = [];
    const { run, queue } = open(lettersFrom(0, 30), {
      isStopped: () => progress.length > 0,
      onProgress: (moved) => progress.push(moved),
    });
    expect(await run({ ids: new Set(['message-4', 'message-29']) })).toEqual({ ...nothing, moved: 1 });
    expect(queue.present()).toHaveLength(29);
    expect(queue.hidden()).toEqual([]);
  });

  test('redrive reports what it has done if an error ends it, and leaves nothing hidden', async () => {
    let requests = 0;
    const { run, queue, send } = open(lettersFrom(0, 30), {
      sendMessages: (messages) => ((requests += 1) > 1 ? Promise.reject(throttled) : send(messages)),
    });
    expect(await run()).toEqual({ ...nothing, moved: 10, stoppedBy: throttled });
    expect(queue.present()).toHaveLength(20);
    expect(queue.hidden()).toEqual([]);
  });

  test('a programming error is not reported as an SQS error', async () => {
    const { run } = open(lettersFrom(0, 1), { sendMessages: () => Promise.reject(new TypeError('undefined')) });
    await expect(run()).rejects.toThrow(TypeError);
  });
});
