// What a subscription is at a given time: its end, status and current period follow from what is stored and the time asked.
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

/** UTC ms from which on nothing is billed: the end date or the cancellation that was asked for; undefined: open. */
export const endOfSubscription = ({
  endDate,
  cancelAt,
}: Pick<Subscription, 'endDate' | 'cancelAt'>): number | undefined => earlier(endDate, cancelAt);

/** Before the end of its trial, where it has one. */
export const isInTrial = ({ trialStart, trialEnd }: SubscriptionTerms, at: number): boolean =>
  trialStart !== undefined && trialEnd !== undefined && at < trialEnd;

/** The status at `at` (UTC ms). The end of its trial makes a subscription active at once, its own end cancelled. */
export const subscriptionStatusAt = (subscription: SubscriptionTerms, at: number): SubscriptionStatus => {
  if (subscription.subscriptionStatus !== 'active') return subscription.subscriptionStatus;
  const end = endOfSubscription(subscription);
  if (end !== undefined && at >= end) return 'cancelled';
  return isInTrial(subscription, at) ? 'trialing' : 'active';
};

/** The anchor in force at `at`: a trial's end is the anchor of what follows it, even for calendar cycles. */
export const billingAnchorAt = (subscription: SubscriptionTerms, at: number): number =>
  isInTrial(subscription, at) ? subscription.billingAnchor : (subscription.trialEnd ?? subscription.billingAnchor);

/** The period that holds `at`, as if the subscription never ended; undefined before it starts. */
const openPeriodAt = (subscription: SubscriptionTerms, at: number): Period | undefined => {
  const { startDate, trialStart, trialEnd } = subscription;
  const cadence = { ...subscription, billingAnchor: trialEnd ?? subscription.billingAnchor };
  // Without a trial nothing precedes the sequence.
  const before =
    trialStart !== undefined && trialEnd !== undefined
      ? { start: trialStart, end: trialEnd }
      : { start: startDate, end: startDate };
  return findPeriod(cadence, before, at);
};

/**
 * The period that holds `at` (UTC ms); undefined before the subscription's start and from its end on. An end that was known
 * before cuts it; a cancellation at once ends the line items alone, so that fixed charges are for their part of the period.
 */
export const subscriptionPeriodAt = (subscription: SubscriptionTerms, at: number): Period | undefined => {
  const end = endOfSubscription(subscription);
  if (end !== undefined && at >= end) return undefined;
  const period = openPeriodAt(subscription, at);
  const isAtOnce = subscription.subscriptionStatus === 'cancelled' && subscription.cancelAt !== undefined;
  const cut = isAtOnce ? undefined : end;
  // The calendar ends with the year 9999.
  return period && { start: period.start, end: Math.min(period.end, cut ?? lastInstant, lastInstant) };
};

/** As `subscriptionPeriodAt`; the first period before the start, the last one from the end on. */
export const currentPeriod = (subscription: SubscriptionTerms, at: number): Period => {
  const { startDate } = subscription;
  const end = endOfSubscription(subscription);
  const within = Math.max(startDate, end === undefined ? at : Math.min(at, end - 1));
  return subscriptionPeriodAt(subscription, within) ?? { start: startDate, end: startDate };
};
