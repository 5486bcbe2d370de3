// Selects the prices of a plan that a subscription takes, and creates the line items that bill them.
import { type PriceTerms, withTerms } from '../pricing/price-lineage.ts';
import { type Price, rootOf, startOfPrice } from '../pricing/price.ts';
import { endsWithin, type LineItem } from './line-item.ts';
import { endOfSubscription } from './subscription-period.ts';
import type { Subscription } from './subscription.ts';

type Terms = Pick<Subscription, 'planId' | 'currency' | 'billingPeriod' | 'startDate' | 'endDate' | 'cancelAt'>;

const endOfPrice = ({ endDate = Infinity }: Price): number => endDate;
const isOpenAt = (price: Price, at: number): boolean => price.status === 'published' && endOfPrice(price) > at;

/** Reason why a subscription cannot take a price. */
export type PriceMismatch = 'other_plan' | 'ended' | 'other_period' | 'other_currency' | 'too_late';

/** A price that a subscription takes. */
export interface TakenPrice {
  /** The version that the subscription keeps. */
  readonly price: Price;
  /** Those of its lineage that fall into the subscription, up to the kept one, oldest first; at least one. */
  readonly versions: readonly [Price, ...Price[]];
  /** When its first version starts, UTC milliseconds; undefined: it has no beginning. */
  readonly beginning: number | undefined;
}

const compare = (a: number | string, b: number | string): number => (a < b ? -1 : Number(a > b));
const byStart = (a: Price, b: Price): number => compare(startOfPrice(a), startOfPrice(b)) || compare(a.id, b.id);

/** Sorts by the creation of the kept versions. */
export const inOrderOfCreation = (taken: readonly TakenPrice[]): readonly TakenPrice[] =>
  taken.toSorted(({ price: a }, { price: b }) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id));

const lineageOf = (price: Price, prices: Iterable<Price>): readonly Price[] =>
  [...prices].filter((one) => rootOf(one) === rootOf(price)).sort(byStart);

/** Lists the versions before this one that were in force at `startDate` (UTC milliseconds) or later, oldest first. */
export const versionsBefore = (price: Price, prices: Iterable<Price>, startDate: number): readonly Price[] =>
  lineageOf(price, prices).filter(
    (version) => byStart(version, price) < 0 && endOfPrice(version) > Math.max(startDate, startOfPrice(version)),
  );

/**
 * Lists the versions that bill a subscription which keeps this one: a back-dated subscription is billed by what was in force. A
 * ONETIME fee is due once, by the first of them; a version that begins later than the subscription and `at` has none before it.
 */
const versionsUntil = (price: Price, prices: Iterable<Price>, terms: Terms, at: number): readonly Price[] => {
  const { startDate, endDate = Infinity } = terms;
  const isLater = startOfPrice(price) > Math.max(startDate, at);
  const all = [...(isLater ? [] : versionsBefore(price, prices, startDate)), price];
  const fallingIn = all.filter((version) => startOfPrice(version) < endDate);
  return price.billingPeriod === 'ONETIME' ? fallingIn.slice(0, 1) : fallingIn;
};

/**
 * Takes a price for a subscription that is made at `at` (UTC milliseconds), or says why it cannot. `prices`: those of the plan,
 * with all versions of this one.
 */
export const takePrice = (
  price: Price,
  prices: Iterable<Price>,
  terms: Terms,
  at: number,
): TakenPrice | PriceMismatch => {
  if (price.entityType !== 'PLAN' || price.entityId !== terms.planId) return 'other_plan';
  if (!isOpenAt(price, Math.max(at, terms.startDate))) return 'ended';
  if (price.billingPeriod !== terms.billingPeriod && price.billingPeriod !== 'ONETIME') return 'other_period';
  if (price.currency.toLowerCase() !== terms.currency.toLowerCase()) return 'other_currency';
  const [first, ...others] = versionsUntil(price, prices, terms, at);
  if (first === undefined) return 'too_late';
  return { price, versions: [first, ...others], beginning: lineageOf(price, prices)[0]?.startDate };
};

/**
 * Takes the plan's prices with the subscription's period (or ONETIME) and currency that have not ended at `at` (UTC milliseconds),
 * in order of creation. Of each lineage the subscription keeps the version that is in force at `at`, or at its own later start,
 * because a line item bills by its version until the item ends.
 */
export const takePrices = (prices: Iterable<Price>, terms: Terms, at: number): readonly TakenPrice[] => {
  const lineages = Map.groupBy(prices, rootOf);
  const taken = Array.from(lineages.values(), (lineage): TakenPrice | undefined => {
    const kept = lineage.toSorted(byStart).find((price) => isOpenAt(price, Math.max(at, terms.startDate)));
    const outcome = kept && takePrice(kept, lineage, terms, at);
    return typeof outcome === 'string' ? undefined : outcome;
  });
  return inOrderOfCreation(taken.filter((one) => one !== undefined));
};

/** Copies a price, with other terms, for one subscription alone. The copy starts at `startDate` (UTC milliseconds), if there is one. */
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
    readonly startDate: number | undefined;
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
  ...(startDate !== undefined && { startDate }),
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
  const startDate = Math.max(subscription.startDate, startOfPrice(price), asked.startDate ?? subscription.startDate);
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
