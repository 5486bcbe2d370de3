// Computes the end, status and current period of a subscription at a given time.
import { findPeriod } from '../time/billing-period.ts';
import { lastInstant } from '../time/instant.ts';
import type { Period } from '../time/period.ts';
import type { Subscription, SubscriptionStatus } from './subscription.ts';

type SubscriptionTerms = Pick<
  Subscription,
  | 'billingPeriod'
  | 'billingPeriodCount'
  | 'billingAnchor'
  | 'timezone'
  | 'startDate'
  | 'endDate'
  | 'trialStart'
  | 'trialEnd'
  | 'cancelAt'
  | 'subscriptionStatus'
>;

const earlier = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);

/** Returns when billing ends, in UTC milliseconds: at the end date or the cancellation, whichever is earlier; undefined: never. */
export const endOfSubscription = ({
  endDate,
  cancelAt,
}: Pick<Subscription, 'endDate' | 'cancelAt'>): number | undefined => earlier(endDate, cancelAt);

/** Reports whether the subscription has a trial that has not ended at `at`. */
export const isInTrial = ({ trialStart, trialEnd }: SubscriptionTerms, at: number): boolean =>
  trialStart !== undefined && trialEnd !== undefined && at < trialEnd;

/** Returns the status at `at` (UTC milliseconds). A subscription is active from the end of its trial on, and cancelled from its own end on. */
export const subscriptionStatusAt = (subscription: SubscriptionTerms, at: number): SubscriptionStatus => {
  if (subscription.subscriptionStatus !== 'active') return subscription.subscriptionStatus;
  const end = endOfSubscription(subscription);
  if (end !== undefined && at >= end) return 'cancelled';
  return isInTrial(subscription, at) ? 'trialing' : 'active';
};

/** Returns the billing anchor at `at`. After a trial the anchor is the end of the trial, even for calendar cycles. */
export const billingAnchorAt = (subscription: SubscriptionTerms, at: number): number =>
  isInTrial(subscription, at) ? subscription.billingAnchor : (subscription.trialEnd ?? subscription.billingAnchor);

/** Returns the period that contains `at`, as if the subscription never ended; undefined before its start. */
const openPeriodAt = (subscription: SubscriptionTerms, at: number): Period | undefined => {
  const { startDate, trialStart, trialEnd } = subscription;
  const cadence = { ...subscription, billingAnchor: trialEnd ?? subscription.billingAnchor };
  // Without a trial no period comes before the first one.
  const before =
    trialStart !== undefined && trialEnd !== undefined
      ? { start: trialStart, end: trialEnd }
      : { start: startDate, end: startDate };
  return findPeriod(cadence, before, at);
};

/**
 * Returns the period that contains `at` (UTC milliseconds); undefined before the subscription's start and from its end on. An end
 * that was known before also ends the period. An immediate cancellation ends only the line items, so that fixed charges are
 * prorated.
 */
export const subscriptionPeriodAt = (subscription: SubscriptionTerms, at: number): Period | undefined => {
  const end = endOfSubscription(subscription);
  if (end !== undefined && at >= end) return undefined;
  const period = openPeriodAt(subscription, at);
  const isImmediate = subscription.subscriptionStatus === 'cancelled' && subscription.cancelAt !== undefined;
  const knownEnd = isImmediate ? undefined : end;
  // The calendar ends with the year 9999.
  return period && { start: period.start, end: Math.min(period.end, knownEnd ?? lastInstant, lastInstant) };
};

/** Returns the period at `at`, or the first period before the start, or the last one from the end on. */
export const currentPeriod = (subscription: SubscriptionTerms, at: number): Period => {
  const { startDate } = subscription;
  const end = endOfSubscription(subscription);
  const within = Math.max(startDate, end === undefined ? at : Math.min(at, end - 1));
  return subscriptionPeriodAt(subscription, within) ?? { start: startDate, end: startDate };
};
