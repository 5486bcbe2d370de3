// Civil time: the date and clock reading of a time zone. Offsets come from Temporal; how a clock reading that does not
// exist, or exists twice, becomes an instant is the rule of Go's time.Date. Civil milliseconds are the date and clock of a
// zone, counted as if they were UTC.
import { fromEpochMilliseconds, toZonedDateTimeISO } from 'temporal-polyfill/fns/Instant';
import { offsetNanoseconds } from 'temporal-polyfill/fns/ZonedDateTime';
import { dateOfDays, formatInstant, msPerDay, msPerMinute } from './instant.ts';

const utc = 'UTC';
const nanosecondsPerMillisecond = 1_000_000;

/** Zones of abbreviations: each stands for a city, so that EST and GMT have summer time. */
const zoneOfAbbreviation: ReadonlyMap<string, string> = new Map([
  ['GMT', 'Europe/London'],
  ['BST', 'Europe/London'],
  ['CET', 'Europe/Berlin'],
  ['EET', 'Europe/Athens'],
  ['WET', 'Europe/Lisbon'],
  ['MSK', 'Europe/Moscow'],
  ['EST', 'America/New_York'],
  ['CST', 'America/Chicago'],
  ['MST', 'America/Denver'],
  ['PST', 'America/Los_Angeles'],
  ['AKST', 'America/Anchorage'],
  ['HST', 'Pacific/Honolulu'],
  ['IST', 'Asia/Kolkata'],
  ['JST', 'Asia/Tokyo'],
  ['KST', 'Asia/Seoul'],
  ['CCT', 'Asia/Shanghai'],
  ['AEST', 'Australia/Sydney'],
  ['AWST', 'Australia/Perth'],
  ['CAT', 'Africa/Harare'],
  ['EAT', 'Africa/Nairobi'],
  ['WAT', 'Africa/Lagos'],
]);

const zoneName = /^[A-Za-z]/;

const ianaName = (name: string): string => zoneOfAbbreviation.get(name) ?? name;

/** Returns the milliseconds east of UTC at an instant; undefined when the name is empty, unknown or a bare offset. */
const offsetIn = (instant: number, name: string): number | undefined => {
  const zone = ianaName(name);
  if (zone === utc) return 0;
  if (!zoneName.test(zone)) return undefined;
  try {
    return offsetNanoseconds(toZonedDateTimeISO(fromEpochMilliseconds(instant), zone)) / nanosecondsPerMillisecond;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

/** Returns the IANA name of a zone or abbreviation; undefined when it is empty, unknown or a bare offset. */
export const resolveTimeZone = (name: string): string | undefined =>
  offsetIn(0, name) === undefined ? undefined : ianaName(name);

/** An empty or unknown zone is UTC. */
const offsetAt = (instant: number, timezone: string): number => offsetIn(instant, timezone) ?? 0;

/** Returns the civil milliseconds of a zone at an instant. */
export const toCivil = (instant: number, timezone: string): number => instant + offsetAt(instant, timezone);

/**
 * Returns the instant of civil milliseconds. West of UTC a skipped hour moves one hour earlier and a repeated one is its first
 * occurrence; east of UTC a skipped hour moves later and a repeated one is its second.
 */
export const fromCivil = (civil: number, timezone: string): number => {
  const assumed = offsetAt(civil, timezone);
  return civil - (assumed === 0 ? 0 : offsetAt(civil - assumed, timezone));
};

const floorTo = (value: number, unit: number): number => Math.floor(value / unit) * unit;

/** Returns the weekday, 0 Monday to 6 Sunday, of whole days since 1970-01-01, which was a Thursday. */
export const weekdayOf = (days: number): number => (((days + 3) % 7) + 7) % 7;

/** 1 to 31. */
export const civilDayOfMonth = (instant: number, timezone: string): number =>
  dateOfDays(Math.floor(toCivil(instant, timezone) / msPerDay)).day;

/**
 * Returns the first instant at which a zone shows civil milliseconds; where its clocks skip them, they count as before the skip, so
 * that a skipped midnight is the instant of the skip.
 */
export const firstOfCivil = (civil: number, timezone: string): number => {
  const before = civil - offsetAt(civil - msPerDay, timezone);
  const after = civil - offsetAt(civil + msPerDay, timezone);
  return toCivil(before, timezone) !== civil && toCivil(after, timezone) === civil ? after : before;
};

/**
 * Returns the start of the part, of `partMs`, of the zone's clock hour that contains the instant; of a repeated part, the same
 * occurrence.
 */
export const startOfHourPart = (instant: number, partMs: number, timezone: string): number => {
  const civil = toCivil(instant, timezone);
  const shown = floorTo(civil, partMs);
  const start = instant - (civil - shown);
  return toCivil(start, timezone) === shown ? start : firstOfCivil(shown, timezone);
};

/**
 * Returns local midnight of the day of the instant.
 * @internal
 */
export const startOfDay = (instant: number, timezone: string): number =>
  fromCivil(floorTo(toCivil(instant, timezone), msPerDay), timezone);

/** Returns local midnight of the Monday at or before the instant. */
export const startOfWeek = (instant: number, timezone: string): number => {
  const day = Math.floor(toCivil(instant, timezone) / msPerDay);
  return fromCivil((day - weekdayOf(day)) * msPerDay, timezone);
};

/**
 * Returns the same clock reading some days later, or earlier when negative.
 * @internal
 */
export const addDays = (instant: number, days: number, timezone: string): number =>
  fromCivil(toCivil(instant, timezone) + days * msPerDay, timezone);

/** Writes RFC 3339 with the zone's offset at that instant; `Z` in UTC. An offset of seconds, as of long ago, is shown in UTC. */
export const formatInZone = (instant: number, timezone: string): string => {
  const offset = offsetAt(instant, timezone);
  if (offset === 0 || offset % msPerMinute !== 0) return formatInstant(instant);
  const minutes = Math.abs(offset) / msPerMinute;
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  const clock = `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
  return `${formatInstant(instant + offset).slice(0, -1)}${offset < 0 ? '-' : '+'}${clock}`;
};
