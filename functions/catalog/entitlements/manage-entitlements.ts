// Entitlements: what plans and subscriptions grant of features.
import type { AggregatedFeatureBody } from '../../../shared/api/bodies/entitlements.ts';
import {
  createEntitlementSchema,
  createEntitlementsBulkSchema,
  entitlementListSpec,
  grantedFeaturesQuerySchema,
  updateEntitlementSchema,
} from '../../../shared/api/catalog/entitlements.ts';
import type { ApiRequest, ApiResponse, RouteHandler } from '../../../shared/api/http/exchange.ts';
import { toFeatureBody } from '../../../shared/api/catalog/features.ts';
import { toAggregatedBody, toSourceBody } from '../../../shared/api/catalog/granted-features.ts';
import { toListBody } from '../../../shared/api/entities/list-page.ts';
import { type ListRequest, listQuerySchema, searchSchema } from '../../../shared/api/entities/lists.ts';
import { toMeterBody } from '../../../shared/api/catalog/meters.ts';
import { parseBody, parseQuery, splitValues } from '../../../shared/api/http/parse-request.ts';
import { ApiError } from '../../../shared/api/http/problem.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { Entitlement } from '../../../shared/domain/catalog/entitlement.ts';
import { grantedFeatures, grantsOf } from '../../../shared/domain/entitlements/feature-usage.ts';
import { idFromUlid, type Scope } from '../../../shared/domain/ids.ts';
import type { Account, Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import type { CatalogDeps } from '../changes/catalog-changes.ts';
import { refuseDividedGrants } from './bucketed-maximum.ts';
import { findCustomerAccount, listAccounts, namedValues, notFound } from '../changes/find-accounts.ts';
import {
  checkParent,
  type EntitlementOwner,
  entitlementsOfPlans,
  entitlementsOfSubscriptions,
  heldMessage,
} from './entitlement-owners.ts';
import { entitlementBody, everything } from './entitlement-bodies.ts';
import { changedEntitlement, prepareEntitlement, refuseRepeated } from './new-entitlements.ts';
import { findOwners, findSubscriptionToChange, type SubscriptionDeps } from '../changes/change-subscription.ts';
import { writeInOrder } from '../changes/write-in-order.ts';

const pathOfItem = (index: number): string => `items[${String(index)}].`;

const wants = ({ expand }: ListRequest, ...names: readonly string[]): boolean => names.some((name) => expand.has(name));

const featureIdsOf = (query: ApiRequest['query']): readonly string[] | undefined => {
  const ids = parseQuery(grantedFeaturesQuerySchema, splitValues(query)).feature_ids;
  return ids.length === 0 ? undefined : ids;
};

export const manageEntitlements = (deps: CatalogDeps & SubscriptionDeps) => {
  const { store, readCatalog, newUlid, now } = deps;
  const owners = { PLAN: entitlementsOfPlans(deps), SUBSCRIPTION: entitlementsOfSubscriptions(deps) };
  const ownerOf = ({ entityType }: Entitlement): EntitlementOwner => owners[entityType];
  const newId = (): string => idFromUlid('entitlement', newUlid());

  const find = async (scope: Scope, id: string): Promise<Entitlement> => {
    const entitlement = (await owners.PLAN.find(scope, id)) ?? (await owners.SUBSCRIPTION.find(scope, id));
    if (entitlement === undefined) throw notFound('Entitlement');
    return entitlement;
  };

  const createEntitlement: RouteHandler = async ({ caller: { scope, keyId }, body }) => {
    const change = { by: keyId, at: now() };
    const sent = parseBody(createEntitlementSchema, body);
    const catalog = await readCatalog(scope);
    const entitlement = prepareEntitlement(catalog, sent, newId(), change);
    const owners = await findOwners(deps, scope, [entitlement], () => 'entity_id');
    await refuseDividedGrants(deps, scope, catalog, [entitlement], { owners, pathOf: () => '' });
    await ownerOf(entitlement).create(scope, entitlement, change);
    return { status: 201, body: entitlementBody(scope, catalog, entitlement, everything) };
  };

  const createEntitlementsBulk: RouteHandler = async ({ caller: { scope, keyId }, body }) => {
    const change = { by: keyId, at: now() };
    const { items } = parseBody(createEntitlementsBulkSchema, body);
    const catalog = await readCatalog(scope);
    const entitlements = items.map((sent, index) =>
      prepareEntitlement(catalog, sent, newId(), change, pathOfItem(index)),
    );
    refuseRepeated(entitlements);
    const owners = await findOwners(deps, scope, entitlements);
    for (const [index, entitlement] of entitlements.entries()) {
      const owner = owners.find(({ id }) => id === entitlement.entityId);
      if (owner) checkParent(catalog, entitlement, owner, pathOfItem(index));
    }
    await refuseDividedGrants(deps, scope, catalog, entitlements, { owners, pathOf: pathOfItem });
    const ofOwners = owners.flatMap((owner) => owner.entitlements).filter(({ status }) => status === 'published');
    const places = new Set(entitlements.map(({ entityId, featureId }) => `${entityId} ${featureId}`));
    const there = [...catalog.entitlements.values(), ...ofOwners];
    if (there.some((one) => places.has(`${one.entityId} ${one.featureId}`))) {
      await store.raiseVersion(scope);
      throw new ApiError('already_exists', heldMessage);
    }
    await writeInOrder(entitlements, (entitlement) => ownerOf(entitlement).create(scope, entitlement, change));
    return {
      status: 201,
      body: { items: entitlements.map((one) => entitlementBody(scope, catalog, one, everything)) },
    };
  };

  const getEntitlement: RouteHandler = async ({ caller: { scope }, path }) => {
    const id = path['id'] ?? '';
    const catalog = await readCatalog(scope);
    const ofPlan = catalog.entitlements.get(id);
    // With its feature as it was when it counted: it may be archived by now, and then the entitlement counts no more.
    if (ofPlan) return { status: 200, body: entitlementBody(scope, catalog, ofPlan, everything) };
    const own = await owners.SUBSCRIPTION.find(scope, id);
    if (own === undefined) throw notFound('Entitlement');
    return { status: 200, body: entitlementBody(scope, await readCatalog(scope), own, everything) };
  };

  const updateEntitlement: RouteHandler = async ({ caller: { scope, keyId }, path, body }) => {
    const sent = parseBody(updateEntitlementSchema, body);
    const change = { by: keyId, at: now() };
    const entitlement = await find(scope, path['id'] ?? '');
    const revised = await ownerOf(entitlement).revise(scope, entitlement.id, change, (present) =>
      changedEntitlement(present, sent, change),
    );
    return { status: 200, body: entitlementBody(scope, await readCatalog(scope), revised, everything) };
  };

  const deleteEntitlement: RouteHandler = async ({ caller: { scope, keyId }, path }) => {
    const change = { by: keyId, at: now() };
    const entitlement = await find(scope, path['id'] ?? '');
    await ownerOf(entitlement).revise(scope, entitlement.id, change, (present) => ({
      ...present,
      status: 'deleted',
      updatedAt: change.at,
      updatedBy: change.by,
    }));
    return { status: 200, body: { message: 'entitlement deleted successfully' } };
  };

  /** Of the subscriptions that a list names. */
  const ofNamedSubscriptions = async (
    scope: Scope,
    catalog: Catalog,
    request: ListRequest,
  ): Promise<readonly Entitlement[]> => {
    const named = ['entity_id', 'id'].flatMap((field) => namedValues(request, field) ?? []);
    const ids = named.filter((id) => !catalog.plans.has(id) && !catalog.entitlements.has(id));
    if (ids.length === 0) return [];
    const accounts = await listAccounts(deps, scope, 'SUBSCRIPTION', { ids });
    const subscriptions = accounts
      .flatMap((account) => account.subscriptions)
      .filter(({ status }) => status === 'published');
    return subscriptions.flatMap(({ entitlements }) => entitlements);
  };

  const list = async ({ caller: { scope } }: ApiRequest, request: ListRequest): Promise<ApiResponse> => {
    const catalog = await readCatalog(scope);
    const entitlements = [...catalog.entitlements.values(), ...(await ofNamedSubscriptions(scope, catalog, request))];
    const embed = {
      hasFeature: wants(request, 'feature', 'features', 'meter', 'meters'),
      hasMeter: wants(request, 'meter', 'meters', 'features.meters', 'feature.meter'),
      hasPlan: wants(request, 'plan', 'plans'),
    };
    const bodies = entitlements.map((entitlement) => entitlementBody(scope, catalog, entitlement, embed));
    return { status: 200, body: toListBody(bodies, request) };
  };

  const planEntitlements: RouteHandler = async ({ caller: { scope }, path, query }) => {
    const request = parseQuery(listQuerySchema(entitlementListSpec), query);
    const catalog = await readCatalog(scope);
    const id = path['id'] ?? '';
    if (!catalog.plans.has(id)) throw notFound('Plan');
    const ofPlan = [...catalog.entitlements.values()].filter(({ entityId }) => entityId === id);
    const bodies = ofPlan.map((entitlement) => entitlementBody(scope, catalog, entitlement, everything));
    return { status: 200, body: toListBody(bodies, request) };
  };

  const aggregated = (
    scope: Scope,
    catalog: Catalog,
    subscriptions: readonly Subscription[],
    {
      grant,
      featureIds,
    }: { readonly grant: typeof grantedFeatures; readonly featureIds: readonly string[] | undefined },
  ): AggregatedFeatureBody[] => {
    const shown = grant(subscriptions, catalog, now()).filter(
      ({ feature }) => featureIds === undefined || featureIds.includes(feature.id),
    );
    return shown.map((granted) => {
      const meter = catalog.meters.get(granted.feature.meterId ?? '');
      return {
        feature: toFeatureBody(scope, granted.feature, meter && toMeterBody(scope, meter)),
        entitlement: toAggregatedBody(granted),
        sources: granted.grants.flatMap((one) =>
          one.entitlement.sources.map((source) => toSourceBody(catalog, one.subscription, source)),
        ),
      };
    });
  };

  const subscriptionEntitlements: RouteHandler = async ({ caller: { scope }, path, query }) => {
    const featureIds = featureIdsOf(query);
    const id = path['id'] ?? '';
    const { subscription } = await findSubscriptionToChange(deps, scope, id, 'Subscription', (one) => one.id === id);
    const features = aggregated(scope, await readCatalog(scope), [subscription], { grant: grantsOf, featureIds });
    return { status: 200, body: { subscription_id: id, plan_id: subscription.planId, features } };
  };

  const ofCustomer = async (
    { caller: { scope }, query }: ApiRequest,
    find: (scope: Scope) => Promise<Account | undefined>,
  ): Promise<ApiResponse> => {
    const featureIds = featureIdsOf(query);
    const account = await find(scope);
    if (account === undefined) throw notFound('Customer');
    const asked = { grant: grantedFeatures, featureIds };
    const features = aggregated(scope, await readCatalog(scope), account.subscriptions, asked);
    return { status: 200, body: { customer_id: account.customer.id, features } };
  };

  return {
    createEntitlement,
    createEntitlementsBulk,
    listEntitlements: (request) => list(request, parseQuery(listQuerySchema(entitlementListSpec), request.query)),
    searchEntitlements: (request) => list(request, parseBody(searchSchema(entitlementListSpec), request.body)),
    getEntitlement,
    updateEntitlement,
    deleteEntitlement,
    getPlanEntitlements: planEntitlements,
    getSubscriptionEntitlements: subscriptionEntitlements,
    getCustomerEntitlements: (request) => {
      const instead = 'GET /v1/customers/external/{external_id}/entitlements';
      return ofCustomer(request, (scope) => findCustomerAccount(deps, scope, request.path['id'] ?? '', instead));
    },
    getCustomerEntitlementsByExternalId: (request) =>
      ofCustomer(request, (scope) => deps.accounts.read(scope, request.path['external_id'] ?? '')),
  } satisfies Record<string, RouteHandler>;
};
