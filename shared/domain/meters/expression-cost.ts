// Estimates what evaluating an expression once costs, from its tree alone. A unit is about ten nanoseconds.
import type { ASTNode } from '@marcbachmann/cel-js';

/** More is refused when a meter is created or changed. Meters that were stored before are evaluated all the same. */
export const maxExpressionCost = 1_000;

/** The cost of a property, which may be a text that is read as a number. */
const propertyCost = 10;
/** The cost of a node where the CEL library evaluates the expression, as it is not plain arithmetic. */
const libraryFactor = 20;
const charactersPerUnit = 25;

const isNode = (arg: unknown): arg is ASTNode => typeof arg === 'object' && arg !== null && 'op' in arg;

const operandsOf = ({ args }: ASTNode): readonly ASTNode[] => [args].flat(2).filter(isNode);

const sum = (nodes: readonly ASTNode[], of: (node: ASTNode) => number): number =>
  nodes.reduce((total, node) => total + of(node), 0);

const countNodes = (node: ASTNode): number => 1 + sum(operandsOf(node), countNodes);

const isCallOf = (node: ASTNode, name: string): boolean => node.op === 'call' && node.args[0] === name;

/** Returns the size of a list or a text: its elements and what is inside of them, or its units of characters. Else 0. */
const sizeOf = (node: ASTNode): number => {
  const operands = operandsOf(node);
  if (node.op === 'value') return typeof node.args === 'string' ? Math.ceil(node.args.length / charactersPerUnit) : 0;
  if (node.op === 'list') return operands.length + sum(operands, sizeOf);
  if (node.op === '?:') return Math.max(...operands.slice(1).map(sizeOf));
  if (node.op === '+' || isCallOf(node, 'dyn')) return sum(operands, sizeOf);
  return isCallOf(node, 'string') ? 1 : 0;
};

/** Counts nodes, and adds the sizes of what operators and functions take. */
const workOf = (node: ASTNode): number => {
  const operands = operandsOf(node);
  const isPassedOn = node.op === 'list' || node.op === '?:' || isCallOf(node, 'dyn');
  return 1 + sum(operands, workOf) + (isPassedOn ? 0 : sum(operands, sizeOf));
};

/**
 * Returns 10 for each property it names and 1 for each node. Where it is not plain arithmetic of numbers (it has texts, whole numbers,
 * `dyn`, or lists other than after `in`) 20 for each node, and 20 more for each element of a list, or 25 characters of a text,
 * that an operator or a function takes: so a chain of joined lists costs the square of its length.
 */
export const costOfExpression = (
  root: ASTNode,
  { properties, isPlain }: { readonly properties: number; readonly isPlain: boolean },
): number => propertyCost * properties + (isPlain ? countNodes(root) : libraryFactor * workOf(root));
