// A whole bill of a case: an oracle that was written from the rules of billing and shares nothing with the code that it judges.
import type { BillCase, Range } from './bill-case.ts';
import { isInTrial, type Part, partsOf, periodAt } from './billing-periods.ts';
import { fixedChargesOf } from './fixed-lines.ts';
import { type Fraction, fractionOf, total } from './fraction.ts';
import { type BilledLine, usageOf } from './usage-bill.ts';

export interface Bill extends Range {
  readonly lines: readonly BilledLine[];
  readonly subtotal: Fraction;
}

/** The period that is asked for. */
const askedRange = (bill: BillCase): Range | undefined => {
  const { start, end } = bill.asked;
  return end === undefined ? { start, end: periodAt(bill, start)?.end ?? start } : { start, end };
};

const billPart = (bill: BillCase, part: Part): readonly BilledLine[] => {
  const endAround = (at: number): number => periodAt(bill, at)?.end ?? Math.max(at, bill.trialEnd ?? bill.start);
  const ahead = { start: endAround(part.start), end: endAround(part.end) };
  const fixed = fixedChargesOf(
    bill,
    part,
    ahead.start < ahead.end ? { ...ahead, isTrial: isInTrial(bill, ahead.start) } : undefined,
  );
  return [
    ...fixed.map(({ item, start, end, cost, amount }): BilledLine => ({
      itemId: item.id,
      kind: 'fixed',
      start,
      end,
      quantity: fractionOf(item.quantity),
      hasAllowance: false,
      cost,
      amount,
    })),
    ...usageOf(bill, part),
  ];
};

/** The bill of the period, or the range, that the case asks for. */
export const billOf = (bill: BillCase): Bill | undefined => {
  const range = askedRange(bill);
  if (range === undefined || range.start >= range.end) return undefined;
  const lines = partsOf(bill, range).flatMap((part) => billPart(bill, part));
  return { ...range, lines, subtotal: total(lines.map(({ amount }) => amount)) };
};
