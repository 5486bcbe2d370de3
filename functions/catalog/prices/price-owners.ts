// Finds and writes prices where they are stored: those of plans are items of the catalog, those of one subscription are on its
// customer's account.
import type { Scope } from '../../../shared/domain/ids.ts';
import { type Price, type PriceLineage, rootOf } from '../../../shared/domain/pricing/price.ts';
import type { Account, Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { type CatalogDeps, type Change, writtenOf } from '../changes/catalog-changes.ts';
import { type AccountDeps, findAccount, notFound } from '../changes/find-accounts.ts';
import {
  changeSubscription,
  findSubscription,
  findSubscriptionToChange,
  type Found,
  type SubscriptionDeps,
} from '../changes/change-subscription.ts';

export type PriceDeps = CatalogDeps & SubscriptionDeps;

/** Reads and writes of one kind of price. Everything but `find` throws ApiError `not_found` for an unknown id. */
interface PriceOwner {
  readonly find: (deps: PriceDeps, scope: Scope, priceId: string) => Promise<Price | undefined>;
  readonly create: (deps: PriceDeps, scope: Scope, price: Price, change: Change) => Promise<void>;
  /** `newIds`: ids of the versions that `revise` may add. Errors of `revise` are passed on. */
  readonly revise: (
    deps: PriceDeps,
    scope: Scope,
    price: Price,
    newIds: readonly string[],
    change: Change,
    revise: (lineage: PriceLineage) => PriceLineage,
  ) => Promise<PriceLineage>;
}

export const takenMessage = 'A price with this identifier already exists';
const names = { what: 'Price', takenMessage };

const pricesOfPlans: PriceOwner = {
  find: async ({ readCatalog }, scope, priceId) => (await readCatalog(scope)).prices.get(priceId),
  create: async ({ store }, scope, price) => {
    writtenOf(await store.priceLineages.create(scope, { id: price.id, versions: [price] }), names);
  },
  revise: async ({ store, newUlid }, scope, price, _newIds, _change, revise) =>
    writtenOf(await store.priceLineages.change(scope, rootOf(price), newUlid(), revise), names),
};

const lineageWith = ({ prices }: Subscription, priceId: string): PriceLineage | undefined =>
  prices.find(({ versions }) => versions.some(({ id }) => id === priceId));

/** Replaces the lineages of one subscription. The new ids point to the account before it contains them. */
const rewrite = async (
  deps: AccountDeps,
  scope: Scope,
  found: Found,
  newIds: readonly string[],
  change: Change,
  rewritten: (prices: readonly PriceLineage[]) => readonly PriceLineage[],
): Promise<Subscription> => {
  await deps.pointers.record(scope, newIds, found.account.customer.externalId);
  const changed = await changeSubscription(deps, scope, found, change, (present) => ({
    ...present,
    prices: rewritten(present.prices),
  }));
  return changed.subscription;
};

const pricesOfSubscriptions: PriceOwner = {
  find: async (deps, scope, priceId) => {
    const isMeant = (subscription: Subscription): boolean => lineageWith(subscription, priceId) !== undefined;
    const account = await findAccount(deps, scope, priceId, (found: Account) => found.subscriptions.some(isMeant));
    const subscription = account?.subscriptions.find(isMeant);
    return subscription && lineageWith(subscription, priceId)?.versions.find(({ id }) => id === priceId);
  },

  create: async (deps, scope, price, change) => {
    const found = await findSubscription(deps, scope, price.entityId, 'entity_id');
    const lineage = { id: price.id, versions: [price] };
    await rewrite(deps, scope, found, [price.id], change, (prices) => [...prices, lineage]);
  },

  revise: async (deps, scope, price, newIds, change, revise) => {
    const found = await findSubscriptionToChange(
      deps,
      scope,
      price.id,
      'Price',
      (subscription) => lineageWith(subscription, price.id) !== undefined,
    );
    const subscription = await rewrite(deps, scope, found, newIds, change, (prices) =>
      prices.map((lineage) => (lineage.versions.some(({ id }) => id === price.id) ? revise(lineage) : lineage)),
    );
    const lineage = lineageWith(subscription, price.id);
    if (lineage === undefined) throw notFound('Price');
    return lineage;
  },
};

const owners = { PLAN: pricesOfPlans, SUBSCRIPTION: pricesOfSubscriptions };
export const ownerOf = ({ entityType }: Price): PriceOwner => owners[entityType];

/** Finds the price of a plan or a subscription; throws ApiError `not_found`. */
export const findPrice = async (deps: PriceDeps, scope: Scope, id: string): Promise<Price> => {
  const price = (await pricesOfPlans.find(deps, scope, id)) ?? (await pricesOfSubscriptions.find(deps, scope, id));
  if (price === undefined) throw notFound('Price');
  return price;
};
