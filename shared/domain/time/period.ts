// The one rule for the dates of prices, line items and subscriptions: half-open, so that what ends where the next begins
// neither overlaps it nor leaves a gap.

/** [startDate, endDate), UTC milliseconds; no end: open. */
export interface DateRange {
  readonly startDate: number;
  readonly endDate?: number;
}

export const holds = ({ startDate, endDate = Infinity }: DateRange, timestamp: number): boolean =>
  startDate <= timestamp && timestamp < endDate;
