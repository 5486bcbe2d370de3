// Changes the status and the end of a subscription, and its line items with it.
import { endWithSubscription } from './line-item.ts';
import { endOfSubscription } from './subscription-period.ts';
import type { Subscription } from './subscription.ts';

export interface SubscriptionUpdate {
  readonly status?: 'active' | 'cancelled';
  /** UTC milliseconds; null withdraws a cancellation. */
  readonly cancelAt?: number | null;
  readonly cancelAtPeriodEnd: boolean;
}

/** `refused`: the state does not allow it. `invalid`: `cancel_at` is not allowed. */
export type UpdatedSubscription =
  | { readonly kind: 'updated'; readonly subscription: Subscription }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'invalid'; readonly rule: string };

const cancellationKeys: readonly string[] = ['cancellation_type', 'cancellation_reason', 'effective_date'];

/** Removes the cancellation, and the end that came with it. */
const withoutCancellation = (subscription: Subscription): Subscription => {
  const rest = { ...subscription };
  if (rest.endDate === rest.cancelAt) delete rest.endDate;
  delete rest.cancelAt;
  delete rest.cancelledAt;
  const metadata = Object.entries(rest.metadata).filter(([key]) => !cancellationKeys.includes(key));
  return { ...rest, metadata: Object.fromEntries(metadata) };
};

const withDates = (
  subscription: Subscription,
  { cancelAt, cancelAtPeriodEnd }: SubscriptionUpdate,
  currentPeriodEnd: number,
): Subscription => {
  if (typeof cancelAt === 'number') return { ...subscription, cancelAt, endDate: cancelAt };
  const kept =
    cancelAt === null && subscription.cancelAt !== undefined ? withoutCancellation(subscription) : subscription;
  if (!cancelAtPeriodEnd || kept.cancelAt !== undefined) return kept;
  return { ...kept, cancelAt: currentPeriodEnd };
};

/** Cancels the subscription; if it is not over by `now`, it ends then. */
const cancelledBy = (subscription: Subscription, now: number): Subscription => {
  const cancelled = { ...subscription, subscriptionStatus: 'cancelled' } as const;
  if ((endOfSubscription(subscription) ?? Infinity) <= now) return { cancelledAt: now, ...cancelled };
  const end = Math.max(now, subscription.startDate);
  return { ...cancelled, cancelAt: end, endDate: end, cancelledAt: now };
};

/** Updates the subscription. `cancelAtPeriodEnd` without a date: at the end of the current period. All times UTC milliseconds. */
export const updateSubscription = (
  subscription: Subscription,
  update: SubscriptionUpdate,
  { now, currentPeriodEnd }: { readonly now: number; readonly currentPeriodEnd: number },
): UpdatedSubscription => {
  const { status, cancelAt, cancelAtPeriodEnd } = update;
  if (typeof cancelAt === 'number' && cancelAt <= subscription.startDate) {
    return { kind: 'invalid', rule: 'must be after the start of the subscription' };
  }
  if (typeof cancelAt === 'number' && cancelAt > now && status === 'cancelled') {
    return { kind: 'invalid', rule: 'must not be in the future with the status cancelled' };
  }
  const dated = withDates(subscription, update, currentPeriodEnd);
  const isOver = (endOfSubscription(dated) ?? Infinity) <= now;
  if (status === 'active' && isOver) {
    return { kind: 'refused', message: 'The subscription has ended: it needs another cancel_at, or null' };
  }
  if (status === undefined && subscription.subscriptionStatus === 'cancelled' && !isOver) {
    return { kind: 'refused', message: 'The subscription is cancelled: it continues only with the status active' };
  }
  const next = status === 'cancelled' ? cancelledBy(dated, now) : dated;
  const end = endOfSubscription(next);
  return {
    kind: 'updated',
    subscription: {
      ...next,
      ...(status === 'active' && { subscriptionStatus: 'active' }),
      cancelAtPeriodEnd,
      lineItems: next.lineItems.map((item) => endWithSubscription(item, end)),
    },
  };
};
