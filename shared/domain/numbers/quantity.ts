// Quantities: exact decimals. This is the only constructor of big.js: strict, so that no `number` slips in, and its texts
// never have exponents.
import Big from 'big.js';

const Decimal = Big();
Decimal.strict = true;
// Only divisions lose digits: they have 16 decimal places, rounded half away from zero.
Decimal.DP = 16;
Decimal.RM = Big.roundHalfUp;
Decimal.NE = -1_000_000;
Decimal.PE = 1_000_000;

/** An exact decimal with at most 25 integer and 30 decimal digits where it came from outside. */
export type Quantity = Big;

const maxTextLength = 64;
const maxIntegerDigits = 25;
const maxDecimals = 30;
const numericText = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

/** Parses trusted text (stored by us, or checked before), of any size. */
export const decimal = (text: string): Quantity => new Decimal(text);

export const zeroQuantity: Quantity = decimal('0');
export const oneQuantity: Quantity = decimal('1');

export const minQuantity = (a: Quantity, b: Quantity): Quantity => (b.lt(a) ? b : a);
export const maxQuantity = (a: Quantity, b: Quantity): Quantity => (b.gt(a) ? b : a);

export const sumOf = (values: Iterable<Quantity>): Quantity => {
  let sum = zeroQuantity;
  for (const value of values) sum = sum.plus(value);
  return sum;
};

/**
 * Whether a decimal has as few digits as a quantity from outside. big.js keeps the digits `c` without zeros at either end, and
 * the exponent `e` of the first.
 */
export const isBounded = ({ c, e }: Quantity): boolean => e < maxIntegerDigits && c.length - e - 1 <= maxDecimals;

/** Whether a text can be parsed as a number. At most 64 characters and exponents of 3 digits, so that no text takes long. */
export const isNumericText = (text: string): boolean => text.length <= maxTextLength && numericText.test(text);

/** Parses a numeric text, of which `isNumericText` is true. */
const decimalOfText = (text: string): Quantity => decimal(text.startsWith('+') ? text.slice(1) : text);

/** Whether the shortest decimal of a double is what a numeric text says. */
export const isDouble = (text: string): boolean => {
  const double = Number(text);
  return Number.isFinite(double) && decimal(String(double)).eq(decimalOfText(text));
};

/**
 * Returns the exact value of a numeric string of at most 64 characters (`12`, `-.5`, `5.`, `1e3`, no blanks); undefined for
 * anything else, and for what is out of bounds. Texts are checked before they are parsed, so none takes long.
 */
export const parseQuantity = (text: string): Quantity | undefined => {
  if (!isNumericText(text)) return undefined;
  const quantity = decimalOfText(text);
  return isBounded(quantity) ? quantity : undefined;
};

/** Returns the shortest decimal of a double; undefined when it is not finite or out of bounds. */
export const quantityOfNumber = (value: number): Quantity | undefined => {
  if (!Number.isFinite(value)) return undefined;
  const quantity = decimal(String(value));
  return isBounded(quantity) ? quantity : undefined;
};

/** Writes plain digits: no exponent, no trailing zeros, never `-0`. */
export const formatQuantity = (quantity: Quantity): string => quantity.toFixed();
