// CEL expressions: the golden vectors, what is refused at compile, and what an event can make of a valid one.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import type { JsonObject, JsonValue } from '../../../../shared/domain/json-text.ts';
import { compileExpression, evaluateExpression } from '../../../../shared/domain/meters/expression.ts';
import { formatQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import { readVectors } from '../../../support/builders/golden.ts';
import { Properties } from '../../../support/builders/json-schemas.ts';

const file = 'expressions.json';

const evaluate = (text: string, properties: JsonObject | null): { quantity: string } | { error: string } => {
  const compilation = compileExpression(text);
  if (compilation.kind === 'invalid') return { error: compilation.message };
  const evaluation = evaluateExpression(compilation.expression, properties);
  if (evaluation.kind === 'quantity') return { quantity: formatQuantity(evaluation.quantity) };
  return { error: evaluation.kind === 'error' ? evaluation.message : evaluation.kind };
};

describe('the evaluation of an expression', () => {
  const vectors = readVectors(
    file,
    'cel_eval',
    v.object({ expression: v.string(), properties: Properties }),
    v.union([
      v.object({ quantity: v.string() }),
      v.object({
        error: v.literal(true),
        error_must_not_contain: v.optional(v.string()),
        error_must_contain: v.optional(v.string(), ''),
      }),
    ]),
  );
  test.each(vectors)('$id', ({ input, expected }) => {
    const result = evaluate(input.expression, input.properties);
    if ('quantity' in expected) {
      expect(result).toEqual(expected);
    } else {
      expect(result).toEqual({ error: expect.stringContaining(expected.error_must_contain) });
      if (expected.error_must_not_contain !== undefined) {
        expect(JSON.stringify(result)).not.toContain(expected.error_must_not_contain);
      }
    }
  });

  test.each<[JsonObject, string]>([
    [{ a: '1_000' }, 'property "a" is a string, not a number'],
    [{ a: '1e999' }, 'property "a" is a string, not a number'],
    [{ a: `${' '.repeat(256)}1` }, 'property "a" is a string, not a number'],
    [{ a: true }, 'property "a" is a boolean, not a number'],
    [{ a: null }, 'property "a" is null, not a number'],
    [{ a: [1] }, 'property "a" is a list, not a number'],
    [{ a: { a: 1 } }, 'property "a" is an object, not a number'],
    [{ a: 0 }, 'the result is not finite'],
  ])('fails for %j: %s', (properties, error) => {
    expect(evaluate('1 / a', properties)).toEqual({ error });
  });

  test.each<[JsonValue, string]>([
    [JSON.rawJSON('9007199254740993'), '18014398509481984'],
    ['9007199254740993', '18014398509481984'],
    [JSON.rawJSON('0.1234567890123456789'), '0.24691357802469135'],
  ])('takes the double next to a number with more digits: %j', (a, quantity) => {
    expect(evaluate('a * 2', { a })).toEqual({ quantity });
  });

  test('is out of bounds, without an error, for a finite result of too many digits', () => {
    expect(evaluate('a * a', { a: 1e20 })).toEqual({ error: 'out_of_bounds' });
  });

  test.each([
    ['a in [1, 2] ? 10 : 20', '10'],
    ['a == 2 && b > 1 || !(b <= 3) ? a : b', '2'],
    ['-a + 0x10 - 1e1', '4'],
    ['double(int(b)) * 2', '6'],
    ['int(b)', '3'],
    ['uint(b)', '3'],
    ['dyn(b)', '3.5'],
    ['string(b) == "3.5" ? 1 : 0', '1'],
    ['round(-b) + round(b - 1)', '-1'],
    ['a // the rest is no part of it', '2'],
    [Array.from({ length: 300 }, () => 'a').join(' + '), '600'],
  ])('of %s gives %s', (text, quantity) => {
    expect(evaluate(text, { a: 2, b: 3.5 })).toEqual({ quantity });
  });

  test.each([
    'bytes',
    'int',
    'uint',
    'double',
    'string',
    'bool',
    'list',
    'map',
    'type',
    'optional',
    'google',
    'null_type',
  ])('may read a property called %s', (name) => {
    expect(evaluate(`${name} * 2`, { [name]: 21 })).toEqual({ quantity: '42' });
  });

  test('may call a function that shares its name with a property', () => {
    expect(evaluate('max(max, min)', { max: 1, min: 2 })).toEqual({ quantity: '2' });
  });
});

describe('the compilation of an expression', () => {
  // A result that is known not to be a number is refused here; upstream it compiles and fails for every event.
  const ownChoice: Readonly<Record<string, boolean>> = { 'celv-boolean-compiles': false };
  const vectors = readVectors(
    file,
    'cel_validate',
    v.object({ expression: v.string() }),
    v.object({ valid: v.boolean() }),
  );
  test.each(vectors)('$id', ({ id, input, expected }) => {
    expect(compileExpression(input.expression).kind === 'compiled').toBe(ownChoice[id] ?? expected.valid);
  });

  test.each([
    ['a % 2', 'the operator % is not allowed'],
    ['a.b', 'a member of a value is not allowed'],
    ['a[0]', 'a member of a value is not allowed'],
    ['has(a)', 'the function has is not allowed'],
    ['[1, 2].exists(x, x > a)', 'a member of a value is not allowed'],
    ['"aaaa".matches("(a+)+$") ? a : 1', 'a member of a value is not allowed'],
    ['timestamp("2026-01-01T00:00:00Z") == a', 'the function timestamp is not allowed'],
    ['{1: a}', 'a map is not allowed'],
    ['1u + a', 'a literal of bytes or of an unsigned integer is not allowed'],
    ['1 + 2', 'names no property'],
    ['a > 1', 'the result is of type bool, not a number'],
    ['a > 1 ? "x" : "y"', 'the result is of type string, not a number'],
    ['int(a) * 2', 'no such overload: int * double'],
    ['max(a, 1, 2)', "found no matching overload for 'max(double, double, double)'"],
    ['while + 1', 'Reserved identifier: while'],
    [`a${' '.repeat(2_000)}`, 'longer than 2000 characters'],
    [`${'('.repeat(900)}a${')'.repeat(900)}`, 'Exceeded maxDepth (250)'],
    [`${'-'.repeat(1_900)}a`, 'Exceeded maxAstNodes (1000)'],
  ])('is refused: %s: %s', (text, message) => {
    expect(compileExpression(text)).toEqual({ kind: 'invalid', message });
  });

  test('is done once for a text, and not kept forever', () => {
    const first = compileExpression('kept + 1');
    expect(compileExpression('kept + 1')).toBe(first);
    for (let other = 0; other < 2_000; other += 1) compileExpression(`kept + 1 + ${String(other)}`);
    expect(compileExpression('kept + 1')).not.toBe(first);
  });
});
