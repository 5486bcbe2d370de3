// Writes subscriptions for answers, with the plan, customer, line items, prices and meters that they name.
import type { LineItemBody, SubscriptionDetailsBody } from '../../../shared/api/bodies/subscriptions.ts';
import { toCustomerBody } from '../../../shared/api/customers/customers.ts';
import type { ListRequest } from '../../../shared/api/entities/lists.ts';
import { toLineItemBody } from '../../../shared/api/subscriptions/line-items.ts';
import { toMeterBody } from '../../../shared/api/catalog/meters.ts';
import { toPlanBody } from '../../../shared/api/catalog/plans.ts';
import { toPriceBody } from '../../../shared/api/prices/prices.ts';
import { toHistoryEntryBody, toSubscriptionBody } from '../../../shared/api/subscriptions/subscriptions.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { LineItem } from '../../../shared/domain/subscriptions/line-item.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { priceOfId } from '../../../shared/domain/charges/usage-line.ts';
import { currentPeriod } from '../../../shared/domain/subscriptions/subscription-period.ts';
import type { Found } from '../changes/change-subscription.ts';

/** Returns the item without its price and meter. */
export const plainItem = (scope: Scope, catalog: Catalog, subscription: Subscription, item: LineItem): LineItemBody =>
  toLineItemBody(scope, subscription.customerId, item, {
    priceUnit: priceOfId(subscription, catalog, item.priceId)?.priceUnit,
  });

/** Returns the item with its price and meter. */
export const expandedItem = (
  scope: Scope,
  catalog: Catalog,
  subscription: Subscription,
  item: LineItem,
): LineItemBody => {
  const price = priceOfId(subscription, catalog, item.priceId);
  const meter = catalog.meters.get(item.meterId);
  return toLineItemBody(scope, subscription.customerId, item, {
    priceUnit: price?.priceUnit,
    price: price && toPriceBody(scope, price),
    meter: meter && toMeterBody(scope, meter),
  });
};

const planBody = (scope: Scope, catalog: Catalog, { planId }: Subscription) => {
  const plan = catalog.plans.get(planId);
  return plan ? toPlanBody(scope, plan) : null;
};

/** Returns a function that answers the parts of a subscription that `expand` and the flag for line items ask for. */
export const expansionOf = (
  scope: Scope,
  catalog: Catalog,
  { expand, flags }: Pick<ListRequest, 'expand' | 'flags'>,
): ((found: Found) => Partial<SubscriptionDetailsBody>) => {
  const hasPrices = ['prices', 'subscription_line_items.price', 'line_items.price'].some((path) => expand.has(path));
  const itemNames = ['subscription_line_items', 'line_items'];
  const hasItems = hasPrices || itemNames.some((name) => expand.has(name)) || flags.has('with_line_items');
  const itemBody = hasPrices ? expandedItem : plainItem;
  return ({ account, subscription }) => ({
    ...(hasItems && {
      line_items: subscription.lineItems.map((item) => itemBody(scope, catalog, subscription, item)),
    }),
    ...(expand.has('plan') && { plan: planBody(scope, catalog, subscription) }),
    ...(expand.has('customer') && { customer: toCustomerBody(scope, account.customer) }),
  });
};

/** Returns the subscription with all its parts, except line items that ended before the current period. `at`: UTC milliseconds. */
export const expandedSubscription = (
  scope: Scope,
  catalog: Catalog,
  { account, subscription }: Found,
  at: number,
): SubscriptionDetailsBody => {
  const { start } = currentPeriod(subscription, at);
  const shown = subscription.lineItems.filter(({ endDate }) => endDate === undefined || endDate >= start);
  return {
    ...toSubscriptionBody(scope, account, subscription, at),
    line_items: shown.map((item) => expandedItem(scope, catalog, subscription, item)),
    plan: planBody(scope, catalog, subscription),
    customer: toCustomerBody(scope, account.customer),
    history: subscription.history.map(toHistoryEntryBody),
  };
};
