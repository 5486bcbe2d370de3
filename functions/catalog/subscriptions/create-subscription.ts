// Creates a subscription: works out its terms, prices and line items, writes pointers and directory row, and then the subscription
// with one write of its customer's account.
import type { SubscriptionDetailsBody } from '../../../shared/api/bodies/subscriptions.ts';
import { parseBody } from '../../../shared/api/http/parse-request.ts';
import { warningsOf } from '../../../shared/api/subscriptions/term-warnings.ts';
import { ApiError, validationError } from '../../../shared/api/http/problem.ts';
import {
  commitmentsByPrice,
  toSubscriptionCommitment,
} from '../../../shared/api/subscriptions/subscription-commitments.ts';
import {
  additionalItemsSchema,
  createSubscriptionSchema,
  type SubscriptionFields,
  toSubscriptionBody,
} from '../../../shared/api/subscriptions/subscriptions.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import { idFromUlid, type Scope } from '../../../shared/domain/ids.ts';
import { openSubscription, type SubscriptionTerms } from '../../../shared/domain/subscriptions/new-subscription.ts';
import type { Account, Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { commitmentWarnings, twiceBilledWarnings } from '../../../shared/domain/subscriptions/term-warnings.ts';
import type { UniqueNameStore } from '../../../shared/store/catalog/unique-names.ts';
import type { Change, Handler } from '../changes/catalog-changes.ts';
import { type AccountDeps, changeAccount, findCustomerAccount, notFound } from '../changes/find-accounts.ts';
import { plainItem } from './subscription-bodies.ts';
import { overriddenEntitlements } from '../entitlements/new-entitlements.ts';
import { planItems } from './plan-items.ts';
import { pricesOfPlan } from './plan-prices.ts';
import { checkSize, type SubscriptionDeps } from '../changes/change-subscription.ts';
import { idsOfItems, itemOfRequest, itemWarnings, type NewItem, withItems } from './subscription-items.ts';

export interface CreateSubscriptionDeps extends SubscriptionDeps {
  readonly names: UniqueNameStore;
}

const invalid = (field: string, rule: string): ApiError => validationError(new Map([[field, rule]]));

const termsOf = (sent: SubscriptionFields, at: number): SubscriptionTerms => {
  const startDate = sent.start_date ?? at;
  if (sent.end_date !== undefined && sent.end_date < startDate) {
    throw invalid('end_date', 'must not be before start_date');
  }
  const commitment = toSubscriptionCommitment(sent);
  return {
    planId: sent.plan_id,
    lookupKey: sent.lookup_key,
    currency: sent.currency,
    billingCycle: sent.billing_cycle,
    billingPeriod: sent.billing_period,
    billingPeriodCount: sent.billing_period_count || 1,
    startDate,
    collectionMethod: sent.collection_method,
    paymentTerms: sent.payment_terms ?? '',
    metadata: sent.metadata,
    ...(sent.end_date !== undefined && { endDate: sent.end_date }),
    ...(sent.billing_anchor !== undefined && { billingAnchor: sent.billing_anchor }),
    ...(typeof sent.trial_period_days === 'number' && { trialDays: sent.trial_period_days }),
    ...(sent.subscription_status && { forcedStatus: sent.subscription_status }),
    ...(commitment && { commitment }),
  };
};

const accountOf = async (deps: AccountDeps, scope: Scope, sent: SubscriptionFields): Promise<Account> => {
  const { customer_id: id, external_customer_id: externalId } = sent;
  if (id !== '') return findCustomerAccount(deps, scope, id, 'external_customer_id', 'customer_id');
  const account = await deps.accounts.read(scope, externalId);
  if (account === undefined) throw notFound('Customer', 'external_customer_id');
  return account;
};

/** Takes the lookup key. Call it after reading the account, and write the account on the revision that was read. */
const takeLookupKey = async (
  { accounts, names, newUlid }: CreateSubscriptionDeps,
  scope: Scope,
  externalId: string,
  { id, lookupKey }: Subscription,
): Promise<void> => {
  if (lookupKey === '') return;
  const name = { type: 'SUBSCRIPTION', field: 'lookup_key', value: lookupKey } as const;
  const outcome = await names.take(scope, name, { id, place: externalId }, newUlid(), (owner) =>
    accounts.fenceUnless(scope, owner.place, ({ subscriptions }) =>
      subscriptions.some((other) => other.id === owner.id && other.lookupKey === lookupKey),
    ),
  );
  if (outcome === 'taken') {
    throw new ApiError('already_exists', 'A subscription with this lookup key already exists');
  }
};

const prepare = (
  newUlid: () => string,
  body: string,
  sent: SubscriptionFields,
  { account, catalog, change }: { readonly account: Account; readonly catalog: Catalog; readonly change: Change },
): { readonly subscription: Subscription; readonly items: readonly NewItem[] } => {
  const terms = termsOf(sent, change.at);
  const prices = pricesOfPlan(catalog, terms, sent.include_price_ids ?? undefined, change.at);
  const id = idFromUlid('subscription', newUlid());
  const kept = prices.map(({ price }) => price);
  const opened = openSubscription(terms, kept, { id, customer: account.customer, ...change });
  if (opened === 'conflict') {
    throw invalid('trial_period_days', 'required: the prices of the plan have different trials');
  }
  const context = { ...change, catalog, subscription: opened, newUlid };
  const more = parseBody(additionalItemsSchema(change.at, terms.currency), body).line_items;
  const items = [
    ...planItems(context, prices, sent.override_line_items, new Map(commitmentsByPrice(sent))),
    ...more.map((item, index) =>
      itemOfRequest(context, item, { defaultStart: terms.startDate, path: `line_items[${String(index)}].` }),
    ),
  ];
  const entitlements = overriddenEntitlements(catalog, opened, sent.override_entitlements, {
    ...change,
    newId: () => idFromUlid('entitlement', newUlid()),
  });
  return { subscription: checkSize({ ...withItems(opened, items), entitlements }), items };
};

export const createSubscription: Handler<CreateSubscriptionDeps> = async (deps, { caller: { scope, keyId }, body }) => {
  const sent = parseBody(createSubscriptionSchema, body);
  const change = { at: deps.now(), by: keyId };
  const account = await accountOf(deps, scope, sent);
  const catalog = await deps.readCatalog(scope);
  const { subscription, items } = prepare(deps.newUlid, body, sent, { account, catalog, change });

  const { externalId } = account.customer;
  await Promise.all([
    deps.pointers.record(
      scope,
      [subscription.id, ...idsOfItems(items), ...subscription.entitlements.map(({ id }) => id)],
      externalId,
    ),
    deps.directory.record(scope, 'SUBSCRIPTION', { id: subscription.id, place: externalId }),
  ]);
  const written = await changeAccount(deps, scope, account, async (present) => {
    await takeLookupKey(deps, scope, externalId, subscription);
    return { ...present, subscriptions: [...present.subscriptions, subscription] };
  });
  const warnings = [
    ...itemWarnings(catalog, subscription, items),
    ...twiceBilledWarnings(subscription, written.subscriptions),
    ...commitmentWarnings(subscription),
  ];
  const lineItems = subscription.lineItems.map((item) => plainItem(scope, catalog, subscription, item));
  return {
    status: 201,
    body: {
      ...toSubscriptionBody(scope, written, subscription, change.at),
      line_items: lineItems,
      plan: null,
      customer: null,
      ...warningsOf(warnings),
    } satisfies SubscriptionDetailsBody,
  };
};
