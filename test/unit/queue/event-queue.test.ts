import { describe, expect, test } from '@jest/globals';
import { DependencyError } from '../../../shared/dependency-error.ts';
import { createEventQueue } from '../../../shared/queue/event-queue.ts';
import { readMessage } from '../../../shared/queue/event-message.ts';
import type { OutgoingMessage } from '../../../shared/queue/sqs-client.ts';
import { createUlids } from '../../support/drivers/api-request.ts';
import { anAcceptedEvent, aScope, someInstant } from '../../support/builders/builders.ts';

type Answer = (messages: readonly OutgoingMessage[], call: number) => readonly OutgoingMessage[];

/** A queue that confirms what `answer` returns; it throws what that throws. */
const openQueue = (answer: Answer = (messages) => messages) => {
  const requests: (readonly string[])[] = [];
  const waits: number[] = [];
  const { enqueue } = createEventQueue({
    newUlid: createUlids(),
    wait: (delayMs) => {
      waits.push(delayMs);
      return Promise.resolve();
    },
    sendMessages: async (messages) => {
      requests.push(messages.map(({ text }) => text));
      return Promise.resolve(new Set(answer(messages, requests.length).map(({ id }) => id)));
    },
  });
  return { enqueue, requests, waits };
};

/** Two of these do not fit into one batch. */
const large = (id: string) => anAcceptedEvent({ id, properties: { text: '\u0001'.repeat(10_000) } });
const many = (count: number) => Array.from({ length: count }, (_, index) => large(String(index)));
const idsIn = (texts: readonly string[]) =>
  texts.flatMap((text) => readMessage(text).events.map(({ event }) => event.id));

describe('enqueue', () => {
  test('puts events that fit into one message into one, with the scope and the receive time', async () => {
    const { enqueue, requests } = openQueue();
    const events = [anAcceptedEvent(), anAcceptedEvent({ id: 'event-2' })];
    expect(await enqueue(aScope, someInstant, events)).toEqual({
      kind: 'sent',
      messages: 1,
      isConfirmed: [true, true],
    });
    expect(requests.flat().map(readMessage)).toMatchObject([
      { id: expect.any(String), scope: aScope, receivedAt: someInstant, events },
    ]);
  });

  test('puts at most ten messages into a request', async () => {
    const { enqueue, requests } = openQueue();
    // 4 events of 60 KB each per message
    await enqueue(aScope, someInstant, many(45));
    expect(requests.map(({ length }) => length)).toEqual([10, 2]);
    expect(idsIn(requests.flat())).toEqual(Array.from({ length: 45 }, (_, index) => String(index)));
  });

  test('sends nothing with an event over 64 KB of JSON', async () => {
    const { enqueue, requests } = openQueue();
    const tooLarge = anAcceptedEvent({ properties: { text: 'a'.repeat(64 * 1024) } });
    expect(await enqueue(aScope, someInstant, [anAcceptedEvent(), tooLarge, tooLarge])).toEqual({
      kind: 'too_large',
      indexes: [1, 2],
    });
    expect(requests).toEqual([]);
  });

  test('accepts an event of exactly 64 KB', async () => {
    const { enqueue } = openQueue();
    const frame = '["event-1","llm.call","acme","",1760528327962,"",{"text":""}]'.length;
    const sized = (bytes: number) => [anAcceptedEvent({ properties: { text: 'a'.repeat(bytes - frame) } })];
    expect(await enqueue(aScope, someInstant, sized(65_536))).toMatchObject({ kind: 'sent' });
    expect(await enqueue(aScope, someInstant, sized(65_537))).toMatchObject({ kind: 'too_large' });
  });

  test('sends only messages that were not confirmed again, with the same bytes', async () => {
    const { enqueue, requests, waits } = openQueue((messages, call) => (call === 1 ? messages.slice(0, 1) : messages));
    expect(await enqueue(aScope, someInstant, many(9))).toMatchObject({ isConfirmed: new Array(9).fill(true) });
    expect(requests).toHaveLength(2);
    expect(requests[1]).toEqual(requests[0]?.slice(1));
    expect(waits).toEqual([50]);
  });

  test('reports messages that are never confirmed event by event', async () => {
    const { enqueue, requests } = openQueue((messages) => messages.filter(({ text }) => !idsIn([text]).includes('4')));
    const outcome = await enqueue(aScope, someInstant, many(9));
    const isConfirmed = Array.from({ length: 9 }, (_, index) => index < 4 || index === 8);
    expect(outcome).toEqual({ kind: 'sent', messages: 3, isConfirmed });
    expect(requests).toHaveLength(3);
  });

  test('does not repeat a request that failed with a transient error, because the SDK has repeated it', async () => {
    const cause = new DependencyError('transient', 'SQS request failed');
    const { enqueue, requests } = openQueue(() => {
      throw cause;
    });
    expect(await enqueue(aScope, someInstant, [anAcceptedEvent()])).toMatchObject({ isConfirmed: [false], cause });
    expect(requests).toHaveLength(1);
  });

  test('reports durable events even when the error of the rest is permanent', async () => {
    const denied = new DependencyError('permanent', 'SQS request failed');
    const { enqueue } = openQueue((messages, call) => {
      if (call === 2) throw denied;
      return messages;
    });
    const isConfirmed = Array.from({ length: 45 }, (_, index) => index < 40);
    expect(await enqueue(aScope, someInstant, many(45))).toMatchObject({ isConfirmed, cause: denied });
  });

  test('throws a permanent error when nothing is durable', async () => {
    const denied = new DependencyError('permanent', 'SQS request failed');
    const { enqueue } = openQueue(() => {
      throw denied;
    });
    await expect(enqueue(aScope, someInstant, [anAcceptedEvent()])).rejects.toBe(denied);
  });
});
