// Parses JSON texts with long numbers. Outside of strings each of them is written as a string with a mark, which is turned back
// into a number in the parsed value. (A reviver of JSON.parse sees the text of each number too, but takes four times as long.)
import { isLongNumber, leastLength, type LongNumber, numberOf } from './long-number.ts';

type Parsed = string | number | boolean | null | LongNumber | Parsed[] | { [key: string]: Parsed };

const nativeParse: (text: string) => Parsed = JSON.parse;

const backslash = 92;
/** Matches numbers that may be long and are values: not the key of an object, nor a part of what is no number. */
const numbers = /(?<![\w.+-])-?(?=[\d.]{16})(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-]|\s*:)/g;

/** Returns the index of the quote that ends a string, of which the first is at `open`; -1 if none does. */
const endOfString = (text: string, open: number): number => {
  for (let close = text.indexOf('"', open + 1); close !== -1; close = text.indexOf('"', close + 1)) {
    let first = close;
    while (text.charCodeAt(first - 1) === backslash) first -= 1;
    if ((close - first) % 2 === 0) return close;
  }
  return -1;
};

/** Writes long numbers as strings that begin with the mark. What is no JSON text stays none. */
const withMarks = (text: string, mark: string): string => {
  const marked = (number: string): string => (isLongNumber(numberOf(number)) ? `"${mark}${number}"` : number);
  let written = '';
  let copied = 0;
  for (let from = 0; from < text.length;) {
    const open = text.indexOf('"', from);
    const end = open === -1 ? text.length : open;
    if (end - from >= leastLength) {
      written += text.slice(copied, from) + text.slice(from, end).replace(numbers, marked);
      copied = end;
    }
    const close = open === -1 ? -1 : endOfString(text, open);
    if (close === -1) break;
    from = close + 1;
  }
  return written + text.slice(copied);
};

/** Reads strings with the mark as numbers, in place. Everything else is left alone: writing it again would take as long as parsing. */
const readMarks = (value: Parsed, mark: string): Parsed => {
  if (typeof value === 'string') return value.startsWith(mark) ? JSON.rawJSON(value.slice(mark.length)) : value;
  if (typeof value !== 'object' || value === null || isLongNumber(value)) return value;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const item = value[index] ?? null;
      const read = readMarks(item, mark);
      if (read !== item) value[index] = read;
    }
    return value;
  }
  for (const key in value) {
    const member = value[key] ?? null;
    const read = readMarks(member, mark);
    if (read !== member) value[key] = read;
  }
  return value;
};

const control = '\u0001';
const escapedControl = String.raw`\u0001`;

/**
 * Parses like JSON.parse, with every digit. The mark is a character that a text must escape, repeated more often than in this
 * text, so that no other string begins with it. Throws SyntaxError, or RangeError for a text nested thousands of levels deep.
 */
export const parseLongNumbers = (text: string): Parsed => {
  let count = 1;
  while (text.includes(escapedControl.repeat(count))) count *= 2;
  return readMarks(nativeParse(withMarks(text, escapedControl.repeat(count))), control.repeat(count));
};
