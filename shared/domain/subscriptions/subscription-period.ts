// Computes the end, status and current period of a subscription at a given time.
import { wholePeriodAt } from '../time/billing-period.ts';
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

/**
 * Returns the whole billing period that contains `at` (UTC milliseconds), not cut by the start or the end of the subscription: from
 * one boundary to the next, what a part of a period is a part of. A trial is one whole period. The boundaries are those of the
 * subscription's anchor, after a trial of its end; before the subscription they go on backwards. Takes the same time however far
 * away `at` is.
 */
export const uncutPeriodAt = (subscription: SubscriptionTerms, at: number): Period => {
  const { trialStart, trialEnd, billingAnchor } = subscription;
  if (trialStart !== undefined && trialEnd !== undefined && trialStart <= at && at < trialEnd) {
    return { start: trialStart, end: trialEnd };
  }
  return wholePeriodAt({ ...subscription, billingAnchor: trialEnd ?? billingAnchor }, at);
};

/**
 * Returns the period that contains `at` (UTC milliseconds); undefined before the subscription's start and from its end on. The
 * start and the end of the subscription cut it, however the end came about.
 */
export const subscriptionPeriodAt = (subscription: SubscriptionTerms, at: number): Period | undefined => {
  const { startDate } = subscription;
  const known = endOfSubscription(subscription) ?? Infinity;
  if (at < startDate || at >= known) return undefined;
  const { start, end } = uncutPeriodAt(subscription, at);
  // The calendar ends with the year 9999.
  return { start: Math.max(start, startDate), end: Math.min(end, known, lastInstant) };
};

/** Returns the period at `at`, or the first period before the start, or the last one from the end on. */
export const currentPeriod = (subscription: SubscriptionTerms, at: number): Period => {
  const { startDate } = subscription;
  const end = endOfSubscription(subscription);
  const within = Math.max(startDate, end === undefined ? at : Math.min(at, end - 1));
  return subscriptionPeriodAt(subscription, within) ?? { start: startDate, end: startDate };
};
