// Compares what a customer has used with what it is granted: by feature, across all its subscriptions.
import type { CustomerUsageBody, FeatureUsageBody } from '../../../shared/api/bodies/charges.ts';
import { customerNotFound } from '../../../shared/api/customers/customer-not-found.ts';
import type { CustomerUsageRequest } from '../../../shared/api/usage/customer-usage.ts';
import { timeOrNull } from '../../../shared/api/entities/entity-body.ts';
import { toFeatureBody } from '../../../shared/api/catalog/features.ts';
import { toSourceBody } from '../../../shared/api/catalog/granted-features.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import {
  type Grant,
  type GrantedFeature,
  grantedFeatures,
  limitOf,
  nextResetOf,
} from '../../../shared/domain/entitlements/feature-usage.ts';
import type { Feature } from '../../../shared/domain/catalog/feature.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { zeroInstant } from '../../../shared/domain/time/instant.ts';
import { allowanceOf } from '../../../shared/domain/charges/allowance.ts';
import { readWindowUsage, type WindowReading } from '../../../shared/domain/charges/window-usage.ts';
import {
  decimal,
  formatQuantity,
  type Quantity,
  sumOf,
  zeroQuantity,
} from '../../../shared/domain/numbers/quantity.ts';
import { findAccountOf, type FindSubscriptionDeps, type FoundAccount } from './find-subscription.ts';
import { refuseUnkeptWindow } from '../fold/event-hours.ts';
import type { FoldUsageDeps } from '../fold/fold-usage.ts';
import { foldTimelines } from '../usage/fold-timelines.ts';

export interface CustomerUsageDeps extends FoldUsageDeps, FindSubscriptionDeps {}

const findCustomer = async (
  deps: FindSubscriptionDeps,
  scope: Scope,
  customer: CustomerUsageRequest['customer'],
): Promise<FoundAccount> => {
  const readByExternalId = async (externalId: string): Promise<FoundAccount | undefined> => {
    const account = (await deps.readAccounts(scope, [externalId])).get(externalId);
    return account && { account, catalog: (await deps.readCatalog(scope)).catalog };
  };
  const found =
    'id' in customer ? await findAccountOf(deps, scope, customer.id) : await readByExternalId(customer.externalId);
  if (found === undefined || ('id' in customer && found.account.customer.id !== customer.id)) {
    const mistaken = 'id' in customer ? (await deps.readAccounts(scope, [customer.id])).get(customer.id) : undefined;
    throw customerNotFound(mistaken?.customer, 'GET /v1/customers/usage?customer_lookup_key=…');
  }
  return found;
};

const readingsOf = (catalog: Catalog, { feature, grants }: GrantedFeature, now: number): readonly WindowReading[] => {
  const meter = catalog.meters.get(feature.meterId ?? '');
  if (meter === undefined) return [];
  return grants.flatMap(({ subscription, entitlement, window }) => {
    if (window === undefined) return [];
    const allowance = allowanceOf(entitlement);
    return readWindowUsage(meter, { subscription, catalog, allowance, now }) ?? [];
  });
};

/** Returns usage divided by the limit: 0 without a limit, 100 where nothing is granted. */
const usedShare = (usage: Quantity, limit: number | null): Quantity => {
  if (limit === null) return zeroQuantity;
  return limit <= 0 ? decimal('100') : usage.div(decimal(String(limit)));
};

const resetOf = ({ type }: Feature, grant: Grant): string | null => {
  if (type !== 'metered') return null;
  const next = nextResetOf(grant);
  return timeOrNull(next === Infinity ? zeroInstant : next);
};

const featureBody = (scope: Scope, catalog: Catalog, granted: GrantedFeature, usage: Quantity): FeatureUsageBody => {
  const { feature, grants } = granted;
  const limit = feature.type === 'metered' ? limitOf(granted) : 0;
  return {
    feature: toFeatureBody(scope, feature),
    total_limit: limit,
    is_unlimited: limit === null,
    current_usage: formatQuantity(usage),
    usage_percent: feature.type === 'metered' ? formatQuantity(usedShare(usage, limit)) : '0',
    is_enabled: grants.some(({ entitlement }) => entitlement.isEnabled),
    is_soft_limit: grants.some(({ entitlement }) => entitlement.isSoftLimit),
    next_usage_reset_at: resetOf(feature, grants[0]),
    sources: grants.flatMap((grant) =>
      grant.entitlement.sources.map((source) => toSourceBody(catalog, grant.subscription, source)),
    ),
  };
};

const isWanted =
  ({ featureIds, featureLookupKeys }: CustomerUsageRequest) =>
  ({ feature: { id, lookupKey } }: GrantedFeature): boolean =>
    featureIds.size + featureLookupKeys.size === 0 || featureIds.has(id) || featureLookupKeys.has(lookupKey);

/** Creates the use case. It throws as `foldUsage` does, and ApiError `not_found`. */
export const createCustomerUsage =
  (deps: CustomerUsageDeps) =>
  async (scope: Scope, request: CustomerUsageRequest): Promise<CustomerUsageBody> => {
    const now = deps.now();
    const { account, catalog } = await findCustomer(deps, scope, request.customer);
    const subscriptions = account.subscriptions.filter(
      ({ id }) => request.subscriptionIds.size === 0 || request.subscriptionIds.has(id),
    );
    const features = grantedFeatures(subscriptions, catalog, now).filter(isWanted(request));
    const readings = features.map((feature) => readingsOf(catalog, feature, now));
    for (const { timeline } of readings.flat()) {
      refuseUnkeptWindow(deps, timeline.boundaries[0] ?? now, 'feature_ids');
    }
    await foldTimelines(
      deps,
      scope,
      account.customer.externalId,
      readings.flat().map(({ timeline }) => timeline),
    );
    return {
      customer_id: account.customer.id,
      features: features.map((granted, index) =>
        featureBody(scope, catalog, granted, sumOf((readings[index] ?? []).map(({ usage }) => usage()))),
      ),
      period: null,
    };
  };
