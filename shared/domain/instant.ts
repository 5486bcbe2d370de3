// Instants: UTC milliseconds inside, RFC 3339 outside. One strict parser; UTC calendar arithmetic in whole days.

export const msPerHour = 3_600_000;
export const msPerDay = 86_400_000;
const hoursPerDay = 24;

/** How an absent time is written where the wire has no null. */
export const zeroTime = '0001-01-01T00:00:00Z';

/** Whole days since 1970-01-01 of a proleptic Gregorian date; H. Hinnant, "chrono-compatible low-level date algorithms". */
const daysFromCivil = (year: number, month: number, day: number): number => {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};

interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The inverse of `daysFromCivil`; same source. */
const civilFromDays = (days: number): CivilDate => {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
};

const daysInMonth = (year: number, month: number): number => {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
};

/** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999Z. */
const earliest = daysFromCivil(1, 1, 1) * msPerDay;
const latest = daysFromCivil(10_000, 1, 1) * msPerDay - 1;

/** The value of `zeroTime`, which counts as absent. */
export const zeroInstant = earliest;

/** Two or four digits at `at`; NaN when one is not a digit. */
const digits = (text: string, at: number, count: number): number => {
  let value = 0;
  for (let index = at; index < at + count; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
};

const code = { colon: 58, dash: 45, dot: 46, plus: 43, T: 84, Z: 90 } as const;

/**
 * UTC milliseconds of an RFC 3339 instant, or undefined. Strict: capital T and Z, seconds, an offset, real calendar dates
 * only, no leap second, no 24:00. Digits below the millisecond are cut. Years 0001 to 9999 UTC.
 */
export const parseInstant = (text: string): number | undefined => {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  const hasShape =
    text.charCodeAt(4) === code.dash &&
    text.charCodeAt(7) === code.dash &&
    text.charCodeAt(10) === code.T &&
    text.charCodeAt(13) === code.colon &&
    text.charCodeAt(16) === code.colon;
  // Comparisons with NaN are false, so a missing digit fails here too.
  const isReal =
    year >= 0 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month) &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59;
  if (!hasShape || !isReal) return undefined;

  let at = 19;
  let milliseconds = 0;
  if (text.charCodeAt(at) === code.dot) {
    const from = at + 1;
    at = from;
    while (digits(text, at, 1) >= 0) at += 1;
    if (at === from) return undefined;
    milliseconds = Number(text.slice(from, Math.min(at, from + 3)).padEnd(3, '0'));
  }
  const offset = parseOffset(text, at);
  if (offset === undefined) return undefined;
  const time = ((hour * 60 + minute - offset) * 60 + second) * 1000 + milliseconds;
  const instant = daysFromCivil(year, month, day) * msPerDay + time;
  return instant >= earliest && instant <= latest ? instant : undefined;
};

/** Minutes east of UTC of what must be the rest of the text. */
const parseOffset = (text: string, at: number): number | undefined => {
  const sign = text.charCodeAt(at);
  if (sign === code.Z) return text.length === at + 1 ? 0 : undefined;
  const hours = digits(text, at + 1, 2);
  const minutes = digits(text, at + 4, 2);
  const isOffset =
    (sign === code.plus || sign === code.dash) && text.charCodeAt(at + 3) === code.colon && hours <= 23 && minutes <= 59;
  if (!isOffset || text.length !== at + 6) return undefined;
  return (hours * 60 + minutes) * (sign === code.plus ? 1 : -1);
};

const pad = (value: number, length: number): string => String(value).padStart(length, '0');

/** `2025-10-15T11:38:47.962Z`, trailing zeros of the fraction cut; years 0001 to 9999. */
export const formatInstant = (instant: number): string => {
  const time = instant - Math.floor(instant / msPerDay) * msPerDay;
  const seconds = Math.floor(time / 1000);
  const milliseconds = time - seconds * 1000;
  const fraction = milliseconds === 0 ? '' : `.${pad(milliseconds, 3).replace(/0+$/, '')}`;
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => pad(part, 2));
  return `${formatDay(Math.floor(instant / msPerDay))}T${clock.join(':')}${fraction}Z`;
};

/** Whole days since the epoch as `yyyy-mm-dd`. */
export const formatDay = (days: number): string => {
  const { year, month, day } = civilFromDays(days);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
};

/** Whole hours since the epoch, UTC. */
export const hourOf = (instant: number): number => Math.floor(instant / msPerHour);

/** The day, in whole days since the epoch, of an hour. */
export const dayOfHour = (hour: number): number => Math.floor(hour / hoursPerDay);

let lastFormatted: { readonly hour: number; readonly text: string } | undefined;

/** `yyyy-mm-ddThh` of whole hours since the epoch. */
export const formatHour = (hour: number): string => {
  // Keys of one invocation nearly always name the same hour.
  if (lastFormatted?.hour === hour) return lastFormatted.text;
  const day = dayOfHour(hour);
  const text = `${formatDay(day)}T${pad(hour - day * hoursPerDay, 2)}`;
  lastFormatted = { hour, text };
  return text;
};

/** The inverse of `formatHour`; undefined when the text is no hour. */
export const parseHour = (text: string): number | undefined => {
  const instant = text.length === 13 ? parseInstant(`${text}:00:00Z`) : undefined;
  return instant === undefined ? undefined : hourOf(instant);
};
