// Periods and date ranges of prices, line items and subscriptions. All are half-open, so that one that ends where the next starts
// neither overlaps it nor leaves a gap.
import { wholeSeconds } from './instant.ts';

/** A period, half-open, UTC milliseconds. */
export interface Period {
  readonly start: number;
  readonly end: number;
}

/** Returns the whole seconds of a period; one without any is not billed. */
export const secondsOf = ({ start, end }: Period): number => wholeSeconds(end) - wholeSeconds(start);

/** Returns the part of the window that a range covers; undefined when it covers none. */
export const clipToRange = ({ startDate, endDate = Infinity }: DateRange, window: Period): Period | undefined => {
  const clipped = { start: Math.max(startDate, window.start), end: Math.min(endDate, window.end) };
  return clipped.start < clipped.end ? clipped : undefined;
};

/** A range of dates, [startDate, endDate), UTC milliseconds; open where there is none. */
export interface OpenRange {
  readonly startDate?: number;
  readonly endDate?: number;
}

/** A range of dates that has a start. */
export interface DateRange extends OpenRange {
  readonly startDate: number;
}

/** Returns whether a range contains a timestamp (UTC milliseconds). */
export const contains = ({ startDate = -Infinity, endDate = Infinity }: OpenRange, timestamp: number): boolean =>
  startDate <= timestamp && timestamp < endDate;
