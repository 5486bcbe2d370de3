// Turns the values of a form into the body that is sent, and an answer back into values.
import { type JsonValue, parseJson } from '../../../shared/domain/json-text.ts';
import { isLongNumber } from '../../../shared/domain/numbers/long-number.ts';
import { isObject } from '../../../shared/api/http/primitives.ts';
import { inputText, instantOfInput, type Zone } from '../url/time-text.ts';
import {
  applies,
  type Column,
  type FieldSpec,
  type FieldValue,
  type Row,
  rowsAt,
  textAt,
  type Values,
} from './field-spec.ts';

export type Body = Readonly<Record<string, unknown>>;

interface BodyOptions {
  /** Zone of the times in the form. */
  readonly zone: Zone;
  /** A change sends what was emptied; a creation leaves it out. */
  readonly isChange?: boolean;
}

/** Returns a whole number as such, any other text as it is: the rule that it breaks is the schema's to tell. */
const wholeOf = (text: string): number | string => {
  const trimmed = text.trim();
  return /^-?\d{1,15}$/.test(trimmed) ? Number(trimmed) : trimmed;
};

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

const cellOf = ({ kind }: Column, text: string): unknown => {
  if (kind === 'lines') return linesOf(text);
  if (text === '') return undefined;
  if (kind === 'whole') return wholeOf(text);
  return kind === 'decimal' ? text.trim() : text;
};

const itemOf = (columns: readonly Column[], row: Row): Body =>
  Object.fromEntries(
    columns.flatMap((column) => {
      const value = cellOf(column, row[column.name] ?? '');
      return value === undefined ? [] : [[column.name, value]];
    }),
  );

const jsonOf = (text: string): JsonValue => {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
};

/** Returns the value that is sent; undefined sends none. */
const sentValue = (field: FieldSpec, values: Values, { zone, isChange = false }: BodyOptions): unknown => {
  if (field.kind === 'rows') return rowsAt(values, field.path).map((row) => itemOf(field.columns, row));
  if (field.kind === 'metadata') {
    return Object.fromEntries(rowsAt(values, field.path).map(({ key = '', value = '' }) => [key, value]));
  }
  const text = textAt(values, field.path);
  if (field.kind === 'flag') return text === 'true' ? true : isChange ? false : undefined;
  if (field.kind === 'limit') return text.trim() === '' ? (isChange ? null : undefined) : wholeOf(text);
  if (field.kind === 'text' || field.kind === 'suggest') return text === '' && !isChange ? undefined : text;
  if (text.trim() === '') return undefined;
  if (field.kind === 'whole') return wholeOf(text);
  if (field.kind === 'decimal') return text.trim();
  if (field.kind === 'json') return jsonOf(text);
  return field.kind === 'time' ? (instantOfInput(text, zone) ?? text) : text;
};

const put = (target: Body, [first = '', ...rest]: readonly string[], value: unknown): Body => {
  const inner = target[first];
  return { ...target, [first]: rest.length === 0 ? value : put(isObject(inner) ? inner : {}, rest, value) };
};

const isEmptyList = (value: unknown): boolean =>
  (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);

/** Returns the body of a form: only of fields that apply. */
export const bodyOf = (fields: readonly FieldSpec[], values: Values, options: BodyOptions): Body =>
  fields
    .filter((field) => !field.isLocal && applies(field, values))
    .reduce<Body>((body, field) => {
      const value = sentValue(field, values, options);
      const isLeftOut = value === undefined || (!options.isChange && isEmptyList(value));
      return isLeftOut ? body : put(body, field.path.split('.'), value);
    }, {});

/** Returns the members of a body that differ from those before. */
export const changesOf = (before: Body, after: Body): Body =>
  Object.fromEntries(
    Object.entries(after).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name])),
  );

const dig = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return isLongNumber(value) ? value.rawJSON : '';
};

const cellText = (value: unknown): string => (Array.isArray(value) ? value.map(textOf).join('\n') : textOf(value));

const rowOf = (columns: readonly Column[], item: unknown): Row =>
  Object.fromEntries(columns.map(({ name }) => [name, cellText(dig(item, name))]));

/** Returns the values of a form for what the API answered. */
export const valuesOf = (fields: readonly FieldSpec[], answer: unknown, zone: Zone): Values =>
  Object.fromEntries(
    fields.map((field): readonly [string, FieldValue] => {
      const value = dig(answer, field.path);
      if (field.kind === 'rows') {
        return [field.path, Array.isArray(value) ? value.map((item) => rowOf(field.columns, item)) : []];
      }
      if (field.kind === 'metadata') {
        const entries = isObject(value) ? Object.entries(value) : [];
        return [field.path, entries.map(([key, entry]): Row => ({ key, value: textOf(entry) }))];
      }
      if (field.kind === 'json') return [field.path, isObject(value) ? JSON.stringify(value, null, 2) : ''];
      const text = textOf(value);
      return [field.path, field.kind === 'time' && text !== '' ? inputText(text, zone) : text];
    }),
  );
