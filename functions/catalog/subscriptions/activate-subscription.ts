// Activates a draft. Where an earlier start brings in versions of its prices that were in force then, it gets line items for them.
import { warningsOf } from '../../../shared/api/subscriptions/term-warnings.ts';
import { parseBody } from '../../../shared/api/http/parse-request.ts';
import { ApiError, validationError } from '../../../shared/api/http/problem.ts';
import { activateSubscriptionSchema } from '../../../shared/api/subscriptions/subscriptions.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import { priceOfId } from '../../../shared/domain/charges/usage-line.ts';
import { idFromUlid } from '../../../shared/domain/ids.ts';
import { type Activation, activate, itemsBefore } from '../../../shared/domain/subscriptions/draft-activation.ts';
import { endOfSubscription } from '../../../shared/domain/subscriptions/subscription-period.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { lateLineWarnings, twiceBilledWarnings } from '../../../shared/domain/subscriptions/term-warnings.ts';
import type { Change, Handler } from '../changes/catalog-changes.ts';
import { changeSubscription, findSubscription, type SubscriptionDeps } from '../changes/change-subscription.ts';
import { expandedSubscription } from './subscription-bodies.ts';

const activationOf = (
  draft: Subscription,
  catalog: Catalog,
  startDate: number,
  made: Change & { readonly newId: () => string },
): Activation => {
  const earlier = draft.lineItems.map((item) => {
    const price = catalog.prices.get(item.priceId);
    const where = price && { startDate, price, prices: catalog.prices.values() };
    return [item.id, where ? itemsBefore(item, draft, where, made) : []] as const;
  });
  return {
    startDate,
    priceOf: ({ priceId }) => priceOfId(draft, catalog, priceId),
    earlierItems: new Map(earlier),
  };
};

export const activateSubscription: Handler<SubscriptionDeps> = async (
  deps,
  { caller: { scope, keyId }, path, body },
) => {
  const { start_date: startDate } = parseBody(activateSubscriptionSchema, body);
  const change = { at: deps.now(), by: keyId };
  const found = await findSubscription(deps, scope, path['id'] ?? '');
  const catalog = await deps.readCatalog(scope);
  const newId = (): string => idFromUlid('lineItem', deps.newUlid());
  const activation = activationOf(found.subscription, catalog, startDate, { ...change, newId });
  const added = [...activation.earlierItems.values()].flatMap((items) => items.map(({ id }) => id));
  await deps.pointers.record(scope, added, found.account.customer.externalId);
  const activated = await changeSubscription(deps, scope, found, change, (draft) => {
    if (draft.subscriptionStatus !== 'draft') {
      throw new ApiError('invalid_operation', 'Only a draft subscription can be activated');
    }
    if (startDate >= (endOfSubscription(draft) ?? Infinity)) {
      throw validationError(new Map([['start_date', 'must be before the end of the subscription']]));
    }
    return activate(draft, activation);
  });
  const { subscription, account } = activated;
  const warnings = [
    ...lateLineWarnings(subscription, subscription.lineItems, (id) => priceOfId(subscription, catalog, id)),
    ...twiceBilledWarnings(subscription, account.subscriptions),
  ];
  return {
    status: 200,
    body: { ...expandedSubscription(scope, catalog, activated, change.at), ...warningsOf(warnings) },
  };
};
