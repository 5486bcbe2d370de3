// Validates the aggregation of a meter or of a request, by what each type takes.
import { maxExpressionCost } from '../meters/expression-cost.ts';
import { compileExpression } from '../meters/expression.ts';
import { type Aggregation, aggregationTypes } from '../meters/meter.ts';
import { parseQuantity, zeroQuantity } from '../numbers/quantity.ts';
import { aggregatorOf, canHaveBuckets } from './aggregators.ts';

interface RuleViolation {
  /** Name inside the aggregation, as on the wire. */
  readonly field: 'field' | 'expression' | 'multiplier' | 'bucket_size' | 'group_by';
  readonly rule: string;
}

const expressionTypes: readonly string[] = aggregationTypes.filter((type) => aggregatorOf(type).takesExpression);

const supportsExpression = (type: string): boolean => expressionTypes.includes(type);

type Rule = (aggregation: Aggregation) => string | undefined;

const rules: Readonly<Record<RuleViolation['field'], Rule>> = {
  field: ({ type, field, expression }) => {
    if (aggregatorOf(type).reads === 'nothing' || field !== undefined || expression !== undefined) return undefined;
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
    const isTaken = aggregatorOf(type).takesMultiplier === true;
    if (multiplier === undefined) return isTaken ? 'required' : undefined;
    if (!isTaken && expression === undefined) return 'only for SUM_WITH_MULTIPLIER';
    return parseQuantity(multiplier)?.gt(zeroQuantity) === true ? undefined : 'must be a decimal greater than 0';
  },
  bucket_size: ({ type, bucketSize }) =>
    bucketSize === undefined || canHaveBuckets(type) ? undefined : 'only for MAX and SUM',
  group_by: ({ type, groupBy, bucketSize }) =>
    groupBy === undefined || (aggregatorOf(type).buckets?.canBeGrouped === true && bucketSize !== undefined)
      ? undefined
      : 'only for MAX with bucket_size',
};
const ruledFields = ['field', 'expression', 'multiplier', 'bucket_size', 'group_by'] as const;

/** Returns every rule that is broken; none for a valid aggregation. What was not given is undefined, not "". */
export const validateAggregation = (aggregation: Aggregation): readonly RuleViolation[] =>
  ruledFields.flatMap((field) => {
    const rule = rules[field](aggregation);
    return rule === undefined ? [] : [{ field, rule }];
  });
