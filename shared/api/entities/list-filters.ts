// Parses the conditions of lists and searches: single parameters, or `filters` of a search.
import * as v from 'valibot';
import { parseInstant, zeroInstant } from '../../domain/time/instant.ts';
import { isLongNumber } from '../../domain/numbers/long-number.ts';
import { parseQuantity } from '../../domain/numbers/quantity.ts';
import { described } from '../http/described.ts';
import { arraySchema, ignoredField, instantKeywords, numberSchema, timestampRule } from '../http/primitives.ts';

/** How values of a field compare; `number` is exact, even for decimals in strings. */
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

/** Kinds by field name. */
export type FieldKinds = Readonly<Record<string, FieldKind>>;

export interface FilterCondition {
  readonly field: string;
  /** The key, for a field that contains texts by key. */
  readonly key?: string;
  readonly operator: Operator;
  readonly operands: readonly string[];
  /** Its path in the request, if it was sent. */
  readonly sentAs?: string;
}

const instantText = v.pipe(
  described(v.string(), instantKeywords),
  v.check((text) => parseInstant(text) !== undefined, timestampRule),
);
/** A timestamp as sent; "" for the zero time, which clients send for no time. */
export const sentTime = v.pipe(
  instantText,
  v.transform((text) => (parseInstant(text) === zeroInstant ? '' : text)),
);
export const texts = arraySchema(v.string(), 0, 1_000);

/** Returns whether a text is a value of the kind; true for an unknown field, which is refused separately. */
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

/** Creates the condition of a parameter, `sentAs`; none if nothing was sent. */
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
    number: v.nullish(numberSchema),
    boolean: v.nullish(v.boolean()),
    date: v.nullish(instantText),
    array: v.nullish(texts),
  }),
  v.transform(
    ({ array, ...single }) =>
      array ??
      Object.values(single)
        .flatMap((value) => value ?? [])
        .map((value) => (isLongNumber(value) ? value.rawJSON : String(value))),
  ),
  v.minLength(1, 'required'),
);

export const filterSchema = (kinds: FieldKinds) =>
  v.pipe(
    v.object({
      field: fieldSchema(kinds),
      operator: v.picklist(operators),
      data_type: ignoredField('Repeats which value is set.'),
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
