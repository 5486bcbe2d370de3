// Exact fractions of whole numbers of any size, for an oracle that never rounds before the end.

export interface Fraction {
  readonly top: bigint;
  /** Above 0, without a divisor in common with `top`. */
  readonly bottom: bigint;
}

const greatestDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatestDivisor(b, a % b));
const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

const fraction = (top: bigint, bottom: bigint): Fraction => {
  if (bottom === 0n) throw new RangeError('divided by nothing');
  if (bottom === 1n) return { top, bottom };
  const divisor = greatestDivisor(magnitude(top), magnitude(bottom)) * (bottom < 0n ? -1n : 1n);
  return { top: top / divisor, bottom: bottom / divisor };
};

export const whole = (value: number | bigint): Fraction => ({ top: BigInt(value), bottom: 1n });
export const nothing = whole(0);
export const one = whole(1);

/** Reads a plain decimal, such as `-12.5`. */
export const fractionOf = (text: string): Fraction => {
  const [integer = '', decimals = ''] = text.split('.');
  return fraction(BigInt(integer + decimals), 10n ** BigInt(decimals.length));
};

export const plus = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
export const minus = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom);
export const times = (a: Fraction, b: Fraction): Fraction => fraction(a.top * b.top, a.bottom * b.bottom);
export const over = (a: Fraction, b: Fraction): Fraction => fraction(a.top * b.bottom, a.bottom * b.top);
export const total = (values: readonly Fraction[]): Fraction => values.reduce(plus, nothing);

export const compare = (a: Fraction, b: Fraction): number => {
  const difference = a.top * b.bottom - b.top * a.bottom;
  return difference < 0n ? -1 : Number(difference > 0n);
};
export const isAbove = (a: Fraction, b: Fraction): boolean => compare(a, b) > 0;
export const isNothing = ({ top }: Fraction): boolean => top === 0n;
export const smaller = (a: Fraction, b: Fraction): Fraction => (isAbove(a, b) ? b : a);
export const larger = (a: Fraction, b: Fraction): Fraction => (isAbove(a, b) ? a : b);
export const atLeastNothing = (value: Fraction): Fraction => larger(value, nothing);

/** The largest whole number that is not above the value. */
export const wholePart = ({ top, bottom }: Fraction): bigint =>
  top / bottom - (top < 0n && top % bottom !== 0n ? 1n : 0n);

/** Rounds to so many decimals, halves away from 0. */
export const rounded = ({ top, bottom }: Fraction, decimals: number): Fraction => {
  const scale = 10n ** BigInt(decimals);
  const halves = (magnitude(top) * scale * 2n + bottom) / (bottom * 2n);
  return fraction(top < 0n ? -halves : halves, scale);
};

/** Writes a value as a decimal, rounded to so many places, without zeros at its end. */
export const decimalText = (value: Fraction, places = 16): string => {
  const { top, bottom } = rounded(value, places);
  const digits = magnitude((top * 10n ** BigInt(places)) / bottom)
    .toString()
    .padStart(places + 1, '0');
  const text = `${digits.slice(0, digits.length - places)}.${digits.slice(digits.length - places)}`;
  return `${top < 0n ? '-' : ''}${text.replace(/\.?0+$/, '')}`;
};
