// The price of expressions, by the documented formula, and what is refused for it.
import { describe, expect, test } from '@jest/globals';
import { validateAggregation } from '../../../../shared/domain/aggregations/validate-aggregation.ts';
import { compileExpression } from '../../../../shared/domain/meters/expression.ts';
import { maxExpressionCost } from '../../../../shared/domain/meters/expression-cost.ts';

const costOf = (text: string): number => {
  const compilation = compileExpression(text);
  if (compilation.kind === 'invalid') throw new Error(compilation.message);
  return compilation.expression.cost;
};
const repeated = (text: string, times: number, separator: string): string =>
  Array<string>(times).fill(text).join(separator);

describe('the cost of an expression', () => {
  test.each([
    // Ten for each property, one for each node of plain arithmetic.
    ['a', 11],
    ['a + a', 13],
    ['a + b', 23],
    ['a in [1, 2, 3] ? max(a, 1) : -a', 22],
    // Twenty for each node of anything else.
    ['int(a)', 10 + 20 * 2],
    ['dyn(a) + 1', 10 + 20 * 4],
    // And for what operators and functions take: here a text of one unit and one of two.
    ['size("x") + int(a)', 10 + 20 * (5 + 1)],
    [`size("${'x'.repeat(26)}") + int(a)`, 10 + 20 * (5 + 2)],
    // Two lists of two are joined, then one of four is counted.
    ['size([a, a] + [a, a])', 10 + 20 * (8 + 4 + 4)],
    ['size(a > 1 ? [a, a] : [a])', 10 + 20 * (10 + 2)],
    ['size([[a, a], [a]])', 10 + 20 * (7 + 5)],
  ])('of %s is %s', (text, cost) => {
    expect(costOf(text)).toBe(cost);
  });

  test('grows with the square of the length for a chain of joined lists', () => {
    const chain = (length: number): number => costOf(`size(${repeated('[a]', length, '+')})`);
    expect(chain(100) / chain(50)).toBeGreaterThan(3.5);
    const texts = (length: number): number => costOf(`size(${repeated('string(a)', length, '+')})`);
    expect(texts(100) / texts(50)).toBeGreaterThan(3);
  });

  test('is named in the violation when it is too high', () => {
    const expression = `double(size(${repeated('[a,a]', 100, '+')}))`;
    expect(validateAggregation({ type: 'SUM', expression })).toEqual([
      { field: 'expression', rule: `has an evaluation cost of ${String(costOf(expression))}; the maximum is 1000` },
    ]);
  });

  test('may be as high as the limit', () => {
    const sum = repeated('a', 495, '+');
    expect(costOf(`-${sum}`)).toBe(maxExpressionCost);
    expect(validateAggregation({ type: 'SUM', expression: `-${sum}` })).toEqual([]);
    expect(costOf(`-(-${sum})`)).toBe(maxExpressionCost + 1);
    expect(validateAggregation({ type: 'SUM', expression: `-(-${sum})` })).toHaveLength(1);
  });

  test.each(['double(int(a / 1000.0)) * b', '(a > 1000 ? a - 1000 : 0) * 1.5 + (b in [1, 2, 3] ? 1 : 0)'])(
    'is far below the limit for what people write: %s',
    (text) => {
      expect(costOf(text)).toBeLessThan(maxExpressionCost / 4);
    },
  );
});
