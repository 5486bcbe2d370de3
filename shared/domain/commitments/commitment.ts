// What a customer commits to spend: by line item, by times of the day, or by subscription.
import type { BillingPeriod } from '../time/billing-period.ts';
import type { TimeOfDayRange } from '../time/time-of-day.ts';

/** How often a commitment begins anew: any but ONETIME. */
export type CommitmentDuration = Exclude<BillingPeriod, 'ONETIME'>;

export const commitmentTypes = ['amount', 'quantity'] as const;
export type CommitmentType = (typeof commitmentTypes)[number];

export interface CommitmentTerms {
  readonly type: CommitmentType;
  /** Exact decimal, > 0: currency units, or units of the meter, which cost what the price says. */
  readonly value: string;
  /** Exact decimal, 1 or more: what usage beyond the commitment costs, as a multiple. */
  readonly overageFactor: string;
  /** Whether what is not used is charged too. */
  readonly hasTrueUp: boolean;
}

/** Of the windows that start in it, with a price of its own. */
export interface CommitmentTimeBucket extends CommitmentTerms, TimeOfDayRange {
  readonly id: string;
  /** A price of the subscription. */
  readonly priceId: string;
}

export interface LineItemCommitment {
  /** undefined: outside of the time buckets the plain price. */
  readonly terms?: CommitmentTerms;
  /** Applied to each bucket of the meter by itself. */
  readonly isWindowed: boolean;
  readonly duration?: CommitmentDuration;
  /** Only when windowed. */
  readonly timeBuckets: readonly CommitmentTimeBucket[];
}

export interface SubscriptionCommitment {
  /** Exact decimal in currency units, > 0. */
  readonly amount: string;
  /** As the billing period when undefined. */
  readonly duration?: CommitmentDuration;
  /** Exact decimal, 1 or more. At 1 the commitment changes nothing, its true-up included. */
  readonly overageFactor: string;
  readonly hasTrueUp: boolean;
}
