// Cancels a subscription.
import type { CancellationBody } from '../../../shared/api/bodies/subscriptions.ts';
import { parseBody } from '../../../shared/api/http/parse-request.ts';
import { ApiError, validationError } from '../../../shared/api/http/problem.ts';
import { cancelSubscriptionSchema } from '../../../shared/api/subscriptions/subscriptions.ts';
import { cancel, type CancellationRequest } from '../../../shared/domain/subscriptions/cancellation.ts';
import { currentPeriod, subscriptionStatusAt } from '../../../shared/domain/subscriptions/subscription-period.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { formatInstant } from '../../../shared/domain/time/instant.ts';
import type { Handler } from '../changes/catalog-changes.ts';
import { changeSubscription, findSubscription, type SubscriptionDeps } from '../changes/change-subscription.ts';

/** Returns the cancelled subscription. Throws ApiError when it cannot be cancelled like this. `at`: UTC milliseconds. */
const cancelled = (subscription: Subscription, request: CancellationRequest, at: number): Subscription => {
  const { start, end } = currentPeriod(subscription, at);
  const status = subscriptionStatusAt(subscription, at);
  const moment = { now: at, status, currentPeriodStart: start, currentPeriodEnd: end };
  const cancellation = cancel(subscription, request, moment);
  if (cancellation.kind === 'refused') throw new ApiError('invalid_operation', cancellation.message);
  if (cancellation.kind === 'invalid') throw validationError(new Map([['cancel_at', cancellation.rule]]));
  return cancellation.subscription;
};

export const cancelSubscription: Handler<SubscriptionDeps> = async (deps, { caller: { scope, keyId }, path, body }) => {
  const sent = parseBody(cancelSubscriptionSchema, body);
  const at = deps.now();
  const request = {
    type: sent.cancellation_type,
    reason: sent.reason,
    ...(sent.cancel_at !== undefined && { cancelAt: sent.cancel_at }),
  };
  const found = await findSubscription(deps, scope, path['id'] ?? '');
  const { subscription } = await changeSubscription(deps, scope, found, { at, by: keyId }, (present) =>
    cancelled(present, request, at),
  );
  return {
    status: 200,
    body: {
      subscription_id: subscription.id,
      cancellation_type: request.type,
      effective_date: formatInstant(subscription.cancelAt ?? at),
      status: subscriptionStatusAt(subscription, at),
      ...(request.reason !== '' && { reason: request.reason }),
      proration_details: [],
      total_credit_amount: '0',
      message: 'Subscription cancelled successfully',
      processed_at: formatInstant(at),
    } satisfies CancellationBody,
  };
};
