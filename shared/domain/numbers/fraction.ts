// Fractions: exact quotients of decimals, for shares. A share is never rounded: its amount is multiplied first, added up with
// the others, and divided once, when it is rounded.
import { decimal, oneQuantity, type Quantity, zeroQuantity } from './quantity.ts';

export interface Fraction {
  readonly numerator: Quantity;
  /** Above 0. */
  readonly denominator: Quantity;
}

export const fractionOf = (amount: Quantity): Fraction => ({ numerator: amount, denominator: oneQuantity });

export const noFraction: Fraction = fractionOf(zeroQuantity);

/** Returns a fraction × part ÷ whole. A part of a whole of 0 is nothing. */
export const shareOf = (
  { numerator, denominator }: Fraction,
  part: Quantity,
  whole: Quantity = oneQuantity,
): Fraction => {
  if (part.eq(whole)) return { numerator, denominator };
  if (part.eq(zeroQuantity)) return noFraction;
  return { numerator: numerator.times(part), denominator: denominator.times(whole) };
};

const add = (a: Fraction, b: Fraction): Fraction =>
  a.denominator.eq(b.denominator)
    ? { numerator: a.numerator.plus(b.numerator), denominator: a.denominator }
    : {
        numerator: a.numerator.times(b.denominator).plus(b.numerator.times(a.denominator)),
        denominator: a.denominator.times(b.denominator),
      };

/** Adds up fractions, those of one denominator first, so that the denominator of the sum stays short. */
export const sumOfFractions = (fractions: Iterable<Fraction>): Fraction => {
  // Most are whole amounts, which need no look at their denominators.
  let whole = zeroQuantity;
  const sums = new Map<string, Fraction>();
  for (const fraction of fractions) {
    if (fraction.denominator === oneQuantity) {
      whole = whole.plus(fraction.numerator);
      continue;
    }
    const key = fraction.denominator.toFixed();
    const known = sums.get(key);
    sums.set(key, known ? add(known, fraction) : fraction);
  }
  return [...sums.values()].reduce(add, fractionOf(whole));
};

/** Returns the decimal of a fraction: exact where nothing was divided, else to 16 places, for reading, not for rounding again. */
export const readableDecimal = ({ numerator, denominator }: Fraction): Quantity =>
  denominator.eq(oneQuantity) ? numerator : numerator.div(denominator);

/** Rounds a fraction half away from zero to so many decimals, from its exact value. */
export const roundFraction = ({ numerator, denominator }: Fraction, decimals: number): Quantity => {
  const scale = decimal(`1e${String(decimals)}`);
  const scaled = numerator.abs().times(scale);
  const rest = scaled.mod(denominator);
  const whole = scaled.minus(rest).div(denominator);
  const isUp = rest.plus(rest).gte(denominator);
  const rounded = (isUp ? whole.plus(oneQuantity) : whole).div(scale);
  return numerator.lt(zeroQuantity) ? zeroQuantity.minus(rounded) : rounded;
};

/**
 * Rounds the sums of the first fractions, and gives each fraction what it adds to the rounded sum of those before: so together they
 * are their rounded sum.
 */
export const runningAmounts = (
  fractions: readonly Fraction[],
  round: (sum: Fraction) => Quantity,
): readonly Quantity[] => {
  let sum = noFraction;
  let given = zeroQuantity;
  return fractions.map((own) => {
    sum = sumOfFractions([sum, own]);
    const upTo = round(sum);
    const amount = upTo.minus(given);
    given = upTo;
    return amount;
  });
};
