// Changes the status and the end of a subscription, and its line items with it.
import { parseBody } from '../../../shared/api/http/parse-request.ts';
import { ApiError, validationError } from '../../../shared/api/http/problem.ts';
import { updateSubscriptionSchema } from '../../../shared/api/subscriptions/subscription-updates.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { currentPeriod } from '../../../shared/domain/subscriptions/subscription-period.ts';
import { updateSubscription } from '../../../shared/domain/subscriptions/subscription-update.ts';
import type { Handler } from '../changes/catalog-changes.ts';
import { expandedSubscription } from './subscription-bodies.ts';
import { changeSubscription, findSubscription, type SubscriptionDeps } from '../changes/change-subscription.ts';

export const updateSubscriptionHandler: Handler<SubscriptionDeps> = async (
  deps,
  { caller: { scope, keyId }, path, body },
) => {
  const update = parseBody(updateSubscriptionSchema, body);
  const at = deps.now();
  const updated = (subscription: Subscription): Subscription => {
    const moment = { now: at, currentPeriodEnd: currentPeriod(subscription, at).end };
    const change = updateSubscription(subscription, update, moment);
    if (change.kind === 'refused') throw new ApiError('invalid_operation', change.message);
    if (change.kind === 'invalid') throw validationError(new Map([['cancel_at', change.rule]]));
    return change.subscription;
  };
  const id = path['id'] ?? '';
  const found = await findSubscription(deps, scope, id);
  const written = await changeSubscription(deps, scope, found, { at, by: keyId }, updated);
  return { status: 200, body: expandedSubscription(scope, await deps.readCatalog(scope), written, at) };
};
