// Windows of an allowance: the stretches of time for each of which it is granted once, whatever bills look into them.
import { aggregatorOf } from '../aggregations/aggregators.ts';
import type { UsageResetPeriod } from '../catalog/entitlement.ts';
import type { Meter } from '../meters/meter.ts';
import { subscriptionPeriodAt, uncutPeriodAt } from '../subscriptions/subscription-period.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { type BillingCadence, type BillingPeriod, wholePeriodAt } from '../time/billing-period.ts';
import { lastInstant, msPerDay } from '../time/instant.ts';
import type { Period } from '../time/period.ts';

/** Terms of an allowance that its windows depend on. */
export interface WindowTerms {
  readonly usageResetPeriod: UsageResetPeriod;
  /** Start of the entitlement, UTC milliseconds; undefined: none. */
  readonly startDate: number | undefined;
}

/** Average days of a period, only to compare which of two is longer. */
const averageDays: Readonly<Record<Exclude<BillingPeriod, 'ONETIME'>, number>> = {
  DAILY: 1,
  WEEKLY: 7,
  MONTHLY: 30.436875,
  QUARTERLY: 91.310625,
  HALF_YEARLY: 182.62125,
  ANNUAL: 365.2425,
};

const isLonger = (
  reset: keyof typeof averageDays,
  { billingPeriod, billingPeriodCount }: Pick<BillingCadence, 'billingPeriod' | 'billingPeriodCount'>,
): boolean => billingPeriod !== 'ONETIME' && averageDays[reset] > averageDays[billingPeriod] * billingPeriodCount;

/** Returns when windows begin to be counted: at the subscription's start, or after its trial. */
const originOfWindows = ({ startDate, trialEnd }: Subscription): number => trialEnd ?? startDate;

const wholeWindowAt = (subscription: Subscription, reset: UsageResetPeriod, at: number): Period => {
  const { billingPeriod, billingPeriodCount, billingAnchor, trialEnd, startDate, timezone } = subscription;
  const isBillingPeriod = reset === '' || (reset === billingPeriod && billingPeriodCount === 1);
  if (isBillingPeriod) return uncutPeriodAt(subscription, at);
  if (reset === 'DAILY') {
    const start = Math.floor(at / msPerDay) * msPerDay;
    return { start, end: start + msPerDay };
  }
  if (reset === 'NEVER') return { start: originOfWindows(subscription), end: lastInstant };
  const anchor = trialEnd ?? (isLonger(reset, subscription) ? startDate : billingAnchor);
  return wholePeriodAt({ billingPeriod: reset, billingPeriodCount: 1, billingAnchor: anchor, timezone }, at);
};

/**
 * Returns the window that contains an instant (UTC milliseconds); undefined before the first. The first begins no earlier than the
 * subscription, the end of its trial or the start of the entitlement, and is granted in full however short it is. Windows are the
 * billing periods, UTC days, everything since the start, or periods of the zone: counted from the subscription's anchor, or those
 * that are longer than its billing period from its start; all from the end of a trial, if there is one.
 */
export const allowanceWindowAt = (
  subscription: Subscription,
  { usageResetPeriod, startDate = -Infinity }: WindowTerms,
  at: number,
): Period | undefined => {
  const first = Math.max(originOfWindows(subscription), startDate);
  if (at < first) return undefined;
  const { start, end } = wholeWindowAt(subscription, usageResetPeriod, at);
  return { start: Math.max(start, first), end };
};

/** Whether usage comes to be over time, so that windows divide it. Any other has one grant per billing period, whatever the reset. */
export const isGrantedByWindow = ({ aggregation }: Meter): boolean =>
  aggregatorOf(aggregation.type).accrual !== undefined;

/** Returns the period for which usage of a meter at an instant (UTC milliseconds) has one grant; undefined outside of all. */
export const grantedPeriodAt = (
  subscription: Subscription,
  meter: Meter,
  terms: WindowTerms,
  at: number,
): Period | undefined =>
  isGrantedByWindow(meter) ? allowanceWindowAt(subscription, terms, at) : subscriptionPeriodAt(subscription, at);

/** Lists the windows that overlap a period, by time. */
export const allowanceWindowsIn = (
  subscription: Subscription,
  terms: WindowTerms,
  { start, end }: Period,
): readonly Period[] => {
  const windows: Period[] = [];
  const first = Math.max(originOfWindows(subscription), terms.startDate ?? -Infinity);
  for (let at = Math.max(start, first); at < end;) {
    const window = allowanceWindowAt(subscription, terms, at);
    if (window === undefined) break;
    windows.push(window);
    at = window.end;
  }
  return windows;
};
