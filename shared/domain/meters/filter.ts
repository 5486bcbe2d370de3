// Turns properties into texts, and compares them with filters. Filters, group-by and COUNT_UNIQUE share one text form, so that
// values which differ for one of them differ for all.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json-text.ts';
import { isLongNumber, type LongNumber, plainLongNumber } from '../numbers/long-number.ts';
import type { MeterFilter } from './meter.ts';

/** Returns what a path of keys leads to inside a value, with a dot between two; undefined where there is none. */
export const valueInside = (value: JsonValue | undefined, path: string): JsonValue | undefined => {
  const dot = path.indexOf('.');
  const key = dot === -1 ? path : path.slice(0, dot);
  const found = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return dot === -1 || found === undefined ? found : valueInside(found, path.slice(dot + 1));
};

/**
 * Returns a property, null included; undefined when it was not sent. Where none has a name with dots, the dots lead into objects:
 * `usage.tokens` is the key `tokens` of the object `usage`.
 */
export const propertyOf = (properties: JsonObject | null, key: string): JsonValue | undefined => {
  if (properties === null) return undefined;
  if (Object.hasOwn(properties, key)) return properties[key];
  return key.includes('.') ? valueInside(properties, key) : undefined;
};

/** Whether there is no value: null is as good as a property that was not sent. */
export const isAbsent = (value: JsonValue | undefined): value is null | undefined =>
  value === undefined || value === null;

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
  if (isLongNumber(value)) return plainLongNumber(value);
  if (isJsonArray(value)) return `[${value.map(plainJson).join(',')}]`;
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${plainJson(member)}`);
  return `{${members.join(',')}}`;
};

const texts = new WeakMap<object, string>();
/** One list, object or long number of an event may be compared by many filters. */
const textOfNested = (value: JsonObject | readonly JsonValue[] | LongNumber): string => {
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

/** Returns the text that an event is grouped by; "" without a value. */
export const groupTextOf = (value: JsonValue | undefined): string => (isAbsent(value) ? '' : textOf(value));

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

/** Whether a value is among those of a meter's filter. A missing one never is; null is the text `null`. */
export const meetsMeterFilter = (values: readonly string[], value: JsonValue | undefined): boolean =>
  value !== undefined && holdsText(values, textOf(value));

/** The same for the filter of a request, where "" stands for no value, and no values match everything. */
export const meetsRequestFilter = (values: readonly string[], value: JsonValue | undefined): boolean =>
  values.length === 0 || (isAbsent(value) && holdsText(values, '')) || meetsMeterFilter(values, value);

export const matchesMeterFilter = ({ key, values }: MeterFilter, properties: JsonObject | null): boolean =>
  meetsMeterFilter(values, propertyOf(properties, key));

/** Whether all filters match. */
export const matchesMeterFilters = (filters: readonly MeterFilter[], properties: JsonObject | null): boolean =>
  filters.every((filter) => matchesMeterFilter(filter, properties));

export const matchesRequestFilter = (key: string, values: readonly string[], properties: JsonObject | null): boolean =>
  meetsRequestFilter(values, propertyOf(properties, key));
