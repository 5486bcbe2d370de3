// Finds and writes entitlements where they are stored: those of plans are items of the catalog, those of one subscription are on
// its customer's account. A plan or subscription grants a feature once: the unique name of the item, or the one write of the
// account, ensures it.
import { ApiError, validationError } from '../../../shared/api/http/problem.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { Entitlement } from '../../../shared/domain/catalog/entitlement.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { type CatalogDeps, type Change, writtenOf } from '../changes/catalog-changes.ts';
import { findAccount, notFound } from '../changes/find-accounts.ts';
import {
  changeSubscription,
  findSubscription,
  findSubscriptionToChange,
  type SubscriptionDeps,
} from '../changes/change-subscription.ts';

export type EntitlementDeps = CatalogDeps & SubscriptionDeps;

/** Reads and writes of one kind of entitlement. Everything but `find` throws ApiError `not_found` for an unknown id. */
interface EntitlementOwner {
  readonly find: (deps: EntitlementDeps, scope: Scope, id: string) => Promise<Entitlement | undefined>;
  readonly create: (deps: EntitlementDeps, scope: Scope, entitlement: Entitlement, change: Change) => Promise<void>;
  readonly revise: (
    deps: EntitlementDeps,
    scope: Scope,
    id: string,
    change: Change,
    revise: (entitlement: Entitlement) => Entitlement,
  ) => Promise<Entitlement>;
}

export const takenMessage = 'An entitlement with this plan and feature already exists';
const names = { what: 'Entitlement', takenMessage };

const entitlementsOfPlans: EntitlementOwner = {
  find: async ({ readCatalog }, scope, id) => (await readCatalog(scope)).entitlements.get(id),
  create: async ({ store }, scope, entitlement) => {
    writtenOf(await store.entitlements.create(scope, entitlement), names);
  },
  revise: async ({ store, newUlid }, scope, id, _change, revise) =>
    writtenOf(
      await store.entitlements.change(scope, id, newUlid(), (entitlement) => {
        if (entitlement.status !== 'published') throw notFound('Entitlement');
        return revise(entitlement);
      }),
      names,
    ),
};

const isPublished = ({ status }: Entitlement): boolean => status === 'published';
const granted = ({ entitlements }: Subscription, id: string): Entitlement | undefined =>
  entitlements.find((one) => one.id === id && isPublished(one));

/** Throws ApiError when the parent is not an entitlement of the plan. `path`: path of the entitlement in its body. */
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

export const entitlementsOfSubscriptions: EntitlementOwner = {
  find: async (deps, scope, id) => {
    const isMeant = (subscription: Subscription): boolean => granted(subscription, id) !== undefined;
    const account = await findAccount(deps, scope, id, ({ subscriptions }) => subscriptions.some(isMeant));
    const subscription = account?.subscriptions.find(isMeant);
    return subscription && granted(subscription, id);
  },

  create: async (deps, scope, entitlement, change) => {
    const { id, entityId, featureId } = entitlement;
    const found = await findSubscription(deps, scope, entityId, 'entity_id');
    checkParent(await deps.readCatalog(scope), entitlement, found.subscription);
    await deps.pointers.record(scope, [id], found.account.customer.externalId);
    await changeSubscription(deps, scope, found, change, (present) => {
      const isTaken = present.entitlements.some(
        (one) => one.id !== id && isPublished(one) && one.featureId === featureId,
      );
      if (isTaken) throw new ApiError('already_exists', takenMessage);
      const others = present.entitlements.filter((one) => one.id !== id);
      return { ...present, entitlements: [...others, entitlement] };
    });
  },

  revise: async (deps, scope, id, change, revise) => {
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
        // A deleted entitlement is removed from the account and kept in the history.
        return isPublished(revised) ? [revised] : [];
      }),
    }));
    if (revised === undefined) throw notFound('Entitlement');
    return revised;
  },
};

const owners = { PLAN: entitlementsOfPlans, SUBSCRIPTION: entitlementsOfSubscriptions };
export const ownerOf = ({ entityType }: Entitlement): EntitlementOwner => owners[entityType];

/** Finds the entitlement of a plan or a subscription; throws ApiError `not_found`. */
export const findEntitlement = async (deps: EntitlementDeps, scope: Scope, id: string): Promise<Entitlement> => {
  const entitlement =
    (await entitlementsOfPlans.find(deps, scope, id)) ?? (await entitlementsOfSubscriptions.find(deps, scope, id));
  if (entitlement === undefined) throw notFound('Entitlement');
  return entitlement;
};
