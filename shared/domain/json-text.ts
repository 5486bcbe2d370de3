// Reads and writes JSON text without loss. JSON.parse drops digits of long numbers, and JSON.stringify the sign of -0, which
// JSON.parse keeps; everything else that it writes (lone surrogates, `__proto__` as a key) JSON.parse reads back unchanged.
import { isLongNumber, type LongNumber, plainLongNumber } from './numbers/long-number.ts';
import { parseLongNumbers } from './numbers/parse-long-numbers.ts';

/** Parses the text of one string. */
const parseString: (text: string) => string = JSON.parse;

export const isJsonArray = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** Whether a value is an object, and neither a list nor a long number. */
export const isJsonObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !isJsonArray(value) && !isLongNumber(value);

/** Matches a text that may have a key with an escape. A false positive (an escape in a value of an array) only makes parsing slower. */
const escapedKey = /[{,]\s*"[^"\\]*\\/;
/** Matches strings; one followed by a colon is a key. */
const strings = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?/gs;

const withKeys = (value: JsonValue, keyOf: (key: string) => string): JsonValue => {
  if (typeof value !== 'object' || value === null || isLongNumber(value)) return value;
  if (isJsonArray(value)) return value.map((item) => withKeys(item, keyOf));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [keyOf(key), withKeys(member, keyOf)]));
};

/**
 * Parses JSON like JSON.parse, but keeps every digit of a number, and works around a defect of V8 in Node 24 and 26 (https://github.com/nodejs/node/issues/63785):
 * once any text had the key `\`, V8 may read `\n`, or any other key with an escape, as that key. Such keys are replaced before
 * parsing and restored afterwards. Throws SyntaxError, or RangeError for a text that needs either and is nested thousands of levels deep.
 */
export const parseJson = (text: string): JsonValue => {
  if (!text.includes('\\') || !escapedKey.test(text)) return parseLongNumbers(text);
  const places = new Map<string, string>();
  const keys = new Map<string, string>();
  const plain = text.replace(strings, (all: string, literal: string, colon: string | undefined) => {
    if (colon === undefined) return all;
    const place = places.get(literal) ?? `k${String(places.size)}`;
    places.set(literal, place);
    keys.set(place, parseString(literal));
    return `"${place}"${colon}`;
  });
  return withKeys(parseLongNumbers(plain), (place) => keys.get(place) ?? place);
};

const holdsNegativeZero = (value: JsonValue): boolean => {
  if (typeof value === 'number') return Object.is(value, -0);
  if (typeof value !== 'object' || value === null || isLongNumber(value)) return false;
  if (isJsonArray(value)) return value.some(holdsNegativeZero);
  // Runs for every property of every event, so it creates no array.
  for (const key in value) if (holdsNegativeZero(value[key] ?? null)) return true;
  return false;
};

interface Style {
  readonly entriesOf: (object: JsonObject) => [string, JsonValue][];
  readonly textOfLong: (long: LongNumber) => string;
}

const write = (value: JsonValue, style: Style): string => {
  if (Object.is(value, -0)) return '-0';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isLongNumber(value)) return style.textOfLong(value);
  if (isJsonArray(value)) return `[${value.map((item) => write(item, style)).join(',')}]`;
  const members = style.entriesOf(value).map(([key, member]) => `${JSON.stringify(key)}:${write(member, style)}`);
  return `{${members.join(',')}}`;
};

const asSent: Style = { entriesOf: Object.entries, textOfLong: ({ rawJSON }) => rawJSON };

/** Returns text that parses to exactly this value, including key order, -0 and long numbers. */
export const jsonText = (value: JsonValue): string =>
  holdsNegativeZero(value) ? write(value, asSent) : JSON.stringify(value);

const canonical: Style = {
  entriesOf: (object) => Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)),
  textOfLong: plainLongNumber,
};

const isFlat = (object: JsonObject): boolean => {
  for (const key in object) {
    const member = object[key];
    if ((typeof member === 'object' && member !== null) || Object.is(member, -0)) return false;
  }
  return true;
};

/**
 * Returns the same text for every order of keys, at every depth, and for every form of a long number: keys sorted by UTF-16 code
 * units, no blanks.
 */
export const canonicalJson = (value: JsonValue): string => {
  if (!isJsonObject(value) || !isFlat(value)) return write(value, canonical);
  // The common case is written natively, with keys in the order of the list.
  return JSON.stringify(value, Object.keys(value).sort());
};

export type JsonValue = string | number | boolean | null | LongNumber | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}
