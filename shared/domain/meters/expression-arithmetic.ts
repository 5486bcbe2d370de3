// Arithmetic of doubles as a program for a stack. An expression of numbers and truth values alone cannot fail, so both sides of a
// choice may be evaluated, and nothing of the CEL library is needed, which takes many times as long. Both answer the same: a
// property test holds them together. Truth is 1, falsehood 0.
import type { ASTNode } from '@marcbachmann/cel-js';

/** Takes the values of the names in their order. */
type Compute = (values: readonly number[]) => number;

/** A function of one or two parameters, as its `length` says. */
type DoubleFunction = (...values: number[]) => number;

type Kind = 'number' | 'truth';

/** The steps of a program, by what they do with the values on top of the stack. The first four have an argument after them. */
const step = {
  /** Pushes the value of the name at an index. */
  name: 0,
  /** Pushes the constant at an index. */
  constant: 1,
  /** Applies the function at an index to its one or two values. */
  call: 2,
  /** Whether a value is among so many that follow it. */
  in: 3,
  '?:': 4,
  '!': 5,
  negate: 6,
  '+': 7,
  '-': 8,
  '*': 9,
  '/': 10,
  '<': 11,
  '<=': 12,
  '>': 13,
  '>=': 14,
  '==': 15,
  '!=': 16,
  '&&': 17,
  '||': 18,
} as const;

interface Program {
  readonly code: Uint16Array;
  readonly constants: readonly number[];
  readonly functions: readonly DoubleFunction[];
}

/** The stack of all programs: none waits while it runs, so they can share it. A tree has at most 1,000 nodes. */
const stack = new Float64Array(1_000);

const run = ({ code, constants, functions }: Program, values: readonly number[]): number => {
  let top = -1;
  for (let at = 0; at < code.length; at += 1) {
    const operation = code[at] ?? 0;
    if (operation <= step.constant) {
      at += 1;
      const index = code[at] ?? 0;
      top += 1;
      stack[top] = (operation === step.name ? values[index] : constants[index]) ?? 0;
      continue;
    }
    if (operation === step.in) {
      at += 1;
      const first = top - (code[at] ?? 0) + 1;
      const found = stack.subarray(first, top + 1).includes(stack[first - 1] ?? 0);
      top = first - 1;
      // `includes` finds a NaN, which equals nothing.
      stack[top] = found && !Number.isNaN(stack[top]) ? 1 : 0;
      continue;
    }
    if (operation === step.call) {
      at += 1;
      const apply = functions[code[at] ?? 0];
      if (apply === undefined) continue;
      top -= apply.length - 1;
      stack[top] = apply.length === 1 ? apply(stack[top] ?? 0) : apply(stack[top] ?? 0, stack[top + 1] ?? 0);
      continue;
    }
    if (operation === step['!'] || operation === step.negate) {
      const value = stack[top] ?? 0;
      stack[top] = operation === step.negate ? -value : 1 - value;
      continue;
    }
    if (operation === step['?:']) {
      top -= 2;
      stack[top] = (stack[top] === 1 ? stack[top + 1] : stack[top + 2]) ?? 0;
      continue;
    }
    top -= 1;
    stack[top] = applyBinary(operation, stack[top] ?? 0, stack[top + 1] ?? 0);
  }
  return stack[0] ?? 0;
};

function applyBinary(operation: number, a: number, b: number): number {
  switch (operation) {
    case step['+']:
      return a + b;
    case step['-']:
      return a - b;
    case step['*']:
      return a * b;
    case step['/']:
      return a / b;
    case step['<']:
      return Number(a < b);
    case step['<=']:
      return Number(a <= b);
    case step['>']:
      return Number(a > b);
    case step['>=']:
      return Number(a >= b);
    case step['==']:
      return Number(a === b);
    case step['!=']:
      return Number(a !== b);
    case step['&&']:
      return a * b;
    default:
      return Math.max(a, b);
  }
}

/** Compiles a tree; `callable` are functions of doubles by name. Undefined if it is not of numbers and truth values alone. */
export const compileArithmetic = (
  root: ASTNode,
  names: readonly string[],
  callable: ReadonlyMap<string, DoubleFunction>,
): Compute | undefined => {
  const code: number[] = [];
  const constants: number[] = [];
  const functions: DoubleFunction[] = [];

  const push = (value: number): void => {
    code.push(step.constant, constants.push(value) - 1);
  };
  /** The type of what was written; undefined once something could not be written. */
  const writeValue = (value: Extract<ASTNode, { op: 'value' }>['args']): Kind | undefined => {
    if (typeof value === 'boolean') push(Number(value));
    else if (typeof value === 'number' || typeof value === 'bigint') push(Number(value));
    else return undefined;
    return typeof value === 'boolean' ? 'truth' : 'number';
  };
  const areAll = (nodes: readonly ASTNode[], kind: Kind): boolean => nodes.every((node) => write(node) === kind);

  const writeCall = (name: string, parameters: readonly ASTNode[]): Kind | undefined => {
    if (!areAll(parameters, 'number')) return undefined;
    if (name === 'double') return parameters.length === 1 ? 'number' : undefined;
    const apply = callable.get(name);
    if (apply === undefined || apply.length !== parameters.length) return undefined;
    code.push(step.call, functions.push(apply) - 1);
    return 'number';
  };
  const writeIn = (value: ASTNode, list: ASTNode): Kind | undefined => {
    if (list.op !== 'list' || !areAll([value, ...list.args], 'number')) return undefined;
    code.push(step.in, list.args.length);
    return 'truth';
  };
  const writeUnary = (operation: number, operand: ASTNode, kind: Kind): Kind | undefined => {
    if (write(operand) !== kind) return undefined;
    code.push(operation);
    return kind;
  };
  const writeChoice = (condition: ASTNode, yes: ASTNode, no: ASTNode): Kind | undefined => {
    if (write(condition) !== 'truth') return undefined;
    const kind = write(yes);
    if (kind === undefined || write(no) !== kind) return undefined;
    code.push(step['?:']);
    return kind;
  };
  const write = (node: ASTNode): Kind | undefined => {
    switch (node.op) {
      case 'value':
        return writeValue(node.args);
      case 'id':
        code.push(step.name, names.indexOf(node.args));
        return 'number';
      case 'call':
        return writeCall(...node.args);
      case '?:':
        return writeChoice(...node.args);
      case '!_':
        return writeUnary(step['!'], node.args, 'truth');
      case '-_':
        return writeUnary(step.negate, node.args, 'number');
      case 'in':
        return writeIn(...node.args);
      case '+':
      case '-':
      case '*':
      case '/':
        if (!areAll(node.args, 'number')) return undefined;
        code.push(step[node.op]);
        return 'number';
      case '<':
      case '<=':
      case '>':
      case '>=':
        if (!areAll(node.args, 'number')) return undefined;
        code.push(step[node.op]);
        return 'truth';
      case '&&':
      case '||':
        if (!areAll(node.args, 'truth')) return undefined;
        code.push(step[node.op]);
        return 'truth';
      case '==':
      case '!=': {
        const kind = write(node.args[0]);
        if (kind === undefined || write(node.args[1]) !== kind) return undefined;
        code.push(step[node.op]);
        return 'truth';
      }
      case '%':
      case 'list':
      case 'map':
      case '.':
      case '.?':
      case '[]':
      case '[?]':
      case 'rcall':
        return undefined;
    }
  };
  if (write(root) !== 'number') return undefined;
  const program: Program = { code: Uint16Array.from(code), constants, functions };
  return (values) => run(program, values);
};
