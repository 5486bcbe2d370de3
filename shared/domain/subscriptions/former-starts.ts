// Reads line items that were stored when a price without a start of its own began when it was made: on a subscription that had begun
// before, they began with the price. The price has no beginning any more, and they begin with their subscription.
import type { Catalog } from '../catalog/catalog.ts';
import { type Price, rootOf } from '../pricing/price.ts';
import { endsWithin, type LineItem, ownEndOf, withEnds } from './line-item.ts';
import { endOfSubscription } from './subscription-period.ts';
import type { Account, Subscription } from './subscription.ts';

/** Reports whether an item may have begun with its price: later than its subscription, but before it was itself made. */
const mayBeginWithPrice = ({ startDate }: Subscription, item: LineItem): boolean =>
  startDate < item.startDate && item.startDate < item.createdAt;

/** Reports whether the catalog is needed to read an account. */
export const mayHaveFormerStarts = ({ subscriptions }: Account): boolean =>
  subscriptions.some((subscription) => subscription.lineItems.some((item) => mayBeginWithPrice(subscription, item)));

/** A charge that is billed once takes its end with it. */
const startedWith = (subscription: Subscription, item: LineItem): LineItem => {
  const { startDate } = subscription;
  const moved = { ...item, startDate };
  const ownEnd = ownEndOf(item);
  if (item.billingPeriod !== 'ONETIME' || ownEnd === undefined) return moved;
  const end = startDate + ownEnd - item.startDate;
  return withEnds(moved, endsWithin(end, endOfSubscription(subscription), moved));
};

const subscriptionFrom = (subscription: Subscription, catalog: Catalog): Subscription => {
  const own = new Map<string, Price>(
    subscription.prices.flatMap(({ versions }) => versions.map((one) => [one.id, one])),
  );
  const priceOf = (id: string): Price | undefined => own.get(id) ?? catalog.prices.get(id);
  const beginsWithPrice = (item: LineItem): boolean => {
    const price = priceOf(item.priceId);
    return price !== undefined && priceOf(rootOf(price))?.formerStart === item.startDate;
  };
  return {
    ...subscription,
    lineItems: subscription.lineItems.map((item) =>
      mayBeginWithPrice(subscription, item) && beginsWithPrice(item) ? startedWith(subscription, item) : item,
    ),
  };
};

const read = new WeakMap<Account, { readonly catalog: Catalog; readonly account: Account }>();

/** Returns the account with line items that begin with their subscription instead of their price. Cached with the account, for the last catalog only. */
export const withoutFormerStarts = (account: Account, catalog: Catalog): Account => {
  const known = read.get(account);
  if (known?.catalog === catalog) return known.account;
  const subscriptions = account.subscriptions.map((one) => subscriptionFrom(one, catalog));
  const changed = { ...account, subscriptions };
  read.set(account, { catalog, account: changed });
  return changed;
};
