// Checks what an expression uses, and rewrites it so that the CEL library reads it as arithmetic of doubles: integer literals become
// doubles, and identifiers are renamed (a property may be called `bytes` or `int`, which are names of types).
import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';

interface RewrittenExpression {
  /** As it was written. */
  readonly tree: ASTNode;
  readonly text: string;
  /** The identifiers `p0`, `p1`, … of the text stand for the names at these indexes. */
  readonly names: readonly string[];
  /** Names of what it uses and may not use. */
  readonly refused: readonly string[];
}

const syntax = new Environment({ unlistedVariablesAreDyn: true, limits: { maxAstNodes: 1_000 } });

type Literal = Extract<ASTNode, { op: 'value' }>['args'];

const doubleText = (value: number | bigint): string => {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
};

const rewrite = (root: ASTNode, callable: ReadonlySet<string>): RewrittenExpression => {
  const names: string[] = [];
  const refused: string[] = [];

  const refuse = (what: string): string => {
    refused.push(what);
    return '0.0';
  };
  const writeName = (name: string): string => {
    const index = names.indexOf(name);
    return `p${String(index === -1 ? names.push(name) - 1 : index)}`;
  };
  const writeLiteral = (value: Literal): string => {
    if (typeof value === 'bigint' || typeof value === 'number') return doubleText(value);
    if (typeof value === 'object' && value !== null) return refuse('a literal of bytes or of an unsigned integer');
    return JSON.stringify(value);
  };
  const writeList = (nodes: readonly ASTNode[]): string => nodes.map(write).join(', ');
  const write = (node: ASTNode): string => {
    switch (node.op) {
      case 'value':
        return writeLiteral(node.args);
      case 'id':
        return writeName(node.args);
      case 'call':
        return callable.has(node.args[0])
          ? `${node.args[0]}(${writeList(node.args[1])})`
          : refuse(`the function ${node.args[0]}`);
      case 'list':
        return `[${writeList(node.args)}]`;
      case '?:':
        return `(${write(node.args[0])} ? ${write(node.args[1])} : ${write(node.args[2])})`;
      case '!_':
        return `(!${write(node.args)})`;
      case '-_':
        return `(-${write(node.args)})`;
      case '+':
      case '-':
      case '*':
      case '/':
      case '<':
      case '<=':
      case '>':
      case '>=':
      case '==':
      case '!=':
      case 'in':
      case '&&':
      case '||':
        return `(${write(node.args[0])} ${node.op} ${write(node.args[1])})`;
      case '%':
        return refuse('the operator %');
      case 'map':
        return refuse('a map');
      case '.':
      case '.?':
      case '[]':
      case '[?]':
      case 'rcall':
        return refuse('a member of a value');
    }
  };
  return { tree: root, text: write(root), names, refused };
};

/** Parses an expression that may call the `callable` functions; no macros are among them. Returns a message if it is not CEL. */
export const parseSyntax = (text: string, callable: ReadonlySet<string>): RewrittenExpression | string => {
  try {
    return rewrite(syntax.parse(text).ast, callable);
  } catch (error) {
    if (error instanceof ParseError) return error.summary;
    throw error;
  }
};
