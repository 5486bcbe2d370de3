// What every request is made of: parsing with rules by JSON path, and the schemas of single values. A JSON null counts as
// absent: optional fields are `v.nullish`; unknown fields are ignored; field names are case-sensitive.
import * as v from 'valibot';
import { parseInstant } from '../domain/instant.ts';
import { formatQuantity, parseQuantity, quantityOfNumber } from '../domain/quantity.ts';
import { ApiError, validationError } from './problem.ts';

const required = 'required';

/** By type of schema; what has a message of its own keeps it. */
const rules: Readonly<Record<string, string>> = {
  string: 'must be a string',
  number: 'must be a number',
  integer: 'must be a whole number',
  boolean: 'must be true or false',
  array: 'must be an array',
  object: 'must be an object',
  record: 'must be an object',
};

const ruleOf = ({ type, expected }: v.BaseIssue<unknown>): string => {
  if (type === 'picklist') return `must be one of ${(expected ?? '').replace(/[()]/g, '').replaceAll(' | ', ', ')}`;
  return rules[type] ?? (expected === null ? 'is not allowed' : `must be ${expected}`);
};

const isPlainName = (key: string): boolean => /^[A-Za-z_$][\w$]*$/.test(key);

/** `events[3].event_name`; the whole body is `body`. */
const pathOf = ({ path }: v.BaseIssue<unknown>): string => {
  const steps = path?.map(({ key }) => {
    if (typeof key === 'number') return `[${String(key)}]`;
    return typeof key === 'string' && isPlainName(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
  });
  return steps?.join('').replace(/^\./, '') ?? 'body';
};

const isMissing = ({ kind, input }: v.BaseIssue<unknown>): boolean =>
  kind === 'schema' && (input === undefined || input === null);

const parse = <S extends v.GenericSchema>(schema: S, input: unknown): v.InferOutput<S> => {
  const result = v.safeParse(schema, input, { message: ruleOf, abortPipeEarly: true });
  if (result.success) return result.output;
  const broken = new Map<string, string>();
  for (const issue of result.issues) {
    const path = pathOf(issue);
    if (!broken.has(path)) broken.set(path, isMissing(issue) ? required : issue.message);
  }
  throw validationError(broken);
};

/** An object of JSON, not an array; what it holds is not looked at. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const unreadable = (rule: string): ApiError =>
  new ApiError('validation_error', 'Invalid request payload', { body: rule });

/** The JSON object of a body. Throws ApiError `validation_error`. */
const parseJsonObject = (text: string): unknown => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unreadable('must be valid JSON');
  }
  if (!isObject(value)) throw unreadable('must be a JSON object');
  return value;
};

/** Throws ApiError `validation_error` with a rule per JSON path. */
export const parseBody = <S extends v.GenericSchema>(schema: S, text: string): v.InferOutput<S> =>
  parse(schema, parseJsonObject(text));

/** Of a query, with one value or all values of each name. Throws ApiError `validation_error` with a rule per name. */
export const parseQuery = <S extends v.GenericSchema>(
  schema: S,
  query: Readonly<Record<string, string | readonly string[] | undefined>>,
): v.InferOutput<S> => parse(schema, query);

const utf8 = new TextEncoder();

/** Whether a text has at most so many UTF-8 bytes; UTF-16 code units take 1 to 3, so most texts need no counting. */
export const fitsBytes = (text: string, maxBytes: number): boolean =>
  text.length * 3 <= maxBytes || (text.length <= maxBytes && utf8.encode(text).length <= maxBytes);

/** One check for all rules of a text: it runs for every field of every event, and only a failure asks which rule it was. */
const checkText = (maxBytes: number, isRequired: boolean) =>
  v.check(
    (text: string) => !(isRequired && text === '') && fitsBytes(text, maxBytes) && text.isWellFormed(),
    ({ input }) => {
      if (input === '') return required;
      return input.isWellFormed() ? `must be at most ${String(maxBytes)} bytes` : 'must be well-formed Unicode';
    },
  );

/** A well-formed string (no lone surrogates) of at most so many UTF-8 bytes; may be empty. */
export const textSchema = (maxBytes: number) => v.pipe(v.string(), checkText(maxBytes, false));

/** The same, where "" is as good as absent. */
export const requiredTextSchema = (maxBytes: number) => v.pipe(v.string(), checkText(maxBytes, true));

/** Trimmed, never blank, at most 256 bytes: of events and of meters alike. */
export const eventNameSchema = v.pipe(v.string(), v.trim(), checkText(256, true));

/** RFC 3339 text, read as UTC milliseconds. */
export const instantSchema = v.pipe(
  v.string(),
  v.transform(parseInstant),
  v.guard((instant) => instant !== undefined, 'must be an RFC 3339 instant'),
);

/** A decimal as a string (exact) or a number (its shortest decimal), read as plain text without trailing zeros. */
export const decimalSchema = v.pipe(
  v.union([v.string(), v.number()], 'must be a decimal number'),
  v.transform((sent) => (typeof sent === 'string' ? parseQuantity(sent) : quantityOfNumber(sent))),
  v.guard((quantity) => quantity !== undefined, 'must be a decimal number'),
  v.transform(formatQuantity),
);

/** `from` and `to` inclusive. */
export const wholeNumberSchema = (from: number, to: number) => {
  const rule = `must be a whole number from ${String(from)} to ${String(to)}`;
  return v.pipe(v.number(rule), v.integer(rule), v.minValue(from, rule), v.maxValue(to, rule));
};

/** The length is checked before the items are, so that a hostile list costs nothing. */
export const arraySchema = <S extends v.GenericSchema>(item: S, minLength: number, maxLength: number) =>
  v.pipe(
    v.array(v.unknown()),
    v.minLength(minLength, `must have at least ${String(minLength)} items`),
    v.maxLength(maxLength, `must have at most ${String(maxLength)} items`),
    v.array(item),
  );

/** An object of strings. Not `v.record`, which takes arrays and drops keys such as `constructor`. */
export const metadataSchema = v.custom<Readonly<Record<string, string>>>(
  (value) => isObject(value) && Object.values(value).every((entry) => typeof entry === 'string'),
  'must be an object of strings',
);
