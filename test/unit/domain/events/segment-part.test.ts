import { describe, expect, test } from '@jest/globals';
import type { Event } from '../../../../shared/domain/events/event.ts';
import { splitIntoParts } from '../../../../shared/domain/events/segment-part.ts';
import { aScope, anAcceptedEvent, someHour, someInstant } from '../../../support/builders/builders.ts';

const batchOf = (events: readonly Partial<Event>[]) => ({
  id: '01K7M3ZZZZ0000000000000001',
  scope: aScope,
  receivedAt: someInstant,
  events: events.map(anAcceptedEvent),
});
const allOf = ({ events }: ReturnType<typeof batchOf>): number[] => Array.from(events.keys());
/** Returns the first and last batch index of each part, and the number of its entries. */
const split = (batch: ReturnType<typeof batchOf>, owned = allOf(batch)): number[][] =>
  splitIntoParts(batch, owned).map(({ part, entries }) => [part.first, part.last, entries.length]);

describe('splitting a batch into parts', () => {
  test('one part contains what shares customer, event name and hour, in batch order', () => {
    const hourMs = 3_600_000;
    const batch = batchOf([
      { id: 'a' },
      { id: 'b', externalCustomerId: 'other' },
      { id: 'c', name: 'api.call' },
      { id: 'd', timestamp: someInstant + hourMs },
      { id: 'e' },
    ]);
    const parts = splitIntoParts(batch, allOf(batch));
    expect(parts.map(({ part }) => part)).toEqual([
      { customer: 'acme', name: 'llm.call', hour: someHour, batchId: batch.id, first: 0, last: 4 },
      { customer: 'other', name: 'llm.call', hour: someHour, batchId: batch.id, first: 1, last: 1 },
      { customer: 'acme', name: 'api.call', hour: someHour, batchId: batch.id, first: 2, last: 2 },
      { customer: 'acme', name: 'llm.call', hour: someHour + 1, batchId: batch.id, first: 3, last: 3 },
    ]);
    expect(parts[0]?.entries).toEqual([
      { index: 0, accepted: batch.events[0] },
      { index: 4, accepted: batch.events[4] },
    ]);
  });

  test('names that could run into each other stay in different parts', () => {
    const batch = batchOf([
      { name: 'a', externalCustomerId: 'bc' },
      { name: 'ab', externalCustomerId: 'c' },
    ]);
    expect(split(batch)).toHaveLength(2);
  });

  test('entries that the batch does not own are in no part', () => {
    expect(split(batchOf([{}, {}, {}, {}]), [1, 3])).toEqual([[1, 3, 2]]);
  });

  test('a part ends after 500 events', () => {
    expect(split(batchOf(Array.from({ length: 1001 }, () => ({}))))).toEqual([
      [0, 499, 500],
      [500, 999, 500],
      [1000, 1000, 1],
    ]);
  });

  test('a part ends before it exceeds 100 KB of event JSON, in UTF-8', () => {
    const thirtyKb = { properties: { note: 'é'.repeat(15_000) } };
    expect(split(batchOf(Array.from({ length: 7 }, () => thirtyKb)))).toEqual([
      [0, 2, 3],
      [3, 5, 3],
      [6, 6, 1],
    ]);
  });

  test('an event larger than 100 KB is alone in its part', () => {
    const large = { properties: { note: 'x'.repeat(120_000) } };
    expect(split(batchOf([{}, large, {}]))).toEqual([
      [0, 0, 1],
      [1, 1, 1],
      [2, 2, 1],
    ]);
  });
});
