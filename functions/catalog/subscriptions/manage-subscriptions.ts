// Subscriptions: found by pointer, listed by the directory, changed by one write of their customer's account.
import type { CancellationBody } from '../../../shared/api/bodies/subscriptions.ts';
import type { ApiResponse, RouteHandler } from '../../../shared/api/http/exchange.ts';
import { toListBody } from '../../../shared/api/entities/list-page.ts';
import { type ListRequest, listQuerySchema, momentsOf, searchSchema } from '../../../shared/api/entities/lists.ts';
import { lastValues, parseBody, parseQuery } from '../../../shared/api/http/parse-request.ts';
import { ApiError, validationError } from '../../../shared/api/http/problem.ts';
import {
  activateSubscriptionSchema,
  cancelSubscriptionSchema,
  subscriptionListSpec,
  subscriptionQuerySchema,
  toSubscriptionBody,
} from '../../../shared/api/subscriptions/subscriptions.ts';
import { cancel } from '../../../shared/domain/subscriptions/cancellation.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { formatInstant } from '../../../shared/domain/time/instant.ts';
import { activate } from '../../../shared/domain/subscriptions/new-subscription.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { priceOfId } from '../../../shared/domain/charges/usage-line.ts';
import {
  currentPeriod,
  endOfSubscription,
  subscriptionPeriodAt,
  subscriptionStatusAt,
} from '../../../shared/domain/subscriptions/subscription-period.ts';
import { type CreateSubscriptionDeps, createSubscriptionHandler } from './create-subscription.ts';
import { listAccounts, namedCustomers, namedValues, notFound } from '../changes/find-accounts.ts';
import { expandedSubscription, expansionOf } from './subscription-bodies.ts';
import { changeSubscription, findSubscriptionToChange, type Found } from '../changes/change-subscription.ts';
import { updateSubscriptionHandler } from './update-subscription.ts';

const onlyActive = { field: 'subscription_status', operator: 'eq', operands: ['active'] } as const;

/** Without a word about the status of subscriptions only active ones are listed. */
const withDefaultStatus = (request: ListRequest): ListRequest =>
  request.conditions.some(({ field }) => field === onlyActive.field)
    ? request
    : { ...request, conditions: [...request.conditions, onlyActive] };

export const manageSubscriptions = (deps: CreateSubscriptionDeps) => {
  const { readCatalog, now } = deps;

  const find = (scope: Scope, id: string): Promise<Found> =>
    findSubscriptionToChange(deps, scope, id, 'Subscription', (subscription) => subscription.id === id);

  const getSubscription: RouteHandler = async ({ caller: { scope }, path }) => {
    const found = await find(scope, path['id'] ?? '');
    return { status: 200, body: expandedSubscription(scope, await readCatalog(scope), found, now()) };
  };

  const cancelSubscription: RouteHandler = async ({ caller: { scope, keyId }, path, body }) => {
    const sent = parseBody(cancelSubscriptionSchema, body);
    const at = now();
    const request = {
      type: sent.cancellation_type,
      reason: sent.reason,
      ...(sent.cancel_at !== undefined && { cancelAt: sent.cancel_at }),
    };
    const cancelled = (subscription: Subscription): Subscription => {
      const { start, end } = currentPeriod(subscription, at);
      const status = subscriptionStatusAt(subscription, at);
      const moment = { now: at, status, currentPeriodStart: start, currentPeriodEnd: end };
      const cancellation = cancel(subscription, request, moment);
      if (cancellation.kind === 'refused') throw new ApiError('invalid_operation', cancellation.message);
      if (cancellation.kind === 'invalid') throw validationError(new Map([['cancel_at', cancellation.rule]]));
      return cancellation.subscription;
    };
    const found = await find(scope, path['id'] ?? '');
    const { subscription } = await changeSubscription(deps, scope, found, { at, by: keyId }, cancelled);
    return {
      status: 200,
      body: {
        subscription_id: subscription.id,
        cancellation_type: request.type,
        effective_date: formatInstant(subscription.cancelAt ?? at),
        status: subscriptionStatusAt(subscription, at),
        ...(request.reason !== '' && { reason: request.reason }),
        proration_details: [],
        total_credit_amount: '0',
        message: 'Subscription cancelled successfully',
        processed_at: formatInstant(at),
      } satisfies CancellationBody,
    };
  };

  const activateSubscription: RouteHandler = async ({ caller: { scope, keyId }, path, body }) => {
    const { start_date: startDate } = parseBody(activateSubscriptionSchema, body);
    const at = now();
    const found = await find(scope, path['id'] ?? '');
    const catalog = await readCatalog(scope);
    const activated = await changeSubscription(deps, scope, found, { at, by: keyId }, (draft) => {
      if (draft.subscriptionStatus !== 'draft') {
        throw new ApiError('invalid_operation', 'Only a draft subscription can be activated');
      }
      if (startDate >= (endOfSubscription(draft) ?? Infinity)) {
        throw validationError(new Map([['start_date', 'must be before the end of the subscription']]));
      }
      return activate(draft, startDate, ({ priceId }) => priceOfId(draft, catalog, priceId)?.startDate ?? startDate);
    });
    return { status: 200, body: expandedSubscription(scope, catalog, activated, at) };
  };

  /** Only what is asked for beside the subscription itself. */
  const getSubscriptionV2: RouteHandler = async ({ caller: { scope }, path, query }) => {
    const { expand } = parseQuery(subscriptionQuerySchema, lastValues(query));
    const found = await find(scope, path['id'] ?? '');
    const body = toSubscriptionBody(scope, found.account, found.subscription, now());
    const expansion = expansionOf(scope, await readCatalog(scope), { expand, flags: new Set() });
    return { status: 200, body: { ...body, ...expansion(found) } };
  };

  const list = async (scope: Scope, request: ListRequest): Promise<ApiResponse> => {
    const at = now();
    const customers = await namedCustomers(deps, scope, request, 'customer_id', 'external_customer_id');
    const accounts = await listAccounts(deps, scope, 'SUBSCRIPTION', {
      ids: namedValues(request, 'id') ?? customers,
      externalIds: namedValues(request, 'external_customer_id'),
    });
    const found = new Map<string, Found>();
    for (const account of accounts)
      for (const one of account.subscriptions) found.set(one.id, { account, subscription: one });
    // It has to have begun by then, and not have ended.
    const { moments, rest } = momentsOf(request, 'active_at');
    const live = Array.from(found.values()).filter(({ subscription }) =>
      moments.every((moment) => subscriptionPeriodAt(subscription, moment) !== undefined),
    );
    const bodies = live.map(({ account, subscription }) => toSubscriptionBody(scope, account, subscription, at));
    const page = toListBody(bodies, withDefaultStatus(rest));
    const expansion = expansionOf(scope, await readCatalog(scope), request);
    const items = page.items.map((body) => {
      const one = found.get(body.id);
      return one ? { ...body, ...expansion(one) } : body;
    });
    return { status: 200, body: { ...page, items } };
  };

  return {
    createSubscription: createSubscriptionHandler(deps),
    listSubscriptions: ({ caller, query }) =>
      list(caller.scope, parseQuery(listQuerySchema(subscriptionListSpec), query)),
    listSubscriptionsOfCustomer: async ({ caller: { scope }, path, query }) => {
      const request = parseQuery(listQuerySchema(subscriptionListSpec), query);
      const externalId = path['external_id'] ?? '';
      if ((await deps.accounts.read(scope, externalId)) === undefined) throw notFound('Customer');
      const own = { field: 'external_customer_id', operator: 'eq', operands: [externalId] } as const;
      return list(scope, { ...request, conditions: [own, ...request.conditions] });
    },
    searchSubscriptions: ({ caller, body }) => list(caller.scope, parseBody(searchSchema(subscriptionListSpec), body)),
    getSubscription,
    getSubscriptionV2,
    updateSubscription: updateSubscriptionHandler(deps),
    cancelSubscription,
    activateSubscription,
  } satisfies Record<string, RouteHandler>;
};
