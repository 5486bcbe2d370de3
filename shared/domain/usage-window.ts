// Usage windows: where the window that holds an instant begins, in a time zone. WEEK begins on Sunday.
import { Temporal } from 'temporal-polyfill';
import { lastDayOfMonth, msPerDay, msPerHour, msPerMinute } from './instant.ts';
import type { WindowSize } from './meter.ts';

export interface WindowOptions {
  /** IANA name; "UTC" by default. */
  readonly timezone?: string;
  /** Day of the month, 1 to 31, on which MONTH windows begin; clamped to the month's last day. 1 by default. */
  readonly anchorDay?: number;
}

const utcWindowMs = {
  MINUTE: msPerMinute,
  '15MIN': 15 * msPerMinute,
  '30MIN': 30 * msPerMinute,
  HOUR: msPerHour,
  '3HOUR': 3 * msPerHour,
  '6HOUR': 6 * msPerHour,
  '12HOUR': 12 * msPerHour,
  DAY: msPerDay,
} as const;

const hoursPerWindow = { '3HOUR': 3, '6HOUR': 6, '12HOUR': 12 } as const;

/** The local date on which the MONTH window of `date` begins. */
const monthStart = (date: Temporal.PlainDate, anchorDay: number): Temporal.PlainDate => {
  const startIn = (month: Temporal.PlainDate): Temporal.PlainDate =>
    month.with({ day: Math.min(anchorDay, lastDayOfMonth(month.year, month.month)) });
  const start = startIn(date);
  return Temporal.PlainDate.compare(start, date) <= 0 ? start : startIn(date.with({ day: 1 }).subtract({ months: 1 }));
};

const localWindowStart = (
  size: WindowSize,
  local: Temporal.ZonedDateTime,
  anchorDay: number,
): Temporal.ZonedDateTime => {
  switch (size) {
    case 'MINUTE':
      return local.round({ smallestUnit: 'minute', roundingMode: 'floor' });
    case '15MIN':
    case '30MIN':
      return local.round({
        smallestUnit: 'minute',
        roundingIncrement: size === '15MIN' ? 15 : 30,
        roundingMode: 'floor',
      });
    case 'HOUR':
      return local.round({ smallestUnit: 'hour', roundingMode: 'floor' });
    case '3HOUR':
    case '6HOUR':
    case '12HOUR': {
      const hour = local.hour - (local.hour % hoursPerWindow[size]);
      return local.with({ hour, minute: 0, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 });
    }
    case 'DAY':
      return local.startOfDay();
    case 'WEEK':
      return local.subtract({ days: local.dayOfWeek % local.daysInWeek }).startOfDay();
    case 'MONTH':
      return monthStart(local.toPlainDate(), anchorDay).toZonedDateTime(local.timeZoneId);
  }
};

/** UTC milliseconds of the beginning of the window that holds `instant`. Throws a RangeError for an unknown time zone. */
export const windowStart = (
  size: WindowSize,
  instant: number,
  { timezone = 'UTC', anchorDay = 1 }: WindowOptions = {},
): number => {
  if (size === 'MINUTE' || (timezone === 'UTC' && size !== 'WEEK' && size !== 'MONTH')) {
    return Math.floor(instant / utcWindowMs[size]) * utcWindowMs[size];
  }
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone);
  return localWindowStart(size, local, anchorDay).epochMilliseconds;
};
