// What lists and searches of the catalog take: one request shape, from a query (GET) or from a body (POST …/search).
import * as v from 'valibot';
import { type EntityStatus, entityStatuses } from '../domain/entity.ts';
import { parseInstant } from '../domain/instant.ts';
import { parseQuantity } from '../domain/quantity.ts';
import { described } from './described.ts';
import { arraySchema, instantKeywords, wholeNumberSchema } from './primitives.ts';

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

export interface Condition {
  readonly field: string;
  readonly operator: Operator;
  readonly operands: readonly string[];
}

/** What one list takes beyond what all take. */
export interface ListSpec {
  /** Fields of the body that filters and sorts may name, beside `created_at`. */
  readonly fields: Readonly<Record<string, FieldKind>>;
  /** Parameters and the condition each stands for; with the operator `in` they take several values. `kind`: where the field is none of `fields`. */
  readonly parameters: Readonly<
    Record<string, { readonly field: string; readonly operator: Operator; readonly kind?: FieldKind }>
  >;
  /** Parameters that are true or false. */
  readonly flags: readonly string[];
  /** Shown when no status is asked for. */
  readonly statuses: readonly EntityStatus[];
}

export interface ListRequest {
  readonly limit: number;
  readonly offset: number;
  readonly statuses: readonly string[];
  readonly sort: readonly { readonly field: string; readonly direction: 'asc' | 'desc' }[];
  /** What to embed: dotted paths, with what leads to each. */
  readonly expand: ReadonlySet<string>;
  readonly conditions: readonly Condition[];
  /** The flags that are set. */
  readonly flags: ReadonlySet<string>;
  readonly kinds: Readonly<Record<string, FieldKind>>;
}

const instantText = v.pipe(
  described(v.string(), instantKeywords),
  v.check((text) => parseInstant(text) !== undefined, 'must be an RFC 3339 instant'),
);
/** `a.b` embeds `a` too. */
const stepsOf = (path: string): string[] =>
  path.split('.').map((_, index, names) => names.slice(0, index + 1).join('.'));
const texts = arraySchema(v.string(), 0, 1_000);
const direction = v.picklist(['asc', 'desc']);

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

const singleSchema = (kind: FieldKind | undefined): v.GenericSchema<unknown, string> => {
  if (kind === 'boolean') return v.pipe(v.boolean(), v.transform(String));
  return kind === 'time' ? instantText : v.string();
};

/** None where nothing was sent. */
const condition = (field: string, operator: Operator, sent: string | readonly string[]): Condition[] =>
  sent.length === 0 ? [] : [{ field, operator, operands: typeof sent === 'string' ? [sent] : sent }];

const fieldSchema = (kinds: ListRequest['kinds']) => {
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

/** `data_type` says again which value is there; it is not needed. */
const filterSchema = (kinds: ListRequest['kinds']) =>
  v.pipe(
    v.object({
      field: fieldSchema(kinds),
      operator: v.picklist(operators),
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
    v.transform(({ field, operator, value }): Condition => ({ field, operator, operands: value })),
  );

const commonSchema = (kinds: ListRequest['kinds'], spec: ListSpec) =>
  v.pipe(
    v.object({
      limit: v.nullish(wholeNumberSchema(1, 1_000), 50),
      offset: v.nullish(wholeNumberSchema(0, 1_000_000_000), 0),
      status: v.nullish(v.picklist(entityStatuses)),
      sort: v.nullish(
        v.union([
          fieldSchema(kinds),
          arraySchema(v.object({ field: fieldSchema(kinds), direction: v.nullish(direction, 'desc') }), 0, 10),
        ]),
        'created_at',
      ),
      order: v.nullish(direction, 'desc'),
      expand: v.nullish(v.string(), ''),
      start_time: v.nullish(instantText),
      end_time: v.nullish(instantText),
      filters: v.nullish(arraySchema(filterSchema(kinds), 0, 50), []),
    }),
    v.transform((sent) => ({
      limit: sent.limit,
      offset: sent.offset,
      statuses: sent.status ? [sent.status] : spec.statuses,
      sort: typeof sent.sort === 'string' ? [{ field: sent.sort, direction: sent.order }] : sent.sort,
      expand: sent.expand.split(',').flatMap((path) => stepsOf(path.trim())),
      created: [
        ...condition('created_at', 'gte', sent.start_time ?? []),
        ...condition('created_at', 'lte', sent.end_time ?? []),
      ],
      filters: sent.filters,
    })),
  );

const parametersSchema = (kinds: ListRequest['kinds'], spec: ListSpec) =>
  v.pipe(
    v.object(
      Object.fromEntries(
        Object.entries(spec.parameters).map(([name, { field, operator, kind }]) => {
          return [name, v.nullish(operator === 'in' ? texts : singleSchema(kind ?? kinds[field]))];
        }),
      ),
    ),
    v.transform((sent) => ({
      parameters: Object.entries(spec.parameters).flatMap(([name, { field, operator }]) =>
        condition(field, operator, sent[name] ?? []),
      ),
    })),
  );

const flagsSchema = (spec: ListSpec) =>
  v.pipe(
    v.object(Object.fromEntries(spec.flags.map((name) => [name, v.nullish(v.boolean(), false)]))),
    v.transform((sent) => ({ flags: spec.flags.filter((name) => sent[name] === true) })),
  );

/** Of the body of `POST …/search`. Names that are not known are ignored, as everywhere. */
export const searchSchema = (spec: ListSpec) => {
  const kinds: ListRequest['kinds'] = { ...spec.fields, created_at: 'time' };
  return v.pipe(
    v.intersect([commonSchema(kinds, spec), parametersSchema(kinds, spec), flagsSchema(spec)]),
    v.transform(({ filters, parameters, flags, created, ...sent }): ListRequest => {
      return {
        ...sent,
        kinds,
        flags: new Set(flags),
        expand: new Set(sent.expand),
        conditions: [...created, ...parameters, ...filters],
      };
    }),
  );
};

const asWritten = (name: string, values: readonly string[], spec: ListSpec): unknown => {
  const text = values[0] ?? '';
  if (spec.parameters[name]?.operator === 'in') return values;
  if (['limit', 'offset'].includes(name)) return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  const isBoolean = spec.flags.includes(name) || spec.fields[spec.parameters[name]?.field ?? ''] === 'boolean';
  if (isBoolean) return text === 'true' ? true : text === 'false' ? false : text;
  return text === '' ? undefined : text;
};

/** Of the query of a list; the first value counts where one is meant. `filters` are for searches alone. */
export const listQuerySchema = (spec: ListSpec) =>
  v.pipe(
    v.record(v.string(), v.array(v.string())),
    v.transform((query) =>
      Object.fromEntries(
        Object.entries(query)
          .filter(([name]) => name !== 'filters')
          .map(([name, values]) => [name, asWritten(name, values, spec)]),
      ),
    ),
    searchSchema(spec),
  );
