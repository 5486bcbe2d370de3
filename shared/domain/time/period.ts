// The one rule for the dates of prices, line items and subscriptions: half-open, so that what ends where the next begins
// neither overlaps it nor leaves a gap.

/** Half-open, UTC milliseconds. */
export interface Period {
  readonly start: number;
  readonly end: number;
}

/** The part of the window that a range covers; undefined when it covers none. */
export const clipToRange = ({ startDate, endDate = Infinity }: DateRange, window: Period): Period | undefined => {
  const clipped = { start: Math.max(startDate, window.start), end: Math.min(endDate, window.end) };
  return clipped.start < clipped.end ? clipped : undefined;
};

/** [startDate, endDate), UTC milliseconds; no end: open. */
export interface DateRange {
  readonly startDate: number;
  readonly endDate?: number;
}

/** Returns whether a range contains a timestamp (UTC milliseconds). */
export const contains = ({ startDate, endDate = Infinity }: DateRange, timestamp: number): boolean =>
  startDate <= timestamp && timestamp < endDate;
