// Opens a subscription, with its anchor, trial and status, and activates a draft.
import type { Price } from '../pricing/price.ts';
import { billingAnchorOf } from '../time/billing-anchor.ts';
import type { Customer } from './customer.ts';
import { endsWithin, endWithSubscription, type LineItem, ownEndOf, withEnds } from './line-item.ts';
import { endOfSubscription } from './subscription-period.ts';
import type { Subscription } from './subscription.ts';
import { trialTermsOf, trialWindow } from './trial.ts';

export interface SubscriptionTerms extends Pick<
  Subscription,
  | 'planId'
  | 'lookupKey'
  | 'currency'
  | 'billingCycle'
  | 'billingPeriod'
  | 'billingPeriodCount'
  | 'startDate'
  | 'collectionMethod'
  | 'paymentTerms'
  | 'metadata'
  | 'commitment'
> {
  /** Half-open, UTC milliseconds. */
  readonly endDate?: number;
  /** As requested; only for anniversary cycles. */
  readonly billingAnchor?: number;
  /** As requested; 0: no trial, even if the prices have one. */
  readonly trialDays?: number;
  /** `active`: also without a trial. */
  readonly forcedStatus?: 'active' | 'draft';
}

/** Opens a subscription without line items. `conflict`: its prices have different trials. */
export const openSubscription = (
  { trialDays, forcedStatus, ...terms }: SubscriptionTerms,
  prices: readonly Price[],
  {
    id,
    customer,
    at,
    by,
  }: { readonly id: string; readonly customer: Customer; readonly at: number; readonly by: string },
): Subscription | 'conflict' => {
  const trial = trialTermsOf(forcedStatus === 'active' ? 0 : trialDays, prices);
  if (trial.kind === 'conflict') return 'conflict';
  return {
    ...terms,
    ...trialWindow(terms.startDate, trial.days),
    id,
    status: 'published',
    createdAt: at,
    updatedAt: at,
    createdBy: by,
    updatedBy: by,
    customerId: customer.id,
    subscriptionStatus: forcedStatus ?? 'active',
    billingAnchor: billingAnchorOf({ ...terms, timezone: customer.timezone }),
    timezone: customer.timezone,
    cancelAtPeriodEnd: false,
    lineItems: [],
    prices: [],
    entitlements: [],
    history: [],
  };
};

/** Moves a date with the start of the subscription. A later date, requested or of a price, stays unless the new start is after it. */
const moveItem = (item: LineItem, draft: Subscription, to: number, priceStart: number): LineItem => {
  const startDate = Math.max(to, item.startDate > draft.startDate ? item.startDate : priceStart);
  const moved = { ...item, startDate };
  const ownEnd = ownEndOf(item);
  if (ownEnd === undefined) return endWithSubscription(moved, endOfSubscription(draft));
  const isOnetime = item.billingPeriod === 'ONETIME';
  const end = isOnetime ? startDate + ownEnd - item.startDate : Math.max(startDate, ownEnd);
  return withEnds(moved, endsWithin(end, endOfSubscription(draft), moved));
};

/** Activates a draft that starts at `startDate`. `priceStartOf`: start of the price of an item. All UTC milliseconds. */
export const activate = (
  draft: Subscription,
  startDate: number,
  priceStartOf: (item: LineItem) => number,
): Subscription => {
  const { billingAnchor, ...terms } = draft;
  const hasOwnAnchor = draft.billingCycle === 'anniversary' && billingAnchor !== draft.startDate;
  const trialMs = (draft.trialEnd ?? 0) - (draft.trialStart ?? 0);
  return {
    ...draft,
    subscriptionStatus: 'active',
    startDate,
    billingAnchor: hasOwnAnchor ? billingAnchor : billingAnchorOf({ ...terms, startDate }),
    ...(trialMs > 0 && { trialStart: startDate, trialEnd: startDate + trialMs }),
    lineItems: draft.lineItems.map((item) => moveItem(item, draft, startDate, priceStartOf(item))),
  };
};
