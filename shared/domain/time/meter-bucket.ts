// The buckets of a meter as stretches of time: UTC, weeks from Monday, months on the billing anchor's day (clamped).
import type { Period } from './billing-period.ts';
import { dateOfDays, daysOfDate, lastDayOfMonth, msPerDay, msPerHour, msPerMinute } from './instant.ts';
import type { WindowSize } from '../meters/meter.ts';
import { bucketStart } from './usage-window.ts';

const fixedLengthsMs: Readonly<Record<Exclude<WindowSize, 'MONTH'>, number>> = {
  MINUTE: msPerMinute,
  '15MIN': 15 * msPerMinute,
  '30MIN': 30 * msPerMinute,
  HOUR: msPerHour,
  '3HOUR': 3 * msPerHour,
  '6HOUR': 6 * msPerHour,
  '12HOUR': 12 * msPerHour,
  DAY: msPerDay,
  WEEK: 7 * msPerDay,
};

/** undefined for MONTH, whose length differs. */
export const bucketLengthMs = (size: WindowSize): number | undefined =>
  size === 'MONTH' ? undefined : fixedLengthsMs[size];

/** In the month after that of `start`, on the anchor's day or the last one before it. */
const nextMonth = (start: number, anchorDay: number): number => {
  const { year, month } = dateOfDays(Math.floor(start / msPerDay));
  const next = month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 };
  return daysOfDate({ ...next, day: Math.min(anchorDay, lastDayOfMonth(next.year, next.month)) }) * msPerDay;
};

/** Where the bucket that begins at `start` (UTC ms) ends. `anchorDay`: day of the month, 1 to 31. */
export const nextBucketStart = (size: WindowSize, start: number, anchorDay: number): number => {
  const length = bucketLengthMs(size);
  return length === undefined ? nextMonth(start, anchorDay) : start + length;
};

/** The beginnings of all buckets that have a part in a half-open range; the first may begin before it. */
export const bucketStarts = (size: WindowSize, { start, end }: Period, anchorDay: number): readonly number[] => {
  const starts: number[] = [];
  if (start >= end) return starts;
  let next = bucketStart(size, start, anchorDay);
  for (; next < end; next = nextBucketStart(size, next, anchorDay)) starts.push(next);
  return starts;
};
