// Subscription with its line items. Its current period, the end of its trial and a cancellation at the end of a period are computed
// from the stored dates and the time of the question; no scheduled job changes it.
import type { Entitlement } from '../catalog/entitlement.ts';
import type { SubscriptionCommitment } from '../commitments/commitment.ts';
import type { Entity, Metadata } from '../entity.ts';
import type { PriceLineage } from '../pricing/price.ts';
import type { BillingPeriod } from '../time/billing-period.ts';
import type { Customer } from './customer.ts';
import type { LineItem } from './line-item.ts';

export const subscriptionStatuses = ['active', 'paused', 'cancelled', 'incomplete', 'trialing', 'draft'] as const;
export type SubscriptionStatus = (typeof subscriptionStatuses)[number];

/** One change: when (UTC milliseconds), by which key, and the old and new value of a field (JSON text). */
export interface HistoryEntry {
  readonly time: number;
  readonly key: string;
  readonly field: string;
  readonly old: string;
  readonly new: string;
}

export interface Subscription extends Entity {
  readonly customerId: string;
  readonly planId: string;
  readonly lookupKey: string;
  /** Stored status: draft, incomplete, active or cancelled. Trialing and the end of a period follow from the dates. */
  readonly subscriptionStatus: SubscriptionStatus;
  readonly currency: string;
  readonly billingCycle: 'anniversary' | 'calendar';
  readonly billingAnchor: number;
  readonly billingPeriod: BillingPeriod;
  readonly billingPeriodCount: number;
  /** Time zone of the customer when the subscription was created. */
  readonly timezone: string;
  /** UTC milliseconds. */
  readonly startDate: number;
  readonly endDate?: number;
  readonly trialStart?: number;
  readonly trialEnd?: number;
  readonly cancelAt?: number;
  readonly cancelledAt?: number;
  readonly cancelAtPeriodEnd: boolean;
  readonly collectionMethod: 'charge_automatically' | 'send_invoice';
  readonly paymentTerms: string;
  readonly metadata: Metadata;
  /** Excludes commitments of line items. */
  readonly commitment?: SubscriptionCommitment;
  readonly lineItems: readonly LineItem[];
  /** Prices that belong to this subscription alone. */
  readonly prices: readonly PriceLineage[];
  readonly entitlements: readonly Entitlement[];
  /** Newest last; at most 50. */
  readonly history: readonly HistoryEntry[];
}

/** Account: a customer with everything they subscribe to, in one item. Any change is one write on condition of `rev`. */
export interface Account {
  readonly customer: Customer;
  readonly subscriptions: readonly Subscription[];
  readonly rev: number;
}
