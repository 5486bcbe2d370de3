// Whatever was accepted comes out of its message as it went in, in texts that SQS takes, of the sizes that were promised.
import { deepStrictEqual } from 'node:assert/strict';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AcceptedEvent } from '../../../shared/domain/events/event.ts';
import { readMessage, writeEntry } from '../../../shared/queue/event-message.ts';
import { groupIntoRequests, packEntries } from '../../../shared/queue/packing.ts';
import { anAcceptedEvent, aScope } from '../../support/builders/builders.ts';
import { segmentContents } from '../../support/arbitraries/hostile-events.ts';
import { seededRandom } from '../../support/builders/seeded-random.ts';
import { createUlids } from '../../support/drivers/api-request.ts';

const receivedAt = 1_760_528_327_962;
const pack = (events: readonly AcceptedEvent[]) => {
  const entries = events.map(writeEntry);
  const sizes = entries.map((entry) => Buffer.byteLength(entry));
  return packEntries({ scope: aScope, receivedAt, newUlid: createUlids() }, entries, sizes);
};

const acceptedEvents: fc.Arbitrary<AcceptedEvent[]> = segmentContents('acme', 'llm.call').chain(({ entries }) =>
  fc
    .tuple(...entries.map(() => fc.tuple(fc.boolean(), fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 }))))
    .map((drawn) =>
      entries.map(({ event }, index) => {
        const [isTimestampSent, unknownFields] = drawn[index] ?? [true, []];
        return {
          ...(unknownFields.length > 0 && { unknownFields }),
          isTimestampSent,
          event: isTimestampSent ? event : { ...event, timestamp: receivedAt },
        };
      }),
    ),
);

const alphabets = { dull: 'ab', varied: 'abcdefghijklmnopqrstuvwxyz0123456789äöü€😀\ufffe\uffff' } as const;
const pools = Object.values(alphabets).map((alphabet) => {
  const random = seededRandom(1);
  return Array.from({ length: 40_000 }, () => alphabet[random.integer(0, alphabet.length - 1)] ?? '').join('');
});

/** Events with `length` characters each out of one pool: the varied one hardly shrinks. Both halves of 😀 come alone too. */
const bulk = (count: number, length: number, seed: number, pool: string): AcceptedEvent[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const at = random.integer(0, pool.length - 1);
    const text = (pool.slice(at) + pool.slice(0, at)).slice(0, length);
    return anAcceptedEvent({ id: String(index), properties: { text } });
  });
};

const isTakenBySqs = (text: string): boolean =>
  // eslint-disable-next-line no-control-regex -- these are the characters that SQS refuses
  text.isWellFormed() && !/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(text);

describe('the text of a message', () => {
  test('brings hostile events back as they were', () => {
    fc.assert(
      fc.property(acceptedEvents, (events) => {
        const messages = pack(events);
        expect(messages.every(({ text }) => isTakenBySqs(text))).toBe(true);
        const batches = messages.map(({ text }) => readMessage(text));
        expect(batches.flatMap((batch) => batch.events)).toEqual(events);
        for (const { scope, receivedAt: received } of batches) expect([scope, received]).toEqual([aScope, receivedAt]);
      }),
      { numRuns: 300 },
    );
  });

  test('tells the bytes of each event exactly as its JSON has them, or not at all', () => {
    const ordinary = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.nat(), fc.constantFrom(...pools));
    const events = fc.oneof(
      acceptedEvents,
      ordinary.map(([count, seed, pool]) => bulk(count, 50, seed, pool)),
    );
    let measured = 0;
    fc.assert(
      fc.property(events, (accepted) => {
        for (const { eventBytes, ...batch } of pack(accepted).map(({ text }) => readMessage(text))) {
          if (eventBytes === undefined) continue;
          measured += 1;
          expect(eventBytes).toEqual(batch.events.map(({ event }) => Buffer.byteLength(JSON.stringify(event))));
        }
      }),
      { numRuns: 300 },
    );
    expect(measured).toBeGreaterThan(50);
  });

  test('keeps to the limits, and has every event once and in order, for events of any sizes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(10, 1_000, 10_000, 25_000),
        fc.nat(),
        fc.constantFrom(...pools),
        (count, length, seed, pool) => {
          const events = bulk(count, length, seed, pool);
          const messages = pack(events);
          const batches = messages.map(({ text }) => readMessage(text));
          deepStrictEqual(
            batches.flatMap((batch) => batch.events),
            events,
          );
          expect(new Set(batches.map(({ id }) => id)).size).toBe(messages.length);
          for (const [index, { text, bytes: told, first, end }] of messages.entries()) {
            expect(Buffer.byteLength(text)).toBe(told);
            expect(told).toBeLessThanOrEqual(200 * 1024);
            expect(isTakenBySqs(text)).toBe(true);
            expect(batches[index]?.events.length).toBe(end - first);
            const json = events.slice(first, end).reduce((sum, event) => sum + Buffer.byteLength(writeEntry(event)), 0);
            expect(json).toBeLessThanOrEqual(256 * 1024);
          }
          const requests = groupIntoRequests(messages);
          expect(requests.flat()).toEqual(messages);
          for (const request of requests) {
            expect(request.length).toBeLessThanOrEqual(10);
            expect(request.reduce((sum, message) => sum + message.bytes, 0)).toBeLessThanOrEqual(1024 * 1024);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test('that is damaged is an error or another batch, and never takes long', () => {
    const text = pack(bulk(30, 3_000, 7, pools[1] ?? ''))[0]?.text ?? '';
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
        const damaged = text.slice(0, at) + character + text.slice(at + 1);
        try {
          expect(readMessage(damaged).events.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toMatchObject({ name: 'MessageFormatError' });
        }
      }),
      { numRuns: 200 },
    );
  });
});
