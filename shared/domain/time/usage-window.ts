// Usage windows in a time zone. WEEK starts on Sunday. Windows shorter than a day are counted from local midnight. Windows tile time:
// each starts at or before every instant in it.
import { firstOfCivil, startOfHourPart, startOfWeek, toCivil, weekdayOf } from './civil-time.ts';
import { dateOfDays, daysOfDate, lastDayOfMonth, msPerDay, msPerHour, msPerMinute } from './instant.ts';
import type { Period } from './period.ts';

export const windowSizes = [
  'MINUTE',
  '15MIN',
  '30MIN',
  'HOUR',
  '3HOUR',
  '6HOUR',
  '12HOUR',
  'DAY',
  'WEEK',
  'MONTH',
] as const;

export type WindowSize = (typeof windowSizes)[number];

export interface WindowOptions {
  /** IANA name; "UTC" by default. */
  readonly timezone?: string;
  /** Day of the month, 1 to 31, on which MONTH windows begin; clamped to the month's last day. 1 by default. */
  readonly anchorDay?: number;
}

/** Sizes that divide the local hour; a day may have an hour twice. */
const partOfHourMs = { '15MIN': 15 * msPerMinute, '30MIN': 30 * msPerMinute, HOUR: msPerHour } as const;
/** Sizes that divide the local day. */
const partOfDayMs = {
  '3HOUR': 3 * msPerHour,
  '6HOUR': 6 * msPerHour,
  '12HOUR': 12 * msPerHour,
  DAY: msPerDay,
} as const;

const floorTo = (value: number, unit: number): number => Math.floor(value / unit) * unit;

/** Returns the day, in whole days since the epoch, on which the MONTH window of `day` starts. */
const monthStart = (day: number, anchorDay: number): number => {
  const { year, month } = dateOfDays(day);
  const startIn = (y: number, m: number): number =>
    daysOfDate({ year: y, month: m, day: Math.min(anchorDay, lastDayOfMonth(y, m)) });
  const start = startIn(year, month);
  if (start <= day) return start;
  return month === 1 ? startIn(year - 1, 12) : startIn(year, month - 1);
};

/** Returns the start of the window of `instant`, UTC milliseconds. An unknown time zone counts as UTC. */
export const windowStart = (
  size: WindowSize,
  instant: number,
  { timezone = 'UTC', anchorDay = 1 }: WindowOptions = {},
): number => {
  const civil = toCivil(instant, timezone);
  const day = Math.floor(civil / msPerDay);
  switch (size) {
    case 'MINUTE':
      return floorTo(instant, msPerMinute);
    case '15MIN':
    case '30MIN':
    case 'HOUR':
      return startOfHourPart(instant, partOfHourMs[size], timezone);
    case 'WEEK':
      return firstOfCivil((day - ((weekdayOf(day) + 1) % 7)) * msPerDay, timezone);
    case 'MONTH':
      return firstOfCivil(monthStart(day, anchorDay) * msPerDay, timezone);
    case '3HOUR':
    case '6HOUR':
    case '12HOUR':
    case 'DAY':
      return firstOfCivil(floorTo(civil, partOfDayMs[size]), timezone);
  }
};

/** Returns the start of the bucket of a meter at `instant`: in UTC, weeks start on Monday, months on the billing anchor. */
export const bucketStart = (size: WindowSize, instant: number, anchorDay = 1): number =>
  size === 'WEEK' ? startOfWeek(instant, 'UTC') : windowStart(size, instant, { anchorDay });

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

/** Returns the length of a bucket; undefined for MONTH, whose length differs. */
export const bucketLengthMs = (size: WindowSize): number | undefined =>
  size === 'MONTH' ? undefined : fixedLengthsMs[size];

/** Returns the start in the month after that of `start`: the anchor's day, or the last day of a shorter month. */
const nextMonth = (start: number, anchorDay: number): number => {
  const { year, month } = dateOfDays(Math.floor(start / msPerDay));
  const next = month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 };
  return daysOfDate({ ...next, day: Math.min(anchorDay, lastDayOfMonth(next.year, next.month)) }) * msPerDay;
};

/**
 * Returns the end of the bucket that starts at `start` (UTC ms). `anchorDay`: day of the month, 1 to 31.
 */
export const nextBucketStart = (size: WindowSize, start: number, anchorDay: number): number => {
  const length = bucketLengthMs(size);
  return length === undefined ? nextMonth(start, anchorDay) : start + length;
};

/** Lists the starts of all buckets that overlap a half-open range; the first may start before it. */
export const bucketStarts = (size: WindowSize, { start, end }: Period, anchorDay: number): readonly number[] => {
  const starts: number[] = [];
  if (start >= end) return starts;
  let next = bucketStart(size, start, anchorDay);
  for (; next < end; next = nextBucketStart(size, next, anchorDay)) starts.push(next);
  return starts;
};
