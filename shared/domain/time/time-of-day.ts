// Ranges of time within the UTC day.
import { msPerDay, msPerMinute } from './instant.ts';

/** A range of minutes of the UTC day, [start, end) of 0 to 1440. An end before the start is on the next day. */
export interface TimeOfDayRange {
  readonly startMinute: number;
  readonly endMinute: number;
}

const minutesPerDay = 1_440;

/** Returns the length of a range; 0 if its start is its end, or if it starts at 24:00 and ends at 00:00. */
export const minutesOfRange = ({ startMinute, endMinute }: TimeOfDayRange): number =>
  endMinute >= startMinute ? endMinute - startMinute : endMinute + minutesPerDay - startMinute;

/** Splits a range at midnight into one or two that end on the day they start. */
const withinDay = (range: TimeOfDayRange): readonly TimeOfDayRange[] => {
  const { startMinute, endMinute } = range;
  if (startMinute <= endMinute) return [range];
  return [
    { startMinute, endMinute: minutesPerDay },
    { startMinute: 0, endMinute },
  ];
};

/** Returns whether the time of day of an instant (UTC ms) is in the range. */
export const isInTimeOfDay = (range: TimeOfDayRange, instant: number): boolean => {
  const ofDay = instant - Math.floor(instant / msPerDay) * msPerDay;
  return withinDay(range).some(
    ({ startMinute, endMinute }) => ofDay >= startMinute * msPerMinute && ofDay < endMinute * msPerMinute,
  );
};

const overlap = (a: TimeOfDayRange, b: TimeOfDayRange): boolean =>
  withinDay(a).some((one) =>
    withinDay(b).some(
      (other) => Math.max(one.startMinute, other.startMinute) < Math.min(one.endMinute, other.endMinute),
    ),
  );

/** Returns the index of the first range that shares a minute with one before it; -1 when none does. */
export const firstOverlap = (ranges: readonly TimeOfDayRange[]): number =>
  ranges.findIndex((range, index) => ranges.slice(0, index).some((before) => overlap(range, before)));

/** Returns whether a range starts and ends where windows of `windowMinutes` do; never for windows longer than a day. */
export const isAligned = (range: TimeOfDayRange, windowMinutes: number): boolean =>
  windowMinutes > 0 && range.startMinute % windowMinutes === 0 && minutesOfRange(range) % windowMinutes === 0;
