// Parses requests, and reports every violation at once, by JSON path and rule. A JSON null counts as absent: optional fields are
// `v.nullish`. Field names are case-sensitive; unknown ones are ignored, except in requests that query something
// (`known-fields.ts`).
import * as v from 'valibot';
import { parseJson } from '../../domain/json-text.ts';
import { closedObject } from './known-fields.ts';
import { isObject } from './primitives.ts';
import { ApiError, validationError } from './problem.ts';

/** Rules by type of schema; a schema with its own message keeps it. */
const rules: Readonly<Record<string, string>> = {
  string: 'must be a string',
  number: 'must be a number',
  integer: 'must be a whole number',
  boolean: 'must be true or false',
  array: 'must be an array',
  object: 'must be an object',
  record: 'must be an object',
};

/** Returns the choices in valibot's `("a" | "b" | "")`, without "", which counts as absent. */
const choicesOf = (expected: string): string[] =>
  expected
    .replace(/[()"]/g, '')
    .split(' | ')
    .filter((choice) => choice !== '');

const words: Readonly<Record<string, string>> = { string: 'a string', number: 'a number', Array: 'an array' };

const ruleOf = ({ type, expected }: v.BaseIssue<unknown>): string => {
  const choices = choicesOf(expected ?? '');
  if (type === 'picklist') return `must be one of ${choices.join(', ')}`;
  if (type === 'union') return `must be ${choices.map((choice) => words[choice] ?? choice).join(' or ')}`;
  return rules[type] ?? (expected === null ? 'is not allowed' : `must be ${expected}`);
};

const isPlainName = (key: string): boolean => /^[A-Za-z_$][\w$]*$/.test(key);

/** Returns the path of an issue: `events[3].event_name`, or `body` for the whole body. */
const pathOf = ({ path }: v.BaseIssue<unknown>): string => {
  const steps = path?.map(({ key }) => {
    if (typeof key === 'number') return `[${String(key)}]`;
    return typeof key === 'string' && isPlainName(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
  });
  return steps?.join('').replace(/^\./, '') ?? 'body';
};

/** Returns the issues of a union's option that was most likely meant, if one can be identified. */
const innerIssues = (issue: v.BaseIssue<unknown>): readonly v.BaseIssue<unknown>[] => {
  const deeper = issue.type === 'union' ? (issue.issues ?? []).filter(({ path }) => path !== undefined) : [];
  if (deeper.length === 0) return [issue];
  return deeper.map((inner) => {
    const [first, ...rest] = [...(issue.path ?? []), ...(inner.path ?? [])];
    return first ? { ...inner, path: [first, ...rest] } : inner;
  });
};

const isMissing = ({ kind, input }: v.BaseIssue<unknown>): boolean =>
  kind === 'schema' && (input === undefined || input === null);

const parse = <S extends v.GenericSchema>(schema: S, input: unknown): v.InferOutput<S> => {
  const result = v.safeParse(schema, input, { message: ruleOf, abortPipeEarly: true });
  if (result.success) return result.output;
  const broken = new Map<string, string>();
  for (const issue of result.issues.flatMap(innerIssues)) {
    const path = pathOf(issue);
    if (!broken.has(path)) broken.set(path, isMissing(issue) ? 'required' : issue.message);
  }
  throw validationError(broken);
};

/** Creates the error for a body that cannot be read at all. */
export const unreadable = (rule: string): ApiError =>
  new ApiError('validation_error', 'Invalid request payload', { body: rule });

const objectRule = 'must be a JSON object';

/** Parses the JSON object of a body; `ruleOfArray` says what to send instead of an array. Throws ApiError `validation_error`. */
const parseJsonObject = (text: string, ruleOfArray: string): unknown => {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    throw unreadable('must be valid JSON');
  }
  if (isObject(value)) return value;
  throw unreadable(Array.isArray(value) ? ruleOfArray : objectRule);
};

/** Parses a body. Throws ApiError `validation_error` with a rule per JSON path. */
export const parseBody = <S extends v.GenericSchema>(
  schema: S,
  text: string,
  ruleOfArray = objectRule,
): v.InferOutput<S> => parse(schema, parseJsonObject(text, ruleOfArray));

/** Query parameters: every value of each name, in the order sent. */
export type Query = Readonly<Record<string, readonly string[]>>;

/** Returns the last value of each name. */
export const lastValues = (query: Query): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(query).map(([name, values]) => [name, values.at(-1)]));

/** Returns all values of each name, splitting at commas and dropping empty values. */
export const splitValues = (query: Query): Query =>
  Object.fromEntries(
    Object.entries(query).map(([name, values]) => [
      name,
      values.flatMap((text) => text.split(',')).filter((text) => text !== ''),
    ]),
  );

const noParameters = closedObject({});
/** Refuses any query parameter, for a route without parameters. Throws ApiError `validation_error` with a rule per name. */
export const refuseQuery = (query: Query): void => {
  parse(noParameters, query);
};

/** Parses a query, with one value or all values per name. Throws ApiError `validation_error` with a rule per name. */
export const parseQuery = <S extends v.GenericSchema>(
  schema: S,
  query: Readonly<Record<string, string | readonly string[] | undefined>>,
): v.InferOutput<S> => parse(schema, query);
