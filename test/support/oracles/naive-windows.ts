// Where windows and buckets begin, by Temporal alone.
import { Temporal } from 'temporal-polyfill';

export interface NaiveParts {
  readonly kind: 'window' | 'bucket';
  readonly size: 'MINUTE' | '15MIN' | '30MIN' | 'HOUR' | '3HOUR' | '6HOUR' | '12HOUR' | 'DAY' | 'WEEK' | 'MONTH';
  readonly timezone: string;
  readonly anchorDay: number;
}

const minutesOfSize = { MINUTE: 1, '15MIN': 15, '30MIN': 30, HOUR: 60 } as const;
const hoursOfSize = { '3HOUR': 3, '6HOUR': 6, '12HOUR': 12 } as const;

/** Midnight of a date, or where the day begins when a clock never shows it. */
const beginningOf = (date: Temporal.PlainDate, timezone: string): number =>
  date.toZonedDateTime(timezone).epochMilliseconds;

/** UTC milliseconds. Windows of weeks begin on Sunday, buckets on Monday and in UTC. */
export const naiveWindowStart = (instant: number, { kind, size, timezone, anchorDay }: NaiveParts): number => {
  const zone = kind === 'bucket' ? 'UTC' : timezone;
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  const date = local.toPlainDate();
  switch (size) {
    case 'MINUTE':
    case '15MIN':
    case '30MIN':
    case 'HOUR': {
      const minutes = minutesOfSize[size];
      // Of a repeated hour the same occurrence.
      return local.with({
        minute: local.minute - (local.minute % minutes),
        second: 0,
        millisecond: 0,
      }).epochMilliseconds;
    }
    case '3HOUR':
    case '6HOUR':
    case '12HOUR': {
      const hour = local.hour - (local.hour % hoursOfSize[size]);
      return date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from({ hour }) }).epochMilliseconds;
    }
    case 'DAY':
      return beginningOf(date, zone);
    case 'WEEK': {
      // 1 Monday to 7 Sunday.
      const daysBack = kind === 'bucket' ? date.dayOfWeek - 1 : date.dayOfWeek % 7;
      return beginningOf(date.subtract({ days: daysBack }), zone);
    }
    case 'MONTH': {
      const anchorIn = (month: Temporal.PlainDate): Temporal.PlainDate =>
        month.with({ day: Math.min(anchorDay, month.daysInMonth) });
      const ofThisMonth = anchorIn(date);
      const start =
        Temporal.PlainDate.compare(ofThisMonth, date) <= 0
          ? ofThisMonth
          : anchorIn(date.with({ day: 1 }).subtract({ months: 1 }));
      return beginningOf(start, zone);
    }
  }
};
