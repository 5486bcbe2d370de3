// Instants are UTC milliseconds since the epoch, RFC 3339 text outside. Parsing is on the path of every event, so the
// calendar is arithmetic here (proleptic Gregorian, days counted from 1970-01-01).
export const msPerSecond = 1000;
export const msPerMinute = 60_000;
export const msPerHour = 3_600_000;
export const msPerDay = 86_400_000;
const hoursPerDay = 24;

/** An absent time where the wire has no null, and its instant: a time that is sent like this counts as absent. */
export const zeroTime = '0001-01-01T00:00:00Z';
export const zeroInstant = -62_135_596_800_000;
export const lastInstant = 253_402_300_799_999;

export interface CalendarDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

// Both follow Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March, eras have 400 years.
const daysPerEra = 146_097;
const daysFromEraToEpoch = 719_468;

/** Returns the days since 1970-01-01 of a calendar date. */
export const daysOfDate = ({ year, month, day }: CalendarDate): number => {
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * daysPerEra + dayOfEra - daysFromEraToEpoch;
};

/** Returns the calendar date of a number of days since 1970-01-01. */
export const dateOfDays = (days: number): CalendarDate => {
  const shifted = days + daysFromEraToEpoch;
  const era = Math.floor(shifted / daysPerEra);
  const dayOfEra = shifted - era * daysPerEra;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month > 2 ? 0 : 1),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
};

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Returns the number of days of a month (1 to 12) of that year. */
export const lastDayOfMonth = (year: number, month: number): number => {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
};

const shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const charCodeOfZero = 48;
const digitAt = (text: string, index: number): number => text.charCodeAt(index) - charCodeOfZero;
const twoDigitsAt = (text: string, index: number): number => digitAt(text, index) * 10 + digitAt(text, index + 1);

/** Reads the first three digits of the fraction; `offsetAt` is the index at which the offset starts. */
const millisecondsOf = (text: string, offsetAt: number): number => {
  let milliseconds = 0;
  for (let index = 20; index < 23; index++) {
    milliseconds = milliseconds * 10 + (index < offsetAt ? digitAt(text, index) : 0);
  }
  return milliseconds;
};

/**
 * Parses an RFC 3339 text to UTC milliseconds; undefined when it is none. Strict: an offset is required, `T` and `Z` are upper
 * case, dates exist in the calendar, no leap second, no 24:00, years 0001 to 9999 UTC. Digits below the millisecond are
 * dropped, never rounded.
 */
export const parseInstant = (text: string): number | undefined => {
  if (!shape.test(text)) return undefined;
  const year = twoDigitsAt(text, 0) * 100 + twoDigitsAt(text, 2);
  const month = twoDigitsAt(text, 5);
  const day = twoDigitsAt(text, 8);
  const hour = twoDigitsAt(text, 11);
  const minute = twoDigitsAt(text, 14);
  const second = twoDigitsAt(text, 17);
  if (month < 1 || month > 12 || day < 1 || day > lastDayOfMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const isUtc = text.endsWith('Z');
  const offsetAt = text.length - (isUtc ? 1 : 6);
  const offsetHour = isUtc ? 0 : twoDigitsAt(text, offsetAt + 1);
  const offsetMinute = isUtc ? 0 : twoDigitsAt(text, offsetAt + 4);
  if (offsetHour > 23 || offsetMinute > 59) return undefined;
  const offset = (offsetHour * msPerHour + offsetMinute * msPerMinute) * (text[offsetAt] === '-' ? -1 : 1);
  const instant =
    daysOfDate({ year, month, day }) * msPerDay +
    hour * msPerHour +
    minute * msPerMinute +
    second * msPerSecond +
    millisecondsOf(text, offsetAt) -
    offset;
  return instant < zeroInstant || instant > lastInstant ? undefined : instant;
};

/** Writes `2025-10-15T11:38:47.962Z`: UTC, zeros at the end of the fraction trimmed. For years 0001 to 9999. */
export const formatInstant = (instant: number): string =>
  new Date(instant).toISOString().replace(/(?:\.0+|(\.\d*[1-9])0*)Z$/, '$1Z');

/** Returns the whole seconds since the epoch of UTC milliseconds. */
export const wholeSeconds = (instant: number): number => Math.floor(instant / msPerSecond);
/** Returns the whole hours since the epoch, UTC, of an instant. */
export const hourOf = (instant: number): number => Math.floor(instant / msPerHour);
/** Returns the whole days since the epoch of whole hours since the epoch. */
export const dayOfHour = (hour: number): number => Math.floor(hour / hoursPerDay);
/** Writes whole hours since the epoch as `2025-10-15T11`. */
export const formatHour = (hour: number): string => formatInstant(hour * msPerHour).slice(0, 13);
/** Parses `2025-10-15T11` to whole hours since the epoch; undefined when it is none. */
export const parseHour = (text: string): number | undefined => {
  const instant = parseInstant(`${text}:00:00Z`);
  return instant === undefined ? undefined : instant / msPerHour;
};
