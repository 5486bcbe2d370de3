// Measures what one event counts for. The fold, the decision and the lookup all measure through this, so that no two of them
// disagree on a quantity. Negatives count as they are (refunds, freed storage).
import type { JsonObject, JsonValue } from '../json-text.ts';
import { compileExpression, evaluateExpression, typeOfJson } from '../meters/expression.ts';
import { isAbsent, propertyOf } from '../meters/filter.ts';
import type { Aggregation } from '../meters/meter.ts';
import { isLongNumber } from '../numbers/long-number.ts';
import {
  isBounded,
  isDouble,
  isNumericText,
  oneQuantity,
  parseQuantity,
  type Quantity,
  quantityOfNumber,
  zeroQuantity,
} from '../numbers/quantity.ts';
import { aggregatorOf } from './aggregators.ts';
import { boundedDetail, boundedNames, type Measurement } from './measurement.ts';

const listsOfNames = new WeakMap<JsonObject, string>();
/** Many meters may miss a field of one event, which may have thousands of others. */
const namesOf = (properties: JsonObject): string => {
  const known = listsOfNames.get(properties);
  if (known !== undefined) return known;
  const list = boundedNames(Object.keys(properties));
  listsOfNames.set(properties, list);
  return list;
};

const missing = (field: string, properties: JsonObject | null): string =>
  boundedDetail(`${field} is missing; present: ${properties === null ? 'none' : namesOf(properties)}`);

const nonNumeric = (detail: string): Measurement => ({ kind: 'counted_as_zero', reason: 'non_numeric_value', detail });

const tooManyDigits = 'has more digits than a quantity may have';

const notANumber = (name: string, value: JsonValue): Measurement => {
  const isNumber =
    typeof value === 'number' || isLongNumber(value) || (typeof value === 'string' && isNumericText(value));
  return nonNumeric(boundedDetail(`${name} ${isNumber ? tooManyDigits : `is ${typeOfJson(value)}, not a number`}`));
};

const counted = (quantity: Quantity, multiplier: Quantity | undefined): Measurement => {
  const product = multiplier ? quantity.times(multiplier) : quantity;
  return isBounded(product) ? { kind: 'counted', quantity: product } : nonNumeric(`the product ${tooManyDigits}`);
};

const toQuantity = (value: JsonValue): Quantity | undefined => {
  if (typeof value === 'number') return quantityOfNumber(value);
  if (isLongNumber(value)) return parseQuantity(value.rawJSON);
  return typeof value === 'string' ? parseQuantity(value) : undefined;
};

type Measure = (properties: JsonObject | null) => Measurement;

const measureExpression = (text: string, multiplier: Quantity | undefined): Measure => {
  const compilation = compileExpression(text);
  return (properties) => {
    const result =
      compilation.kind === 'invalid'
        ? ({ kind: 'error', message: compilation.message } as const)
        : evaluateExpression(compilation.expression, properties);
    if (result.kind === 'quantity') return counted(result.quantity, multiplier);
    return result.kind === 'error'
      ? { kind: 'excluded', reason: 'expression_error', detail: boundedDetail(result.message) }
      : nonNumeric(`the result ${tooManyDigits}`);
  };
};

const one: Measurement = { kind: 'counted', quantity: oneQuantity };

const createMeasure = ({ type, field = '', expression, multiplier: multiplierText }: Aggregation): Measure => {
  const { reads, takesMultiplier } = aggregatorOf(type);
  if (reads === 'nothing') return () => one;
  const multiplier = multiplierText === undefined ? undefined : parseQuantity(multiplierText);
  if (expression !== undefined) return measureExpression(expression, multiplier);
  if (reads === 'text') {
    return (properties) => {
      const value = propertyOf(properties, field);
      if (!isAbsent(value)) return one;
      const detail = value === null ? boundedDetail(`${field} is null`) : missing(field, properties);
      return { kind: 'excluded', reason: 'missing_property', detail };
    };
  }
  const factor = takesMultiplier ? (multiplier ?? zeroQuantity) : undefined;
  return (properties) => {
    const value = propertyOf(properties, field);
    if (value === undefined) {
      return { kind: 'counted_as_zero', reason: 'missing_property', detail: missing(field, properties) };
    }
    const quantity = toQuantity(value);
    return quantity ? counted(quantity, factor) : notANumber(field, value);
  };
};

const measures = new WeakMap<Aggregation, Measure>();

/**
 * Returns what one event counts for. A missing or non-numeric value counts as 0; COUNT_UNIQUE counts 1 for an event with the
 * field, unless it is null, and leaves out the others; a failing expression leaves the event out. Fast when repeated for one aggregation object.
 */
export const measure = (aggregation: Aggregation, properties: JsonObject | null): Measurement => {
  const known = measures.get(aggregation);
  if (known) return known(properties);
  const made = createMeasure(aggregation);
  measures.set(aggregation, made);
  return made(properties);
};

/** Returns the properties that a quantity is computed from, in the order of their use. */
export const propertiesRead = ({ field, expression }: Aggregation): readonly string[] => {
  const compilation = expression === undefined ? undefined : compileExpression(expression);
  if (compilation?.kind === 'compiled') return compilation.expression.names;
  return field === undefined ? [] : [field];
};

/** Returns the names of properties that are read as numbers and came as numeric strings: a note of the lookup, no warning. */
export const numericStrings = (aggregation: Aggregation, properties: JsonObject | null): readonly string[] => {
  const { type, expression } = aggregation;
  if (aggregatorOf(type).reads !== 'number') return [];
  return propertiesRead(aggregation).filter((name) => {
    const value = propertyOf(properties, name);
    return typeof value === 'string' && isNumericText(expression === undefined ? value : value.trim());
  });
};

/** Returns the names of properties that an expression reads and that a double does not hold: it computes with the nearest one. */
export const roundedNumbers = (aggregation: Aggregation, properties: JsonObject | null): readonly string[] => {
  if (aggregation.expression === undefined) return [];
  return propertiesRead(aggregation).filter((name) => {
    const value = propertyOf(properties, name);
    const text = typeof value === 'string' ? value.trim() : '';
    return isLongNumber(value) || (isNumericText(text) && !isDouble(text));
  });
};
