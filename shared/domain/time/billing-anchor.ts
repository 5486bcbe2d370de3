// Anchors a subscription's billing periods.
import { monthsOfBillingPeriod } from './billing-period.ts';
import { fromCivil, toCivil, weekdayOf } from './civil-time.ts';
import { dateOfDays, daysOfDate, msPerDay } from './instant.ts';

const daysPerWeek = 7;

/**
 * Returns the next start of a calendar day, week (Monday), month, quarter, half year or year after `start`, at midnight of the
 * zone; UTC ms. `start` itself for any other period.
 * @internal
 */
export const calendarAnchor = (start: number, billingPeriod: string, timezone: string): number => {
  const day = Math.floor(toCivil(start, timezone) / msPerDay);
  const { year, month } = dateOfDays(day);
  const nextMultipleOf = (months: number): number => {
    const next = year * 12 + (Math.floor((month - 1) / months) + 1) * months;
    return daysOfDate({ year: Math.floor(next / 12), month: (next % 12) + 1, day: 1 });
  };
  const months = monthsOfBillingPeriod(billingPeriod);
  if (months > 0) return fromCivil(nextMultipleOf(months) * msPerDay, timezone);
  if (billingPeriod === 'WEEKLY') return fromCivil((day + daysPerWeek - weekdayOf(day)) * msPerDay, timezone);
  return billingPeriod === 'DAILY' ? fromCivil((day + 1) * msPerDay, timezone) : start;
};

export interface AnchorTerms {
  readonly billingCycle: 'anniversary' | 'calendar';
  /** UTC milliseconds. */
  readonly startDate: number;
  readonly billingPeriod: string;
  readonly timezone: string;
  /** As asked, for anniversary cycles only. */
  readonly billingAnchor?: number;
}

/** Returns the anchor of a new subscription: that of the calendar, else the one asked for, else its start. */
export const billingAnchorOf = (terms: AnchorTerms): number =>
  terms.billingCycle === 'calendar'
    ? calendarAnchor(terms.startDate, terms.billingPeriod, terms.timezone)
    : (terms.billingAnchor ?? terms.startDate);
