// Tells what would bill the events of a group, as a request where nothing is left for a person to choose.
import type { Catalog } from '../../domain/catalog/catalog.ts';
import { indexAccount } from '../../domain/matching/billable-items.ts';
import { findItem, findPlan, type Gap, mayBillTwice, isLiveAt, spans } from '../../domain/matching/billing-fixes.ts';
import type { FailureCause } from '../../domain/matching/failure-cause.ts';
import type { CauseGroup } from '../../domain/matching/unbilled-groups.ts';
import { matchesMeterFilters } from '../../domain/meters/filter.ts';
import type { LineItem } from '../../domain/subscriptions/line-item.ts';
import type { Account, Subscription } from '../../domain/subscriptions/subscription.ts';
import { formatInstant, msPerDay } from '../../domain/time/instant.ts';
import type { EventFailuresBody } from '../bodies/event-failures.ts';

export type FailureGroup = CauseGroup<FailureCause>;
export type FixBody = NonNullable<EventFailuresBody['failures'][number]['fix']>;

export interface FixContext {
  readonly catalog: Catalog;
  /** That of the customer of the group, if it is of one. */
  readonly account: Account | undefined;
  /** UTC milliseconds. */
  readonly now: number;
}

const maxNameLength = 255;
const isRefusedName = (name: string): boolean => name.trim() === '' || !name.isWellFormed();

const createCustomer = ({ externalCustomerId }: FailureGroup): FixBody => {
  const name = Array.from(externalCustomerId).slice(0, maxNameLength).join('');
  const body = { external_id: externalCustomerId, name };
  return {
    action: 'create_customer',
    ...(!isRefusedName(name) && { request: { method: 'POST', path: '/v1/customers', body } }),
  };
};

/** Publishes the meter, or the feature that it is archived with. */
const publishMeter = ({ meterId, newest: [event] }: FailureGroup, { catalog }: FixContext): FixBody => {
  const meter = catalog.meters.get(meterId);
  const owner = catalog.features.get(meter?.ownerFeatureId ?? '');
  const isMeant = meter !== undefined && event !== undefined && matchesMeterFilters(meter.filters, event.properties);
  const path =
    owner === undefined || owner.status === 'published' ? `/v1/meters/${meterId}` : `/v1/features/${owner.id}`;
  return {
    action: 'publish_meter',
    ...(isMeant && { request: { method: 'PUT', path, body: { status: 'published' } } }),
  };
};

const startOfDay = (instant: number): number => Math.floor(instant / msPerDay) * msPerDay;

const datesOf = ({ start, end }: Gap) => ({
  start_date: formatInstant(start),
  ...(end !== undefined && { end_date: formatInstant(end) }),
});

const createSubscription = (gap: Gap, { catalog, account, now }: FixContext, like?: Subscription): FixBody => {
  const terms = account && !mayBillTwice(account, gap) ? findPlan(catalog, gap, now, like) : undefined;
  if (!account || !terms) return { action: 'create_subscription' };
  const body = {
    external_customer_id: account.customer.externalId,
    plan_id: terms.planId,
    currency: terms.currency,
    billing_period: terms.billingPeriod,
    ...datesOf(gap),
  };
  return { action: 'create_subscription', request: { method: 'POST', path: '/v1/subscriptions', body } };
};

const addLineItem = (subscriptions: readonly Subscription[], gap: Gap, { catalog, now }: FixContext): FixBody => {
  const found = findItem(subscriptions, catalog, gap, now);
  if (!found) return { action: 'add_line_item' };
  const path = `/v1/subscriptions/${found.subscription.id}/lineitems`;
  const body = { price_id: found.price.id, ...datesOf(gap) };
  return { action: 'add_line_item', request: { method: 'POST', path, body } };
};

/** Returns when the next item of the meter begins after the group; undefined: none does. */
const nextStart = (items: readonly LineItem[], { meterId, last }: FailureGroup): number | undefined => {
  const starts = items.filter((item) => item.meterId === meterId && item.startDate > last);
  return starts.length === 0 ? undefined : Math.min(...starts.map(({ startDate }) => startDate));
};

/** Closes a gap before, between or after line items: in the subscription of the one that is named, or with another subscription like it. */
const closeGap = (group: FailureGroup, context: FixContext): FixBody | undefined => {
  const { account, catalog, now } = context;
  if (account === undefined) return undefined;
  const { subscriptions, items } = indexAccount(account, catalog);
  const named = items.find(({ lineItem }) => lineItem.id === group.lineItemId);
  const { meterId, first, last, cause } = group;
  const end = nextStart(
    items.map(({ lineItem }) => lineItem),
    group,
  );
  const isAfter = cause === 'after_line_item' || cause === 'between_line_items';
  const start = isAfter ? (named?.lineItem.endDate ?? startOfDay(first)) : startOfDay(first);
  const gap = { meterId, first, last, start, ...(end !== undefined && { end }) };
  const candidates = named ? [named.subscription] : subscriptions;
  if (candidates.some((one) => isLiveAt(one, now) && spans(one, gap))) return addLineItem(candidates, gap, context);
  return createSubscription(gap, context, named?.subscription);
};

/** Returns what would bill the events of a group; undefined: nothing that can be said. */
export const fixOf = (group: FailureGroup, context: FixContext): FixBody | undefined => {
  const { cause, meterId, first, last } = group;
  switch (cause) {
    case 'no_customer':
      return createCustomer(group);
    case 'no_meter':
      return { action: 'create_meter' };
    case 'meter_archived':
      return publishMeter(group, context);
    case 'meter_filter':
      return undefined;
    case 'no_price':
      return { action: 'create_price' };
    case 'no_subscription':
      return createSubscription({ meterId, first, last, start: startOfDay(first) }, context);
    case 'no_line_item':
    case 'before_line_item':
    case 'after_line_item':
    case 'between_line_items':
      return closeGap(group, context);
    case 'missing_property':
    case 'non_numeric_value':
    case 'expression_error':
      return { action: 'correct_property' };
  }
};
