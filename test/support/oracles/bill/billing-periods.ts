// The billing periods of a case, its trial, and the parts of a range that are billed by themselves.
import type { BillCase, Range } from './bill-case.ts';
import { instantOf, lastBefore, type Series } from './civil-calendar.ts';
import { type Fraction, fractionOf, over, plus, whole } from './fraction.ts';

/** The boundaries of billing periods: from the anchor, after a trial from its end. */
export const boundariesOf = ({ zone, anchor, trialEnd, cadence }: BillCase): Series => ({
  origin: trialEnd ?? anchor,
  zone,
  ...cadence,
});

/** When everything but the trial begins. */
export const beginningOf = ({ start, trialEnd }: BillCase): number => trialEnd ?? start;

export const isInTrial = ({ trialEnd }: BillCase, at: number): boolean => trialEnd !== undefined && at < trialEnd;

/** The whole period around an instant, whatever the subscription covers of it; in a trial, the trial. */
const uncutPeriodAt = (bill: BillCase, at: number): Range => {
  if (bill.trialEnd !== undefined && isInTrial(bill, at)) return { start: bill.start, end: bill.trialEnd };
  const series = boundariesOf(bill);
  const k = lastBefore(series, at);
  return { start: instantOf(series, k), end: instantOf(series, k + 1) };
};

/** The period at an instant as far as the subscription covers it; undefined outside of the subscription. */
export const periodAt = (bill: BillCase, at: number): Range | undefined => {
  const { start, end = Infinity } = bill;
  if (at < start || at >= end) return undefined;
  const uncut = uncutPeriodAt(bill, at);
  const first = isInTrial(bill, at) ? start : beginningOf(bill);
  return { start: Math.max(uncut.start, first), end: Math.min(uncut.end, end) };
};

export interface Part extends Range {
  readonly isTrial: boolean;
}

/** A trial is a period of its own: a range that reaches into it is cut at its end. */
export const partsOf = ({ start, trialEnd }: BillCase, { start: from, end: to }: Range): readonly Part[] => {
  if (trialEnd === undefined || from >= trialEnd || to <= start) return [{ start: from, end: to, isTrial: false }];
  if (to <= trialEnd) return [{ start: from, end: to, isTrial: true }];
  return [
    { start: from, end: trialEnd, isTrial: true },
    { start: trialEnd, end: to, isTrial: false },
  ];
};

export const wholeSecond = (instant: number): number => Math.floor(instant / 1000);

/** How many billing periods have gone by at an instant, counted from anywhere: differences tell covered ÷ whole period. */
export const periodsUntil = (bill: BillCase, at: number, isTrial: boolean): Fraction => {
  const second = wholeSecond(at);
  if (isTrial && bill.trialEnd !== undefined) {
    const first = wholeSecond(bill.start);
    return over(whole(second - first), whole(Math.max(1, wholeSecond(bill.trialEnd) - first)));
  }
  const series = boundariesOf(bill);
  const k = lastBefore(series, at);
  const [from, to] = [wholeSecond(instantOf(series, k)), wholeSecond(instantOf(series, k + 1))];
  return plus(fractionOf(String(k)), over(whole(second - from), whole(to - from)));
};
