// How billing periods compare. Texts that name no period have order 0 and no months.
import type { BillingPeriod } from '../pricing/price.ts';

const orders: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ONETIME: -1,
    DAILY: 1,
    WEEKLY: 2,
    MONTHLY: 3,
    QUARTERLY: 4,
    HALF_YEARLY: 5,
    ANNUAL: 6,
  } satisfies Record<BillingPeriod, number>),
);

const monthsPerPeriod: ReadonlyMap<string, number> = new Map([
  ['MONTHLY', 1],
  ['QUARTERLY', 3],
  ['HALF_YEARLY', 6],
  ['ANNUAL', 12],
]);

export const orderOfBillingPeriod = (period: string): number => orders.get(period) ?? 0;

/** 0 for periods that are no whole months. */
export const monthsOfBillingPeriod = (period: string): number => monthsPerPeriod.get(period) ?? 0;

/** False when either is ONETIME or unknown: those do not compare. */
export const isLongerBillingPeriod = (period: string, other: string): boolean =>
  orderOfBillingPeriod(other) > 0 && orderOfBillingPeriod(period) > orderOfBillingPeriod(other);

/** Whether `longer` is `shorter`, or a whole number of it; days and weeks are multiples of themselves only. */
export const isBillingPeriodMultiple = (longer: string, shorter: string): boolean => {
  if (longer === shorter) return true;
  const [longerMonths, shorterMonths] = [monthsOfBillingPeriod(longer), monthsOfBillingPeriod(shorter)];
  return longerMonths > 0 && shorterMonths > 0 && longerMonths % shorterMonths === 0;
};

export const hasMixedBillingPeriods = (periods: readonly string[]): boolean => new Set(periods).size > 1;
