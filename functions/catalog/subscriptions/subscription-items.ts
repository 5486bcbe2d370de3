// Prepares new line items: from prices of plans, from changed copies of them, or from prices of their own.
import { validationError } from '../../../shared/api/http/problem.ts';
import type { SentTerms, SentUnitTerms } from '../../../shared/api/prices/price-terms.ts';
import { namesOfItem, requestOfItem } from '../../../shared/api/subscriptions/commitments.ts';
import type { LineItemFields } from '../../../shared/api/subscriptions/line-items.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import { priceOfId } from '../../../shared/domain/charges/usage-line.ts';
import { idFromUlid } from '../../../shared/domain/ids.ts';
import type { Price } from '../../../shared/domain/pricing/price.ts';
import { endWithSubscription, type LineItem } from '../../../shared/domain/subscriptions/line-item.ts';
import {
  copyForSubscription,
  type LineItemRequest,
  toLineItem,
} from '../../../shared/domain/subscriptions/plan-line-items.ts';
import { endOfSubscription } from '../../../shared/domain/subscriptions/subscription-period.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import {
  lateLineWarnings,
  neverResetWarnings,
  type TermWarning,
} from '../../../shared/domain/subscriptions/term-warnings.ts';
import { orderOfBillingPeriod } from '../../../shared/domain/time/billing-period.ts';
import { notFound } from '../changes/find-accounts.ts';
import { refuseGrantedPrice } from '../entitlements/bucketed-maximum.ts';
import { changedTerms } from '../prices/changed-terms.ts';
import { preparePrice } from '../prices/new-prices.ts';
import { type ItemContext, newCommitment } from './line-item-commitments.ts';

/** New item. `ownPrice`: its price, if that is new too and belongs to the subscription alone. */
export interface NewItem {
  readonly lineItem: LineItem;
  readonly ownPrice?: Price;
  /** New prices of the time buckets of its commitment. */
  readonly bucketPrices?: readonly Price[];
}

const invalid = (field: string, rule: string) => validationError(new Map([[field, rule]]));

/** Returns a new item that bills the price. */
export const itemOfPrice = (
  { catalog, subscription, newUlid, at, by }: ItemContext,
  price: Price,
  asked: Pick<LineItemRequest, 'quantity' | 'displayName' | 'startDate' | 'endDate' | 'metadata' | 'commitment'> = {},
): LineItem =>
  toLineItem(subscription, {
    ...asked,
    id: idFromUlid('lineItem', newUlid()),
    price,
    planName: catalog.plans.get(subscription.planId)?.name ?? '',
    meterName: catalog.meters.get(price.meterId)?.name ?? '',
    at,
    by,
  });

/** Copies the price with the terms that were sent, starting at `startDate` (UTC milliseconds), if there is one. `path`: path of `sent` in its body. */
export const changedCopy = (
  { catalog, subscription, newUlid, at, by }: ItemContext,
  price: Price,
  sent: SentTerms & SentUnitTerms,
  { startDate, path = '' }: { readonly startDate: number | undefined; readonly path?: string },
): Price => {
  const terms = changedTerms(catalog, price, sent, path);
  const id = idFromUlid('price', newUlid());
  const copy = copyForSubscription(price, terms, { id, subscriptionId: subscription.id, startDate, at, by });
  refuseGrantedPrice(catalog, subscription, copy, `${path}bucket_size`);
  return copy;
};

const existingPrice = ({ catalog, subscription, at }: ItemContext, id: string, path: string): Price => {
  const price = priceOfId(subscription, catalog, id);
  const isForeign = price?.entityType === 'SUBSCRIPTION' && price.entityId !== subscription.id;
  if (price === undefined || isForeign) throw notFound('Price', `${path}price_id`);
  if (price.status !== 'published' || (price.endDate !== undefined && price.endDate <= at)) {
    throw invalid(`${path}price_id`, 'must be a price that has not ended');
  }
  return price;
};

const inlinePrice = (
  { catalog, subscription, newUlid, at, by }: ItemContext,
  sent: NonNullable<LineItemFields['price']>,
  path: string,
): Price => {
  const price = preparePrice(catalog, sent, idFromUlid('price', newUlid()), { at, by }, `${path}price.`);
  const planName = catalog.plans.get(subscription.planId)?.name ?? '';
  return {
    ...price,
    entityId: subscription.id,
    displayName: price.displayName || planName,
  };
};

/** Returns the new item of a request. `defaultStart`: UTC milliseconds. `path`: path of `sent` in its body, for the details of an error. */
export const itemOfRequest = (
  context: ItemContext,
  sent: LineItemFields,
  { defaultStart, path = '' }: { readonly defaultStart: number; readonly path?: string },
): NewItem => {
  const { subscription } = context;
  const startDate = sent.start_date ?? defaultStart;
  const ownPrice = sent.price ? inlinePrice(context, sent.price, path) : undefined;
  const price = ownPrice ?? existingPrice(context, sent.price_id ?? '', path);
  const field = `${path}${ownPrice ? 'price.' : 'price_id'}`;
  if (price.currency !== subscription.currency) {
    throw invalid(ownPrice ? `${field}currency` : field, 'must be in the currency of the subscription');
  }
  const order = orderOfBillingPeriod(price.billingPeriod);
  if (order > 0 && order < orderOfBillingPeriod(subscription.billingPeriod)) {
    throw invalid(ownPrice ? `${field}billing_period` : field, 'must not be billed more often than the subscription');
  }
  refuseGrantedPrice(context.catalog, subscription, price, ownPrice ? `${field}bucket_size` : field);
  const committed = newCommitment(context, price, requestOfItem(sent), { path, names: namesOfItem, startDate });
  const lineItem = itemOfPrice(context, price, {
    startDate,
    metadata: sent.metadata,
    ...(committed && { commitment: committed.commitment }),
    ...(typeof sent.quantity === 'string' && { quantity: sent.quantity }),
    ...(typeof sent.display_name === 'string' && { displayName: sent.display_name }),
    ...(sent.end_date !== undefined && { endDate: sent.end_date }),
  });
  if (lineItem.endDate !== undefined && lineItem.endDate <= lineItem.startDate) {
    throw invalid(`${path}start_date`, 'must be before the end of the line item');
  }
  return { lineItem, ...(ownPrice && { ownPrice }), ...(committed && { bucketPrices: committed.prices }) };
};

/** Returns the prices that are new with an item. */
export const newPricesOf = ({ ownPrice, bucketPrices = [] }: NewItem): readonly Price[] =>
  ownPrice ? [ownPrice, ...bucketPrices] : bucketPrices;

/** Returns the subscription with more items and their new prices. */
export const withItems = (subscription: Subscription, items: readonly NewItem[]): Subscription => ({
  ...subscription,
  // The end of the subscription may have moved since the items were prepared.
  lineItems: [
    ...subscription.lineItems,
    ...items.map(({ lineItem }) => endWithSubscription(lineItem, endOfSubscription(subscription))),
  ],
  prices: [...subscription.prices, ...items.flatMap(newPricesOf).map((price) => ({ id: price.id, versions: [price] }))],
});

/** Returns the ids that need pointers before the items are written. */
export const idsOfItems = (items: readonly NewItem[]): string[] =>
  items.flatMap((item) => [item.lineItem.id, ...newPricesOf(item).map(({ id }) => id)]);

/** Warns of items that begin later than their subscription, and of their new prices. */
export const itemWarnings = (
  catalog: Catalog,
  subscription: Subscription,
  items: readonly NewItem[],
): readonly TermWarning[] => [
  ...lateLineWarnings(
    subscription,
    items.map(({ lineItem }) => lineItem),
    (id) => priceOfId(subscription, catalog, id),
  ),
  ...neverResetWarnings(
    items.flatMap(({ ownPrice }) => (ownPrice?.parentPriceId === '' ? [ownPrice] : [])),
    catalog,
  ),
];
