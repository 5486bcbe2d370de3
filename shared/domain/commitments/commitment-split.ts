// A commitment of a subscription in one period: charges in their order use it up; what is beyond it costs a multiple. A charge
// that is only partly covered is split at whole units.
import type { SubscriptionCommitment } from './commitment.ts';
import { roundMoney } from '../numbers/money.ts';
import { costOfParts, type PricedTerms, priceQuantity } from '../pricing/price-cost.ts';
import { decimal, oneQuantity, type Quantity, zeroQuantity } from '../numbers/quantity.ts';

/** Of one line item, with its amount rounded. */
export interface UsageCharge {
  readonly quantity: Quantity;
  readonly amount: Quantity;
  readonly price: PricedTerms;
  /** Of a meter with buckets: the amount is the sum of what each bucket costs. */
  readonly isBucketed: boolean;
}

/** `whole`: a charge that is covered altogether; `covered` and `overage`: the parts of one that is not. */
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
  /** Rounded, with the factor in it. */
  readonly amount: Quantity;
  /** Exact, without the factor. That of a charge that found nothing left of the commitment is its rounded amount. */
  readonly base: Quantity;
}

export interface ChargeSplit<T> {
  readonly parts: readonly ChargePart<T>[];
  /** Exact, as are the others: what of the commitment is used. */
  readonly utilized: Quantity;
  readonly overage: Quantity;
  readonly hasOverage: boolean;
}

/** At a factor of 1 a commitment changes nothing. */
export const isInForce = (commitment: SubscriptionCommitment | undefined): commitment is SubscriptionCommitment =>
  commitment !== undefined && decimal(commitment.overageFactor).gt(oneQuantity);

/** What a unit costs: the price of a flat fee, the average of any other; undefined without units or where it comes to 0. */
const unitCostOf = ({ quantity, amount, price }: UsageCharge): Quantity | undefined => {
  if (price.billingModel === 'FLAT_FEE') return decimal(price.amount);
  const average = quantity.eq(zeroQuantity) ? zeroQuantity : amount.div(quantity);
  return average.eq(zeroQuantity) ? undefined : average;
};

const down = 0;

/** The whole units that `remaining` pays for, at most all of them. */
const coveredUnits = ({ quantity }: UsageCharge, unitCost: Quantity | undefined, remaining: Quantity): Quantity => {
  if (unitCost === undefined || unitCost.lte(zeroQuantity)) return zeroQuantity;
  const quotient = remaining.div(unitCost).round(0, down);
  // A quotient just below a whole number may have been rounded to it.
  const units = quotient.times(unitCost).gt(remaining) ? quotient.minus(oneQuantity) : quotient;
  return units.lt(quantity) ? units : quantity;
};

/**
 * Charges in the order of their line items. A rest of the commitment that is worth less than a unit stays, for a later, smaller
 * charge. Once nothing is left, a charge is overage altogether, by its rounded amount; so is one without units that is not
 * covered (flat amounts of empty buckets).
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
 * What a part costs on an invoice. The covered part of a charge is priced anew from its first tier with its own quantity, but
 * that of a bucketed meter, whose quantity has no cost of its own, keeps its share of the amount; so does an overage.
 */
export const invoiceAmountOf = (
  { kind, charge, quantity, amount }: ChargePart<UsageCharge>,
  currency: string,
): Quantity =>
  kind === 'covered' && !charge.isBucketed
    ? roundMoney(costOfParts(priceQuantity(charge.price, quantity)), currency)
    : amount;

/** What is missing to the commitment beyond the use of it, rounded as it is billed; 0 where nothing is. */
export const trueUpAmount = (committed: Quantity, used: Quantity, currency: string): Quantity => {
  const missing = roundMoney(committed.minus(roundMoney(used, currency)), currency);
  return missing.gt(zeroQuantity) ? missing : zeroQuantity;
};

/** The true-up of a period: only where nothing was overage. */
export const trueUpOf = (
  commitment: SubscriptionCommitment,
  { utilized, hasOverage }: Pick<ChargeSplit<unknown>, 'utilized' | 'hasOverage'>,
  currency: string,
): Quantity =>
  isInForce(commitment) && commitment.hasTrueUp && !hasOverage
    ? trueUpAmount(decimal(commitment.amount), utilized, currency)
    : zeroQuantity;
