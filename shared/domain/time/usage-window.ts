// Usage windows: where the window that holds an instant begins, in a time zone. WEEK begins on Sunday. Windows of less than
// a day are counted from local midnight. Windows are stretches of time without gaps: none begins after what it holds.
import { firstOfCivil, startOfHourPart, startOfWeek, toCivil, weekdayOf } from './civil-time.ts';
import { dateOfDays, daysOfDate, lastDayOfMonth, msPerDay, msPerHour, msPerMinute } from './instant.ts';
import type { WindowSize } from '../meters/meter.ts';

export interface WindowOptions {
  /** IANA name; "UTC" by default. */
  readonly timezone?: string;
  /** Day of the month, 1 to 31, on which MONTH windows begin; clamped to the month's last day. 1 by default. */
  readonly anchorDay?: number;
}

/** Sizes that divide the local hour, of which a day may hold one twice. */
const partOfHourMs = { '15MIN': 15 * msPerMinute, '30MIN': 30 * msPerMinute, HOUR: msPerHour } as const;
/** Sizes that divide the local day. */
const partOfDayMs = {
  '3HOUR': 3 * msPerHour,
  '6HOUR': 6 * msPerHour,
  '12HOUR': 12 * msPerHour,
  DAY: msPerDay,
} as const;

const floorTo = (value: number, unit: number): number => Math.floor(value / unit) * unit;

/** The day, in whole days since the epoch, on which the MONTH window that holds `day` begins. */
const monthStart = (day: number, anchorDay: number): number => {
  const { year, month } = dateOfDays(day);
  const startIn = (y: number, m: number): number =>
    daysOfDate({ year: y, month: m, day: Math.min(anchorDay, lastDayOfMonth(y, m)) });
  const start = startIn(year, month);
  if (start <= day) return start;
  return month === 1 ? startIn(year - 1, 12) : startIn(year, month - 1);
};

/** UTC milliseconds of the beginning of the window that holds `instant`. An unknown time zone counts as UTC. */
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

/** The same for a bucket of a meter: UTC, weeks begin on Monday, months on the billing anchor. */
export const bucketStart = (size: WindowSize, instant: number, anchorDay = 1): number =>
  size === 'WEEK' ? startOfWeek(instant, 'UTC') : windowStart(size, instant, { anchorDay });
