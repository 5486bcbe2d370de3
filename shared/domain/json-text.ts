// JSON text that loses nothing. JSON.stringify drops the sign of -0, which JSON.parse keeps; everything else it writes
// (lone surrogates, `__proto__` as a key) JSON.parse reads back as it was.
import type { JsonObject, JsonValue } from './json.ts';

/** JSON.parse; throws SyntaxError. */
export const parseJson: (text: string) => JsonValue = JSON.parse;

export const isJsonArray = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

const holdsNegativeZero = (value: JsonValue): boolean => {
  if (typeof value === 'number') return Object.is(value, -0);
  if (typeof value !== 'object' || value === null) return false;
  if (isJsonArray(value)) return value.some(holdsNegativeZero);
  // Every property of every event comes through here: no list of them is made.
  for (const key in value) if (holdsNegativeZero(value[key] ?? null)) return true;
  return false;
};

type Entries = (object: JsonObject) => [string, JsonValue][];

const write = (value: JsonValue, entriesOf: Entries): string => {
  if (Object.is(value, -0)) return '-0';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isJsonArray(value)) return `[${value.map((item) => write(item, entriesOf)).join(',')}]`;
  const members = entriesOf(value).map(([key, member]) => `${JSON.stringify(key)}:${write(member, entriesOf)}`);
  return `{${members.join(',')}}`;
};

/** Text that parses to exactly this value, key order and -0 included. */
export const jsonText = (value: JsonValue): string =>
  holdsNegativeZero(value) ? write(value, Object.entries) : JSON.stringify(value);

const sortedEntries: Entries = (object) => Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));

const isFlat = (object: JsonObject): boolean => {
  for (const key in object) {
    const member = object[key];
    if ((typeof member === 'object' && member !== null) || Object.is(member, -0)) return false;
  }
  return true;
};

/** The same text for every order of keys, at every depth; keys by UTF-16 code units, no blanks. */
export const canonicalJson = (value: JsonValue): string => {
  if (typeof value !== 'object' || value === null || isJsonArray(value) || !isFlat(value)) {
    return write(value, sortedEntries);
  }
  // Most properties: written natively, the keys in the order of the list.
  return JSON.stringify(value, Object.keys(value).sort());
};
