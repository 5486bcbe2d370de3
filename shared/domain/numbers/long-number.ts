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

/** A double holds every decimal of 15 digits. */
const leastLength = 16;
const longRun = /[\d.]{16}/;

/**
 * Whether a double loses digits of a JSON number. A text with fewer than 16 digits in a row never is: also one like `1e-320`, of
 * which a double has only some bits. Nor is a number beyond the greatest double, which JSON.parse makes infinite.
 */
const isLong = (text: string): boolean => {
  if (text.length < leastLength || !longRun.test(text)) return false;
  const double = Number(text);
  return String(double) !== text && Number.isFinite(double) && !isDouble(text);
};

/** Reads a JSON number: as a double where that holds it. */
export const numberOf = (text: string): JsonNumber => (isLong(text) ? JSON.rawJSON(text) : Number(text));

const isDigitOrPoint = (code: number): boolean => code <= 57 && (code >= 48 || code === 46);
const beforeNumber = /[:,[\s]/;
const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Whether a long number begins where a run of digits does, unless that is inside a string. */
const beginsLong = (text: string, start: number): boolean => {
  const first = text[start - 1] === '-' ? start - 1 : start;
  if (first > 0 && !beforeNumber.test(text.charAt(first - 1))) return false;
  number.lastIndex = first;
  return isLong(number.exec(text)?.[0] ?? '');
};

/**
 * Whether a JSON text may hold a long number; true also for some texts that have the like in a string. It looks at every
 * sixteenth character, one of which is in each run of digits that is long enough.
 */
export const mayHoldLongNumber = (text: string): boolean => {
  for (let at = leastLength - 1; at < text.length; at += leastLength) {
    if (!isDigitOrPoint(text.charCodeAt(at))) continue;
    let start = at;
    while (start > 0 && isDigitOrPoint(text.charCodeAt(start - 1))) start -= 1;
    while (isDigitOrPoint(text.charCodeAt(at + 1))) at += 1;
    if (at - start + 1 >= leastLength && beginsLong(text, start)) return true;
  }
  return false;
};

/** Returns the plain decimal: the same for `12e18` and `12000000000000000000`. */
export const plainLongNumber = ({ rawJSON: text }: LongNumber): string => formatQuantity(decimal(text));
