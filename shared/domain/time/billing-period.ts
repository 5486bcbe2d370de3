// Billing periods: their boundaries are one series through the anchor, computed on the civil time of a zone, and are UTC
// instants. The day and the clock always come from the anchor, so month ends never drift. Periods are half-open, [start, end).
import { fromCivil, toCivil } from './civil-time.ts';
import { dateOfDays, daysOfDate, lastDayOfMonth, msPerDay, msPerSecond } from './instant.ts';
import type { Period } from './period.ts';

export const billingPeriods = ['MONTHLY', 'ANNUAL', 'WEEKLY', 'DAILY', 'QUARTERLY', 'HALF_YEARLY', 'ONETIME'] as const;

export type BillingPeriod = (typeof billingPeriods)[number];

export const recurringPeriods = billingPeriods.filter(
  (period): period is Exclude<BillingPeriod, 'ONETIME'> => period !== 'ONETIME',
);

export interface BillingCadence {
  readonly billingPeriod: BillingPeriod;
  /** At least 1. */
  readonly billingPeriodCount: number;
  /** UTC milliseconds. */
  readonly billingAnchor: number;
  /** An empty or unknown zone is UTC. */
  readonly timezone: string;
}

export const isInPeriod = ({ start, end }: Period, instant: number): boolean => instant >= start && instant < end;

const monthsPerYear = 12;
const daysPerWeek = 7;

/** Lists the boundaries of a cadence by number, from both sides of the anchor, which is number 0. */
interface Series {
  /** UTC milliseconds: the anchor itself, and whole seconds everywhere else. */
  readonly at: (index: number) => number;
  /** Estimates the number of the last boundary at or before an instant; off by one at most. */
  readonly indexNear: (instant: number) => number;
}

interface Step {
  readonly unit: 'day' | 'month';
  readonly size: number;
}

const stepOf = ({ billingPeriod, billingPeriodCount: count }: BillingCadence): Step => {
  if (!(count >= 1)) throw new RangeError('a billing period count is at least 1');
  switch (billingPeriod) {
    case 'DAILY':
      return { unit: 'day', size: count };
    case 'WEEKLY':
      return { unit: 'day', size: count * daysPerWeek };
    case 'MONTHLY':
    case 'QUARTERLY':
    case 'HALF_YEARLY':
    case 'ANNUAL':
      return { unit: 'month', size: count * monthsOfBillingPeriod(billingPeriod) };
    case 'ONETIME':
      throw new RangeError('a one-time charge has no billing periods');
  }
};

const civilDayOf = (instant: number, timezone: string): number => Math.floor(toCivil(instant, timezone) / msPerDay);

/** Returns the months since year 0 of days since 1970. */
const monthOf = (days: number): number => {
  const { year, month } = dateOfDays(days);
  return year * monthsPerYear + month - 1;
};

/** Returns the day in a month since year 0; a day that the month does not have becomes its last. */
const dayInMonth = (months: number, day: number): number => {
  const year = Math.floor(months / monthsPerYear);
  const month = months - year * monthsPerYear + 1;
  return daysOfDate({ year, month, day: Math.min(day, lastDayOfMonth(year, month)) });
};

const seriesOf = (cadence: BillingCadence): Series => {
  const { unit, size } = stepOf(cadence);
  const { billingAnchor, timezone } = cadence;
  const civilAnchor = toCivil(billingAnchor, timezone);
  const anchorDay = Math.floor(civilAnchor / msPerDay);
  const clock = Math.floor((civilAnchor - anchorDay * msPerDay) / msPerSecond) * msPerSecond;
  const dayOfMonth = dateOfDays(anchorDay).day;
  const [first, positionOf] = unit === 'day' ? [anchorDay, (day: number) => day] : [monthOf(anchorDay), monthOf];
  return {
    at: (index) => {
      if (index === 0) return billingAnchor;
      const position = first + index * size;
      const day = unit === 'day' ? position : dayInMonth(position, dayOfMonth);
      return fromCivil(day * msPerDay + clock, timezone);
    },
    indexNear: (instant) => Math.floor((positionOf(civilDayOf(instant, timezone)) - first) / size),
  };
};

/**
 * Returns the whole period that contains an instant (UTC milliseconds). Its boundaries are the anchor plus any whole number of
 * periods, before the anchor too, in civil time of the zone, on the anchor's day, or the last of a shorter month, at the anchor's
 * clock. Takes the same time however far away the instant is. Throws a RangeError for a count below 1 and for ONETIME.
 */
export const wholePeriodAt = (cadence: BillingCadence, instant: number): Period => {
  const { at, indexNear } = seriesOf(cadence);
  let index = indexNear(instant);
  while (at(index) > instant) index -= 1;
  while (at(index + 1) <= instant) index += 1;
  return { start: at(index), end: at(index + 1) };
};

/**
 * Returns the period that contains an instant, where the first periods are known: the one known, or a period of the cadence that
 * begins no earlier than `known` ends. undefined for an instant before `known`.
 */
export const findPeriod = (cadence: BillingCadence, known: Period, instant: number): Period | undefined => {
  if (instant < known.start) return undefined;
  if (instant < known.end) return known;
  const { start, end } = wholePeriodAt(cadence, instant);
  return { start: Math.max(start, known.end), end };
};

/**
 * Returns the epoch milliseconds of the period's start, in whole seconds.
 * @internal
 */
export const periodIdOf = ({ start }: Period): number => Math.floor(start / msPerSecond) * msPerSecond;

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

/** Returns the number of months; 0 for periods that are no whole months. */
export const monthsOfBillingPeriod = (period: string): number => monthsPerPeriod.get(period) ?? 0;

/** Compares two periods; false when either is ONETIME or unknown: those do not compare. */
export const isLongerBillingPeriod = (period: string, other: string): boolean =>
  orderOfBillingPeriod(other) > 0 && orderOfBillingPeriod(period) > orderOfBillingPeriod(other);

/**
 * Returns whether `longer` is `shorter`, or a whole number of it; days and weeks are multiples of themselves only.
 * @internal
 */
export const isBillingPeriodMultiple = (longer: string, shorter: string): boolean => {
  if (longer === shorter) return true;
  const [longerMonths, shorterMonths] = [monthsOfBillingPeriod(longer), monthsOfBillingPeriod(shorter)];
  return longerMonths > 0 && shorterMonths > 0 && longerMonths % shorterMonths === 0;
};

/** @internal */
export const hasMixedBillingPeriods = (periods: readonly string[]): boolean => new Set(periods).size > 1;
