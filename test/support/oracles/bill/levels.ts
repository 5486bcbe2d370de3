// A level that lasts: what it comes to over time, each instant against its own whole billing period.
import type { BillCase, EventOfCase, Range } from './bill-case.ts';
import { type Part, periodAt, periodsUntil, beginningOf } from './billing-periods.ts';
import { type Fraction, fractionOf, isAbove, minus, nothing, plus, times, total } from './fraction.ts';
import { clip, isInside } from './lines.ts';

/** Sum that the events' level comes to in some ranges of time. An event of before counts from the beginning of a range. */
export const levelOver = (
  bill: BillCase,
  events: readonly EventOfCase[],
  ranges: readonly Range[],
  isTrial: boolean,
): Fraction =>
  total(
    ranges.flatMap(({ start, end }) => {
      const until = periodsUntil(bill, end, isTrial);
      return events
        .filter(({ at }) => at < end)
        .map(({ at, value }) => {
          const lasting = minus(until, periodsUntil(bill, Math.max(at, start), isTrial));
          return isAbove(lasting, nothing) ? times(fractionOf(value), lasting) : nothing;
        });
    }),
  );

/** Ranges in each of which a level begins again: the billing periods before the part that is billed, and this part. */
const freshStarts = (bill: BillCase, part: Part, from: number, to: number): readonly Range[] => {
  const ranges: Range[] = [];
  for (let at = from; at < Math.min(to, part.start);) {
    const period = periodAt(bill, at);
    if (period === undefined) break;
    ranges.push({ start: period.start, end: Math.min(period.end, part.start) });
    at = period.end;
  }
  if (to > part.start) ranges.push({ start: part.start, end: Math.max(to, part.start) });
  return ranges;
};

/** Sum that the level of a meter, over all its lines, has come to in a window up to a time. */
export const levelInWindow = (
  bill: BillCase,
  events: readonly EventOfCase[],
  {
    cover,
    isNeverReset,
    part,
  }: { readonly cover: readonly Range[]; readonly isNeverReset: boolean; readonly part: Part },
  { start, end }: Range,
): Fraction => {
  if (isNeverReset) return levelOver(bill, events, clip(cover, { start, end }), part.isTrial);
  const from = Math.max(start, beginningOf(bill));
  return freshStarts(bill, part, from, end)
    .map((fresh) => {
      const own = events.filter(({ at }) => at >= fresh.start && at < fresh.end && isInside(cover, at));
      const weighed = { start: Math.max(start, fresh.start), end: Math.min(end, fresh.end) };
      return levelOver(bill, own, clip(cover, weighed), part.isTrial);
    })
    .reduce(plus, nothing);
};
