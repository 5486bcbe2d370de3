// Activates a draft: its line items, trial and anchor move with its start.
import { type Price, startOfPrice } from '../pricing/price.ts';
import { billingAnchorOf } from '../time/billing-anchor.ts';
import { endsWithin, endWithSubscription, type LineItem, ownEndOf, withEnds } from './line-item.ts';
import { versionsBefore } from './plan-line-items.ts';
import { endOfSubscription } from './subscription-period.ts';
import type { Subscription } from './subscription.ts';

export interface Activation {
  /** UTC milliseconds. */
  readonly startDate: number;
  readonly priceOf: (item: LineItem) => Price | undefined;
  /** Line items that bill the time before the drafted ones, by the id of the one that follows. */
  readonly earlierItems: ReadonlyMap<string, readonly LineItem[]>;
}

/** A copy that a draft made of a price, when copies began with the draft, moves with it too. */
const priceStartOf = (price: Price | undefined, draft: Subscription): number =>
  price === undefined || (price.entityType === 'SUBSCRIPTION' && price.startDate === draft.startDate)
    ? -Infinity
    : startOfPrice(price);

/** Moves a date with the start of the subscription. A later date, requested or of a price, stays unless the new start is after it. */
const moveItem = (item: LineItem, draft: Subscription, to: number, price: Price | undefined): LineItem => {
  const startDate = Math.max(to, item.startDate > draft.startDate ? item.startDate : priceStartOf(price, draft));
  const moved = { ...item, startDate };
  const ownEnd = ownEndOf(item);
  if (ownEnd === undefined) return endWithSubscription(moved, endOfSubscription(draft));
  const isOnetime = item.billingPeriod === 'ONETIME';
  const end = isOnetime ? startDate + ownEnd - item.startDate : Math.max(startDate, ownEnd);
  return withEnds(moved, endsWithin(end, endOfSubscription(draft), moved));
};

/**
 * Creates the line items that a draft lacks when it starts earlier than it was drafted for, where an earlier version of the price
 * of `item` was in force: each bills until the next one starts. `prices`: those of the plan.
 */
export const itemsBefore = (
  item: LineItem,
  draft: Subscription,
  { startDate, price, prices }: { readonly startDate: number; readonly price: Price; readonly prices: Iterable<Price> },
  { newId, at, by }: { readonly newId: () => string; readonly at: number; readonly by: string },
): readonly LineItem[] => {
  if (item.startDate !== draft.startDate || item.billingPeriod === 'ONETIME') return [];
  return versionsBefore(price, prices, startDate).map((version) => {
    const start = Math.max(startDate, startOfPrice(version));
    const created = { id: newId(), createdAt: at, updatedAt: at, createdBy: by, updatedBy: by };
    const earlier = { ...item, ...created, priceId: version.id, startDate: start };
    return withEnds(earlier, endsWithin(version.endDate, endOfSubscription(draft), earlier));
  });
};

/** Activates a draft. */
export const activate = (draft: Subscription, { startDate, priceOf, earlierItems }: Activation): Subscription => {
  const { billingAnchor, ...terms } = draft;
  const hasOwnAnchor = draft.billingCycle === 'anniversary' && billingAnchor !== draft.startDate;
  const trialMs = (draft.trialEnd ?? 0) - (draft.trialStart ?? 0);
  return {
    ...draft,
    subscriptionStatus: 'active',
    startDate,
    billingAnchor: hasOwnAnchor ? billingAnchor : billingAnchorOf({ ...terms, startDate }),
    ...(trialMs > 0 && { trialStart: startDate, trialEnd: startDate + trialMs }),
    lineItems: draft.lineItems.flatMap((item) => [
      ...(earlierItems.get(item.id) ?? []),
      moveItem(item, draft, startDate, priceOf(item)),
    ]),
  };
};
