// A subscription with its line items. Its current period, trial end and end-of-period cancellation are computed from what
// is stored and the time asked; nothing is rolled by a clock.
import type { Entitlement } from '../catalog/entitlement.ts';
import type { SubscriptionCommitment } from '../commitments/commitment.ts';
import type { Entity, Metadata } from '../entity.ts';
import type { PriceLineage } from '../pricing/price.ts';
import type { BillingPeriod } from '../time/billing-period.ts';
import type { Customer } from './customer.ts';
import type { LineItem } from './line-item.ts';

export const subscriptionStatuses = ['active', 'paused', 'cancelled', 'incomplete', 'trialing', 'draft'] as const;
export type SubscriptionStatus = (typeof subscriptionStatuses)[number];

/** One of the last 50 changes: when (UTC ms), by which key, which field, from what to what (JSON text). */
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
  /** As stored: draft, incomplete, active or cancelled; trialing and the end of a period follow from the dates. */
  readonly subscriptionStatus: SubscriptionStatus;
  readonly currency: string;
  readonly billingCycle: 'anniversary' | 'calendar';
  readonly billingAnchor: number;
  readonly billingPeriod: BillingPeriod;
  readonly billingPeriodCount: number;
  /** The customer's, fixed at create. */
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
  /** Then no line item has one. */
  readonly commitment?: SubscriptionCommitment;
  readonly lineItems: readonly LineItem[];
  /** Prices that belong to this subscription alone. */
  readonly prices: readonly PriceLineage[];
  readonly entitlements: readonly Entitlement[];
  /** Newest last; at most 50. */
  readonly history: readonly HistoryEntry[];
}

/** One item: a customer with everything they subscribe to. A change of any of it is one conditional write on `rev`. */
export interface Account {
  readonly customer: Customer;
  readonly subscriptions: readonly Subscription[];
  readonly rev: number;
}
