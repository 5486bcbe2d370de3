// Indexes what of an account and a catalog can bill usage: line items by price and prices by meter. Created once per account and
// catalog, because many events of a batch share both.
import type { Catalog } from '../catalog/catalog.ts';
import { contains } from '../time/period.ts';
import type { LineItem } from '../subscriptions/line-item.ts';
import type { Price } from '../pricing/price.ts';
import type { Account, Subscription } from '../subscriptions/subscription.ts';

/** A published line item of a subscription that bills, with the USAGE price version it names. */
export interface BillableItem {
  readonly subscription: Subscription;
  readonly lineItem: LineItem;
  readonly price: Price;
}

export interface AccountIndex {
  /** Those that bill. */
  readonly subscriptions: readonly Subscription[];
  readonly items: readonly BillableItem[];
  /**
   * Returns USAGE prices of a meter: first those that a line item names, ended or not, then those whose range contains the timestamp (UTC
   * milliseconds): of plans, and of this account's subscriptions alone.
   */
  readonly pricesOf: (meterId: string, timestamp: number) => readonly Price[];
  readonly itemsOf: (price: Price) => readonly BillableItem[];
}

/** Returns whether a subscription bills. A cancelled one bills the time before: its line items end with it. */
const canBill = ({ status, subscriptionStatus }: Subscription): boolean =>
  status === 'published' && subscriptionStatus !== 'draft' && subscriptionStatus !== 'incomplete';

const versionsOf = ({ prices }: Subscription): Price[] => prices.flatMap(({ versions }) => versions);

/** Returns the prices without those of time buckets: a line item bills by them, but no event meets them by itself. */
const offeredOf = (subscription: Subscription): Price[] => {
  const buckets = subscription.lineItems.flatMap(({ commitment }) => commitment?.timeBuckets ?? []);
  const ids = new Set(buckets.map(({ priceId }) => priceId));
  return subscription.prices
    .filter(({ versions }) => !versions.some(({ id }) => ids.has(id)))
    .flatMap(({ versions }) => versions);
};

const billableItems = (subscription: Subscription, catalog: Catalog): BillableItem[] => {
  const own = new Map(versionsOf(subscription).map((price) => [price.id, price]));
  return subscription.lineItems.flatMap((lineItem) => {
    const price = own.get(lineItem.priceId) ?? catalog.prices.get(lineItem.priceId);
    return lineItem.status === 'published' && price?.type === 'USAGE' ? [{ subscription, lineItem, price }] : [];
  });
};

const createIndex = (account: Account, catalog: Catalog): AccountIndex => {
  const subscriptions = account.subscriptions.filter(canBill);
  const items = subscriptions.flatMap((subscription) => billableItems(subscription, catalog));
  const byPrice = Map.groupBy(items, ({ price }) => price.id);
  const named = Map.groupBy(
    [...byPrice.values()].flatMap(([item]) => (item ? [item.price] : [])),
    ({ meterId }) => meterId,
  );
  const own = Map.groupBy(
    subscriptions.flatMap(offeredOf).filter(({ type, status }) => type === 'USAGE' && status === 'published'),
    ({ meterId }) => meterId,
  );
  return {
    subscriptions,
    items,
    pricesOf: (meterId, timestamp) => {
      const offered = (price: Price): boolean => !byPrice.has(price.id) && contains(price, timestamp);
      return [
        ...(named.get(meterId) ?? []),
        ...(catalog.usagePricesByMeter.get(meterId) ?? []).filter(offered),
        ...(own.get(meterId) ?? []).filter(offered),
      ];
    },
    itemsOf: (price) => byPrice.get(price.id) ?? [],
  };
};

const indexes = new WeakMap<Account, { readonly catalog: Catalog; readonly index: AccountIndex }>();

/** Returns the index of an account, which is cached with the account, for the last catalog only. */
export const indexAccount = (account: Account, catalog: Catalog): AccountIndex => {
  const known = indexes.get(account);
  if (known?.catalog === catalog) return known.index;
  const index = createIndex(account, catalog);
  indexes.set(account, { catalog, index });
  return index;
};
