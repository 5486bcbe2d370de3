// Where entitlements live: those of plans are items of the catalog, those of one subscription are on its customer's account. A
// feature is granted once at a place: by the unique name of the item, or by the one write of the account.
import { ApiError, validationError } from '../../../shared/api/http/problem.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { Entitlement } from '../../../shared/domain/catalog/entitlement.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { type CatalogDeps, type Change, writtenOf } from '../changes/catalog-changes.ts';
import { findAccount, notFound } from '../changes/find-accounts.ts';
import { changeSubscription, findSubscriptionToChange, type SubscriptionDeps } from '../changes/change-subscription.ts';

/** Of an id that is not there it throws ApiError `not_found`, or answers undefined where that is said. */
export interface EntitlementOwner {
  readonly find: (scope: Scope, id: string) => Promise<Entitlement | undefined>;
  readonly create: (scope: Scope, entitlement: Entitlement, change: Change) => Promise<void>;
  readonly revise: (
    scope: Scope,
    id: string,
    change: Change,
    revise: (entitlement: Entitlement) => Entitlement,
  ) => Promise<Entitlement>;
}

export const heldMessage = 'An entitlement with this plan and feature already exists';
const names = { what: 'Entitlement', heldMessage };

export const entitlementsOfPlans = ({ store, readCatalog, newUlid }: CatalogDeps): EntitlementOwner => ({
  find: async (scope, id) => (await readCatalog(scope)).entitlements.get(id),
  create: async (scope, entitlement) => {
    writtenOf(await store.entitlements.create(scope, entitlement), names);
  },
  revise: async (scope, id, _change, revise) =>
    writtenOf(
      await store.entitlements.change(scope, id, newUlid(), (entitlement) => {
        if (entitlement.status !== 'published') throw notFound('Entitlement');
        return revise(entitlement);
      }),
      names,
    ),
});

const isPublished = ({ status }: Entitlement): boolean => status === 'published';
const granted = ({ entitlements }: Subscription, id: string): Entitlement | undefined =>
  entitlements.find((one) => one.id === id && isPublished(one));

/** Throws ApiError. `path`: where the entitlement stands in its body. */
export const checkParent = (
  { entitlements }: Catalog,
  { parentEntitlementId = '' }: Entitlement,
  { planId }: Subscription,
  path = '',
): void => {
  const parent = entitlements.get(parentEntitlementId);
  if (parent === undefined || parent.entityId === planId) return;
  const rule = 'must be an entitlement of the plan of the subscription';
  throw validationError(new Map([[`${path}parent_entitlement_id`, rule]]));
};

export const entitlementsOfSubscriptions = (deps: SubscriptionDeps): EntitlementOwner => ({
  find: async (scope, id) => {
    const isMeant = (subscription: Subscription): boolean => granted(subscription, id) !== undefined;
    const account = await findAccount(deps, scope, id, ({ subscriptions }) => subscriptions.some(isMeant));
    const subscription = account?.subscriptions.find(isMeant);
    return subscription && granted(subscription, id);
  },

  create: async (scope, entitlement, change) => {
    const { id, entityId, featureId } = entitlement;
    const isOwner = (one: Subscription): boolean => one.id === entityId;
    const found = await findSubscriptionToChange(deps, scope, entityId, 'Subscription', isOwner, 'entity_id');
    checkParent(await deps.readCatalog(scope), entitlement, found.subscription);
    await deps.pointers.record(scope, [id], found.account.customer.externalId);
    await changeSubscription(deps, scope, found, change, (present) => {
      const isHeld = present.entitlements.some(
        (one) => one.id !== id && isPublished(one) && one.featureId === featureId,
      );
      if (isHeld) throw new ApiError('already_exists', heldMessage);
      const others = present.entitlements.filter((one) => one.id !== id);
      return { ...present, entitlements: [...others, entitlement] };
    });
  },

  revise: async (scope, id, change, revise) => {
    const found = await findSubscriptionToChange(
      deps,
      scope,
      id,
      'Entitlement',
      (subscription) => granted(subscription, id) !== undefined,
    );
    let revised: Entitlement | undefined;
    await changeSubscription(deps, scope, found, change, (present) => ({
      ...present,
      entitlements: present.entitlements.flatMap((one) => {
        if (one.id !== id || !isPublished(one)) return [one];
        revised = revise(one);
        // What is deleted leaves the account, and stays in the history.
        return isPublished(revised) ? [revised] : [];
      }),
    }));
    if (revised === undefined) throw notFound('Entitlement');
    return revised;
  },
});
