// Where buckets begin: in UTC, weeks on Monday, months on the day of the anchor.
import type { BucketSize, Range } from './bill-case.ts';
import { instantOf, lastBefore, type Series } from './civil-calendar.ts';

const msPerHour = 3_600_000;
const hoursOf: Partial<Record<BucketSize, number>> = { HOUR: 1, '6HOUR': 6, DAY: 24, WEEK: 168 };
/** 1970-01-05, a Monday. */
const someMonday = 4 * 24 * msPerHour;

export const bucketAt = (size: BucketSize, anchor: number, at: number): Range => {
  const hours = hoursOf[size];
  if (hours === undefined) {
    const origin = Math.floor(anchor / (24 * msPerHour)) * 24 * msPerHour;
    const months: Series = { origin, zone: 'UTC', period: 'MONTHLY', count: 1 };
    const k = lastBefore(months, at);
    return { start: instantOf(months, k), end: instantOf(months, k + 1) };
  }
  const length = hours * msPerHour;
  const start = someMonday + Math.floor((at - someMonday) / length) * length;
  return { start, end: start + length };
};

/** The buckets that overlap a range and begin before `until`. */
export const bucketsIn = (size: BucketSize, anchor: number, { start, end }: Range, until: number): readonly Range[] => {
  const buckets: Range[] = [];
  for (let at = start; at < end;) {
    const bucket = bucketAt(size, anchor, at);
    if (bucket.start >= until) break;
    buckets.push(bucket);
    at = bucket.end;
  }
  return buckets;
};
