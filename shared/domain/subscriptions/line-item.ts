// A line item: one price a subscription bills, over its own half-open range.
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
  /** A price version; the item bills by this version until it ends. */
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
  /** While its subscription ends it earlier: the end it has by itself (UTC milliseconds), null when none. */
  readonly ownEndDate?: number | null;
  /** USAGE only. */
  readonly commitment?: LineItemCommitment;
}

/** The one rule for line items, used everywhere: published and startDate ≤ t < endDate. */
export const isActiveAt = (item: LineItem, timestamp: number): boolean =>
  item.status === 'published' && contains(item, timestamp);

type Ends = Pick<LineItem, 'endDate' | 'ownEndDate'>;

/** UTC milliseconds; undefined: it goes on for as long as its subscription. */
export const ownEndOf = ({ endDate, ownEndDate }: Ends): number | undefined =>
  ownEndDate === undefined ? endDate : (ownEndDate ?? undefined);

/** The ends of an item that starts at `startDate`; one that has not begun by the subscription's end never will. All UTC milliseconds. */
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

/** The item with these ends and none of those it had. */
export const withEnds = (item: LineItem, ends: Ends): LineItem => {
  const rest = { ...item };
  delete rest.endDate;
  delete rest.ownEndDate;
  return { ...rest, ...ends };
};

/** The item in a subscription that ends at `subscriptionEnd` (UTC milliseconds), or goes on. */
export const endWithSubscription = (item: LineItem, subscriptionEnd: number | undefined): LineItem =>
  withEnds(item, endsWithin(ownEndOf(item), subscriptionEnd, item));
