// Computes when the usage of an entitlement is reset.
import { periodsUntil, nextBoundary } from '../time/billing-period.ts';
import { addDays, startOfDay } from '../time/civil-time.ts';
import type { UsageResetPeriod } from '../catalog/entitlement.ts';

export interface ResetTerms {
  /** UTC milliseconds. */
  readonly now: number;
  readonly subscriptionStart: number;
  readonly subscriptionEnd: number | undefined;
  readonly billingAnchor: number;
  /** IANA name. */
  readonly timezone: string;
}

/**
 * Returns the next reset, in UTC milliseconds: the next midnight of the zone, or midnight of the day on which the month of the
 * anchor ends; never later than the subscription's end. undefined for NEVER, before the subscription's start, and for every other
 * period.
 */
export const nextUsageReset = (
  reset: UsageResetPeriod,
  { now, subscriptionStart, subscriptionEnd = Infinity, billingAnchor, timezone }: ResetTerms,
): number | undefined => {
  const capped = (instant: number): number => Math.min(instant, subscriptionEnd);
  if (reset === 'DAILY') return capped(addDays(startOfDay(now, timezone), 1, timezone));
  if (reset !== 'MONTHLY' || now < subscriptionStart) return undefined;
  const cadence = { billingPeriod: 'MONTHLY', billingPeriodCount: 1, billingAnchor, timezone } as const;
  const months = periodsUntil(cadence, subscriptionStart, nextBoundary(cadence, now));
  const end = months.find((month) => month.start <= now && now < month.end)?.end;
  return end === undefined ? undefined : capped(startOfDay(end, timezone));
};
