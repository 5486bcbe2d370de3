// What a commitment makes of a cost: what is used of it, what is beyond it at a multiple, and what is missing and charged too.
// Exact, unrounded; charge = utilized + overage + true-up, always.
import type { CommitmentTerms } from './commitment.ts';
import { costOfParts, type PricedTerms, priceQuantity } from '../pricing/price-cost.ts';
import { decimal, type Quantity, zeroQuantity } from '../numbers/quantity.ts';

export interface CommitmentOutcome {
  readonly charge: Quantity;
  readonly utilized: Quantity;
  /** With the factor in it. */
  readonly overage: Quantity;
  readonly trueUp: Quantity;
}

export const noOutcome: CommitmentOutcome = {
  charge: zeroQuantity,
  utilized: zeroQuantity,
  overage: zeroQuantity,
  trueUp: zeroQuantity,
};

/** Of a cost that no commitment applies to: all of it counts as utilized. */
export const uncommitted = (cost: Quantity): CommitmentOutcome => ({ ...noOutcome, charge: cost, utilized: cost });

/** What is committed to, in currency units: an amount, or what a quantity costs at the price. */
export const committedCost = (
  { type, value }: Pick<CommitmentTerms, 'type' | 'value'>,
  price: PricedTerms,
): Quantity => (type === 'amount' ? decimal(value) : costOfParts(priceQuantity(price, decimal(value))));

/** Both costs are exact and 0 or more. Round the charge, if at all, after the sum of all windows. */
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
