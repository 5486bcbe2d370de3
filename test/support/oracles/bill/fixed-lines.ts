// Fixed lines: each version for what it covers of a whole period, of the subscription's cadence or of one of its own.
import type { BillCase, FixedItem, Range } from './bill-case.ts';
import { beginningOf, type Part, periodsUntil, wholeSecond } from './billing-periods.ts';
import { roundedInOrder } from './charged-line.ts';
import { instantOf, lastBefore, type Series } from './civil-calendar.ts';
import { type Fraction, fractionOf, isAbove, minus, nothing, over, times, whole } from './fraction.ts';
import { fixedLinesOf } from './lines.ts';
import { costOf } from './price-cost.ts';

export interface FixedCharge extends Range {
  readonly item: FixedItem;
  readonly cost: Fraction;
  readonly amount: Fraction;
}

type Share = Range & { readonly item: FixedItem; readonly share: Fraction };

const endOf = ({ end = Infinity }: FixedItem): number => end;

const coveredBy = (
  line: readonly FixedItem[],
  { start, end }: Range,
  shareOf: (range: Range) => Fraction,
): readonly Share[] =>
  line.flatMap((item): Share[] => {
    const range = { start: Math.max(item.start, start), end: Math.min(endOf(item), end) };
    if (range.start >= range.end) return [];
    const share = shareOf(range);
    return isAbove(share, nothing) ? [{ ...range, item, share }] : [];
  });

const inCadence = (bill: BillCase, line: readonly FixedItem[], part: Part): readonly Share[] =>
  coveredBy(line, part, ({ start, end }) =>
    minus(periodsUntil(bill, end, part.isTrial), periodsUntil(bill, start, part.isTrial)),
  );

const lengthOf = ({ start, end }: Range): Fraction => whole(wholeSecond(end) - wholeSecond(start));

/** The own periods of a line that are due in a range: in arrear by their end, or the last end in them, in advance by their start. */
const inOwnPeriods = (bill: BillCase, line: readonly FixedItem[], range: Range): readonly (readonly Share[])[] => {
  const [first] = line;
  if (first === undefined || first.cadence === 'subscription' || first.cadence === 'once') return [];
  const series: Series = {
    origin: Math.max(first.start, beginningOf(bill)),
    zone: bill.zone,
    period: first.cadence.own,
    count: 1,
  };
  const due: (readonly Share[])[] = [];
  for (let k = Math.max(0, lastBefore(series, range.start) - 1); instantOf(series, k) <= range.end; k += 1) {
    const own = { start: k === 0 ? series.origin : instantOf(series, k), end: instantOf(series, k + 1) };
    const covered = coveredBy(line, own, (part) => over(lengthOf(part), lengthOf(own)));
    const lastEnd = Math.max(...covered.map(({ end }) => end));
    const isDue =
      first.invoicing === 'ADVANCE'
        ? own.start >= range.start && own.start < range.end
        : lastEnd > range.start && lastEnd <= range.end;
    if (isDue) due.push(covered);
  }
  return due;
};

const once = (bill: BillCase, line: readonly FixedItem[], range: Range): readonly Share[] =>
  line.flatMap((item): Share[] => {
    const due = Math.max(item.start, beginningOf(bill));
    const isDue =
      item.invoicing === 'ADVANCE' ? due >= range.start && due < range.end : due > range.start && due <= range.end;
    return isDue ? [{ item, start: due, end: due, share: whole(1) }] : [];
  });

const charged = (bill: BillCase, shares: readonly Share[], isFree: boolean): readonly FixedCharge[] => {
  const costs = shares.map(({ item, share }) =>
    isFree ? nothing : times(costOf(item.terms, fractionOf(item.quantity)), share),
  );
  const amounts = roundedInOrder(costs, bill.currency);
  return shares.map(({ item, start, end }, place) => ({
    item,
    start,
    end,
    cost: costs[place] ?? nothing,
    amount: amounts[place] ?? nothing,
  }));
};

/** The fixed charges of a part of time (in arrear), and of what follows it (in advance). */
export const fixedChargesOf = (bill: BillCase, part: Part, next: Part | undefined): readonly FixedCharge[] => {
  /** By period: each is rounded by itself. */
  const sharesOf = (line: readonly FixedItem[], range: Part): readonly (readonly Share[])[] => {
    const cadence = line[0]?.cadence;
    if (cadence === 'subscription') return [inCadence(bill, line, range)];
    return cadence === 'once' ? [once(bill, line, range)] : inOwnPeriods(bill, line, range);
  };
  const lines = fixedLinesOf(bill);
  const inRange = (invoicing: FixedItem['invoicing'], range: Part): readonly FixedCharge[] =>
    lines
      .map((line) => line.filter((item) => item.invoicing === invoicing))
      .flatMap((line) => sharesOf(line, range).flatMap((shares) => charged(bill, shares, range.isTrial)));
  return [...inRange('ARREAR', part), ...(next ? inRange('ADVANCE', next) : [])];
};
