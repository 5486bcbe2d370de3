// Computes the cost of a breakdown of usage at the price of its line item, by bucket or window and in total. Exact, unrounded: only a
// charge is rounded.
import {
  applyCommitment,
  type CommitmentOutcome,
  committedCost,
  noOutcome,
  sumOfOutcomes,
} from '../commitments/commitment-charge.ts';
import { applyToWindows, isCommitted, withEmptyWindows } from '../commitments/commitment-windows.ts';
import type { CommitmentTimeBucket, LineItemCommitment } from '../commitments/commitment.ts';
import { type Quantity, sumOf, zeroQuantity } from '../numbers/quantity.ts';
import { costOfParts, priceBuckets, type PricedTerms, priceQuantity } from '../pricing/price-cost.ts';
import type { WindowSize } from '../time/usage-window.ts';
import type { Breakdown, BreakdownPoint } from '../usage/usage-breakdown.ts';
import { pricedValues } from './usage-charge.ts';

/** Window or bucket with its cost. */
export interface CostedPoint extends Omit<BreakdownPoint, 'values'> {
  /** Cost without a commitment. */
  readonly cost: Quantity;
  readonly charge: Quantity;
  /** Outcome of the commitment; zeros where none applies. */
  readonly outcome: CommitmentOutcome;
  readonly timeBucket?: CommitmentTimeBucket;
}

export interface CostedUsage extends Pick<CostedPoint, 'charge' | 'outcome'> {
  readonly points: readonly CostedPoint[];
}

export interface CostingTerms {
  readonly price: PricedTerms;
  /** undefined also where it does not apply, as to one group among several. */
  readonly commitment: LineItemCommitment | undefined;
  readonly priceOf: (bucket: CommitmentTimeBucket) => PricedTerms | undefined;
  /** Half-open, UTC milliseconds. */
  readonly start: number;
  readonly end: number;
  readonly now: number;
  /** Bucket size of the meter; undefined: it has no buckets. */
  readonly bucketSize: WindowSize | undefined;
  /** Day of the month on which its MONTH buckets begin; 1 to 31. */
  readonly bucketAnchorDay: number;
}

const totalsOf = (points: readonly CostedPoint[]): Pick<CostedPoint, 'charge' | 'outcome'> => ({
  charge: sumOf(points.map(({ charge }) => charge)),
  outcome: sumOfOutcomes(points.map(({ outcome }) => outcome)),
});

const empty = { usage: zeroQuantity, eventCount: 0 };

const costBuckets = (
  points: readonly BreakdownPoint[],
  size: WindowSize,
  { price, commitment, priceOf, start, end, now, bucketAnchorDay }: CostingTerms,
): readonly CostedPoint[] => {
  const windows = points.map((point) => ({ start: point.start, quantities: pricedValues(price, point) }));
  if (!commitment?.isWindowed) {
    return points.map((point, index) => {
      const cost = costOfParts(priceBuckets(price, windows[index]?.quantities ?? []).flat());
      return { ...point, cost, charge: cost, outcome: noOutcome };
    });
  }
  const byStart = new Map(points.map((point) => [point.start, point]));
  const range = { start, end };
  const filled = withEmptyWindows(commitment, windows, { range, size, anchorDay: bucketAnchorDay, now });
  return applyToWindows(commitment, filled, price, priceOf).map((window) => {
    const { start: at, cost, charge, timeBucket } = window;
    return {
      start: at,
      ...(byStart.get(at) ?? empty),
      cost,
      charge,
      outcome: isCommitted(commitment, window) ? window : noOutcome,
      ...(timeBucket && { timeBucket }),
    };
  });
};

const withTerms = (cost: Quantity, { price, commitment }: CostingTerms): Omit<CostedUsage, 'points'> => {
  const { terms } = commitment ?? {};
  if (terms === undefined) return { charge: cost, outcome: noOutcome };
  const outcome = applyCommitment(terms, cost, committedCost(terms, price));
  return { charge: outcome.charge, outcome };
};

export const costUsage = ({ usage, points }: Pick<Breakdown, 'usage' | 'points'>, terms: CostingTerms): CostedUsage => {
  const { price, commitment, bucketSize } = terms;
  if (bucketSize === undefined) {
    const costed = points.map((point) => {
      const cost = costOfParts(priceQuantity(price, point.usage));
      return { ...point, cost, charge: cost, outcome: noOutcome };
    });
    return { ...withTerms(costOfParts(priceQuantity(price, usage)), terms), points: costed };
  }
  const costed = costBuckets(points, bucketSize, terms);
  if (!commitment?.isWindowed) return { ...withTerms(sumOf(costed.map(({ cost }) => cost)), terms), points: costed };
  return { ...totalsOf(costed), points: costed };
};

/** Merges points into one, with the given `usage`. */
export const mergePoints = (start: number, points: readonly CostedPoint[], usage: Quantity): CostedPoint => ({
  start,
  usage,
  eventCount: points.reduce((sum, { eventCount }) => sum + eventCount, 0),
  cost: sumOf(points.map(({ cost }) => cost)),
  ...totalsOf(points),
});
