// Applies a commitment to each bucket of a meter by itself. A window that begins in a time bucket has the price and terms of that;
// any other has those of the line item, or only its price.
import type { Quantity } from '../numbers/quantity.ts';
import { costOfParts, priceBuckets, type PricedTerms } from '../pricing/price-cost.ts';
import type { Period } from '../time/period.ts';
import { isInTimeOfDay } from '../time/time-of-day.ts';
import { bucketStarts, type WindowSize } from '../time/usage-window.ts';
import { applyCommitment, type CommitmentOutcome, committedCost, uncommitted } from './commitment-charge.ts';
import type { CommitmentTerms, CommitmentTimeBucket, LineItemCommitment } from './commitment.ts';

/** Bucket of the meter, with usage, or without (no quantities) if a true-up is charged in it. */
export interface WindowUsage {
  /** UTC milliseconds. */
  readonly start: number;
  /** Quantities that are priced one by one: the value of the bucket, or for TIERED prices those of its groups. */
  readonly quantities: readonly Quantity[];
}

export interface WindowOutcome extends CommitmentOutcome, WindowUsage {
  /** Cost of the quantities at the price of the window, without a commitment. */
  readonly cost: Quantity;
  readonly timeBucket?: CommitmentTimeBucket;
}

/**
 * Finds the time bucket that contains an instant (UTC milliseconds). Time buckets do not overlap.
 * @internal
 */
export const timeBucketAt = (
  timeBuckets: readonly CommitmentTimeBucket[],
  instant: number,
): CommitmentTimeBucket | undefined => timeBuckets.find((bucket) => isInTimeOfDay(bucket, instant));

/** Returns the terms of a window that begins at `start` (UTC milliseconds). */
const termsAt = ({ terms, timeBuckets }: LineItemCommitment, start: number): CommitmentTerms | undefined =>
  timeBucketAt(timeBuckets, start) ?? terms;

/** Applies the commitment to each window. `priceOf`: price of a time bucket; undefined: the line item's price is used. */
export const applyToWindows = (
  { terms, timeBuckets }: LineItemCommitment,
  windows: readonly WindowUsage[],
  linePrice: PricedTerms,
  priceOf: (bucket: CommitmentTimeBucket) => PricedTerms | undefined,
): readonly WindowOutcome[] => {
  const rateOf = (price: PricedTerms, own: CommitmentTerms | undefined) => {
    const committed = own && committedCost(own, price);
    return {
      price,
      outcomeOf: (cost: Quantity) => (own && committed ? applyCommitment(own, cost, committed) : uncommitted(cost)),
    };
  };
  const lineRate = rateOf(linePrice, terms);
  const rates = new Map(timeBuckets.map((bucket) => [bucket.id, rateOf(priceOf(bucket) ?? linePrice, bucket)]));
  return windows.map(({ start, quantities }) => {
    const timeBucket = timeBucketAt(timeBuckets, start);
    const { price, outcomeOf } = (timeBucket && rates.get(timeBucket.id)) ?? lineRate;
    const cost = costOfParts(priceBuckets(price, quantities).flat());
    return { start, quantities, cost, ...outcomeOf(cost), ...(timeBucket && { timeBucket }) };
  });
};

/**
 * Adds to the windows with usage, in order, the empty ones in which a true-up is charged: windows that began before `now`, in a time
 * bucket with a true-up or, outside of time buckets, for a line item with one. `range`: billed part of the line item's range.
 */
export const withEmptyWindows = (
  commitment: LineItemCommitment,
  windows: readonly WindowUsage[],
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
): readonly WindowUsage[] => {
  const { terms, timeBuckets } = commitment;
  if (![terms, ...timeBuckets].some((one) => one?.hasTrueUp === true)) return windows;
  const used = new Set(windows.map(({ start }) => start));
  const empty = bucketStarts(size, { start: range.start, end: Math.min(range.end, now) }, anchorDay)
    .filter((start) => !used.has(start) && termsAt(commitment, start)?.hasTrueUp === true)
    .map((start) => ({ start, quantities: [] }));
  return empty.length === 0 ? windows : [...windows, ...empty].sort((a, b) => a.start - b.start);
};

/** Reports whether a window has a commitment: that of its time bucket, or that of the line item. */
export const isCommitted = (
  { terms }: LineItemCommitment,
  { timeBucket }: Pick<WindowOutcome, 'timeBucket'>,
): boolean => timeBucket !== undefined || terms !== undefined;
