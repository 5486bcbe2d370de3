// A compiled expression computes what JavaScript computes with doubles, however it is written.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject } from '../../../../shared/domain/json-text.ts';
import { compileExpression, evaluateExpression } from '../../../../shared/domain/meters/expression.ts';
import { formatQuantity } from '../../../../shared/domain/numbers/quantity.ts';

type ValueOf = (name: string) => number;

interface Case {
  readonly text: string;
  readonly compute: (of: ValueOf) => number;
}

const names = ['a', 'bytes', 'int', 'max', 'p0', 'p1'];
const literal: fc.Arbitrary<Case> = fc
  .oneof(fc.nat(), fc.constantFrom(0.5, 1e21, 2.5e-7))
  .map((value) => ({ text: String(value), compute: () => value }));
const variable: fc.Arbitrary<Case> = fc
  .constantFrom(...names)
  .map((name) => ({ text: name, compute: (of: ValueOf) => of(name) }));

const operators: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
};
const calls: Readonly<Record<string, (...values: number[]) => number>> = {
  max: Math.max,
  min: Math.min,
  pow: Math.pow,
};
const unaryCalls: Readonly<Record<string, (value: number) => number>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  floor: Math.floor,
  sqrt: Math.sqrt,
  log: Math.log,
  double: (value) => value,
};
const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
};

interface Condition {
  readonly text: string;
  readonly holds: (of: ValueOf) => boolean;
}

const expression: fc.Arbitrary<Case> = fc.letrec<{ case: Case; condition: Condition }>((tie) => {
  const two = fc.tuple(tie('case'), tie('case'));
  const conditions = fc.tuple(tie('condition'), tie('condition'));
  return {
    condition: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.tuple(two, fc.constantFrom(...Object.entries(comparisons))).map(([[left, right], [operator, compare]]) => ({
        text: `(${left.text} ${operator} ${right.text})`,
        holds: (of: ValueOf) => compare(left.compute(of), right.compute(of)),
      })),
      conditions.map(([left, right]) => ({
        text: `(${left.text} && ${right.text})`,
        holds: (of: ValueOf) => left.holds(of) && right.holds(of),
      })),
      conditions.map(([left, right]) => ({
        text: `(${left.text} || ${right.text})`,
        holds: (of: ValueOf) => left.holds(of) || right.holds(of),
      })),
      conditions.map(([left, right]) => ({
        text: `(${left.text} != ${right.text})`,
        holds: (of: ValueOf) => left.holds(of) !== right.holds(of),
      })),
      tie('condition').map(({ text, holds }) => ({ text: `!(${text})`, holds: (of: ValueOf) => !holds(of) })),
      fc.tuple(tie('case'), fc.array(tie('case'), { minLength: 1, maxLength: 4 })).map(([value, others]) => ({
        text: `(${value.text} in [${others.map(({ text }) => text).join(', ')}])`,
        holds: (of: ValueOf) => others.some((other) => other.compute(of) === value.compute(of)),
      })),
    ),
    case: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      literal,
      variable,
      fc.tuple(two, fc.constantFrom(...Object.entries(operators))).map(([[left, right], [operator, apply]]) => ({
        text: `(${left.text} ${operator} ${right.text})`,
        compute: (of: ValueOf) => apply(left.compute(of), right.compute(of)),
      })),
      fc.tuple(two, fc.constantFrom(...Object.entries(calls))).map(([[left, right], [name, apply]]) => ({
        text: `${name}(${left.text}, ${right.text})`,
        compute: (of: ValueOf) => apply(left.compute(of), right.compute(of)),
      })),
      tie('case').map(({ text, compute }) => ({ text: `-(${text})`, compute: (of: ValueOf) => -compute(of) })),
      fc
        .tuple(tie('case'), fc.constantFrom(...Object.entries(unaryCalls)))
        .map(([{ text, compute }, [name, apply]]) => ({
          text: `${name}(${text})`,
          compute: (of: ValueOf) => apply(compute(of)),
        })),
      fc.tuple(tie('condition'), two).map(([condition, [yes, no]]) => ({
        text: `(${condition.text} ? ${yes.text} : ${no.text})`,
        compute: (of: ValueOf) => (condition.holds(of) ? yes : no).compute(of),
      })),
    ),
  };
}).case;

const properties = fc.dictionary(
  fc.constantFrom(...names),
  fc.oneof(fc.integer({ min: -1_000, max: 1_000 }), fc.double({ noNaN: true, min: -1e6, max: 1e6 })),
);

test('an expression is double arithmetic, and a result that is not finite is an error', () => {
  fc.assert(
    fc.property(expression, variable, properties, (written, named, values) => {
      // Named once more, as an expression without a property is none.
      const compilation = compileExpression(`${written.text} + 0 * ${named.text}`);
      if (compilation.kind === 'invalid') throw new Error(compilation.message);
      const evaluation = evaluateExpression(compilation.expression, values);
      const expected = written.compute((name) => values[name] ?? 0);
      if (evaluation.kind === 'error') expect(Number.isFinite(expected)).toBe(false);
      else if (evaluation.kind === 'quantity') expect(Number(formatQuantity(evaluation.quantity))).toBe(expected + 0);
      else expect(Number.isFinite(expected)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('plain arithmetic and the CEL library give the same result', () => {
  fc.assert(
    fc.property(expression, variable, properties, (written, named, values) => {
      const text = `${written.text} + 0 * ${named.text}`;
      // What is dynamic is left to the library.
      const [plain, library] = [text, `dyn(${text})`].map(compileExpression);
      if (plain?.kind !== 'compiled' || library?.kind !== 'compiled') throw new Error(`not compiled: ${text}`);
      expect(library.expression.cost).toBeGreaterThan(plain.expression.cost);
      expect(evaluateExpression(plain.expression, values)).toEqual(evaluateExpression(library.expression, values));
    }),
    { numRuns: 500 },
  );
});

test('no text and no properties make an expression throw', () => {
  const text = fc.stringMatching(/^[ab1.0+\-*/%()[\]{}?:<>=!&|,"'\\ uxeE]{0,30}$/);
  const anything = fc.dictionary(
    fc.constantFrom('a', 'b'),
    fc.constantFrom<JsonObject[string]>(1, 'x', '1', null, true, [], {}),
  );
  fc.assert(
    fc.property(fc.oneof(text, fc.string()), anything, (written, values) => {
      const compilation = compileExpression(written);
      if (compilation.kind === 'compiled') evaluateExpression(compilation.expression, values);
      expect(['compiled', 'invalid']).toContain(compilation.kind);
    }),
    { numRuns: 2_000 },
  );
});
