// Parses requests for lists and searches of the catalog: one shape, from a query (GET) or from a body (POST …/search).
import * as v from 'valibot';
import { type EntityStatus, entityStatuses } from '../../domain/entity.ts';
import { parseInstant } from '../../domain/time/instant.ts';
import { type BrokenRule, fieldRules } from '../http/field-rules.ts';
import { closed } from '../http/known-fields.ts';
import {
  type FilterCondition,
  condition,
  type FieldKind,
  type FieldKinds,
  fieldSchema,
  filterSchema,
  type Operator,
  sentTime,
  singleSchema,
  texts,
} from './list-filters.ts';
import { arraySchema, metadataSchema, refusedField, wholeNumberSchema } from '../http/primitives.ts';

/** Parameters of one list, in addition to the common ones. */
export interface ListSpec {
  /** Fields of the body that filters and sorts may name, besides `created_at`. */
  readonly fields: FieldKinds;
  /** Values that count where a body does not have the field. */
  readonly absent?: Readonly<Record<string, string>>;
  /** Parameters and their conditions; with the operator `in` they accept several values. `kind`: for a field that is not in `fields`. */
  readonly parameters: Readonly<
    Record<string, { readonly field: string; readonly operator: Operator; readonly kind?: FieldKind }>
  >;
  /** Parameters that are true or false. */
  readonly flags: readonly string[];
  /** Fields that contain texts by key; a search may give some, which must match. */
  readonly maps?: readonly string[];
  /** Parameters of the upstream that this list refuses, with the rule that says so. */
  readonly refused?: Readonly<Record<string, string>>;
  /** Statuses that are listed by default. */
  readonly statuses: readonly EntityStatus[];
}

export interface ListRequest {
  readonly limit: number;
  readonly offset: number;
  readonly statuses: readonly string[];
  readonly sort: readonly { readonly field: string; readonly direction: 'asc' | 'desc' }[];
  /** Parts to embed: dotted paths and their prefixes. */
  readonly expand: ReadonlySet<string>;
  readonly conditions: readonly FilterCondition[];
  /** The flags that are set. */
  readonly flags: ReadonlySet<string>;
  readonly kinds: FieldKinds;
  readonly absent: Readonly<Record<string, string>>;
}

/** Returns a path and its prefixes, since `a.b` embeds `a` too. */
const stepsOf = (path: string): string[] =>
  path.split('.').map((_, index, names) => names.slice(0, index + 1).join('.'));
/** Paths separated by commas. */
export const expandSchema = v.pipe(
  v.nullish(v.string(), ''),
  v.transform((paths) => new Set(paths.split(',').flatMap((path) => stepsOf(path.trim())))),
);
const direction = v.picklist(['asc', 'desc']);

const commonSchema = (kinds: FieldKinds, spec: ListSpec) =>
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
      expand: expandSchema,
      start_time: v.nullish(sentTime),
      end_time: v.nullish(sentTime),
      filters: v.nullish(arraySchema(filterSchema(kinds), 0, 50), []),
    }),
    v.transform((sent) => ({
      limit: sent.limit,
      offset: sent.offset,
      statuses: sent.status ? [sent.status] : spec.statuses,
      sort: typeof sent.sort === 'string' ? [{ field: sent.sort, direction: sent.order }] : sent.sort,
      expand: sent.expand,
      created: [
        ...condition('created_at', 'gte', sent.start_time ?? [], 'start_time'),
        ...condition('created_at', 'lte', sent.end_time ?? [], 'end_time'),
      ],
      filters: sent.filters.map((filter, position) => ({ ...filter, sentAs: `filters[${String(position)}].value` })),
    })),
  );

const parametersSchema = (kinds: FieldKinds, spec: ListSpec) =>
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
        condition(field, operator, sent[name] ?? [], name),
      ),
    })),
  );

const flagsSchema = (spec: ListSpec) =>
  v.pipe(
    v.object(Object.fromEntries(spec.flags.map((name) => [name, v.nullish(v.boolean(), false)]))),
    v.transform((sent) => ({ flags: spec.flags.filter((name) => sent[name] === true) })),
  );

const mapsSchema = ({ maps = [], refused = {} }: ListSpec) =>
  v.pipe(
    v.object({
      ...Object.fromEntries(maps.map((name) => [name, v.nullish(metadataSchema, {})])),
      ...Object.fromEntries(Object.entries(refused).map(([name, rule]) => [name, refusedField(rule)])),
    }),
    v.transform((sent) => ({
      entries: maps.flatMap((field) =>
        Object.entries(v.parse(metadataSchema, sent[field])).map(([key, text]): FilterCondition => {
          return { field, key, operator: 'eq', operands: [text] };
        }),
      ),
    })),
  );

/** Body of `POST …/search`. */
export const searchSchema = (spec: ListSpec) => {
  const kinds: FieldKinds = { ...spec.fields, created_at: 'time' };
  const schemas = [
    commonSchema(kinds, spec),
    parametersSchema(kinds, spec),
    flagsSchema(spec),
    mapsSchema(spec),
  ] as const;
  const known = schemas.flatMap(({ entries }) => Object.keys(entries));
  return v.pipe(
    closed(v.intersect(schemas), known),
    v.transform(({ filters, parameters, entries, flags, created, ...sent }): ListRequest => {
      return {
        ...sent,
        kinds,
        absent: spec.absent ?? {},
        flags: new Set(flags),
        conditions: [...created, ...parameters, ...entries, ...filters],
      };
    }),
  );
};

/** Separates the instants (UTC milliseconds) of parameters that are not fields of the bodies from the rest of the request. */
export const momentsOf = (
  request: ListRequest,
  name: string,
): { readonly moments: readonly number[]; readonly rest: ListRequest } => {
  const [own, others] = [true, false].map((isOwn) =>
    request.conditions.filter(({ field }) => (field === name) === isOwn),
  );
  const moments = (own ?? []).flatMap(({ operands }) => operands.map(parseInstant));
  return {
    moments: moments.filter((moment) => moment !== undefined),
    rest: { ...request, conditions: others ?? [] },
  };
};

const asWritten = (name: string, values: readonly string[], spec: ListSpec): unknown => {
  const text = values[0] ?? '';
  if (spec.parameters[name]?.operator === 'in') return values;
  if (['limit', 'offset'].includes(name)) return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  const isBoolean = spec.flags.includes(name) || spec.fields[spec.parameters[name]?.field ?? ''] === 'boolean';
  if (isBoolean) return text === 'true' ? true : text === 'false' ? false : text;
  return text === '' ? undefined : text;
};

/** Query of a list; the first value counts for a parameter with one value. */
export const listQuerySchema = (spec: ListSpec) =>
  v.pipe(
    v.record(v.string(), v.array(v.string())),
    fieldRules((query) =>
      ['filters', ...(spec.maps ?? [])].flatMap((name): BrokenRule[] =>
        Object.hasOwn(query, name) ? [[name, 'only in the body of a search']] : [],
      ),
    ),
    v.transform((query) =>
      Object.fromEntries(Object.entries(query).map(([name, values]) => [name, asWritten(name, values, spec)])),
    ),
    searchSchema(spec),
  );
