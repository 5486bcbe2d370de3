// Answers which features a plan, a subscription or a customer is granted, and by which entitlements.
import type { AggregatedFeatureBody } from '../../../shared/api/bodies/entitlements.ts';
import { entitlementListSpec, grantedFeaturesQuerySchema } from '../../../shared/api/catalog/entitlements.ts';
import { toFeatureBody } from '../../../shared/api/catalog/features.ts';
import { toAggregatedBody, toSourceBody } from '../../../shared/api/catalog/granted-features.ts';
import { toMeterBody } from '../../../shared/api/catalog/meters.ts';
import { toListBody } from '../../../shared/api/entities/list-page.ts';
import { listQuerySchema } from '../../../shared/api/entities/lists.ts';
import type { ApiRequest, ApiResponse } from '../../../shared/api/http/exchange.ts';
import { parseQuery, splitValues } from '../../../shared/api/http/parse-request.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import { grantedFeatures, grantsOf } from '../../../shared/domain/entitlements/feature-usage.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { Account, Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import type { CatalogDeps, Handler } from '../changes/catalog-changes.ts';
import { findSubscription, type SubscriptionDeps } from '../changes/change-subscription.ts';
import { findCustomerAccount, notFound } from '../changes/find-accounts.ts';
import { entitlementBody, everything } from './entitlement-bodies.ts';

const featureIdsOf = (query: ApiRequest['query']): readonly string[] | undefined => {
  const ids = parseQuery(grantedFeaturesQuerySchema, splitValues(query)).feature_ids;
  return ids.length === 0 ? undefined : ids;
};

export const getPlanEntitlements: Handler<CatalogDeps> = async (
  { readCatalog },
  { caller: { scope }, path, query },
) => {
  const request = parseQuery(listQuerySchema(entitlementListSpec), query);
  const catalog = await readCatalog(scope);
  const id = path['id'] ?? '';
  if (!catalog.plans.has(id)) throw notFound('Plan');
  const ofPlan = [...catalog.entitlements.values()].filter(({ entityId }) => entityId === id);
  const bodies = ofPlan.map((entitlement) => entitlementBody(scope, catalog, entitlement, everything));
  return { status: 200, body: toListBody(bodies, request) };
};

const aggregated = (
  at: number,
  scope: Scope,
  catalog: Catalog,
  subscriptions: readonly Subscription[],
  { grant, featureIds }: { readonly grant: typeof grantedFeatures; readonly featureIds: readonly string[] | undefined },
): AggregatedFeatureBody[] => {
  const shown = grant(subscriptions, catalog, at).filter(
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

export const getSubscriptionEntitlements: Handler<SubscriptionDeps> = async (
  deps,
  { caller: { scope }, path, query },
) => {
  const featureIds = featureIdsOf(query);
  const id = path['id'] ?? '';
  const { subscription } = await findSubscription(deps, scope, id);
  const features = aggregated(deps.now(), scope, await deps.readCatalog(scope), [subscription], {
    grant: grantsOf,
    featureIds,
  });
  return { status: 200, body: { subscription_id: id, plan_id: subscription.planId, features } };
};

const ofCustomer = async (
  deps: SubscriptionDeps,
  { caller: { scope }, query }: ApiRequest,
  find: (scope: Scope) => Promise<Account | undefined>,
): Promise<ApiResponse> => {
  const featureIds = featureIdsOf(query);
  const account = await find(scope);
  if (account === undefined) throw notFound('Customer');
  const asked = { grant: grantedFeatures, featureIds };
  const features = aggregated(deps.now(), scope, await deps.readCatalog(scope), account.subscriptions, asked);
  return { status: 200, body: { customer_id: account.customer.id, features } };
};

export const getCustomerEntitlements: Handler<SubscriptionDeps> = (deps, request) => {
  const instead = 'GET /v1/customers/external/{external_id}/entitlements';
  return ofCustomer(deps, request, (scope) => findCustomerAccount(deps, scope, request.path['id'] ?? '', instead));
};

export const getCustomerEntitlementsByExternalId: Handler<SubscriptionDeps> = (deps, request) =>
  ofCustomer(deps, request, (scope) => deps.accounts.read(scope, request.path['external_id'] ?? ''));
