import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { firstOverlap, isAligned, isInTimeOfDay, minutesOfRange } from '../../../../shared/domain/time/time-of-day.ts';
import { Instant, readVectors } from '../../../support/builders/golden.ts';
import { rangeOf } from '../../../support/builders/time-buckets.ts';

const file = 'commitments.json';
const Range = v.pipe(
  v.tuple([v.string(), v.string()]),
  v.transform(([start, end]) => rangeOf(start, end)),
);

describe('a time of day in a range', () => {
  const Input = v.object({ start: v.string(), end: v.string(), t: Instant });
  const Expected = v.object({ contains: v.boolean() });
  test.each(readVectors(file, 'time_bucket_contains', Input, Expected))('$id', ({ input, expected }) => {
    expect(isInTimeOfDay(rangeOf(input.start, input.end), input.t)).toBe(expected.contains);
  });

  test('a time of day is right also before 1970', () => {
    expect(isInTimeOfDay(rangeOf('22:00', '06:00'), -1)).toBe(true);
    expect(isInTimeOfDay(rangeOf('06:00', '22:00'), -1)).toBe(false);
  });
});

describe('ranges that overlap', () => {
  const Input = v.object({ buckets: v.array(Range) });
  const Expected = v.object({ valid: v.boolean() });
  test.each(readVectors(file, 'time_bucket_overlap', Input, Expected))('$id', ({ input, expected }) => {
    expect(firstOverlap(input.buckets) === -1).toBe(expected.valid);
  });

  test.each([
    [['09:00', '12:00'], ['11:59', '13:00'], 1],
    [['22:00', '06:00'], ['05:00', '07:00'], 1],
    [['22:00', '06:00'], ['23:00', '01:00'], 1],
    [['00:00', '24:00'], ['10:00', '11:00'], 1],
    [['22:00', '06:00'], ['06:00', '22:00'], -1],
  ] as const)('the ranges %j and %j have their first overlap at %d', (a, b, overlap) => {
    expect(firstOverlap([rangeOf(a[0], a[1]), rangeOf(b[0], b[1])])).toBe(overlap);
    expect(firstOverlap([rangeOf(b[0], b[1]), rangeOf(a[0], a[1])])).toBe(overlap);
  });
});

describe('ranges on the windows of a meter', () => {
  const Input = v.object({ bucket: Range, window_minutes: v.number() });
  const Expected = v.object({ valid: v.boolean() });
  test.each(readVectors(file, 'time_bucket_alignment', Input, Expected))('$id', ({ input, expected }) => {
    expect(isAligned(input.bucket, input.window_minutes)).toBe(expected.valid);
  });
});

test('the length of a range is in minutes, and 0 without a minute', () => {
  expect(minutesOfRange(rangeOf('00:00', '24:00'))).toBe(1_440);
  expect(minutesOfRange(rangeOf('22:00', '06:00'))).toBe(480);
  expect(minutesOfRange(rangeOf('09:00', '09:00'))).toBe(0);
  expect(minutesOfRange({ startMinute: 1_440, endMinute: 0 })).toBe(0);
});
