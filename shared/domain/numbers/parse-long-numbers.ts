// Parses JSON texts that may have long numbers. Outside of strings each of them is written as a string with a mark, which is turned
// back into a number in the parsed value. (A reviver of JSON.parse sees the text of each number too, but takes four times as long.)
import { isLong, isLongNumber, leastLength, type LongNumber } from './long-number.ts';

type Parsed = string | number | boolean | null | LongNumber | Parsed[] | { [key: string]: Parsed };

const nativeParse: (text: string) => Parsed = JSON.parse;

const isDigitOrPoint = (code: number): boolean => code <= 57 && (code >= 48 || code === 46);

/**
 * Returns the start of the next run of 16 or more digits and points; -1 if there is none. Every text from outside is searched, so
 * it looks only at every sixteenth character, and backwards from there while there are digits.
 */
const nextRun = (text: string, from: number): number => {
  for (let end = from + leastLength - 1; end < text.length; end += leastLength) {
    let before = end;
    while (before > end - leastLength && isDigitOrPoint(text.charCodeAt(before))) before -= 1;
    if (before > end - leastLength) {
      end = before;
      continue;
    }
    while (isDigitOrPoint(text.charCodeAt(before))) before -= 1;
    return before + 1;
  }
  return -1;
};

/** Matches a number that is a value: not the key of an object, nor a part of what is no number. */
const number = /(?<![\w.+-])-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-]|\s*:)/y;
const run = /[\d.]+/y;
/** Matches where a number follows a key of the usual kind. Its quote cannot begin a string, before which there is no letter. */
const afterKey = /(?<=\w": ?)/y;

const backslash = 92;
/** Returns the index of the quote that ends a string, of which the first is at `open`; the end of the text if none does. */
const endOfString = (text: string, open: number): number => {
  for (let close = text.indexOf('"', open + 1); close !== -1; close = text.indexOf('"', close + 1)) {
    let first = close;
    while (text.charCodeAt(first - 1) === backslash) first -= 1;
    if ((close - first) % 2 === 0) return close;
  }
  return text.length;
};

const matchAt = (regExp: RegExp, text: string, index: number): string | undefined => {
  regExp.lastIndex = index;
  return regExp.exec(text)?.[0];
};

/** Returns a function of rising indexes that returns the end of the string that an index is in; undefined if it is in none. */
const stringsOf = (text: string): ((index: number) => number | undefined) => {
  let outside = 0;
  let open = -1;
  return (index) => {
    if (matchAt(afterKey, text, index) === undefined) {
      while (open < index) {
        if (open >= outside) outside = endOfString(text, open) + 1;
        if (outside > index) return outside;
        open = text.indexOf('"', outside);
        if (open === -1) open = text.length;
      }
    }
    outside = index;
    return undefined;
  };
};

/** Writes long numbers as strings that begin with the mark. What is no JSON text stays none. */
const withMarks = (text: string, mark: string): string => {
  const endOfStringAt = stringsOf(text);
  let marked = '';
  let copied = 0;
  let searched: number;
  for (let first = nextRun(text, 0); first !== -1; first = nextRun(text, searched)) {
    const start = text[first - 1] === '-' ? first - 1 : first;
    const long = matchAt(number, text, start) ?? '';
    if (!isLong(long)) {
      searched = first + (matchAt(run, text, first) ?? '').length;
      continue;
    }
    const end = endOfStringAt(start);
    searched = end ?? start + long.length;
    if (end !== undefined) continue;
    marked += `${text.slice(copied, start)}"${mark}${long}"`;
    copied = searched;
  }
  return marked + text.slice(copied);
};

/** Reads strings with the mark as numbers, in place. Everything else is left alone: writing it again would take as long as parsing. */
const readMarks = (value: Parsed, mark: string): Parsed => {
  if (typeof value === 'string')
    return value.charCodeAt(0) === 1 && value.startsWith(mark) ? JSON.rawJSON(value.slice(mark.length)) : value;
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
  const marked = withMarks(text, escapedControl.repeat(count));
  return marked === text ? nativeParse(text) : readMarks(nativeParse(marked), control.repeat(count));
};
