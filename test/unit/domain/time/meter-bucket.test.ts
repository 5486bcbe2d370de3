import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { dateOfDays, formatInstant, msPerDay } from '../../../../shared/domain/time/instant.ts';
import {
  bucketLengthMs,
  bucketStart,
  bucketStarts,
  nextBucketStart,
  windowSizes,
} from '../../../../shared/domain/time/usage-window.ts';
import { Instant, instant, readVectors } from '../../../support/builders/golden.ts';

const file = 'commitments.json';
const dayOf = (at: number): number => dateOfDays(Math.floor(at / msPerDay)).day;

describe('the buckets of a range', () => {
  const Input = v.object({
    start: Instant,
    end: Instant,
    bucket_size: v.picklist(windowSizes),
    billing_anchor: v.nullable(Instant),
  });
  const Expected = v.object({ starts: v.array(v.string()) });
  test.each(readVectors(file, 'bucket_starts', Input, Expected))('$id', ({ input, expected }) => {
    const anchorDay = dayOf(input.billing_anchor ?? input.start);
    expect(bucketStarts(input.bucket_size, input, anchorDay).map(formatInstant)).toEqual(expected.starts);
  });

  // Changed on purpose: the source overflows into the next month where the first one has no such day.
  test('the first month of an anchor on the 31st begins on the last day of a shorter one', () => {
    const range = { start: instant('2026-03-15T00:00:00Z'), end: instant('2026-04-02T00:00:00Z') };
    expect(bucketStarts('MONTH', range, 31).map(formatInstant)).toEqual([
      '2026-02-28T00:00:00Z',
      '2026-03-31T00:00:00Z',
    ]);
  });
});

describe('a month later', () => {
  const Input = v.object({ from: Instant, day: v.number() });
  test.each(readVectors(file, 'add_month_clamped', Input, v.object({ t: v.string() })))(
    '$id',
    ({ input, expected }) => {
      expect(formatInstant(nextBucketStart('MONTH', input.from, input.day))).toBe(expected.t);
    },
  );

  test('is in the next year after December', () => {
    const next = nextBucketStart('MONTH', instant('2026-12-30T00:00:00Z'), 30);
    expect(formatInstant(next)).toBe('2027-01-30T00:00:00Z');
  });
});

test.each(windowSizes)('a bucket of %s ends where the next one begins', (size) => {
  const start = bucketStart(size, instant('2024-02-29T13:47:11Z'), 30);
  const end = nextBucketStart(size, start, 30);
  expect(bucketStart(size, end, 30)).toBe(end);
  expect(bucketStart(size, end - 1, 30)).toBe(start);
  expect(bucketLengthMs(size) ?? end - start).toBe(end - start);
});
