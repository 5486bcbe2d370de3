// The aggregations: what each needs to be valid, and what one event counts for it. A fold, the decision and the lookup all
// measure through this, so no two of them disagree on a quantity. Negatives count as they are (refunds, freed storage).
import type { JsonObject, JsonValue } from '../json-text.ts';
import {
  isBounded,
  isNumericText,
  oneQuantity,
  parseQuantity,
  type Quantity,
  quantityOfNumber,
  zeroQuantity,
} from '../numbers/quantity.ts';
import { maxExpressionCost } from './expression-cost.ts';
import { compileExpression, evaluateExpression, typeOfJson } from './expression.ts';
import { propertyOf } from './filter.ts';
import { type Aggregation, canHaveBuckets } from './meter.ts';

/** The details name properties and types, never a value. */
export interface QuantityWarning {
  readonly code: 'missing_property' | 'non_numeric_value' | 'negative_quantity' | 'expression_error';
  readonly detail: string;
}

/** `excluded`: the event does not count for this meter at all, not even in the n of an average. */
export type Measurement =
  | { readonly kind: 'counted'; readonly quantity: Quantity; readonly warning?: QuantityWarning }
  | { readonly kind: 'excluded'; readonly reason: 'missing_property' | 'expression_error'; readonly detail: string };

export interface RuleViolation {
  /** Name inside the aggregation, as on the wire. */
  readonly field: 'field' | 'expression' | 'multiplier' | 'bucket_size' | 'group_by';
  readonly rule: string;
}

const expressionTypes: readonly string[] = ['SUM', 'AVG', 'MAX', 'LATEST'];

export const supportsExpression = (type: string): boolean => expressionTypes.includes(type);

type Rule = (aggregation: Aggregation) => string | undefined;

const rules: Readonly<Record<RuleViolation['field'], Rule>> = {
  field: ({ type, field, expression }) => {
    if (type === 'COUNT' || field !== undefined || expression !== undefined) return undefined;
    return supportsExpression(type) ? 'required, or an expression' : 'required';
  },
  expression: ({ type, field, expression }) => {
    if (expression === undefined) return undefined;
    if (!supportsExpression(type)) return `only for ${expressionTypes.join(', ')}`;
    if (field !== undefined) return 'not together with field';
    const compilation = compileExpression(expression);
    if (compilation.kind === 'invalid') return compilation.message;
    const { cost } = compilation.expression;
    return cost > maxExpressionCost
      ? `has an evaluation cost of ${String(cost)}; the maximum is ${String(maxExpressionCost)}`
      : undefined;
  },
  multiplier: ({ type, multiplier, expression }) => {
    if (multiplier === undefined) return type === 'SUM_WITH_MULTIPLIER' ? 'required' : undefined;
    if (type !== 'SUM_WITH_MULTIPLIER' && expression === undefined) return 'only for SUM_WITH_MULTIPLIER';
    return parseQuantity(multiplier)?.gt(zeroQuantity) === true ? undefined : 'must be a decimal greater than 0';
  },
  bucket_size: ({ type, bucketSize }) =>
    bucketSize === undefined || canHaveBuckets(type) ? undefined : 'only for MAX and SUM',
  group_by: ({ type, groupBy, bucketSize }) =>
    groupBy === undefined || (type === 'MAX' && bucketSize !== undefined) ? undefined : 'only for MAX with bucket_size',
};
const ruledFields = ['field', 'expression', 'multiplier', 'bucket_size', 'group_by'] as const;

/** Every rule that is broken; none for a valid aggregation. What was not given is undefined, not "". */
export const validateAggregation = (aggregation: Aggregation): readonly RuleViolation[] =>
  ruledFields.flatMap((field) => {
    const rule = rules[field](aggregation);
    return rule === undefined ? [] : [{ field, rule }];
  });

const maxDetailLength = 200;

/** Cut at 200 characters. */
export const boundedDetail = (text: string): string =>
  text.length > maxDetailLength ? `${text.slice(0, maxDetailLength - 1).toWellFormed()}…` : text;

const listsOfNames = new WeakMap<JsonObject, string>();
/** As much of it as a detail can hold. Many meters may miss a field of one event, which may have thousands of others. */
const namesOf = (properties: JsonObject): string => {
  const known = listsOfNames.get(properties);
  if (known !== undefined) return known;
  const names = Object.keys(properties);
  const list =
    names.length === 0
      ? 'none'
      : names
          .slice(0, maxDetailLength)
          .join(', ')
          .slice(0, maxDetailLength + 1);
  listsOfNames.set(properties, list);
  return list;
};

const missing = (field: string, properties: JsonObject | null): string =>
  boundedDetail(`${field} is missing; present: ${properties === null ? 'none' : namesOf(properties)}`);

const tooManyDigits = 'has more digits than a quantity may have';

const nonNumeric = (name: string, value: JsonValue): QuantityWarning => {
  const isNumber = typeof value === 'number' || (typeof value === 'string' && isNumericText(value));
  const what = isNumber ? tooManyDigits : `is ${typeOfJson(value)}, not a number`;
  return { code: 'non_numeric_value', detail: boundedDetail(`${name} ${what}`) };
};

const uncountable = (warning: QuantityWarning): Measurement => ({ kind: 'counted', quantity: zeroQuantity, warning });

const counted = (quantity: Quantity, multiplier: Quantity | undefined): Measurement => {
  const product = multiplier ? quantity.times(multiplier) : quantity;
  if (!isBounded(product)) return uncountable({ code: 'non_numeric_value', detail: `the product ${tooManyDigits}` });
  return product.lt(zeroQuantity)
    ? { kind: 'counted', quantity: product, warning: { code: 'negative_quantity', detail: 'counts as it is' } }
    : { kind: 'counted', quantity: product };
};

const toQuantity = (value: JsonValue): Quantity | undefined => {
  if (typeof value === 'number') return quantityOfNumber(value);
  return typeof value === 'string' ? parseQuantity(value) : undefined;
};

type Measure = (properties: JsonObject | null) => Measurement;

const ofExpression = (text: string, multiplier: Quantity | undefined): Measure => {
  const compilation = compileExpression(text);
  return (properties) => {
    const result =
      compilation.kind === 'invalid'
        ? ({ kind: 'error', message: compilation.message } as const)
        : evaluateExpression(compilation.expression, properties);
    if (result.kind === 'quantity') return counted(result.quantity, multiplier);
    return result.kind === 'error'
      ? { kind: 'excluded', reason: 'expression_error', detail: boundedDetail(result.message) }
      : uncountable({ code: 'non_numeric_value', detail: `the result ${tooManyDigits}` });
  };
};

const one: Measurement = { kind: 'counted', quantity: oneQuantity };

const createMeasure = ({ type, field = '', expression, multiplier: multiplierText }: Aggregation): Measure => {
  if (type === 'COUNT') return () => one;
  const multiplier = multiplierText === undefined ? undefined : parseQuantity(multiplierText);
  if (expression !== undefined) return ofExpression(expression, multiplier);
  if (type === 'COUNT_UNIQUE') {
    return (properties) =>
      propertyOf(properties, field) === undefined
        ? { kind: 'excluded', reason: 'missing_property', detail: missing(field, properties) }
        : one;
  }
  const factor = type === 'SUM_WITH_MULTIPLIER' ? (multiplier ?? zeroQuantity) : undefined;
  return (properties) => {
    const value = propertyOf(properties, field);
    if (value === undefined) return uncountable({ code: 'missing_property', detail: missing(field, properties) });
    const quantity = toQuantity(value);
    return quantity ? counted(quantity, factor) : uncountable(nonNumeric(field, value));
  };
};

const measures = new WeakMap<Aggregation, Measure>();

/**
 * The exact quantity of one event. A missing or non-numeric value counts as 0; COUNT_UNIQUE counts 1 for an event with the
 * field and leaves out the others; a failing expression leaves the event out. Fast when repeated for one aggregation object.
 */
export const measure = (aggregation: Aggregation, properties: JsonObject | null): Measurement => {
  const known = measures.get(aggregation);
  if (known) return known(properties);
  const made = createMeasure(aggregation);
  measures.set(aggregation, made);
  return made(properties);
};

/** The properties that a quantity is made of, in the order of their use. */
export const propertiesRead = ({ field, expression }: Aggregation): readonly string[] => {
  const compilation = expression === undefined ? undefined : compileExpression(expression);
  if (compilation?.kind === 'compiled') return compilation.expression.names;
  return field === undefined ? [] : [field];
};

/** Names of the properties that a meter reads as numbers and that came as numeric strings: a note of the lookup, no warning. */
export const numericStrings = (aggregation: Aggregation, properties: JsonObject | null): readonly string[] => {
  const { type, expression } = aggregation;
  if (type === 'COUNT' || type === 'COUNT_UNIQUE') return [];
  return propertiesRead(aggregation).filter((name) => {
    const value = propertyOf(properties, name);
    return typeof value === 'string' && isNumericText(expression === undefined ? value : value.trim());
  });
};
