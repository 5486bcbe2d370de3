// Adds decimals exactly and fast: it keeps an integer for each exponent, so that adding a number is one addition. The total
// equals that of big.js, in any order.
import { decimal, type Quantity, zeroQuantity } from './quantity.ts';

/** A sum that changes as it is added to. Only the functions here look inside. */
export interface ExactSum {
  /** The exponent that fitted the last number: most sums are of numbers with as many decimals. */
  exponent: number;
  /** By exponent: what was added, times ten to the power of the exponent; below 2^52. */
  readonly small: number[];
  /** The same, for totals that have grown beyond that. */
  readonly large: bigint[];
  /** The sum of everything that fits no exponent. */
  rest: Quantity;
}

const maxExponent = 15;
const maxMantissa = 1e15;
const spill = 2 ** 52;
const wholeSpill = BigInt(spill);
const powers = Array.from({ length: maxExponent + 1 }, (_, exponent) => 10 ** exponent);

export const createSum = (): ExactSum => ({ exponent: 0, small: [], large: [], rest: zeroQuantity });

/**
 * Returns the exponent at which a double is an integer of at most 15 digits, which is then its shortest decimal; undefined
 * when there is none.
 */
const exponentOf = (value: number, first: number): number | undefined => {
  for (let exponent = first; exponent <= maxExponent; exponent += 1) {
    const power = powers[exponent] ?? 1;
    const mantissa = Math.round(value * power);
    if (Math.abs(mantissa) > maxMantissa) break;
    if (mantissa / power === value) return exponent;
  }
  return first === 0 ? undefined : exponentOf(value, 0);
};

const addMantissa = (sum: ExactSum, exponent: number, mantissa: number): void => {
  const total = (sum.small[exponent] ?? 0) + mantissa;
  if (Math.abs(total) < spill) {
    sum.small[exponent] = total;
    return;
  }
  sum.large[exponent] = (sum.large[exponent] ?? 0n) + BigInt(total);
  sum.small[exponent] = 0;
};

/** A decimal as a whole number times ten to the power of minus `exponent`. */
export interface Factor {
  readonly mantissa: number;
  readonly exponent: number;
}

export const one: Factor = { mantissa: 1, exponent: 0 };

/** Whether a double is a decimal of at most 15 digits, so that `addNumber` takes it. */
export const isShort = (value: number): boolean => exponentOf(value, 0) !== undefined;

/** Adds the shortest decimal of a short double, times a factor. Throws an Error for a double that is not short. */
export const addNumber = (sum: ExactSum, value: number, factor: Factor = one): void => {
  const exponent = exponentOf(value, sum.exponent);
  if (exponent === undefined) throw new Error('a number of more than 15 digits');
  sum.exponent = exponent;
  const mantissa = Math.round(value * (powers[exponent] ?? 1));
  const total = exponent + factor.exponent;
  const product = mantissa * factor.mantissa;
  if (Math.abs(product) < spill) addMantissa(sum, total, product);
  else sum.large[total] = (sum.large[total] ?? 0n) + BigInt(mantissa) * BigInt(factor.mantissa);
};

export const addQuantity = (sum: ExactSum, quantity: Quantity): void => {
  sum.rest = sum.rest.plus(quantity);
};

export const mergeSum = (into: ExactSum, from: ExactSum): void => {
  for (const [exponent, mantissa] of from.small.entries()) if (mantissa) addMantissa(into, exponent, mantissa);
  for (const [exponent, mantissa] of from.large.entries()) {
    if (mantissa) into.large[exponent] = (into.large[exponent] ?? 0n) + mantissa;
  }
  into.rest = into.rest.plus(from.rest);
};

export const totalOf = ({ small, large, rest }: ExactSum): Quantity => {
  let total = rest;
  for (let exponent = 0; exponent < Math.max(small.length, large.length); exponent += 1) {
    const mantissa = (large[exponent] ?? 0n) + BigInt(small[exponent] ?? 0);
    if (mantissa !== 0n) total = total.plus(decimal(`${String(mantissa)}e-${String(exponent)}`));
  }
  return total;
};

/** Returns the total, where it takes no decimals to see that it is a whole number. */
export const wholeTotalOf = ({ small, large, rest }: ExactSum): number | undefined =>
  small.length <= 1 && large.length === 0 && rest.eq(zeroQuantity) ? (small[0] ?? 0) : undefined;

/** Adds what `totalOf` gave as a whole number times ten to the power of minus `exponent`. */
export const addWhole = (sum: ExactSum, mantissa: bigint, exponent: number): void => {
  if (mantissa < wholeSpill && mantissa > -wholeSpill) addMantissa(sum, exponent, Number(mantissa));
  else sum.large[exponent] = (sum.large[exponent] ?? 0n) + mantissa;
};

/** Returns the double whose shortest decimal is given; undefined when that has more than 15 digits. */
export const shortDecimal = (mantissa: bigint, exponent: number): number | undefined => {
  const whole = Number(mantissa);
  const power = powers[exponent];
  return power !== undefined && Math.abs(whole) < maxMantissa ? whole / power : undefined;
};
