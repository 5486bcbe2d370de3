// Selects the prices of a plan that a subscription takes, and creates the line item that bills each.
import { type PriceTerms, withTerms } from '../pricing/price-lineage.ts';
import type { Price } from '../pricing/price.ts';
import { endsWithin, type LineItem } from './line-item.ts';
import { endOfSubscription } from './subscription-period.ts';
import type { Subscription } from './subscription.ts';

type Terms = Pick<Subscription, 'planId' | 'currency' | 'billingPeriod' | 'startDate' | 'endDate' | 'cancelAt'>;

const rootOf = (price: Price): string => price.parentPriceId || price.id;
const isOpenAt = ({ status, endDate }: Price, at: number): boolean =>
  status === 'published' && (endDate === undefined || endDate > at);

/** Reason why a subscription cannot take a price. */
export type PriceMismatch = 'other_plan' | 'ended' | 'other_period' | 'other_currency' | 'too_late';

/** Returns why the subscription cannot take the price at `at` (UTC milliseconds); undefined: it can. */
export const mismatchOf = (price: Price, terms: Terms, at: number): PriceMismatch | undefined => {
  if (price.entityType !== 'PLAN' || price.entityId !== terms.planId) return 'other_plan';
  if (!isOpenAt(price, at)) return 'ended';
  if (price.billingPeriod !== terms.billingPeriod && price.billingPeriod !== 'ONETIME') return 'other_period';
  if (price.currency.toLowerCase() !== terms.currency.toLowerCase()) return 'other_currency';
  return terms.endDate === undefined || price.startDate < terms.endDate ? undefined : 'too_late';
};

/** Returns the first of the versions of each lineage, in order of creation. */
export const oncePerLineage = (prices: readonly Price[]): readonly Price[] => {
  const lineages = new Map<string, Price>();
  for (const price of prices.toSorted((a, b) => a.startDate - b.startDate || (a.id < b.id ? -1 : 1))) {
    if (!lineages.has(rootOf(price))) lineages.set(rootOf(price), price);
  }
  return [...lineages.values()].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
};

/**
 * Selects the plan's prices with the subscription's period (or ONETIME) and currency that have not ended at `at` (UTC
 * milliseconds), in order of creation. Of a lineage with a future version only the present one is taken, because a line item bills
 * by its version until the item ends.
 */
export const pricesForSubscription = (prices: Iterable<Price>, terms: Terms, at: number): readonly Price[] =>
  oncePerLineage([...prices].filter((price) => mismatchOf(price, terms, at) === undefined));

/** Copies a price, with other terms, for one subscription alone. The copy starts at `startDate` (UTC milliseconds). */
export const copyForSubscription = (
  price: Price,
  terms: PriceTerms,
  {
    id,
    subscriptionId,
    startDate,
    at,
    by,
  }: {
    readonly id: string;
    readonly subscriptionId: string;
    readonly startDate: number;
    readonly at: number;
    readonly by: string;
  },
): Price => ({
  ...withTerms(price, terms),
  id,
  entityType: 'SUBSCRIPTION',
  entityId: subscriptionId,
  parentPriceId: rootOf(price),
  lookupKey: '',
  startDate,
  createdAt: at,
  updatedAt: at,
  createdBy: by,
  updatedBy: by,
});

const onetimeMs = 1000;

/** Creates the line item of a price, from the latest of the subscription's, the price's and the requested start to the requested end or that of the subscription. */
const rangeOf = (
  subscription: Terms,
  price: Price,
  asked: { readonly startDate?: number; readonly endDate?: number },
): Pick<LineItem, 'startDate' | 'endDate' | 'ownEndDate'> => {
  const startDate = Math.max(subscription.startDate, price.startDate, asked.startDate ?? subscription.startDate);
  const ownEnd = asked.endDate ?? (price.billingPeriod === 'ONETIME' ? startDate + onetimeMs : undefined);
  return { startDate, ...endsWithin(ownEnd, endOfSubscription(subscription), { startDate }) };
};

export interface LineItemRequest {
  readonly id: string;
  readonly price: Price;
  /** Exact decimal; only for FIXED prices. Absent or "0": the price's minimum, or 1. */
  readonly quantity?: string;
  readonly displayName?: string;
  readonly startDate?: number;
  readonly endDate?: number;
  readonly metadata?: LineItem['metadata'];
  readonly commitment?: LineItem['commitment'];
  /** Names of the plan and of the price's meter; "" for none. */
  readonly planName: string;
  readonly meterName: string;
  readonly at: number;
  readonly by: string;
}

export const toLineItem = (
  subscription: Terms & Pick<Subscription, 'id'>,
  { price, planName, meterName, at, by, ...request }: LineItemRequest,
): LineItem => {
  const isUsage = price.type === 'USAGE';
  const askedQuantity = request.quantity === '0' ? undefined : request.quantity;
  return {
    id: request.id,
    status: 'published',
    createdAt: at,
    updatedAt: at,
    createdBy: by,
    updatedBy: by,
    subscriptionId: subscription.id,
    entityType: price.entityType === 'PLAN' ? 'plan' : 'subscription',
    entityId: price.entityType === 'PLAN' ? price.entityId : subscription.id,
    planDisplayName: planName,
    priceId: price.id,
    priceType: price.type,
    meterId: price.meterId,
    meterDisplayName: meterName,
    displayName: request.displayName || price.displayName || meterName || planName,
    quantity: isUsage ? '0' : (askedQuantity ?? price.minQuantity ?? '1'),
    currency: price.currency,
    billingPeriod: price.billingPeriod,
    billingPeriodCount: price.billingPeriodCount,
    invoiceCadence: price.invoiceCadence,
    ...rangeOf(subscription, price, request),
    metadata: request.metadata ?? {},
    ...(request.commitment && { commitment: request.commitment }),
  };
};
