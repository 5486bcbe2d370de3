// Laws of positions in the live feed: their text says all of them, and the days that are read leave none out.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  daysToRead,
  formatLivePosition,
  isDayOver,
  isExpired,
  type LivePosition,
  parseLivePosition,
} from '../../../../shared/domain/events/live-position.ts';
import { msPerDay, msPerHour } from '../../../../shared/domain/time/instant.ts';

const clock = fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 });
const shard = fc.record({ number: fc.nat(9_999_999_999), offset: fc.oneof(fc.constant(0), fc.nat(9_999_999)) });
const position: fc.Arbitrary<LivePosition> = fc
  .tuple(clock, fc.array(fc.array(shard, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }))
  .map(([asOf, days]) => ({
    asOf,
    days: new Map(days.map((shards, index) => [Math.floor(asOf / msPerDay) + index - 1, shards])),
  }));

test('a position is read as it was written', () => {
  fc.assert(
    fc.property(position, (written) => {
      expect(parseLivePosition(formatLivePosition(written))).toEqual(written);
    }),
  );
});

test('other text is no position', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const read = parseLivePosition(text);
      expect(read === undefined || formatLivePosition(read).length > 0).toBe(true);
    }),
  );
  const far = Buffer.from('1760528327962;1:0;20376:5').toString('base64url');
  expect(['', 'x', far, '1;2:3', '%'].map(parseLivePosition)).toEqual(Array(5).fill(undefined));
});

test('a position that has not expired is read from its first day to today, few days in all', () => {
  fc.assert(
    fc.property(position, fc.integer({ min: -24 * msPerHour, max: 60 * msPerHour }), (from, laterMs) => {
      const now = from.asOf + laterMs;
      expect(isExpired(from, now)).toBe(laterMs > 47 * msPerHour);
      if (isExpired(from, now)) return;
      const days = daysToRead(from, now);
      expect(days).toEqual(days.map((_, index) => (days[0] ?? NaN) + index));
      expect(days).toEqual(expect.arrayContaining([...from.days.keys(), Math.floor(now / msPerDay)]));
      expect(days.length).toBeLessThan(7);
    }),
  );
});

test('a day is over a quarter of an hour after it has ended', () => {
  const midnight = 20_000 * msPerDay;
  const quarter = msPerHour / 4;
  expect([0, quarter - 1, quarter].map((after) => isDayOver(19_999, midnight + after))).toEqual([false, false, true]);
});
