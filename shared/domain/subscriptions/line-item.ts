// A line item: one price a subscription bills, over its own half-open range.
import type { LineItemCommitment } from '../commitments/commitment.ts';
import { type DateRange, holds } from '../time/period.ts';
import type { Entity, Metadata } from '../entity.ts';
import type { BillingPeriod, InvoiceCadence, PriceType } from '../pricing/price.ts';

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
  item.status === 'published' && holds(item, timestamp);
