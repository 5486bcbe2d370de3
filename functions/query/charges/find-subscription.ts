// Finds a subscription by its id, on its customer's account, with the catalog that charges it.
import { ApiError } from '../../../shared/api/http/problem.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { MatcherDeps } from '../../../shared/domain/matching/matcher.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { Account, Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import type { PointerStore } from '../../../shared/store/customers/pointers.ts';

export interface FindSubscriptionDeps extends Pick<MatcherDeps, 'readAccounts' | 'readCatalog'> {
  readonly pointers: Pick<PointerStore, 'find'>;
}

export interface FoundAccount {
  readonly account: Account;
  readonly catalog: Catalog;
}

/** Reads the account that an id points to, then the catalog, so that no line item names a price that the catalog lacks. */
export const findAccountOf = async (
  { pointers, readAccounts, readCatalog }: FindSubscriptionDeps,
  scope: Scope,
  id: string,
): Promise<FoundAccount | undefined> => {
  const externalId = await pointers.find(scope, id);
  const account = externalId === undefined ? undefined : (await readAccounts(scope, [externalId])).get(externalId);
  return account && { account, catalog: (await readCatalog(scope)).catalog };
};

/** Finds a subscription. Throws ApiError `not_found`. */
export const findSubscription = async (
  deps: FindSubscriptionDeps,
  scope: Scope,
  id: string,
): Promise<FoundAccount & { readonly subscription: Subscription }> => {
  const found = await findAccountOf(deps, scope, id);
  const subscription = found?.account.subscriptions.find((one) => one.id === id && one.status === 'published');
  if (!found || !subscription) throw new ApiError('not_found', 'Subscription not found');
  return { ...found, subscription };
};
