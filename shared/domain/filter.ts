// The one text form of a property, and the filters that compare with it. Filters, group-by and COUNT_UNIQUE share it, so
// what one of them tells apart the others do too.
import type { JsonObject, JsonValue } from './json.ts';
import { isJsonArray } from './json-text.ts';
import type { MeterFilter } from './meter.ts';

/** A top-level property that was sent, null included; undefined when it was not. */
export const propertyOf = (properties: JsonObject | null, key: string): JsonValue | undefined =>
  properties !== null && Object.hasOwn(properties, key) ? properties[key] : undefined;

/** Digits without an exponent; by hand, as many filters may compare one number, and big.js takes ten times as long. */
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
 * A string as it is, everything else as its JSON text with numbers as plain decimals (`1000000`, `0.00001`) and keys in the
 * order sent. So the number 1 and the string "1" are the same; two strings, numbers, lists or objects that differ are not
 * (-0 is 0).
 */
export const textOf = (value: JsonValue): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? textOfNested(value) : plainJson(value);
};

/** Looking through so few takes less time than finding the set. */
const fewValues = 8;
const sets = new WeakMap<MeterFilter, ReadonlySet<string>>();

/** Fast when repeated for one filter object. */
const hasValue = (filter: MeterFilter, text: string): boolean => {
  if (filter.values.length <= fewValues) return filter.values.includes(text);
  const known = sets.get(filter);
  if (known) return known.has(text);
  const made = new Set(filter.values);
  sets.set(filter, made);
  return made.has(text);
};

/** AND over the filters, OR over the values of one. A filter never matches a missing key; a present null is the text `null`. */
export const matchesMeterFilters = (filters: readonly MeterFilter[], properties: JsonObject | null): boolean =>
  filters.every((filter) => {
    const value = propertyOf(properties, filter.key);
    return value !== undefined && hasValue(filter, textOf(value));
  });
