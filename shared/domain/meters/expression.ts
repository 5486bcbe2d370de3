// CEL expressions over the numeric properties of an event. Every value is a double, so `/` is real division; there are no
// macros, members or `%`, and the cost of the rest follows from its tree. A property's value never appears in a message.
import QuickLRU from 'quick-lru';
import { Environment, EvaluationError } from '@marcbachmann/cel-js';
import { UnsignedInt } from '@marcbachmann/cel-js/evaluator';
import { isJsonArray, type JsonObject, type JsonValue } from '../json-text.ts';
import { doubleOf, isJsonNumber, isLongNumber } from '../numbers/long-number.ts';
import { isNumericText, parseQuantity, type Quantity, quantityOfNumber } from '../numbers/quantity.ts';
import { compileArithmetic } from './expression-arithmetic.ts';
import { costOfExpression } from './expression-cost.ts';
import { parseSyntax } from './expression-syntax.ts';
import { propertyOf } from './filter.ts';

export interface Expression {
  /** Names of the properties it reads, in the order of their first use. */
  readonly names: readonly string[];
  /** Takes the values of the names in their order; throws EvaluationError. */
  readonly evaluate: (values: readonly number[]) => unknown;
  /** The cost of evaluating it once: see `costOfExpression`. */
  readonly cost: number;
}

type Compilation =
  | { readonly kind: 'compiled'; readonly expression: Expression }
  | { readonly kind: 'invalid'; readonly message: string };

/** `out_of_bounds`: finite, with more digits than a quantity may have. */
type Evaluation =
  | { readonly kind: 'quantity'; readonly quantity: Quantity }
  | { readonly kind: 'out_of_bounds' }
  | { readonly kind: 'error'; readonly message: string };

const maxLength = 2_000;
const maxCached = 1_000;
const numericTypes = new Set(['double', 'int', 'uint', 'dyn']);

const functions: readonly [name: string, parameters: string, call: (...values: number[]) => number][] = [
  ['max', 'double, double', Math.max],
  ['min', 'double, double', Math.min],
  ['pow', 'double, double', Math.pow],
  ['abs', 'double', Math.abs],
  ['ceil', 'double', Math.ceil],
  ['floor', 'double', Math.floor],
  // Half away from zero; Math.round alone takes -0.5 up.
  ['round', 'double', (value: number) => Math.sign(value) * Math.round(Math.abs(value))],
  ['sqrt', 'double', Math.sqrt],
  ['log', 'double', Math.log],
];
const callable = new Set([...functions.map(([name]) => name), 'double', 'int', 'uint', 'string', 'size', 'dyn']);
const functionsOfDoubles = new Map(functions.map(([name, , call]) => [name, call]));

// The rewritten text has parentheses around every operation.
const arithmetic = new Environment({ limits: { maxDepth: 3_000 } });
for (const [name, parameters, call] of functions) {
  arithmetic.registerFunction(`${name}(${parameters}): double`, call, { async: false });
}

const invalid = (message: string): Compilation => ({ kind: 'invalid', message });

/** Gives the library its values by name. */
const byName =
  (evaluate: (values: Readonly<Record<string, number>>) => unknown): Expression['evaluate'] =>
  (values) =>
    evaluate(Object.fromEntries(values.map((value, index) => [`p${String(index)}`, value])));

const compile = (text: string): Compilation => {
  if (text.length > maxLength) return invalid(`longer than ${String(maxLength)} characters`);
  const rewritten = parseSyntax(text, callable);
  if (typeof rewritten === 'string') return invalid(rewritten);
  const { tree, names, refused } = rewritten;
  if (refused[0] !== undefined) return invalid(`${refused[0]} is not allowed`);
  if (names.length === 0) return invalid('names no property');
  const environment = arithmetic.clone();
  for (const index of names.keys()) environment.registerVariable(`p${String(index)}`, 'double');
  const { error, type = '' } = environment.check(rewritten.text);
  if (error) return invalid(error.summary);
  if (!numericTypes.has(type)) return invalid(`the result is of type ${type}, not a number`);
  const compute = compileArithmetic(tree, names, functionsOfDoubles);
  const evaluate = compute ?? byName(environment.parse(rewritten.text));
  const cost = costOfExpression(tree, { properties: names.length, isPlain: compute !== undefined });
  return { kind: 'compiled', expression: { names, evaluate, cost } };
};

const compiled = new QuickLRU<string, Compilation>({ maxSize: maxCached });

/** Compiles a text once; at least the 1,000 newest are kept. A result that is known not to be a number is invalid. */
export const compileExpression = (text: string): Compilation => {
  const known = compiled.get(text);
  if (known) return known;
  const compilation = compile(text);
  compiled.set(text, compilation);
  return compilation;
};

/** Names the type of a value, never the value itself. */
export const typeOfJson = (value: JsonValue): string => {
  if (value === null) return 'null';
  if (isLongNumber(value)) return 'a number';
  if (typeof value === 'object') return isJsonArray(value) ? 'a list' : 'an object';
  return `a ${typeof value}`;
};

/** Includes blanks around a number. Longer texts are not even trimmed: many expressions may read one property. */
const maxNumberLength = 256;

/** Reads a missing property as 0, trims a string, and takes the double next to a long number; undefined for anything else. */
const toDouble = (value: JsonValue | undefined): number | undefined => {
  if (value === undefined) return 0;
  if (isJsonNumber(value)) return doubleOf(value);
  if (typeof value !== 'string' || value.length > maxNumberLength) return undefined;
  const text = value.trim();
  return isNumericText(text) ? Number(text) : undefined;
};

const failed = (message: string): Evaluation => ({ kind: 'error', message });

const toEvaluation = (result: unknown): Evaluation => {
  const isInteger = typeof result === 'bigint' || result instanceof UnsignedInt;
  if (typeof result !== 'number' && !isInteger) return failed('the result is not a number');
  if (typeof result === 'number' && !Number.isFinite(result)) return failed('the result is not finite');
  const quantity = typeof result === 'number' ? quantityOfNumber(result) : parseQuantity(String(result));
  return quantity ? { kind: 'quantity', quantity } : { kind: 'out_of_bounds' };
};

/** Returns the result as the shortest decimal of the double. Pure: the same properties give the same result. */
export const evaluateExpression = ({ names, evaluate }: Expression, properties: JsonObject | null): Evaluation => {
  const values: number[] = [];
  for (const name of names) {
    const property = propertyOf(properties, name);
    const value = toDouble(property);
    if (property !== undefined && (value === undefined || !Number.isFinite(value))) {
      return failed(`property ${JSON.stringify(name)} is ${typeOfJson(property)}, not a number`);
    }
    values.push(value ?? 0);
  }
  try {
    return toEvaluation(evaluate(values));
  } catch (error) {
    // Whatever the library throws is about this expression: it must not stop the other events of a batch.
    return failed(error instanceof EvaluationError ? error.summary : 'the expression cannot be evaluated');
  }
};
