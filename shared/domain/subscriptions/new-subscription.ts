// Opens a subscription, with its anchor, trial and status.
import type { Price } from '../pricing/price.ts';
import { billingAnchorOf } from '../time/billing-anchor.ts';
import type { Customer } from './customer.ts';
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
