// Applies a commitment to a cost. Costs beyond it are charged at a multiple (overage); a true-up charges what is missing to it.
// Exact, unrounded: charge = utilized + overage + true-up.
import type { CommitmentTerms } from './commitment.ts';
import { costOfParts, type PricedTerms, priceQuantity } from '../pricing/price-cost.ts';
import { decimal, type Quantity, zeroQuantity } from '../numbers/quantity.ts';

export interface CommitmentOutcome {
  readonly charge: Quantity;
  readonly utilized: Quantity;
  /** Cost beyond the commitment × the overage factor. */
  readonly overage: Quantity;
  readonly trueUp: Quantity;
}

export const noOutcome: CommitmentOutcome = {
  charge: zeroQuantity,
  utilized: zeroQuantity,
  overage: zeroQuantity,
  trueUp: zeroQuantity,
};

/**
 * Returns the outcome for a cost without a commitment: all of it counts as utilized.
 * @internal
 */
export const uncommitted = (cost: Quantity): CommitmentOutcome => ({ ...noOutcome, charge: cost, utilized: cost });

/** Returns the committed cost in currency units: the amount, or what the quantity costs at the price. */
export const committedCost = (
  { type, value }: Pick<CommitmentTerms, 'type' | 'value'>,
  price: PricedTerms,
): Quantity => (type === 'amount' ? decimal(value) : costOfParts(priceQuantity(price, decimal(value))));

/** Applies the commitment. Both costs are exact and 0 or more. Round the charge, if at all, after adding up all windows. */
export const applyCommitment = (
  { overageFactor, hasTrueUp }: Pick<CommitmentTerms, 'overageFactor' | 'hasTrueUp'>,
  usageCost: Quantity,
  committed: Quantity,
): CommitmentOutcome => {
  if (usageCost.gte(committed)) {
    const overage = usageCost.minus(committed).times(decimal(overageFactor));
    return { charge: committed.plus(overage), utilized: committed, overage, trueUp: zeroQuantity };
  }
  if (!hasTrueUp) return uncommitted(usageCost);
  return { charge: committed, utilized: usageCost, overage: zeroQuantity, trueUp: committed.minus(usageCost) };
};

/** Returns an outcome's share of part ÷ whole, at 16 decimal places. */
export const shareOfOutcome = (outcome: CommitmentOutcome, part: Quantity, whole: Quantity): CommitmentOutcome => {
  if (part.eq(whole)) return outcome;
  const share = (amount: Quantity): Quantity => amount.times(part).div(whole);
  const { charge, utilized, overage, trueUp } = outcome;
  return { charge: share(charge), utilized: share(utilized), overage: share(overage), trueUp: share(trueUp) };
};

export const sumOfOutcomes = (outcomes: readonly CommitmentOutcome[]): CommitmentOutcome =>
  outcomes.reduce(
    (sum, { charge, utilized, overage, trueUp }) => ({
      charge: sum.charge.plus(charge),
      utilized: sum.utilized.plus(utilized),
      overage: sum.overage.plus(overage),
      trueUp: sum.trueUp.plus(trueUp),
    }),
    noOutcome,
  );
