// Routes of subscriptions: found by pointer, listed by the directory, changed by one write of their customer's account.
import type { ApiResponse, RouteHandler } from '../../../shared/api/http/exchange.ts';
import { toListBody } from '../../../shared/api/entities/list-page.ts';
import { type ListRequest, listQuerySchema, momentsOf, searchSchema } from '../../../shared/api/entities/lists.ts';
import { lastValues, parseBody, parseQuery } from '../../../shared/api/http/parse-request.ts';
import {
  subscriptionListSpec,
  subscriptionQuerySchema,
  toSubscriptionBody,
} from '../../../shared/api/subscriptions/subscriptions.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { subscriptionPeriodAt } from '../../../shared/domain/subscriptions/subscription-period.ts';
import type { Handler } from '../changes/catalog-changes.ts';
import { activateSubscription } from './activate-subscription.ts';
import { cancelSubscription } from './cancel-subscription.ts';
import { createSubscription, type CreateSubscriptionDeps } from './create-subscription.ts';
import { listAccounts, namedCustomers, namedValues, notFound } from '../changes/find-accounts.ts';
import { expandedSubscription, expansionOf } from './subscription-bodies.ts';
import { findSubscription, type Found, type SubscriptionDeps } from '../changes/change-subscription.ts';
import { updateSubscriptionHandler } from './update-subscription.ts';

const onlyActive = { field: 'subscription_status', operator: 'eq', operands: ['active'] } as const;

/** Lists only active subscriptions, unless the request asks for a status. */
const withDefaultStatus = (request: ListRequest): ListRequest =>
  request.conditions.some(({ field }) => field === onlyActive.field)
    ? request
    : { ...request, conditions: [...request.conditions, onlyActive] };

const getSubscription: Handler<SubscriptionDeps> = async (deps, { caller: { scope }, path }) => {
  const found = await findSubscription(deps, scope, path['id'] ?? '');
  return { status: 200, body: expandedSubscription(scope, await deps.readCatalog(scope), found, deps.now()) };
};

/** Answers the subscription with only those parts that `expand` asks for. */
const getSubscriptionV2: Handler<SubscriptionDeps> = async (deps, { caller: { scope }, path, query }) => {
  const { expand } = parseQuery(subscriptionQuerySchema, lastValues(query));
  const found = await findSubscription(deps, scope, path['id'] ?? '');
  const body = toSubscriptionBody(scope, found.account, found.subscription, deps.now());
  const expansion = expansionOf(scope, await deps.readCatalog(scope), { expand, flags: new Set() });
  return { status: 200, body: { ...body, ...expansion(found) } };
};

const list = async (deps: SubscriptionDeps, scope: Scope, request: ListRequest): Promise<ApiResponse> => {
  const at = deps.now();
  const customers = await namedCustomers(deps, scope, request, 'customer_id', 'external_customer_id');
  const accounts = await listAccounts(deps, scope, 'SUBSCRIPTION', {
    ids: namedValues(request, 'id') ?? customers,
    externalIds: namedValues(request, 'external_customer_id'),
  });
  const found = new Map<string, Found>();
  for (const account of accounts)
    for (const one of account.subscriptions) found.set(one.id, { account, subscription: one });
  // A subscription is active at a moment if it has begun and not ended by then.
  const { moments, rest } = momentsOf(request, 'active_at');
  const live = Array.from(found.values()).filter(({ subscription }) =>
    moments.every((moment) => subscriptionPeriodAt(subscription, moment) !== undefined),
  );
  const bodies = live.map(({ account, subscription }) => toSubscriptionBody(scope, account, subscription, at));
  const page = toListBody(bodies, withDefaultStatus(rest));
  const expansion = expansionOf(scope, await deps.readCatalog(scope), request);
  const items = page.items.map((body) => {
    const one = found.get(body.id);
    return one ? { ...body, ...expansion(one) } : body;
  });
  return { status: 200, body: { ...page, items } };
};

const listSubscriptionsOfCustomer: Handler<SubscriptionDeps> = async (deps, { caller: { scope }, path, query }) => {
  const request = parseQuery(listQuerySchema(subscriptionListSpec), query);
  const externalId = path['external_id'] ?? '';
  if ((await deps.accounts.read(scope, externalId)) === undefined) throw notFound('Customer');
  const own = { field: 'external_customer_id', operator: 'eq', operands: [externalId] } as const;
  return list(deps, scope, { ...request, conditions: [own, ...request.conditions] });
};

export const manageSubscriptions = (deps: CreateSubscriptionDeps) =>
  ({
    createSubscription: (request) => createSubscription(deps, request),
    listSubscriptions: ({ caller, query }) =>
      list(deps, caller.scope, parseQuery(listQuerySchema(subscriptionListSpec), query)),
    listSubscriptionsOfCustomer: (request) => listSubscriptionsOfCustomer(deps, request),
    searchSubscriptions: ({ caller, body }) =>
      list(deps, caller.scope, parseBody(searchSchema(subscriptionListSpec), body)),
    getSubscription: (request) => getSubscription(deps, request),
    getSubscriptionV2: (request) => getSubscriptionV2(deps, request),
    updateSubscription: (request) => updateSubscriptionHandler(deps, request),
    cancelSubscription: (request) => cancelSubscription(deps, request),
    activateSubscription: (request) => activateSubscription(deps, request),
  }) satisfies Record<string, RouteHandler>;
