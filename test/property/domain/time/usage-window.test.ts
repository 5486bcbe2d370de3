// Windows and buckets against the calendar of Temporal, above all where clocks change.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bucketStart, windowSizes, windowStart } from '../../../../shared/domain/time/usage-window.ts';
import { naiveWindowStart } from '../../../support/oracles/naive-windows.ts';
import { zoneCases } from '../../../support/arbitraries/time-zones.ts';
import { dayMs, hourMs, moments } from '../../../support/arbitraries/usage-values.ts';

const zone = fc.constantFrom(...zoneCases);
const size = fc.constantFrom(...windowSizes);
const anchorDay = fc.integer({ min: 1, max: 31 });
const shortOffset = fc.oneof(moments, fc.integer({ min: -3 * hourMs, max: 3 * hourMs }));
const anyOffset = fc.oneof(shortOffset, fc.integer({ min: -800 * dayMs, max: 800 * dayMs }));

const text = (instant: number): string => new Date(instant).toISOString();

describe('windows', () => {
  test('begin where the calendar says', () => {
    fc.assert(
      fc.property(zone, size, anchorDay, anyOffset, ({ timezone, change }, size, anchorDay, offset) => {
        const start = windowStart(size, change + offset, { timezone, anchorDay });
        const expected = naiveWindowStart(change + offset, { kind: 'window', size, timezone, anchorDay });
        expect(text(start)).toBe(text(expected));
      }),
      { numRuns: 3_000 },
    );
  });

  test('tile time: each starts at or before every instant in it, and later instants have no earlier window', () => {
    fc.assert(
      fc.property(zone, size, anchorDay, shortOffset, shortOffset, ({ timezone, change }, size, anchorDay, a, b) => {
        const startOf = (instant: number): number => windowStart(size, instant, { timezone, anchorDay });
        const [earlier, later] = [Math.min(a, b) + change, Math.max(a, b) + change];
        expect(startOf(earlier)).toBeLessThanOrEqual(startOf(later));
        expect(startOf(later)).toBeLessThanOrEqual(later);
        expect(startOf(startOf(later))).toBe(startOf(later));
      }),
      { numRuns: 3_000 },
    );
  });
});

test('buckets begin where the calendar of UTC says, weeks on Monday', () => {
  fc.assert(
    fc.property(zone, size, anchorDay, anyOffset, ({ change }, size, anchorDay, offset) => {
      const expected = naiveWindowStart(change + offset, { kind: 'bucket', size, timezone: 'UTC', anchorDay });
      expect(text(bucketStart(size, change + offset, anchorDay))).toBe(text(expected));
    }),
    { numRuns: 1_000 },
  );
});
