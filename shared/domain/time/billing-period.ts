// Billing periods: boundaries are computed on the civil time of a zone and are UTC instants. The day and the
// clock always come from the anchor, so month ends never drift. Periods are half-open, [start, end).
import { fromCivil, toCivil, weekdayOf } from './civil-time.ts';
import { type CalendarDate, dateOfDays, daysOfDate, lastDayOfMonth, msPerDay, msPerSecond } from './instant.ts';
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
const daysPerMonth = 30.436875;

/**
 * The sequence of boundaries: number k (0 is the first after the start) lies in day, or month, `first + k × step`: days since 1970,
 * months since year 0.
 */
interface Progression {
  readonly unit: 'day' | 'month';
  readonly first: number;
  readonly step: number;
}

const monthOf = ({ year, month }: CalendarDate): number => year * monthsPerYear + month - 1;

/** Returns the date in a month since year 0; a day that the month does not have becomes its last. */
const dateInMonth = (months: number, day: number): number => {
  const year = Math.floor(months / monthsPerYear);
  const month = months - year * monthsPerYear + 1;
  return daysOfDate({ year, month, day: Math.min(day, lastDayOfMonth(year, month)) });
};

const progressionFrom = (
  { billingPeriod, billingPeriodCount: count, billingAnchor }: BillingCadence,
  start: number,
  startDay: number,
  anchorDay: number,
): Progression => {
  const startDate = dateOfDays(startDay);
  const anchorDate = dateOfDays(anchorDay);
  switch (billingPeriod) {
    case 'DAILY':
      return { unit: 'day', first: startDay + count, step: count };
    case 'WEEKLY': {
      const step = count * daysPerWeek;
      const daysToWeekday = (weekdayOf(anchorDay) - weekdayOf(startDay) + daysPerWeek) % daysPerWeek;
      return { unit: 'day', first: startDay + (daysToWeekday === 0 ? step : daysToWeekday + step - daysPerWeek), step };
    }
    case 'MONTHLY': {
      // Before the anchor's day, a short first period within the month, whatever the count.
      const isBeforeDay = startDate.day < Math.min(anchorDate.day, lastDayOfMonth(startDate.year, startDate.month));
      return { unit: 'month', first: monthOf(startDate) + (isBeforeDay ? 0 : count), step: count };
    }
    case 'QUARTERLY':
    case 'HALF_YEARLY': {
      const step = count * monthsOfBillingPeriod(billingPeriod);
      return { unit: 'month', first: start < billingAnchor ? monthOf(anchorDate) : monthOf(startDate) + step, step };
    }
    case 'ANNUAL': {
      const step = count * monthsPerYear;
      return { unit: 'month', first: startDate.year * monthsPerYear + anchorDate.month - 1 + step, step };
    }
    case 'ONETIME':
      throw new RangeError('a one-time charge has no billing periods');
  }
};

interface Boundaries {
  /** The boundaries after the start, numbered from 0; uncapped UTC ms. */
  readonly at: (index: number) => number;
  readonly averageMs: number;
}

const boundariesFrom = (cadence: BillingCadence, start: number): Boundaries => {
  const { billingPeriod, billingPeriodCount, billingAnchor, timezone } = cadence;
  if (!(billingPeriodCount >= 1)) throw new RangeError('a billing period count is at least 1');
  const civilAnchor = toCivil(billingAnchor, timezone);
  const anchorDay = Math.floor(civilAnchor / msPerDay);
  const startDay = Math.floor(toCivil(start, timezone) / msPerDay);
  const clock = Math.floor((civilAnchor - anchorDay * msPerDay) / msPerSecond) * msPerSecond;
  const dayOfMonth = dateOfDays(anchorDay).day;
  const { unit, first, step } = progressionFrom(cadence, start, startDay, anchorDay);
  const isAnchorFirst = start < billingAnchor && (billingPeriod === 'QUARTERLY' || billingPeriod === 'HALF_YEARLY');
  return {
    at: (index) => {
      if (index === 0 && isAnchorFirst) return billingAnchor;
      const position = first + index * step;
      const day = unit === 'day' ? position : dateInMonth(position, dayOfMonth);
      return fromCivil(day * msPerDay + clock, timezone);
    },
    averageMs: step * (unit === 'day' ? 1 : daysPerMonth) * msPerDay,
  };
};

/**
 * Returns the end of the period that starts at `start` (UTC ms): whole seconds, except for an anchor or cap that is taken as it
 * is. Never later than `end`. Throws a RangeError for a count below 1 and for ONETIME.
 */
export const nextBoundary = (cadence: BillingCadence, start: number, end = Infinity): number =>
  Math.min(boundariesFrom(cadence, start).at(0), end);

/**
 * Returns the period that contains an instant, in the sequence that goes on where `known` ends; uncapped. undefined for an
 * instant before `known`. Takes the same time however far away the instant is.
 */
export const findPeriod = (cadence: BillingCadence, known: Period, instant: number): Period | undefined => {
  if (instant < known.start) return undefined;
  if (instant < known.end) return known;
  const { at, averageMs } = boundariesFrom(cadence, known.end);
  let index = Math.max(0, Math.floor((instant - known.end) / averageMs));
  while (at(index) <= instant) index += 1;
  while (index > 0 && at(index - 1) > instant) index -= 1;
  return { start: index === 0 ? known.end : at(index - 1), end: at(index) };
};

/** Lists all periods from `start` until `end`; the last one ends there. */
export const periodsUntil = (cadence: BillingCadence, start: number, end: number): Period[] => {
  const { at } = boundariesFrom(cadence, start);
  const periods: Period[] = [];
  let from = start;
  for (let index = 0; from < end; index += 1) {
    const to = Math.min(at(index), end);
    periods.push({ start: from, end: to });
    from = to;
  }
  return periods;
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
