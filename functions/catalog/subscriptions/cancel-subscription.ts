// Cancels a subscription, and activates a draft.
import type { CancellationBody } from '../../../shared/api/bodies/subscriptions.ts';
import { parseBody } from '../../../shared/api/http/parse-request.ts';
import { ApiError, validationError } from '../../../shared/api/http/problem.ts';
import {
  activateSubscriptionSchema,
  cancelSubscriptionSchema,
} from '../../../shared/api/subscriptions/subscriptions.ts';
import { priceOfId } from '../../../shared/domain/charges/usage-line.ts';
import { cancel, type CancellationRequest } from '../../../shared/domain/subscriptions/cancellation.ts';
import { activate } from '../../../shared/domain/subscriptions/new-subscription.ts';
import {
  currentPeriod,
  endOfSubscription,
  subscriptionStatusAt,
} from '../../../shared/domain/subscriptions/subscription-period.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { formatInstant } from '../../../shared/domain/time/instant.ts';
import type { Handler } from '../changes/catalog-changes.ts';
import { changeSubscription, findSubscription, type SubscriptionDeps } from '../changes/change-subscription.ts';
import { expandedSubscription } from './subscription-bodies.ts';

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

export const activateSubscription: Handler<SubscriptionDeps> = async (
  deps,
  { caller: { scope, keyId }, path, body },
) => {
  const { start_date: startDate } = parseBody(activateSubscriptionSchema, body);
  const at = deps.now();
  const found = await findSubscription(deps, scope, path['id'] ?? '');
  const catalog = await deps.readCatalog(scope);
  const activated = await changeSubscription(deps, scope, found, { at, by: keyId }, (draft) => {
    if (draft.subscriptionStatus !== 'draft') {
      throw new ApiError('invalid_operation', 'Only a draft subscription can be activated');
    }
    if (startDate >= (endOfSubscription(draft) ?? Infinity)) {
      throw validationError(new Map([['start_date', 'must be before the end of the subscription']]));
    }
    return activate(draft, startDate, ({ priceId }) => priceOfId(draft, catalog, priceId)?.startDate ?? startDate);
  });
  return { status: 200, body: expandedSubscription(scope, catalog, activated, at) };
};
