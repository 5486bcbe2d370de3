// Measures events column by column: once for each distinct value, and without exact decimals where a plain number will do.
import { aggregatorOf } from '../aggregations/aggregators.ts';
import { hashOfText } from '../aggregations/count-unique.ts';
import { measure, propertiesRead } from '../aggregations/measure.ts';
import type { Measurement } from '../aggregations/measurement.ts';
import { valueAt } from '../codec/property-reader.ts';
import type { JsonValue } from '../json-text.ts';
import { isAbsent, textOf } from '../meters/filter.ts';
import { type Factor, isShort, one } from '../numbers/exact-sum.ts';
import { decimal, formatQuantity, isNumericText } from '../numbers/quantity.ts';
import { aggregationOf, type Definition } from './definition.ts';
import { type FoldedColumns, perValue, propertyColumn } from './folded-columns.ts';

/** An event as the fold adds it. A number is a short decimal, still to be multiplied by the factor; a text is a hash. */
export type Measured = number | string | Measurement;

/** A factor with so few digits keeps the product of a short decimal, 10^15 at most, within the bounds of a quantity. */
const moderateDigits = 15;
const moderateWholeDigits = 10;

const makeFactor = (multiplier: string): Factor | undefined => {
  const text = formatQuantity(decimal(multiplier));
  const [whole = '', decimals = ''] = text.split('.');
  const digits = whole + decimals;
  const isModerate = digits.length <= moderateDigits && whole.length <= moderateWholeDigits;
  return isModerate ? { mantissa: Number(digits), exponent: decimals.length } : undefined;
};

const factors = new WeakMap<Definition, Factor | undefined>();
/**
 * Returns what numbers are multiplied by when they are added; undefined for a multiplier of too many digits, which is applied
 * when an event is measured. Remembered, as it is asked with every part of a fold.
 */
export const factorOf = (definition: Definition): Factor | undefined => {
  if (!aggregatorOf(definition.type).takesMultiplier) return one;
  if (!factors.has(definition)) factors.set(definition, makeFactor(definition.multiplier ?? '0'));
  return factors.get(definition);
};

const maxShortText = 15;
/** Returns the number whose shortest decimal a value is, where `addNumber` takes it. */
const shortNumber = (value: JsonValue): number | undefined => {
  if (typeof value === 'number') return isShort(value) ? value : undefined;
  if (typeof value !== 'string' || value.length > maxShortText) return undefined;
  if (!isNumericText(value) || /[eE]/.test(value)) return undefined;
  const number = Number(value);
  return isShort(number) ? number : undefined;
};

type MeasureEvent = (event: number) => Measured;

const measureExpression = (definition: Definition, columns: FoldedColumns): MeasureEvent => {
  const aggregation = aggregationOf(definition);
  const read = propertiesRead(aggregation).map((name) => ({ name, column: columns.property(name) }));
  return (event) => {
    const properties: Record<string, JsonValue> = {};
    for (const { name, column } of read) {
      const value = valueAt(column, event);
      if (value !== undefined) Object.defineProperty(properties, name, { value, enumerable: true });
    }
    return measure(aggregation, properties);
  };
};

/** Returns how the events of some columns are measured, by their index. */
export const createMeasured = (definition: Definition, columns: FoldedColumns): MeasureEvent => {
  const { type, field = '', expression } = definition;
  const { reads } = aggregatorOf(type);
  if (reads === 'nothing') return () => 1;
  if (expression !== undefined) return measureExpression(definition, columns);
  const aggregation = aggregationOf(definition);
  const column = propertyColumn(columns, field);
  let measuredMissing: Measured | undefined;
  const missing = (): Measured => (measuredMissing ??= measure(aggregation, {}));
  if (reads === 'text') {
    return perValue(column, (value) => (isAbsent(value) ? missing() : hashOfText(textOf(value))));
  }
  const isFast = factorOf(definition) !== undefined;
  const slowly = (value: JsonValue): Measured => measure(aggregation, Object.fromEntries([[field, value]]));
  const read = (value: JsonValue | undefined): Measured =>
    value === undefined ? missing() : ((isFast ? shortNumber(value) : undefined) ?? slowly(value));
  // Numbers are rarely the same twice: remembering them would cost more than reading them.
  return column.indexes === undefined ? (event) => read(column.values[event]) : perValue(column, read);
};
