// Finds subscriptions on their customers' accounts, and changes them with their history.
import { ApiError } from '../../../shared/api/http/problem.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { Account, Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { recordChanges } from '../../../shared/domain/subscriptions/subscription-history.ts';
import type { Change } from './catalog-changes.ts';
import { type AccountDeps, changeAccount, findAccount, notFound } from './find-accounts.ts';

export interface SubscriptionDeps extends AccountDeps {
  /** Contains every change that was answered before the call. Read it after the account. */
  readonly readCatalog: (scope: Scope) => Promise<Catalog>;
}

export interface Found {
  readonly account: Account;
  readonly subscription: Subscription;
}

const maxLineItems = 500;

/** Throws ApiError when it has more line items than a subscription may have. */
export const checkSize = (subscription: Subscription): Subscription => {
  if (subscription.lineItems.length <= maxLineItems) return subscription;
  throw new ApiError('invalid_operation', `A subscription may have at most ${String(maxLineItems)} line items`);
};

const pick = (account: Account, isMeant: (subscription: Subscription) => boolean): Subscription | undefined =>
  account.subscriptions.find((subscription) => subscription.status === 'published' && isMeant(subscription));

/**
 * Finds the published subscription that `isMeant`, on the account that `id` (its own, or that of a part of it) points to. Throws
 * ApiError `not_found`. `field`: the field of the body with the id.
 */
export const findSubscriptionToChange = async (
  deps: AccountDeps,
  scope: Scope,
  id: string,
  what: string,
  isMeant: (subscription: Subscription) => boolean,
  field?: string,
): Promise<Found> => {
  const account = await findAccount(deps, scope, id, (found) => pick(found, isMeant) !== undefined);
  const subscription = account && pick(account, isMeant);
  if (!account || !subscription) throw notFound(what, field);
  return { account, subscription };
};

/** Finds a published subscription by its id; throws ApiError `not_found`. `field`: the field of the body with the id. */
export const findSubscription = (deps: AccountDeps, scope: Scope, id: string, field?: string): Promise<Found> =>
  findSubscriptionToChange(deps, scope, id, 'Subscription', (one) => one.id === id, field);

const entityOfItem = (index: number): string => `items[${String(index)}].entity_id`;

/**
 * Finds the subscriptions that own some of the `items` of a body. Throws ApiError if one does not exist, before anything is
 * created. `fieldOf`: the field with the owner of an item.
 */
export const findOwners = async (
  deps: AccountDeps,
  scope: Scope,
  items: readonly { readonly entityType: string; readonly entityId: string }[],
  fieldOf = entityOfItem,
): Promise<readonly Subscription[]> => {
  const fields = new Map<string, string>();
  for (const [index, { entityType, entityId }] of items.entries()) {
    if (entityType !== 'SUBSCRIPTION' || fields.has(entityId)) continue;
    fields.set(entityId, fieldOf(index));
  }
  const found = await Promise.all([...fields].map(([id, field]) => findSubscription(deps, scope, id, field)));
  return found.map(({ subscription }) => subscription);
};

/** Applies `change` to the subscription as it is when it is written, and notes it in the history. */
export const changeSubscription = async (
  deps: AccountDeps,
  scope: Scope,
  found: Found,
  { at, by }: Change,
  change: (subscription: Subscription) => Subscription,
): Promise<Found> => {
  const isMeant = ({ id }: Subscription): boolean => id === found.subscription.id;
  const account = await changeAccount(deps, scope, found.account, (present) => ({
    ...present,
    subscriptions: present.subscriptions.map((subscription) =>
      isMeant(subscription) ? recordChanges(subscription, checkSize(change(subscription)), at, by) : subscription,
    ),
  }));
  const subscription = pick(account, isMeant);
  if (!subscription) throw notFound('Subscription');
  return { account, subscription };
};
