// Billing periods one after the other, as a clock would reach them.
import { type BillingCadence, wholePeriodAt } from '../../../shared/domain/time/billing-period.ts';
import type { Period } from '../../../shared/domain/time/period.ts';

/** The first boundary after `start`, both UTC milliseconds; never later than `end`. */
export const nextBoundary = (cadence: BillingCadence, start: number, end = Infinity): number =>
  Math.min(wholePeriodAt(cadence, start).end, end);

/** All periods from `start` until `end`; the first one begins, and the last one ends there. */
export const periodsUntil = (cadence: BillingCadence, start: number, end: number): Period[] => {
  const periods: Period[] = [];
  for (let from = start; from < end;) {
    const to = nextBoundary(cadence, from, end);
    periods.push({ start: from, end: to });
    from = to;
  }
  return periods;
};
