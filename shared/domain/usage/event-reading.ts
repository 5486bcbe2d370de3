// How a definition sees events: whether, for which group and as what each counts. It reads only the columns it needs, and asks
// a filter, a group or a measure once for each distinct value of a column.
import { hash } from 'node:crypto';
import { type PropertyColumn, valueAt } from '../codec/property-reader.ts';
import { type JsonObject, type JsonValue, parseJson } from '../json-text.ts';
import { measure, propertiesRead } from '../meters/aggregation.ts';
import { holdsText, textOf } from '../meters/filter.ts';
import type { Aggregation } from '../meters/meter.ts';
import { type Factor, isShort, one } from '../numbers/exact-sum.ts';
import { decimal, formatQuantity, isNumericText, type Quantity } from '../numbers/quantity.ts';
import { aggregationOf, type Definition, propertyOfGroupBy } from './definition.ts';

/** Events of one part or some, read column by column. */
export interface FoldedColumns {
  readonly count: number;
  /** UTC milliseconds. */
  readonly timestamps: readonly number[];
  readonly ids: () => readonly string[];
  readonly sources: () => readonly string[];
  readonly customerIds: () => readonly string[];
  readonly property: (key: string) => PropertyColumn;
}

/** What one event counts for. A number is a short decimal, to be taken times the factor. */
export type Measured =
  | number
  | {
      readonly kind: 'counted';
      readonly quantity: Quantity;
      readonly isZeroFor?: 'missingProperty' | 'nonNumericValue';
    }
  | { readonly kind: 'unique'; readonly hash: string }
  | { readonly kind: 'excluded'; readonly reason: 'expressionError' | 'missingProperty' };

/** Whether, for what and as what an event counts, by its position. */
export interface EventReading {
  readonly matches: (event: number) => boolean;
  readonly groupKey: (event: number) => string;
  readonly measured: (event: number) => Measured;
}

const ungrouped = '[]';
/** A factor with so few digits keeps the product of a short decimal, 10^15 at most, within the bounds of a quantity. */
const moderateDigits = 15;
const moderateWholeDigits = 10;

/** Asks once for each distinct value of a column. */
const perValue = <T>(
  { values, places }: PropertyColumn,
  read: (value: JsonValue | undefined) => T,
): ((event: number) => T) => {
  if (places === undefined) {
    const known = new Map<JsonValue | undefined, T>();
    return (event) => {
      const value = values[event];
      if (typeof value === 'object') return read(value);
      const found = known.get(value);
      if (found !== undefined) return found;
      const made = read(value);
      known.set(value, made);
      return made;
    };
  }
  const made: (T | undefined)[] = [];
  return (event) => {
    const place = places[event] ?? values.length;
    return (made[place] ??= read(values[place]));
  };
};

const textOrEmpty = (value: JsonValue | undefined): string => (value === undefined ? '' : textOf(value));

const createMatcher = (definition: Definition, columns: FoldedColumns): EventReading['matches'] => {
  const tests: ((event: number) => boolean)[] = [];
  for (const { key, values } of definition.filters) {
    tests.push(perValue(columns.property(key), (value) => value !== undefined && holdsText(values, textOf(value))));
  }
  for (const { key, values } of definition.requestFilters) {
    if (values.length === 0) continue;
    tests.push(perValue(columns.property(key), (value) => holdsText(values, textOrEmpty(value))));
  }
  if (definition.sources.length > 0) {
    const sources = columns.sources();
    tests.push((event) => holdsText(definition.sources, sources[event] ?? ''));
  }
  if (definition.customerId !== '') {
    const customerIds = columns.customerIds();
    tests.push((event) => customerIds[event] === definition.customerId);
  }
  const [first, ...others] = tests;
  if (first === undefined) return () => true;
  return others.length === 0 ? first : (event) => tests.every((test) => test(event));
};

const createGroupKey = ({ groupBy }: Definition, columns: FoldedColumns): EventReading['groupKey'] => {
  if (groupBy.length === 0) return () => ungrouped;
  const texts = groupBy.map((by): ((event: number) => string) => {
    if (by === 'source') {
      const sources = columns.sources();
      return (event) => sources[event] ?? '';
    }
    return perValue(columns.property(propertyOfGroupBy(by)), textOrEmpty);
  });
  return (event) => JSON.stringify(texts.map((text) => text(event)));
};

/** The texts of a group's key, in the definition's order. */
export const textsOfGroupKey = (key: string): readonly string[] => {
  const texts = parseJson(key);
  if (!Array.isArray(texts)) throw new Error('a group has a list of texts for its key');
  return texts.map(String);
};

const base64urlDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const wholeDigits = 21;

/** 128 bits of SHA-256 as 22 characters of base64url, of which the last stands for 2 bits. */
export const hashOfText = (text: string): string => {
  const digits = hash('sha256', text, 'base64url');
  const last = base64urlDigits.indexOf(digits.charAt(wholeDigits)) & 0b110000;
  return digits.slice(0, wholeDigits) + base64urlDigits.charAt(last);
};

const measureProperties = (aggregation: Aggregation, properties: JsonObject): Measured => {
  const measurement = measure(aggregation, properties);
  if (measurement.kind === 'excluded') {
    const isExpression = measurement.reason === 'expression_error';
    return { kind: 'excluded', reason: isExpression ? 'expressionError' : 'missingProperty' };
  }
  const { quantity, warning } = measurement;
  switch (warning?.code) {
    case 'missing_property':
      return { kind: 'counted', quantity, isZeroFor: 'missingProperty' };
    case 'non_numeric_value':
      return { kind: 'counted', quantity, isZeroFor: 'nonNumericValue' };
    case 'negative_quantity':
    case 'expression_error':
    case undefined:
      return { kind: 'counted', quantity };
  }
};

const makeFactor = (multiplier: string): Factor | undefined => {
  const text = formatQuantity(decimal(multiplier));
  const [whole = '', decimals = ''] = text.split('.');
  const digits = whole + decimals;
  const isModerate = digits.length <= moderateDigits && whole.length <= moderateWholeDigits;
  return isModerate ? { mantissa: Number(digits), exponent: decimals.length } : undefined;
};

const factors = new WeakMap<Definition, Factor | undefined>();
/** Of a field; the multiplier apart where a short decimal times it needs no check. Asked for with every part of a fold. */
export const factorOf = (definition: Definition): Factor | undefined => {
  if (definition.type !== 'SUM_WITH_MULTIPLIER') return one;
  if (!factors.has(definition)) factors.set(definition, makeFactor(definition.multiplier ?? '0'));
  return factors.get(definition);
};

const maxShortText = 15;
/** The number whose shortest decimal a value is, where `addNumber` takes it. */
const shortNumber = (value: JsonValue): number | undefined => {
  if (typeof value === 'number') return isShort(value) ? value : undefined;
  if (typeof value !== 'string' || value.length > maxShortText) return undefined;
  if (!isNumericText(value) || /[eE]/.test(value)) return undefined;
  const number = Number(value);
  return isShort(number) ? number : undefined;
};

const createMeasured = (definition: Definition, columns: FoldedColumns): EventReading['measured'] => {
  const { type, field = '', expression } = definition;
  const aggregation = aggregationOf(definition);
  if (type === 'COUNT') return () => 1;
  if (expression !== undefined) {
    const read = propertiesRead(aggregation).map((name) => ({ name, column: columns.property(name) }));
    return (event) => {
      const properties: Record<string, JsonValue> = {};
      for (const { name, column } of read) {
        const value = valueAt(column, event);
        if (value !== undefined) Object.defineProperty(properties, name, { value, enumerable: true });
      }
      return measureProperties(aggregation, properties);
    };
  }
  const column = columns.property(field);
  let missing: Measured | undefined;
  const ofMissing = (): Measured => (missing ??= measureProperties(aggregation, {}));
  const slowly = (value: JsonValue): Measured => measureProperties(aggregation, Object.fromEntries([[field, value]]));
  if (type === 'COUNT_UNIQUE') {
    return perValue(column, (value): Measured =>
      value === undefined ? ofMissing() : { kind: 'unique', hash: hashOfText(textOf(value)) },
    );
  }
  const isFast = factorOf(definition) !== undefined;
  const read = (value: JsonValue | undefined): Measured =>
    value === undefined ? ofMissing() : ((isFast ? shortNumber(value) : undefined) ?? slowly(value));
  // Numbers are rarely the same twice: remembering them would cost more than reading them.
  return column.places === undefined ? (event) => read(column.values[event]) : perValue(column, read);
};

/** How a definition sees the events of some columns. Throws SegmentFormatError, here and when it is asked. */
export const readEvents = (definition: Definition, columns: FoldedColumns): EventReading => ({
  matches: createMatcher(definition, columns),
  groupKey: createGroupKey(definition, columns),
  measured: createMeasured(definition, columns),
});
