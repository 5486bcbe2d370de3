// Where prices live: those of plans are items of the catalog, those of one subscription are on its customer's account.
import { ApiError } from '../../../shared/api/http/problem.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { Price, PriceLineage } from '../../../shared/domain/pricing/price.ts';
import type { Account, Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { type CatalogDeps, type Change, writtenOf } from '../changes/catalog-changes.ts';
import { findAccount } from '../changes/find-accounts.ts';
import { changeSubscription, findSubscriptionToChange, type SubscriptionDeps } from '../changes/change-subscription.ts';

/** Of an id that is not there it throws ApiError `not_found`, or answers undefined where that is said. */
export interface PriceOwner {
  readonly find: (scope: Scope, priceId: string) => Promise<Price | undefined>;
  readonly create: (scope: Scope, price: Price, change: Change) => Promise<void>;
  /** `newIds`: of versions that `revise` may add. What it throws comes through. */
  readonly revise: (
    scope: Scope,
    price: Price,
    newIds: readonly string[],
    change: Change,
    revise: (lineage: PriceLineage) => PriceLineage,
  ) => Promise<PriceLineage>;
}

export const heldMessage = 'A price with this identifier already exists';
const names = { what: 'Price', heldMessage };
const rootOf = (price: Price): string => price.parentPriceId || price.id;

export const pricesOfPlans = ({ store, readCatalog, newUlid }: CatalogDeps): PriceOwner => ({
  find: async (scope, priceId) => (await readCatalog(scope)).prices.get(priceId),
  create: async (scope, price) => {
    writtenOf(await store.priceLineages.create(scope, { id: price.id, versions: [price] }), names);
  },
  revise: async (scope, price, _newIds, _change, revise) =>
    writtenOf(await store.priceLineages.change(scope, rootOf(price), newUlid(), revise), names),
});

const lineageWith = ({ prices }: Subscription, priceId: string): PriceLineage | undefined =>
  prices.find(({ versions }) => versions.some(({ id }) => id === priceId));

export const pricesOfSubscriptions = (deps: SubscriptionDeps): PriceOwner => {
  /** Replaces one subscription's lineages; the ids point to the account before they are on it. */
  const rewrite = async (
    scope: Scope,
    { account, subscription }: Awaited<ReturnType<typeof findSubscriptionToChange>>,
    newIds: readonly string[],
    change: Change,
    rewritten: (prices: readonly PriceLineage[]) => readonly PriceLineage[],
  ): Promise<Subscription> => {
    await deps.pointers.record(scope, newIds, account.customer.externalId);
    const changed = await changeSubscription(deps, scope, { account, subscription }, change, (present) => ({
      ...present,
      prices: rewritten(present.prices),
    }));
    return changed.subscription;
  };

  return {
    find: async (scope, priceId) => {
      const isMeant = (subscription: Subscription): boolean => lineageWith(subscription, priceId) !== undefined;
      const account = await findAccount(deps, scope, priceId, (found: Account) => found.subscriptions.some(isMeant));
      const subscription = account?.subscriptions.find(isMeant);
      return subscription && lineageWith(subscription, priceId)?.versions.find(({ id }) => id === priceId);
    },

    create: async (scope, price, change) => {
      const found = await findSubscriptionToChange(
        deps,
        scope,
        price.entityId,
        'Subscription',
        ({ id }) => id === price.entityId,
        'entity_id',
      );
      const lineage = { id: price.id, versions: [price] };
      await rewrite(scope, found, [price.id], change, (prices) => [...prices, lineage]);
    },

    revise: async (scope, price, newIds, change, revise) => {
      const found = await findSubscriptionToChange(
        deps,
        scope,
        price.id,
        'Price',
        (subscription) => lineageWith(subscription, price.id) !== undefined,
      );
      const subscription = await rewrite(scope, found, newIds, change, (prices) =>
        prices.map((lineage) => (lineage.versions.some(({ id }) => id === price.id) ? revise(lineage) : lineage)),
      );
      const lineage = lineageWith(subscription, price.id);
      if (lineage === undefined) throw new ApiError('not_found', 'Price not found');
      return lineage;
    },
  };
};
