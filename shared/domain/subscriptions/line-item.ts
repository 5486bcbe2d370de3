// Line item: one price that a subscription bills, over a half-open range of its own.
import type { LineItemCommitment } from '../commitments/commitment.ts';
import type { Entity, Metadata } from '../entity.ts';
import type { InvoiceCadence, PriceType } from '../pricing/price.ts';
import type { BillingPeriod } from '../time/billing-period.ts';
import { type DateRange, contains } from '../time/period.ts';

export interface LineItem extends Entity, DateRange {
  readonly subscriptionId: string;
  readonly entityType: 'plan' | 'subscription';
  readonly entityId: string;
  readonly planDisplayName: string;
  /** Id of a price version; the item bills by this version until it ends. */
  readonly priceId: string;
  readonly priceType: PriceType;
  /** "" for FIXED. */
  readonly meterId: string;
  readonly meterDisplayName: string;
  readonly displayName: string;
  /** Exact decimal; "0" for USAGE. */
  readonly quantity: string;
  readonly currency: string;
  readonly billingPeriod: BillingPeriod;
  readonly billingPeriodCount: number;
  readonly invoiceCadence: InvoiceCadence;
  readonly metadata: Metadata;
  /** Present while the subscription ends the item earlier: its own end (UTC milliseconds), or null for none. */
  readonly ownEndDate?: number | null;
  /** USAGE only. */
  readonly commitment?: LineItemCommitment;
}

/** Reports whether a line item is active: published and startDate ≤ t < endDate. Everything uses this rule. */
export const isActiveAt = (item: LineItem, timestamp: number): boolean =>
  item.status === 'published' && contains(item, timestamp);

type Ends = Pick<LineItem, 'endDate' | 'ownEndDate'>;

/** Returns the item's own end, in UTC milliseconds; undefined: it goes on as long as its subscription. */
export const ownEndOf = ({ endDate, ownEndDate }: Ends): number | undefined =>
  ownEndDate === undefined ? endDate : (ownEndDate ?? undefined);

/** Returns the ends of an item that starts at `startDate`. One that has not begun by the subscription's end never will. All UTC milliseconds. */
export const endsWithin = (
  own: number | undefined,
  subscriptionEnd: number | undefined,
  { startDate }: Pick<LineItem, 'startDate'>,
): Ends => {
  if (subscriptionEnd !== undefined && (own === undefined || own > subscriptionEnd)) {
    return { endDate: Math.max(startDate, subscriptionEnd), ownEndDate: own ?? null };
  }
  return own === undefined ? {} : { endDate: own };
};

/** Replaces the ends of an item. */
export const withEnds = (item: LineItem, ends: Ends): LineItem => {
  const rest = { ...item };
  delete rest.endDate;
  delete rest.ownEndDate;
  return { ...rest, ...ends };
};

/** Ends the item with a subscription that ends at `subscriptionEnd` (UTC milliseconds), or has no end. */
export const endWithSubscription = (item: LineItem, subscriptionEnd: number | undefined): LineItem =>
  withEnds(item, endsWithin(ownEndOf(item), subscriptionEnd, item));
