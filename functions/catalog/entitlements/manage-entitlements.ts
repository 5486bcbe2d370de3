// Creates, lists, changes and deletes entitlements: the features that plans and subscriptions grant.
import {
  createEntitlementSchema,
  createEntitlementsBulkSchema,
  entitlementListSpec,
  updateEntitlementSchema,
} from '../../../shared/api/catalog/entitlements.ts';
import type { ApiRequest, ApiResponse, RouteHandler } from '../../../shared/api/http/exchange.ts';
import { toListBody } from '../../../shared/api/entities/list-page.ts';
import { type ListRequest, listQuerySchema, searchSchema } from '../../../shared/api/entities/lists.ts';
import { parseBody, parseQuery } from '../../../shared/api/http/parse-request.ts';
import { ApiError } from '../../../shared/api/http/problem.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { Entitlement } from '../../../shared/domain/catalog/entitlement.ts';
import { idFromUlid, type Scope } from '../../../shared/domain/ids.ts';
import type { CatalogDeps, Handler } from '../changes/catalog-changes.ts';
import { refuseDividedGrants } from './bucketed-maximum.ts';
import { listAccounts, namedValues, notFound } from '../changes/find-accounts.ts';
import {
  checkParent,
  type EntitlementDeps,
  entitlementsOfSubscriptions,
  findEntitlement,
  ownerOf,
  takenMessage,
} from './entitlement-owners.ts';
import { entitlementBody, everything } from './entitlement-bodies.ts';
import {
  getCustomerEntitlements,
  getCustomerEntitlementsByExternalId,
  getPlanEntitlements,
  getSubscriptionEntitlements,
} from './granted-features.ts';
import { changedEntitlement, prepareEntitlement, refuseRepeated } from './new-entitlements.ts';
import { findOwners } from '../changes/change-subscription.ts';
import { writeInOrder } from '../changes/write-in-order.ts';

const pathOfItem = (index: number): string => `items[${String(index)}].`;

const wants = ({ expand }: ListRequest, ...names: readonly string[]): boolean => names.some((name) => expand.has(name));

const newId = ({ newUlid }: CatalogDeps): string => idFromUlid('entitlement', newUlid());

const createEntitlement: Handler<EntitlementDeps> = async (deps, { caller: { scope, keyId }, body }) => {
  const change = { by: keyId, at: deps.now() };
  const sent = parseBody(createEntitlementSchema, body);
  const catalog = await deps.readCatalog(scope);
  const entitlement = prepareEntitlement(catalog, sent, newId(deps), change);
  const owners = await findOwners(deps, scope, [entitlement], () => 'entity_id');
  await refuseDividedGrants(deps, scope, catalog, [entitlement], { owners, pathOf: () => '' });
  await ownerOf(entitlement).create(deps, scope, entitlement, change);
  return { status: 201, body: entitlementBody(scope, catalog, entitlement, everything) };
};

const createEntitlementsBulk: Handler<EntitlementDeps> = async (deps, { caller: { scope, keyId }, body }) => {
  const change = { by: keyId, at: deps.now() };
  const { items } = parseBody(createEntitlementsBulkSchema, body);
  const catalog = await deps.readCatalog(scope);
  const entitlements = items.map((sent, index) =>
    prepareEntitlement(catalog, sent, newId(deps), change, pathOfItem(index)),
  );
  refuseRepeated(entitlements);
  const owners = await findOwners(deps, scope, entitlements);
  for (const [index, entitlement] of entitlements.entries()) {
    const owner = owners.find(({ id }) => id === entitlement.entityId);
    if (owner) checkParent(catalog, entitlement, owner, pathOfItem(index));
  }
  await refuseDividedGrants(deps, scope, catalog, entitlements, { owners, pathOf: pathOfItem });
  const ofOwners = owners.flatMap((owner) => owner.entitlements).filter(({ status }) => status === 'published');
  const wanted = new Set(entitlements.map(({ entityId, featureId }) => `${entityId} ${featureId}`));
  const present = [...catalog.entitlements.values(), ...ofOwners];
  if (present.some((one) => wanted.has(`${one.entityId} ${one.featureId}`))) {
    await deps.store.raiseVersion(scope);
    throw new ApiError('already_exists', takenMessage);
  }
  await writeInOrder(entitlements, (entitlement) => ownerOf(entitlement).create(deps, scope, entitlement, change));
  return {
    status: 201,
    body: { items: entitlements.map((one) => entitlementBody(scope, catalog, one, everything)) },
  };
};

const getEntitlement: Handler<EntitlementDeps> = async (deps, { caller: { scope }, path }) => {
  const id = path['id'] ?? '';
  const catalog = await deps.readCatalog(scope);
  const ofPlan = catalog.entitlements.get(id);
  // One catalog for both: in a later one the feature may be archived, and the entitlement would be shown without it.
  if (ofPlan) return { status: 200, body: entitlementBody(scope, catalog, ofPlan, everything) };
  const own = await entitlementsOfSubscriptions.find(deps, scope, id);
  if (own === undefined) throw notFound('Entitlement');
  return { status: 200, body: entitlementBody(scope, await deps.readCatalog(scope), own, everything) };
};

const updateEntitlement: Handler<EntitlementDeps> = async (deps, { caller: { scope, keyId }, path, body }) => {
  const sent = parseBody(updateEntitlementSchema, body);
  const change = { by: keyId, at: deps.now() };
  const entitlement = await findEntitlement(deps, scope, path['id'] ?? '');
  const revised = await ownerOf(entitlement).revise(deps, scope, entitlement.id, change, (present) =>
    changedEntitlement(present, sent, change),
  );
  return { status: 200, body: entitlementBody(scope, await deps.readCatalog(scope), revised, everything) };
};

const deleteEntitlement: Handler<EntitlementDeps> = async (deps, { caller: { scope, keyId }, path }) => {
  const change = { by: keyId, at: deps.now() };
  const entitlement = await findEntitlement(deps, scope, path['id'] ?? '');
  await ownerOf(entitlement).revise(deps, scope, entitlement.id, change, (present) => ({
    ...present,
    status: 'deleted',
    updatedAt: change.at,
    updatedBy: change.by,
  }));
  return { status: 200, body: { message: 'entitlement deleted successfully' } };
};

/** Returns the entitlements of the subscriptions that a list names. */
const ofNamedSubscriptions = async (
  deps: EntitlementDeps,
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

const list = async (
  deps: EntitlementDeps,
  { caller: { scope } }: ApiRequest,
  request: ListRequest,
): Promise<ApiResponse> => {
  const catalog = await deps.readCatalog(scope);
  const entitlements = [
    ...catalog.entitlements.values(),
    ...(await ofNamedSubscriptions(deps, scope, catalog, request)),
  ];
  const embed = {
    hasFeature: wants(request, 'feature', 'features', 'meter', 'meters'),
    hasMeter: wants(request, 'meter', 'meters', 'features.meters', 'feature.meter'),
    hasPlan: wants(request, 'plan', 'plans'),
  };
  const bodies = entitlements.map((entitlement) => entitlementBody(scope, catalog, entitlement, embed));
  return { status: 200, body: toListBody(bodies, request) };
};

export const manageEntitlements = (deps: EntitlementDeps) =>
  ({
    createEntitlement: (request) => createEntitlement(deps, request),
    createEntitlementsBulk: (request) => createEntitlementsBulk(deps, request),
    listEntitlements: (request) => list(deps, request, parseQuery(listQuerySchema(entitlementListSpec), request.query)),
    searchEntitlements: (request) => list(deps, request, parseBody(searchSchema(entitlementListSpec), request.body)),
    getEntitlement: (request) => getEntitlement(deps, request),
    updateEntitlement: (request) => updateEntitlement(deps, request),
    deleteEntitlement: (request) => deleteEntitlement(deps, request),
    getPlanEntitlements: (request) => getPlanEntitlements(deps, request),
    getSubscriptionEntitlements: (request) => getSubscriptionEntitlements(deps, request),
    getCustomerEntitlements: (request) => getCustomerEntitlements(deps, request),
    getCustomerEntitlementsByExternalId: (request) => getCustomerEntitlementsByExternalId(deps, request),
  }) satisfies Record<string, RouteHandler>;
