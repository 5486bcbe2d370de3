// Creates, lists, changes and archives plans. An archived plan takes no new subscriptions; those it has go on.
import type { PlanDetailsBody } from '../../../shared/api/bodies/catalog.ts';
import type { ApiRequest, ApiResponse, RouteHandler } from '../../../shared/api/http/exchange.ts';
import { toListBody } from '../../../shared/api/entities/list-page.ts';
import { type ListRequest, listQuerySchema, searchSchema } from '../../../shared/api/entities/lists.ts';
import {
  createPlanSchema,
  noPlanFields,
  planListSpec,
  toPlanBody,
  toPlanFields,
  updatePlanSchema,
} from '../../../shared/api/catalog/plans.ts';
import { parseBody, parseQuery } from '../../../shared/api/http/parse-request.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import { idFromUlid, type Scope } from '../../../shared/domain/ids.ts';
import type { Plan } from '../../../shared/domain/catalog/plan.ts';
import { type CatalogDeps, type Handler, newEntity, withStatus, writtenOf } from '../changes/catalog-changes.ts';
import { notFound } from '../changes/find-accounts.ts';
import { entitlementBody, everything } from '../entitlements/entitlement-bodies.ts';
import { priceBody } from '../prices/price-bodies.ts';

// The message of Flexprice; the lookup key is unique, not the name.
const names = { what: 'Plan', takenMessage: 'Plan with this name already exists' };

const planOf = ({ plans }: Catalog, id: string): Plan => {
  const plan = plans.get(id);
  if (plan === undefined) throw notFound('Plan');
  return plan;
};

/** Returns the plan with its entitlements and prices, also those that have ended, oldest first. */
const expanded = (scope: Scope, catalog: Catalog, plan: Plan): PlanDetailsBody => ({
  ...toPlanBody(scope, plan),
  prices: [...catalog.prices.values()]
    .filter(({ entityId }) => entityId === plan.id)
    .map((price) => priceBody(scope, catalog, price, { hasMeter: true, hasPlan: false })),
  entitlements: [...catalog.entitlements.values()]
    .filter(({ entityId }) => entityId === plan.id)
    .map((entitlement) => entitlementBody(scope, catalog, entitlement, { ...everything, hasPlan: false })),
  credit_grants: [],
});

const createPlan: Handler<CatalogDeps> = async ({ store, newUlid, now }, { caller: { scope, keyId }, body }) => {
  const sent = parseBody(createPlanSchema, body);
  const plan: Plan = {
    ...newEntity(idFromUlid('plan', newUlid()), { by: keyId, at: now() }),
    ...toPlanFields(sent, noPlanFields),
  };
  writtenOf(await store.plans.create(scope, plan), names);
  return { status: 201, body: toPlanBody(scope, plan) };
};

const updatePlan: Handler<CatalogDeps> = async ({ store, newUlid, now }, { caller: { scope, keyId }, path, body }) => {
  const { status, ...sent } = parseBody(updatePlanSchema, body);
  const change = { by: keyId, at: now() };
  const written = await store.plans.change(scope, path['id'] ?? '', newUlid(), (plan) => ({
    ...withStatus(plan, status ?? plan.status, change),
    ...toPlanFields(sent, plan),
    updatedAt: change.at,
    updatedBy: change.by,
  }));
  return { status: 200, body: toPlanBody(scope, writtenOf(written, names)) };
};

const deletePlan: Handler<CatalogDeps> = async ({ store, newUlid, now }, { caller: { scope, keyId }, path }) => {
  const change = { by: keyId, at: now() };
  const archived = await store.plans.change(scope, path['id'] ?? '', newUlid(), (plan) =>
    withStatus(plan, 'archived', change),
  );
  writtenOf(archived, names);
  return { status: 200, body: { message: 'plan deleted successfully' } };
};

const list = async (
  { readCatalog }: CatalogDeps,
  { caller: { scope } }: ApiRequest,
  request: ListRequest,
): Promise<ApiResponse> => {
  const catalog = await readCatalog(scope);
  const isExpanded = request.expand.has('prices') || request.expand.has('entitlements');
  const page = toListBody(
    Array.from(catalog.plans.values(), (plan) => toPlanBody(scope, plan)),
    request,
  );
  const items = page.items.map((body) => (isExpanded ? expanded(scope, catalog, planOf(catalog, body.id)) : body));
  return { status: 200, body: { ...page, items } };
};

const getPlan: Handler<CatalogDeps> = async ({ readCatalog }, { caller: { scope }, path }) => {
  const catalog = await readCatalog(scope);
  return { status: 200, body: expanded(scope, catalog, planOf(catalog, path['id'] ?? '')) };
};

export const managePlans = (deps: CatalogDeps) =>
  ({
    createPlan: (request) => createPlan(deps, request),
    listPlans: (request) => list(deps, request, parseQuery(listQuerySchema(planListSpec), request.query)),
    searchPlans: (request) => list(deps, request, parseBody(searchSchema(planListSpec), request.body)),
    getPlan: (request) => getPlan(deps, request),
    updatePlan: (request) => updatePlan(deps, request),
    deletePlan: (request) => deletePlan(deps, request),
  }) satisfies Record<string, RouteHandler>;
