// Conditions that lists and searches set on the bodies they show: one by one in parameters, or as `filters` of a search.
import * as v from 'valibot';
import { parseInstant, zeroInstant } from '../../domain/time/instant.ts';
import { parseQuantity } from '../../domain/numbers/quantity.ts';
import { described } from '../http/described.ts';
import { arraySchema, ignoredField, instantKeywords } from '../http/primitives.ts';

/** How values of a field compare; `number` is exact, also for decimals in strings. */
export type FieldKind = 'text' | 'number' | 'time' | 'boolean';

const operators = [
  'eq',
  'contains',
  'not_contains',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'not_in',
  'before',
  'after',
] as const;
export type Operator = (typeof operators)[number];

/** By the name of a field. */
export type FieldKinds = Readonly<Record<string, FieldKind>>;

export interface FilterCondition {
  readonly field: string;
  /** Of a field that holds texts by key: the one that is meant. */
  readonly key?: string;
  readonly operator: Operator;
  readonly operands: readonly string[];
  /** Where it stands in the request, if it does. */
  readonly sentAs?: string;
}

export const instantText = v.pipe(
  described(v.string(), instantKeywords),
  v.check((text) => parseInstant(text) !== undefined, 'must be an RFC 3339 instant'),
);
/** The same; "" for the zero time, which clients send for none. */
export const sentTime = v.pipe(
  instantText,
  v.transform((text) => (parseInstant(text) === zeroInstant ? '' : text)),
);
export const texts = arraySchema(v.string(), 0, 1_000);

/** A field that is not known is refused as such. */
const isOfKind = (kind: FieldKind | undefined, text: string): boolean => {
  switch (kind) {
    case 'number':
      return parseQuantity(text) !== undefined;
    case 'time':
      return parseInstant(text) !== undefined;
    case 'boolean':
      return text === 'true' || text === 'false';
    case 'text':
    case undefined:
      return true;
  }
};

export const singleSchema = (kind: FieldKind | undefined): v.GenericSchema<unknown, string> => {
  if (kind === 'boolean') return v.pipe(v.boolean(), v.transform(String));
  return kind === 'time' ? sentTime : v.string();
};

/** `sentAs`: the parameter. None where nothing was sent. */
export const condition = (
  field: string,
  operator: Operator,
  sent: string | readonly string[],
  sentAs: string,
): FilterCondition[] =>
  sent.length === 0 ? [] : [{ field, operator, operands: typeof sent === 'string' ? [sent] : sent, sentAs }];

export const fieldSchema = (kinds: FieldKinds) => {
  const rule = `must be one of ${Object.keys(kinds).join(', ')}`;
  return v.pipe(
    v.string(),
    described(
      v.check((field: string) => Object.hasOwn(kinds, field), rule),
      { enum: Object.keys(kinds) },
    ),
  );
};

const operandsSchema = v.pipe(
  v.object({
    string: v.nullish(v.string()),
    number: v.nullish(v.number()),
    boolean: v.nullish(v.boolean()),
    date: v.nullish(instantText),
    array: v.nullish(texts),
  }),
  v.transform(
    ({ array, ...single }) =>
      array ??
      Object.values(single)
        .flatMap((value) => value ?? [])
        .map(String),
  ),
  v.minLength(1, 'required'),
);

export const filterSchema = (kinds: FieldKinds) =>
  v.pipe(
    v.object({
      field: fieldSchema(kinds),
      operator: v.picklist(operators),
      data_type: ignoredField('Says again which value is there.'),
      value: operandsSchema,
    }),
    v.forward(
      v.check(
        ({ field, value }) =>
          value.every((text) => isOfKind(Object.hasOwn(kinds, field) ? kinds[field] : undefined, text)),
        'must be of the kind of the field',
      ),
      ['value'],
    ),
    v.transform(({ field, operator, value }): FilterCondition => ({ field, operator, operands: value })),
  );
