// A number of a JSON text that a double cannot hold, such as an id of 64 bits: it keeps the digits that were sent. In memory it
// is the raw JSON of V8, which JSON.stringify writes unchanged.
import { decimal, formatQuantity, isDouble } from './quantity.ts';

declare global {
  interface JSON {
    rawJSON: (text: string) => LongNumber;
    isRawJSON: (value: unknown) => value is LongNumber;
  }
}

/** A number as it was sent. Its prototype is null, and it is no JSON object although it is an object. */
export interface LongNumber {
  readonly rawJSON: string;
}

/** A number of a JSON text. */
export type JsonNumber = number | LongNumber;

export const isLongNumber = (value: unknown): value is LongNumber => JSON.isRawJSON(value);

export const isJsonNumber = (value: unknown): value is JsonNumber => typeof value === 'number' || isLongNumber(value);

/** Returns the nearest double. */
export const doubleOf = (number: JsonNumber): number => (isLongNumber(number) ? Number(number.rawJSON) : number);

/** The least characters of a long number: a double holds every decimal of 15 digits. */
export const leastLength = 16;
const longRun = /[\d.]{16}/;
const otherForm = /[eE]|0$/;
/** Matches most ids of 64 bits. No double has a shortest decimal of more than 17 digits, and up to 300 none is beyond the greatest. */
const longInteger = /^-?[1-9]\d{16,299}[1-9]$/;

/**
 * Whether a double loses digits of a JSON number. A text with fewer than 16 digits in a row never is: also one like `1e-320`, of
 * which a double has only some bits. Nor is a number beyond the greatest double, which JSON.parse makes infinite.
 */
export const isLong = (text: string): boolean => {
  if (longInteger.test(text)) return true;
  if (text.length < leastLength || !longRun.test(text)) return false;
  const double = Number(text);
  const shortest = String(double);
  if (shortest === text || !Number.isFinite(double)) return false;
  // Only with an exponent, or zeros at the end, may two texts be of one number.
  return (!otherForm.test(text) && !shortest.includes('e')) || !isDouble(text);
};

/** Reads a JSON number: as a double where that holds it. */
export const numberOf = (text: string): JsonNumber => (isLong(text) ? JSON.rawJSON(text) : Number(text));

/**
 * Returns the plain decimal, which is the same for `12345678901234567890` and `1.234567890123456789e19`. A number nearer to 0 than
 * any double, whose decimal may have any length, stays as it is.
 */
export const plainLongNumber = ({ rawJSON: text }: LongNumber): string =>
  Number(text) === 0 ? text : formatQuantity(decimal(text));
