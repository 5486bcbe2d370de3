// Cancels a subscription in one of three ways.
import { formatInstant } from '../time/instant.ts';
import { endWithSubscription } from './line-item.ts';
import type { Subscription, SubscriptionStatus } from './subscription.ts';

export const cancellationTypes = ['immediate', 'end_of_period', 'scheduled_date'] as const;

export interface CancellationRequest {
  readonly type: (typeof cancellationTypes)[number];
  /** UTC milliseconds. */
  readonly cancelAt?: number;
  readonly reason: string;
}

/** State of the subscription at the time of the request. Times in UTC milliseconds. */
export interface SubscriptionMoment {
  readonly now: number;
  readonly status: SubscriptionStatus;
  readonly currentPeriodStart: number;
  readonly currentPeriodEnd: number;
}

/** `refused`: the state does not allow it. `invalid`: `cancel_at` is not allowed. */
export type Cancellation =
  | { readonly kind: 'cancelled'; readonly subscription: Subscription; readonly effectiveDate: number }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'invalid'; readonly rule: string };

const effectiveDateOf = (
  { type, cancelAt }: CancellationRequest,
  { startDate }: Subscription,
  moment: SubscriptionMoment,
): number | { readonly rule: string } => {
  if (type === 'end_of_period') return moment.currentPeriodEnd;
  if (type === 'immediate') {
    // A subscription that has not begun yet never will.
    if (cancelAt === undefined) return Math.max(moment.now, startDate);
    if (cancelAt > moment.now) return { rule: 'must not be in the future' };
    return cancelAt > moment.currentPeriodStart ? cancelAt : { rule: 'must be after the start of the current period' };
  }
  if (cancelAt === undefined) return { rule: 'required' };
  return cancelAt > startDate ? cancelAt : { rule: 'must be after the start of the subscription' };
};

/** Cancels the subscription. Its line items end with it, so that no event after its end is billed. */
export const cancel = (
  subscription: Subscription,
  request: CancellationRequest,
  moment: SubscriptionMoment,
): Cancellation => {
  if (moment.status === 'draft') return { kind: 'refused', message: 'A draft subscription cannot be cancelled' };
  if (moment.status === 'cancelled') return { kind: 'refused', message: 'The subscription is already cancelled' };
  const isImmediate = request.type === 'immediate';
  if (!isImmediate && subscription.cancelAt !== undefined) {
    return { kind: 'refused', message: 'The subscription already has a cancellation date' };
  }
  const effectiveDate = effectiveDateOf(request, subscription, moment);
  if (typeof effectiveDate !== 'number') return { kind: 'invalid', ...effectiveDate };
  return {
    kind: 'cancelled',
    effectiveDate,
    subscription: {
      ...subscription,
      ...(isImmediate && { subscriptionStatus: 'cancelled' }),
      ...(request.type !== 'end_of_period' && { endDate: effectiveDate }),
      cancelAt: effectiveDate,
      cancelAtPeriodEnd: !isImmediate,
      cancelledAt: moment.now,
      metadata: {
        ...subscription.metadata,
        cancellation_type: request.type,
        cancellation_reason: request.reason,
        effective_date: formatInstant(effectiveDate),
      },
      lineItems: subscription.lineItems.map((item) => endWithSubscription(item, effectiveDate)),
    },
  };
};
