// Turns properties into texts, and compares them with filters. Filters, group-by and COUNT_UNIQUE share one text form, so that
// values which differ for one of them differ for all.
import { isJsonArray, type JsonObject, type JsonValue } from '../json-text.ts';
import type { MeterFilter } from './meter.ts';

/** Returns a top-level property, null included; undefined when it was not sent. */
export const propertyOf = (properties: JsonObject | null, key: string): JsonValue | undefined =>
  properties !== null && Object.hasOwn(properties, key) ? properties[key] : undefined;

/** Writes digits without an exponent; by hand, as many filters may compare one number, and big.js takes ten times as long. */
const plainDecimal = (value: number): string => {
  const text = String(value);
  if (!text.includes('e')) return text;
  const [mantissa = '', exponent] = text.replace(/^-/, '').split('e');
  const digits = mantissa.replace('.', '');
  const point = 1 + Number(exponent);
  const plain = point > 0 ? digits.padEnd(point, '0') : `0.${'0'.repeat(-point)}${digits}`;
  return value < 0 ? `-${plain}` : plain;
};

const plainJson = (value: JsonValue): string => {
  if (typeof value === 'number') return plainDecimal(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isJsonArray(value)) return `[${value.map(plainJson).join(',')}]`;
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${plainJson(member)}`);
  return `{${members.join(',')}}`;
};

const texts = new WeakMap<object, string>();
/** One list or object of an event may be compared by many filters. */
const textOfNested = (value: JsonObject | readonly JsonValue[]): string => {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = plainJson(value);
  texts.set(value, text);
  return text;
};

/**
 * Returns a string as it is, and everything else as its JSON text with numbers as plain decimals (`1000000`, `0.00001`) and
 * keys in the order sent. So the number 1 and the string "1" are the same; two strings, numbers, lists or objects that differ
 * are not (-0 is 0).
 */
export const textOf = (value: JsonValue): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? textOfNested(value) : plainJson(value);
};

/** Returns the text of a top-level property; "" when it was not sent. */
export const propertyText = (properties: JsonObject | null, key: string): string => {
  const value = propertyOf(properties, key);
  return value === undefined ? '' : textOf(value);
};

/** Searching a list of so few takes less time than finding its set. */
const fewTexts = 8;
const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Whether a list contains a text. Fast for lists of any length, when it is asked often. */
export const holdsText = (texts: readonly string[], text: string): boolean => {
  if (texts.length <= fewTexts) return texts.includes(text);
  const known = sets.get(texts);
  if (known) return known.has(text);
  const made = new Set(texts);
  sets.set(texts, made);
  return made.has(text);
};

/** Matches any of the values. The filter of a meter never matches a missing key; a present null is the text `null`. */
export const matchesMeterFilter = ({ key, values }: MeterFilter, properties: JsonObject | null): boolean => {
  const value = propertyOf(properties, key);
  return value !== undefined && holdsText(values, textOf(value));
};

/** Whether all filters match. */
export const matchesMeterFilters = (filters: readonly MeterFilter[], properties: JsonObject | null): boolean =>
  filters.every((filter) => matchesMeterFilter(filter, properties));

/** Matches any of the values. In the filter of a request "" matches a missing key too, and no values match everything. */
export const matchesRequestFilter = (key: string, values: readonly string[], properties: JsonObject | null): boolean =>
  values.length === 0 || holdsText(values, propertyText(properties, key));
