// Applies a commitment of a subscription to one period. The lines use it up in their order; costs beyond it are charged at a
// multiple. A line that is only partly covered is split at whole units.
import { roundMoney } from '../numbers/money.ts';
import {
  decimal,
  maxQuantity,
  minQuantity,
  oneQuantity,
  type Quantity,
  sumOf,
  zeroQuantity,
} from '../numbers/quantity.ts';
import {
  type Fraction,
  fractionOf,
  noFraction,
  readableDecimal,
  shareOf,
  sumOfFractions,
} from '../numbers/fraction.ts';
import { type CostPart, costOfParts, type PricedTerms, priceBetween } from '../pricing/price-cost.ts';
import type { SubscriptionCommitment } from './commitment.ts';

/** Units of one version of a line, after those of the versions before it. */
interface SplitVersion {
  readonly quantity: Quantity;
  /** Exact. */
  readonly cost: Fraction;
  /** Rounded. */
  readonly amount: Quantity;
  readonly price: PricedTerms;
}

/** Charge of a line, after its allowance. */
export interface SplitCharge {
  readonly quantity: Quantity;
  /** Rounded. */
  readonly amount: Quantity;
  readonly versions: readonly SplitVersion[];
  /** Whether a unit costs what it costs where it stands; else each costs the average. */
  readonly hasPlaces: boolean;
}

/** Part of a version that is covered, or that is not. */
export interface VersionPart {
  readonly quantity: Quantity;
  /** Exact, without the overage factor. */
  readonly cost: Fraction;
  /** Parts of the cost; undefined: it is the version's share of its amount. */
  readonly parts: readonly CostPart[] | undefined;
}

/** `covered` and `overage`: by version. */
export type LineSplit<T> =
  | { readonly kind: 'whole'; readonly charge: T }
  | {
      readonly kind: 'split';
      readonly charge: T;
      readonly covered: readonly VersionPart[];
      readonly overage: readonly VersionPart[];
    };

export interface ChargeSplit<T> {
  readonly lines: readonly LineSplit<T>[];
  /** Used part of the commitment; exact, like the overage, which is with the factor. */
  readonly utilized: Quantity;
  readonly overage: Quantity;
  readonly hasOverage: boolean;
}

/** Reports whether there is a commitment with a factor over 1; at 1 it changes nothing. */
export const isInForce = (commitment: SubscriptionCommitment | undefined): commitment is SubscriptionCommitment =>
  commitment !== undefined && decimal(commitment.overageFactor).gt(oneQuantity);

const down = 0;

/** Returns the parts of each version's cost for the units of the line from one to another. */
const partsBetween = (
  { versions }: SplitCharge,
  from: Quantity,
  to: Quantity,
): readonly { readonly quantity: Quantity; readonly parts: readonly CostPart[] }[] => {
  let end = zeroQuantity;
  const within = (units: Quantity): Quantity => maxQuantity(from, minQuantity(units, to));
  return versions.map(({ quantity, price }) => {
    const start = end;
    end = start.plus(quantity);
    const [first, last] = [within(start), within(end)];
    return { quantity: last.minus(first), parts: last.gt(first) ? priceBetween(price, first, last) : [] };
  });
};

const costBetween = (charge: SplitCharge, from: Quantity, to: Quantity): Quantity =>
  sumOf(partsBetween(charge, from, to).map(({ parts }) => costOfParts(parts)));

/** Returns the most whole units, from the first of the line, whose cost is within `left`; or all of them. */
const unitsWithin = (charge: SplitCharge, left: Quantity): Quantity => {
  if (costBetween(charge, zeroQuantity, charge.quantity).lte(left)) return charge.quantity;
  let fits = 0n;
  let exceeds = BigInt(charge.quantity.round(0, down).toFixed()) + 1n;
  while (exceeds - fits > 1n) {
    const middle = (fits + exceeds) / 2n;
    const isWithin = costBetween(charge, zeroQuantity, decimal(String(middle))).lte(left);
    if (isWithin) fits = middle;
    else exceeds = middle;
  }
  return decimal(String(fits));
};

/** Returns the most whole units whose average cost is within `left`; or all of them. `cost`: of all units. */
const averageUnitsWithin = (quantity: Quantity, { numerator, denominator }: Fraction, left: Quantity): Quantity => {
  const affordable = left.times(denominator);
  if (numerator.lte(affordable)) return quantity;
  const units = affordable.times(quantity).div(numerator).round(0, down);
  // A quotient just below a whole number may have been rounded up to it.
  return units.times(numerator).gt(affordable.times(quantity)) ? units.minus(oneQuantity) : units;
};

const costOf = (parts: readonly Pick<VersionPart, 'cost'>[]): Quantity =>
  readableDecimal(sumOfFractions(parts.map(({ cost }) => cost)));

type Halves = Pick<Extract<LineSplit<unknown>, { kind: 'split' }>, 'covered' | 'overage'>;

const nothing: VersionPart = { quantity: zeroQuantity, cost: noFraction, parts: [] };

const atPlaces = (charge: SplitCharge, left: Quantity): Halves => {
  const units = unitsWithin(charge, left);
  const toPart = ({ quantity, parts }: ReturnType<typeof partsBetween>[number]): VersionPart => ({
    quantity,
    parts,
    cost: fractionOf(costOfParts(parts)),
  });
  return {
    covered: partsBetween(charge, zeroQuantity, units).map(toPart),
    overage: partsBetween(charge, units, charge.quantity).map(toPart),
  };
};

const atAverage = (charge: SplitCharge, left: Quantity): Halves => {
  const units = averageUnitsWithin(charge.quantity, sumOfFractions(charge.versions.map(({ cost }) => cost)), left);
  const partOf =
    (part: Quantity) =>
    ({ quantity, cost }: SplitVersion): VersionPart => ({
      quantity: readableDecimal(shareOf(fractionOf(quantity), part, charge.quantity)),
      cost: shareOf(cost, part, charge.quantity),
      parts: undefined,
    });
  return {
    covered: charge.versions.map(partOf(units)),
    overage: charge.versions.map(partOf(charge.quantity.minus(units))),
  };
};

/** Splits a charge of which not all is covered. Once nothing is left, its whole rounded amount is overage; also without any units. */
const splitCharge = (charge: SplitCharge, left: Quantity): Halves => {
  if (left.lte(zeroQuantity) || charge.quantity.eq(zeroQuantity)) {
    const whole = ({ quantity, amount }: SplitVersion): VersionPart => ({
      quantity,
      cost: fractionOf(amount),
      parts: undefined,
    });
    return { covered: charge.versions.map(() => nothing), overage: charge.versions.map(whole) };
  }
  return charge.hasPlaces ? atPlaces(charge, left) : atAverage(charge, left);
};

/**
 * Splits charges, in the order of their lines, into what the commitment covers and overage. A rest of the commitment that is worth
 * less than a unit stays for a later, smaller charge.
 */
export const splitCharges = <T extends SplitCharge>(
  charges: readonly T[],
  commitment: SubscriptionCommitment,
): ChargeSplit<T> => {
  const factor = decimal(commitment.overageFactor);
  const committed = decimal(commitment.amount);
  if (!isInForce(commitment)) {
    const lines = charges.map((charge) => ({ kind: 'whole' as const, charge }));
    return { lines, utilized: zeroQuantity, overage: zeroQuantity, hasOverage: false };
  }
  let left = committed;
  let overage = zeroQuantity;
  const lines = charges.map((charge): LineSplit<T> => {
    if (left.gte(charge.amount)) {
      left = left.minus(charge.amount);
      return { kind: 'whole', charge };
    }
    const halves = splitCharge(charge, left);
    left = left.minus(costOf(halves.covered));
    overage = overage.plus(costOf(halves.overage).times(factor));
    return { kind: 'split', charge, ...halves };
  });
  return { lines, utilized: committed.minus(left), overage, hasOverage: overage.gt(zeroQuantity) };
};

/** Returns what is missing to the commitment, after rounding what was used; 0 if nothing is. */
export const trueUpAmount = (committed: Quantity, used: Quantity, currency: string): Quantity => {
  const missing = roundMoney(committed.minus(roundMoney(used, currency)), currency);
  return maxQuantity(missing, zeroQuantity);
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
