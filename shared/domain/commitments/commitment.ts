// Commitments: what a customer commits to spend, by line item, by times of the day, or by subscription.
import type { BillingPeriod } from '../time/billing-period.ts';
import type { TimeOfDayRange } from '../time/time-of-day.ts';

/** Interval after which a commitment begins again: any but ONETIME. */
export type CommitmentDuration = Exclude<BillingPeriod, 'ONETIME'>;

export const commitmentTypes = ['amount', 'quantity'] as const;
type CommitmentType = (typeof commitmentTypes)[number];

export interface CommitmentTerms {
  readonly type: CommitmentType;
  /** Exact decimal, > 0: currency units, or units of the meter, at the price of the line item. */
  readonly value: string;
  /** Exact decimal, 1 or more: usage beyond the commitment costs this multiple. */
  readonly overageFactor: string;
  /** Whether the unused part of the commitment is charged too. */
  readonly hasTrueUp: boolean;
}

/** Terms, with a price of their own, of the windows that start in this range of the day. */
export interface CommitmentTimeBucket extends CommitmentTerms, TimeOfDayRange {
  readonly id: string;
  /** Id of a price of the subscription. */
  readonly priceId: string;
}

export interface LineItemCommitment {
  /** undefined: outside of the time buckets there is no commitment. */
  readonly terms?: CommitmentTerms;
  /** Whether it applies to each bucket of the meter by itself. */
  readonly isWindowed: boolean;
  readonly duration?: CommitmentDuration;
  /** Only when windowed. */
  readonly timeBuckets: readonly CommitmentTimeBucket[];
}

export interface SubscriptionCommitment {
  /** Exact decimal in currency units, > 0. */
  readonly amount: string;
  /** undefined: the billing period. */
  readonly duration?: CommitmentDuration;
  /** Exact decimal, 1 or more. At 1 the commitment changes nothing, its true-up included. */
  readonly overageFactor: string;
  readonly hasTrueUp: boolean;
}
