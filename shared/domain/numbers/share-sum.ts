// Adds shares exactly. A share is a part of an amount: amount × part ÷ whole. Shares of one whole are added before they are divided,
// so that all of them together are the amount again, to the last digit.
import { formatQuantity, oneQuantity, type Quantity, zeroQuantity } from './quantity.ts';

interface Fraction {
  readonly numerator: Quantity;
  readonly denominator: Quantity;
}

export interface ShareSum {
  /** Sum of what needs no division. */
  readonly whole: Quantity;
  /** Sums of the other shares, by the text of their denominator. */
  readonly fractions: ReadonlyMap<string, Fraction>;
}

export const noShares: ShareSum = { whole: zeroQuantity, fractions: new Map() };

export const plusAmount = ({ whole, fractions }: ShareSum, amount: Quantity): ShareSum => ({
  whole: whole.plus(amount),
  fractions,
});

const plusFraction = (fractions: Map<string, Fraction>, key: string, { numerator, denominator }: Fraction): void => {
  const known = fractions.get(key);
  fractions.set(key, known ? { numerator: known.numerator.plus(numerator), denominator } : { numerator, denominator });
};

/** Adds amount × part ÷ whole. A part of a whole of 0 is nothing. */
export const plusShare = (sum: ShareSum, amount: Quantity, part: Quantity, whole: Quantity): ShareSum => {
  if (part.eq(whole)) return plusAmount(sum, amount);
  if (part.eq(zeroQuantity) || amount.eq(zeroQuantity)) return sum;
  const fractions = new Map(sum.fractions);
  plusFraction(fractions, formatQuantity(whole), { numerator: amount.times(part), denominator: whole });
  return { whole: sum.whole, fractions };
};

export const plusShares = (a: ShareSum, b: ShareSum): ShareSum => {
  if (b.fractions.size === 0) return plusAmount(a, b.whole);
  const fractions = new Map(a.fractions);
  for (const [key, fraction] of b.fractions) plusFraction(fractions, key, fraction);
  return { whole: a.whole.plus(b.whole), fractions };
};

/** Returns the sum: exact where its quotients are decimals, else each of them at 16 decimal places. */
export const amountOfShares = ({ whole, fractions }: ShareSum): Quantity => {
  let sum = whole;
  for (const { numerator, denominator } of fractions.values()) sum = sum.plus(numerator.div(denominator));
  return sum;
};

/** Returns a sum × part ÷ whole. */
export const shareOfSum = (sum: ShareSum, part: Quantity, whole: Quantity): ShareSum => {
  if (part.eq(whole)) return sum;
  let share = plusShare(noShares, sum.whole, part, whole);
  for (const { numerator, denominator } of sum.fractions.values()) {
    share = plusShare(share, numerator.times(part), oneQuantity, denominator.times(whole));
  }
  return share;
};
