// Times as texts, in the zone that the reader chose; milliseconds are always shown where events are told apart by them.

export type Zone = 'local' | 'UTC';

const two = (number: number): string => String(number).padStart(2, '0');

const parts = (instant: Date, zone: Zone) =>
  zone === 'UTC'
    ? {
        year: instant.getUTCFullYear(),
        month: instant.getUTCMonth() + 1,
        day: instant.getUTCDate(),
        hour: instant.getUTCHours(),
        minute: instant.getUTCMinutes(),
        second: instant.getUTCSeconds(),
      }
    : {
        year: instant.getFullYear(),
        month: instant.getMonth() + 1,
        day: instant.getDate(),
        hour: instant.getHours(),
        minute: instant.getMinutes(),
        second: instant.getSeconds(),
      };

/** Returns `2026-12-01`. */
export const dateText = (time: string | number, zone: Zone): string => {
  const { year, month, day } = parts(new Date(time), zone);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
};

/** Returns `09:12:40.123`. */
export const clockText = (time: string | number, zone: Zone, hasMs = true): string => {
  const instant = new Date(time);
  const { hour, minute, second } = parts(instant, zone);
  const ms = hasMs ? `.${String(instant.getUTCMilliseconds()).padStart(3, '0')}` : '';
  return `${two(hour)}:${two(minute)}:${two(second)}${ms}`;
};

/** Returns `2026-12-01 09:12:40.123`; the text itself if it is no time. */
export const timeText = (time: string | number, zone: Zone, hasMs = true): string =>
  Number.isNaN(new Date(time).getTime()) ? String(time) : `${dateText(time, zone)} ${clockText(time, zone, hasMs)}`;

const spans = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
] as const;

/** Returns a length of time with two digits or more: `840 ms`, `12.4 s`, `3 min`, `2.5 h`. */
export const durationText = (ms: number): string => {
  const size = Math.abs(ms);
  const [unitMs, unit] = spans.find(([one]) => size >= one) ?? [1, 'ms'];
  const count = ms / unitMs;
  return `${Math.abs(count) < 10 && unit !== 'ms' ? String(Math.round(count * 10) / 10) : String(Math.round(count))} ${unit}`;
};

/** Returns the value of a date-time input for a time. */
export const inputText = (time: string, zone: Zone): string => `${dateText(time, zone)}T${clockText(time, zone)}`;

/** Returns the time of a date-time input in UTC; undefined if it is empty or impossible. */
export const instantOfInput = (text: string, zone: Zone): string | undefined => {
  const instant = new Date(zone === 'UTC' ? `${text}Z` : text);
  return text === '' || Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
};
