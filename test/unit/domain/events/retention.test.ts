// Expiry of stored facts: epoch seconds, from the arrival and the event time.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { expiresAt, keptDays, maxBatchAgeMs, segmentExpiresAt } from '../../../../shared/domain/events/retention.ts';
import { msPerDay, msPerHour } from '../../../../shared/domain/time/instant.ts';
import { someInstant } from '../../../support/builders/builders.ts';

describe('expiry', () => {
  test('nothing expires without a retention', () => {
    expect([expiresAt(0, someInstant, someInstant), segmentExpiresAt(0, someInstant, someInstant)]).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('a claim or feed item expires 30 days after the retention, counted from its arrival or the newest event', () => {
    const day = msPerDay / 1000;
    expect(expiresAt(7, 10 * msPerDay, 0)).toBe(47 * day);
    expect(expiresAt(7, 0, 10 * msPerDay)).toBe(47 * day);
  });

  test('no segment expires as long as its events are said to be kept', () => {
    expect(keptDays(0)).toBe(Infinity);
    const stored = fc.record({
      retentionDays: fc.integer({ min: 1, max: 4_000 }),
      timestamp: fc.integer({ min: 0, max: 2 ** 41 }),
      delay: fc.integer({ min: -msPerHour, max: 400 * msPerDay }),
    });
    fc.assert(
      fc.property(stored, ({ retentionDays, timestamp, delay }) => {
        const hourEnd = (Math.floor(timestamp / msPerHour) + 1) * msPerHour;
        const expiry = segmentExpiresAt(retentionDays, timestamp + delay, hourEnd) ?? 0;
        expect(expiry * 1000).toBeGreaterThan(timestamp + keptDays(retentionDays) * msPerDay);
      }),
    );
  });

  test('a segment outlives a feed item that refers to it, whichever batches of up to 30 days came in one invocation', () => {
    const arrivals = fc.record({
      retentionDays: fc.integer({ min: 1, max: 4_000 }),
      own: fc.integer({ min: 0, max: 2 ** 41 }),
      // An invocation may last 15 minutes, and clocks differ.
      othersLater: fc.integer({ min: 0, max: maxBatchAgeMs + msPerHour }),
      hour: fc.integer({ min: 0, max: 600_000 }),
      intoTheHour: fc.integer({ min: 0, max: msPerHour - 1 }),
    });
    fc.assert(
      fc.property(arrivals, ({ retentionDays, own, othersLater, hour, intoTheHour }) => {
        const segment = segmentExpiresAt(retentionDays, own, (hour + 1) * msPerHour) ?? 0;
        const feedItem = expiresAt(retentionDays, own + othersLater, hour * msPerHour + intoTheHour) ?? Infinity;
        expect(segment).toBeGreaterThan(feedItem);
      }),
    );
  });
});
