// Applies a commitment of a subscription to one period. The charges use it up in their order; costs beyond it are charged at a
// multiple. A charge that is only partly covered is split at whole units.
import type { SubscriptionCommitment } from './commitment.ts';
import { roundMoney } from '../numbers/money.ts';
import { costOfParts, type PricedTerms, priceQuantity } from '../pricing/price-cost.ts';
import { decimal, oneQuantity, type Quantity, zeroQuantity } from '../numbers/quantity.ts';

/** Charge of one line item. */
export interface UsageCharge {
  readonly quantity: Quantity;
  readonly amount: Quantity;
  readonly price: PricedTerms;
  /** Whether the meter has buckets: then the amount is the sum of their costs. */
  readonly isBucketed: boolean;
}

/** `whole`: a charge that is covered completely; `covered` and `overage`: the parts of one that is not. */
export type ChargePart<T> = CoveredPart<T> | OveragePart<T>;

interface CoveredPart<T> {
  readonly kind: 'whole' | 'covered';
  readonly charge: T;
  readonly quantity: Quantity;
  /** Rounded. */
  readonly amount: Quantity;
}

export interface OveragePart<T> {
  readonly kind: 'overage';
  readonly charge: T;
  readonly quantity: Quantity;
  /** Rounded; with the overage factor. */
  readonly amount: Quantity;
  /** Exact; without the overage factor. If nothing was left of the commitment, the rounded amount of the charge. */
  readonly base: Quantity;
}

export interface ChargeSplit<T> {
  readonly parts: readonly ChargePart<T>[];
  /** Used part of the commitment; exact, like the overage. */
  readonly utilized: Quantity;
  readonly overage: Quantity;
  readonly hasOverage: boolean;
}

/** Reports whether there is a commitment with a factor over 1; at 1 it changes nothing. */
export const isInForce = (commitment: SubscriptionCommitment | undefined): commitment is SubscriptionCommitment =>
  commitment !== undefined && decimal(commitment.overageFactor).gt(oneQuantity);

/** Returns the cost of a unit: the price of a flat fee, or the average of any other model; undefined without units or for 0. */
const unitCostOf = ({ quantity, amount, price }: UsageCharge): Quantity | undefined => {
  if (price.billingModel === 'FLAT_FEE') return decimal(price.amount);
  const average = quantity.eq(zeroQuantity) ? zeroQuantity : amount.div(quantity);
  return average.eq(zeroQuantity) ? undefined : average;
};

const down = 0;

/** Returns the whole units that `remaining` pays for, at most all of them. */
const coveredUnits = ({ quantity }: UsageCharge, unitCost: Quantity | undefined, remaining: Quantity): Quantity => {
  if (unitCost === undefined || unitCost.lte(zeroQuantity)) return zeroQuantity;
  const quotient = remaining.div(unitCost).round(0, down);
  // A quotient just below a whole number may have been rounded up to it.
  const units = quotient.times(unitCost).gt(remaining) ? quotient.minus(oneQuantity) : quotient;
  return units.lt(quantity) ? units : quantity;
};

/**
 * Splits charges, in the order of their line items, into covered parts and overage. A rest of the commitment that is worth less than
 * a unit stays for a later, smaller charge. Once nothing is left, the whole rounded amount of a charge is overage; also that of a
 * charge without units that is not covered (flat amounts of empty buckets).
 */
export const splitCharges = <T extends UsageCharge>(
  charges: readonly T[],
  commitment: SubscriptionCommitment,
  currency: string,
): ChargeSplit<T> => {
  const factor = decimal(commitment.overageFactor);
  const committed = decimal(commitment.amount);
  const parts: ChargePart<T>[] = [];
  let remaining = isInForce(commitment) ? committed : undefined;
  let overage = zeroQuantity;
  let hasOverage = false;
  for (const charge of charges) {
    const { quantity, amount } = charge;
    if (remaining === undefined || remaining.gte(amount)) {
      parts.push({ kind: 'whole', charge, quantity, amount });
      remaining = remaining?.minus(amount);
      continue;
    }
    const unitCost = unitCostOf(charge);
    const units = coveredUnits(charge, unitCost, remaining);
    const covered = units.times(unitCost ?? zeroQuantity);
    const isWhole = unitCost === undefined || remaining.lte(zeroQuantity);
    const base = isWhole ? amount : quantity.minus(units).times(unitCost);
    const beyond = base.times(factor);
    if (units.gt(zeroQuantity)) {
      parts.push({ kind: 'covered', charge, quantity: units, amount: roundMoney(covered, currency) });
    }
    if (beyond.gt(zeroQuantity)) {
      parts.push({
        kind: 'overage',
        charge,
        quantity: quantity.minus(units),
        amount: roundMoney(beyond, currency),
        base,
      });
      hasOverage = true;
    }
    remaining = remaining.minus(covered);
    overage = overage.plus(beyond);
  }
  const utilized = remaining === undefined ? zeroQuantity : committed.minus(remaining);
  return { parts, utilized, overage, hasOverage };
};

/**
 * Returns the amount of a part on an invoice. The covered part of a charge is priced again from the first tier, with its own
 * quantity. An overage keeps its share of the amount, and so does any part of a bucketed meter, whose quantity has no cost of its own.
 */
export const invoiceAmountOf = (
  { kind, charge, quantity, amount }: ChargePart<UsageCharge>,
  currency: string,
): Quantity =>
  kind === 'covered' && !charge.isBucketed
    ? roundMoney(costOfParts(priceQuantity(charge.price, quantity)), currency)
    : amount;

/** Returns what is missing to the commitment, after rounding what was used; 0 if nothing is. */
export const trueUpAmount = (committed: Quantity, used: Quantity, currency: string): Quantity => {
  const missing = roundMoney(committed.minus(roundMoney(used, currency)), currency);
  return missing.gt(zeroQuantity) ? missing : zeroQuantity;
};

/** Returns the true-up of a period, which has one only without overage. */
export const trueUpOf = (
  commitment: SubscriptionCommitment,
  { utilized, hasOverage }: Pick<ChargeSplit<unknown>, 'utilized' | 'hasOverage'>,
  currency: string,
): Quantity =>
  isInForce(commitment) && commitment.hasTrueUp && !hasOverage
    ? trueUpAmount(decimal(commitment.amount), utilized, currency)
    : zeroQuantity;
