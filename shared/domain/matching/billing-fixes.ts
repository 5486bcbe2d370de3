// Finds what could be sold to a customer so that a meter is billed from one time to another: a price for one of its subscriptions, or a
// plan. Only what leaves nothing to choose is found.
import { isBucketedMaximum } from '../catalog/billed-meter.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Price } from '../pricing/price.ts';
import { startOfPrice } from '../pricing/price.ts';
import { takePrices } from '../subscriptions/plan-line-items.ts';
import { endOfSubscription, subscriptionStatusAt } from '../subscriptions/subscription-period.ts';
import type { Account, Subscription } from '../subscriptions/subscription.ts';
import { trialTermsOf } from '../subscriptions/trial.ts';
import type { BillingPeriod } from '../time/billing-period.ts';
import { orderOfBillingPeriod } from '../time/billing-period.ts';

/** Events of a meter, `first` to `last`, to be billed from `start` to `end`, exclusive. All in UTC milliseconds. */
export interface Gap {
  readonly meterId: string;
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly end?: number;
}

const only = <T>(values: readonly T[]): T | undefined => (values.length === 1 ? values[0] : undefined);

/** Returns whether line items can be added to a subscription at `now`. */
export const isLiveAt = (subscription: Subscription, now: number): boolean =>
  subscription.status === 'published' && ['active', 'trialing'].includes(subscriptionStatusAt(subscription, now));

/** Returns whether the subscription goes on for all of the gap's events. */
export const spans = (subscription: Subscription, { first, last }: Gap): boolean =>
  subscription.startDate <= first && (endOfSubscription(subscription) ?? Infinity) > last;

const isOpenAt = (price: Price, now: number): boolean =>
  price.status === 'published' && (price.endDate === undefined || price.endDate > now);

/** Lists the prices of plans that an item of the subscription could have, those of its own plan if there are any. */
const offeredTo = (
  { currency, billingPeriod, planId }: Subscription,
  catalog: Catalog,
  { meterId, first }: Gap,
  now: number,
): readonly Price[] => {
  const meter = catalog.meters.get(meterId);
  const fitting = (catalog.usagePricesByMeter.get(meterId) ?? []).filter((price) => {
    const order = orderOfBillingPeriod(price.billingPeriod);
    const isTooFrequent = order > 0 && order < orderOfBillingPeriod(billingPeriod);
    return (
      isOpenAt(price, now) &&
      startOfPrice(price) <= first &&
      price.currency === currency &&
      !isTooFrequent &&
      !isBucketedMaximum(meter, price)
    );
  });
  const own = fitting.filter(({ entityId }) => entityId === planId);
  return own.length > 0 ? own : fitting;
};

/** Finds the price and the subscription of a line item that bills a gap; undefined: none, or several. */
export const findItem = (
  subscriptions: readonly Subscription[],
  catalog: Catalog,
  gap: Gap,
  now: number,
): { readonly subscription: Subscription; readonly price: Price } | undefined =>
  only(
    subscriptions
      .filter((subscription) => isLiveAt(subscription, now) && spans(subscription, gap))
      .flatMap((subscription) => offeredTo(subscription, catalog, gap, now).map((price) => ({ subscription, price }))),
  );

export interface PlanTerms {
  readonly planId: string;
  readonly currency: string;
  readonly billingPeriod: BillingPeriod;
}

/** Returns whether a new subscription with these terms bills a gap. */
const billsGap = (terms: PlanTerms, catalog: Catalog, gap: Gap, now: number): boolean => {
  if (catalog.plans.get(terms.planId)?.status !== 'published') return false;
  const dates = { startDate: gap.start, ...(gap.end !== undefined && { endDate: gap.end }) };
  const taken = takePrices(catalog.prices.values(), { ...terms, ...dates }, now);
  const hasOneTrial =
    trialTermsOf(
      undefined,
      taken.map(({ price }) => price),
    ).kind === 'days';
  return (
    hasOneTrial &&
    taken.some(({ versions: [version] }) => version.meterId === gap.meterId && startOfPrice(version) <= gap.first)
  );
};

/** Finds the terms of a subscription that bills a gap; undefined: none, or several. `like`: only the terms of this one. */
export const findPlan = (catalog: Catalog, gap: Gap, now: number, like?: Subscription): PlanTerms | undefined => {
  const offered = catalog.usagePricesByMeter.get(gap.meterId) ?? [];
  const terms = like
    ? [like]
    : offered.map(({ entityId: planId, currency, billingPeriod }) => ({ planId, currency, billingPeriod }));
  const distinct = new Map(
    terms.map(({ planId, currency, billingPeriod }) => [
      JSON.stringify([planId, currency, billingPeriod]),
      { planId, currency, billingPeriod },
    ]),
  );
  return only([...distinct.values()].filter((one) => billsGap(one, catalog, gap, now)));
};

/**
 * Returns whether a new subscription over a gap may bill what another one bills already, or was meant to: one of the account lies in
 * that time, or waits to be activated.
 */
export const mayBillTwice = (account: Account, { start, end = Infinity }: Gap): boolean =>
  account.subscriptions.some((subscription) => {
    if (subscription.status !== 'published') return false;
    if (subscription.subscriptionStatus === 'draft') return true;
    return subscription.startDate < end && (endOfSubscription(subscription) ?? Infinity) > start;
  });
