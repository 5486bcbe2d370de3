// A commitment that applies to each bucket of a meter by itself. A window that begins in a time bucket has the price and the
// terms of that; any other one those of the line item, or its plain price.
import type { Quantity } from '../numbers/quantity.ts';
import { costOfParts, priceBuckets, type PricedTerms } from '../pricing/price-cost.ts';
import type { Period } from '../time/period.ts';
import { isInTimeOfDay } from '../time/time-of-day.ts';
import { bucketStarts, type WindowSize } from '../time/usage-window.ts';
import { applyCommitment, type CommitmentOutcome, committedCost, uncommitted } from './commitment-charge.ts';
import type { CommitmentTerms, CommitmentTimeBucket, LineItemCommitment } from './commitment.ts';

/** A bucket of the meter that has usage, or one without (no quantities) in which a true-up is charged. */
export interface WindowUsage {
  /** UTC milliseconds. */
  readonly start: number;
  /** What is priced by itself: the value of the bucket, or those of its groups for TIERED prices. */
  readonly quantities: readonly Quantity[];
}

export interface WindowOutcome extends CommitmentOutcome, WindowUsage {
  /** What the quantities cost without a commitment, at the price of the window. */
  readonly cost: Quantity;
  readonly timeBucket?: CommitmentTimeBucket;
}

/** The time bucket that an instant (UTC ms) is in; they do not overlap. */
export const timeBucketAt = (
  timeBuckets: readonly CommitmentTimeBucket[],
  instant: number,
): CommitmentTimeBucket | undefined => timeBuckets.find((bucket) => isInTimeOfDay(bucket, instant));

/** The terms of a window that begins at `start` (UTC ms). */
const termsAt = ({ terms, timeBuckets }: LineItemCommitment, start: number): CommitmentTerms | undefined =>
  timeBucketAt(timeBuckets, start) ?? terms;

/** `priceOf`: of a time bucket; undefined where that price is not there, then it is the line item's. */
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
 * The windows with usage, in order, and among them those without in which a true-up is charged: they began before `now`, in a
 * time bucket with a true-up or, outside of them, where the line item has one. `windows`: in order; `range`: of the line item,
 * cut to what is billed.
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

/** Whether a window has a commitment at all: its time bucket's, or the line item's. */
export const isCommitted = (
  { terms }: LineItemCommitment,
  { timeBucket }: Pick<WindowOutcome, 'timeBucket'>,
): boolean => timeBucket !== undefined || terms !== undefined;
