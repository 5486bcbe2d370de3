// A subscription by its id, on its customer's card, with the catalog it is charged by.
import { ApiError } from '../../../shared/api/http/problem.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { DeciderDeps } from '../../../shared/domain/matching/matcher.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { Card, Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import type { PointerStore } from '../../../shared/store/customers/pointers.ts';

export interface FindSubscriptionDeps extends Pick<DeciderDeps, 'readCards' | 'readCatalog'> {
  readonly pointers: Pick<PointerStore, 'find'>;
}

export interface FoundCard {
  readonly card: Card;
  readonly catalog: Catalog;
}

/** The card that an id points to, then the catalog: no line item names a price that the catalog does not know yet. */
export const findCardOf = async (
  { pointers, readCards, readCatalog }: FindSubscriptionDeps,
  scope: Scope,
  id: string,
): Promise<FoundCard | undefined> => {
  const externalId = await pointers.find(scope, id);
  const card = externalId === undefined ? undefined : (await readCards(scope, [externalId])).get(externalId);
  return card && { card, catalog: (await readCatalog(scope)).catalog };
};

/** Throws ApiError `not_found`. */
export const findSubscription = async (
  deps: FindSubscriptionDeps,
  scope: Scope,
  id: string,
): Promise<FoundCard & { readonly subscription: Subscription }> => {
  const found = await findCardOf(deps, scope, id);
  const subscription = found?.card.subscriptions.find((one) => one.id === id && one.status === 'published');
  if (!found || !subscription) throw new ApiError('not_found', 'Subscription not found');
  return { ...found, subscription };
};
