// Commitments to each bucket of a meter by itself. A bucket that begins in a time bucket has the price and terms of that; any other
// has those of the line item, or only its price.
import type { Quantity } from '../numbers/quantity.ts';
import type { PricedTerms } from '../pricing/price-cost.ts';
import type { Period } from '../time/period.ts';
import { isInTimeOfDay } from '../time/time-of-day.ts';
import { bucketStarts, type WindowSize } from '../time/usage-window.ts';
import { applyCommitment, type CommitmentOutcome, committedCost } from './commitment-charge.ts';
import type { CommitmentTerms, CommitmentTimeBucket, LineItemCommitment } from './commitment.ts';

/** Price and terms of a bucket of the meter. */
export interface WindowRate {
  readonly price: PricedTerms;
  /** undefined: nothing is committed to. */
  readonly terms: CommitmentTerms | undefined;
  readonly timeBucket: CommitmentTimeBucket | undefined;
}

/**
 * Finds the time bucket that contains an instant (UTC milliseconds). Time buckets do not overlap.
 * @internal
 */
export const timeBucketAt = (
  timeBuckets: readonly CommitmentTimeBucket[],
  instant: number,
): CommitmentTimeBucket | undefined => timeBuckets.find((bucket) => isInTimeOfDay(bucket, instant));

/**
 * Returns the rate of a bucket that begins at `start` (UTC milliseconds). `priceOf`: price of a time bucket; undefined: the line
 * item's price is used.
 */
export const rateAt = (
  { terms, timeBuckets }: LineItemCommitment,
  start: number,
  linePrice: PricedTerms,
  priceOf: (bucket: CommitmentTimeBucket) => PricedTerms | undefined,
): WindowRate => {
  const timeBucket = timeBucketAt(timeBuckets, start);
  return {
    price: (timeBucket && priceOf(timeBucket)) ?? linePrice,
    terms: timeBucket ?? terms,
    timeBucket,
  };
};

/** Applies the terms of a bucket to its cost; undefined: there are none. */
export const outcomeAt = ({ terms, price }: WindowRate, cost: Quantity): CommitmentOutcome | undefined =>
  terms && applyCommitment(terms, cost, committedCost(terms, price));

/**
 * Lists the buckets in which a true-up is charged even without usage: those that began before `now`, in a time bucket with a true-up
 * or, outside of time buckets, for a line item with one. `range`: billed part of the line item's range.
 */
export const bucketsWithTrueUp = (
  { terms, timeBuckets }: LineItemCommitment,
  {
    range,
    size,
    anchorDay,
    now,
  }: {
    readonly range: Period;
    readonly size: WindowSize;
    readonly anchorDay: number;
    readonly now: number;
  },
): readonly number[] => {
  if (![terms, ...timeBuckets].some((one) => one?.hasTrueUp === true)) return [];
  return bucketStarts(size, { start: range.start, end: Math.min(range.end, now) }, anchorDay).filter(
    (start) => (timeBucketAt(timeBuckets, start) ?? terms)?.hasTrueUp === true,
  );
};
