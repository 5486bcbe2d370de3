// Adds line items to a live subscription, ends them at a date, and changes them. A change of price or commitment ends the item and
// starts a successor; one that states the terms that are there already changes nothing.
import type { RouteHandler } from '../../../shared/api/http/exchange.ts';
import { parseBody } from '../../../shared/api/http/parse-request.ts';
import { warningsOf } from '../../../shared/api/subscriptions/term-warnings.ts';
import { ApiError, validationError } from '../../../shared/api/http/problem.ts';
import { changesTerms } from '../../../shared/api/prices/price-terms.ts';
import { changesCommitment } from '../../../shared/api/subscriptions/commitments.ts';
import {
  addLineItemSchema,
  changeLineItemSchema,
  endLineItemSchema,
} from '../../../shared/api/subscriptions/line-items.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { type LineItem, withEnds } from '../../../shared/domain/subscriptions/line-item.ts';
import { subscriptionStatusAt } from '../../../shared/domain/subscriptions/subscription-period.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import {
  changeSubscription,
  findSubscription,
  findSubscriptionToChange,
  type Found,
  type SubscriptionDeps,
} from '../changes/change-subscription.ts';
import type { Change, Handler } from '../changes/catalog-changes.ts';
import { notFound } from '../changes/find-accounts.ts';
import { searchLineItems } from './search-line-items.ts';
import { expandedItem } from './subscription-bodies.ts';
import { idsOfItems, itemOfRequest, itemWarnings, withItems } from './subscription-items.ts';
import { isChange, successorOf } from './successor-items.ts';

const checkLive = (subscription: Subscription, at: number): void => {
  if (!['active', 'trialing'].includes(subscriptionStatusAt(subscription, at))) {
    throw new ApiError('invalid_operation', 'The subscription is not active');
  }
};

const itemWith = (subscription: Subscription, id: string): LineItem => {
  const item = subscription.lineItems.find((one) => one.id === id);
  if (item === undefined) throw notFound('Line item');
  return item;
};

const checkEnd = (item: LineItem, effectiveFrom: number): void => {
  if (item.endDate !== undefined && item.endDate <= effectiveFrom) {
    throw new ApiError('invalid_operation', 'The line item has ended by then');
  }
  if (effectiveFrom < item.startDate) {
    throw validationError(new Map([['effective_from', 'must not be before the start of the line item']]));
  }
};

const withItem = (subscription: Subscription, id: string, change: (item: LineItem) => LineItem): Subscription => ({
  ...subscription,
  lineItems: subscription.lineItems.map((item) => (item.id === id ? change(item) : item)),
});

/** Ends an item: from `endDate` (UTC milliseconds) on it bills nothing. */
const ended = (subscription: Subscription, id: string, endDate: number, { at, by }: Change): Subscription =>
  withItem(subscription, id, (item) => {
    checkEnd(item, endDate);
    return { ...withEnds(item, { endDate }), updatedAt: at, updatedBy: by };
  });

const findItem = (deps: SubscriptionDeps, scope: Scope, id: string): Promise<Found> =>
  findSubscriptionToChange(deps, scope, id, 'Line item', ({ lineItems }) => lineItems.some((item) => item.id === id));

const addLineItem: Handler<SubscriptionDeps> = async (deps, { caller: { scope, keyId }, path, body }) => {
  const id = path['id'] ?? '';
  const found = await findSubscription(deps, scope, id);
  const change = { at: deps.now(), by: keyId };
  const sent = parseBody(addLineItemSchema(change.at, found.subscription.currency), body);
  checkLive(found.subscription, change.at);
  const catalog = await deps.readCatalog(scope);
  const context = { ...change, catalog, subscription: found.subscription, newUlid: deps.newUlid };
  const added = itemOfRequest(context, sent, { defaultStart: change.at });
  await deps.pointers.record(scope, idsOfItems([added]), found.account.customer.externalId);
  const { subscription } = await changeSubscription(deps, scope, found, change, (present) => {
    checkLive(present, change.at);
    return withItems(present, [added]);
  });
  const item = itemWith(subscription, added.lineItem.id);
  const warnings = itemWarnings(catalog, subscription, [added]);
  return { status: 201, body: { ...expandedItem(scope, catalog, subscription, item), ...warningsOf(warnings) } };
};

const updateLineItem: Handler<SubscriptionDeps> = async (deps, { caller: { scope, keyId }, path, body }) => {
  const id = path['id'] ?? '';
  const sent = parseBody(changeLineItemSchema, body);
  const change = { at: deps.now(), by: keyId };
  const found = await findItem(deps, scope, id);
  const catalog = await deps.readCatalog(scope);
  const old = itemWith(found.subscription, id);
  const described = { displayName: sent.display_name ?? old.displayName, metadata: sent.metadata ?? old.metadata };
  const isAsked = changesTerms(sent) || changesCommitment(old.commitment, sent);
  const context = { ...change, catalog, subscription: found.subscription, newUlid: deps.newUlid };
  const startDate = sent.effective_from ?? change.at;
  const asked = isAsked ? successorOf(context, old, sent, { ...described, startDate }) : undefined;
  const next = asked && isChange(context, old, asked) ? asked : undefined;
  if (next) await deps.pointers.record(scope, idsOfItems([next]), found.account.customer.externalId);
  const { subscription } = await changeSubscription(deps, scope, found, change, (present) => {
    checkLive(present, change.at);
    if (next) return withItems(ended(present, id, next.lineItem.startDate, change), [next]);
    return withItem(present, id, (item) => {
      if (isAsked) checkEnd(item, startDate);
      return { ...item, ...described, updatedAt: change.at, updatedBy: change.by };
    });
  });
  const item = itemWith(subscription, next?.lineItem.id ?? id);
  return { status: 200, body: expandedItem(scope, catalog, subscription, item) };
};

const deleteLineItem: Handler<SubscriptionDeps> = async (deps, { caller: { scope, keyId }, path, body }) => {
  const id = path['id'] ?? '';
  const sent = parseBody(endLineItemSchema, body || '{}');
  const change = { at: deps.now(), by: keyId };
  const found = await findItem(deps, scope, id);
  const { subscription } = await changeSubscription(deps, scope, found, change, (present) =>
    ended(present, id, sent.effective_from ?? change.at, change),
  );
  const catalog = await deps.readCatalog(scope);
  return { status: 200, body: expandedItem(scope, catalog, subscription, itemWith(subscription, id)) };
};

export const manageLineItems = (deps: SubscriptionDeps) =>
  ({
    addLineItem: (request) => addLineItem(deps, request),
    updateLineItem: (request) => updateLineItem(deps, request),
    deleteLineItem: (request) => deleteLineItem(deps, request),
    searchLineItems: (request) => searchLineItems(deps, request),
  }) satisfies Record<string, RouteHandler>;
