// Builds one page of a list: filters the bodies, sorts them and takes the page. The answered `offset` is that of the next page,
// since clients continue from it.
import { parseInstant } from '../../domain/time/instant.ts';
import { formatQuantity, parseQuantity, zeroQuantity } from '../../domain/numbers/quantity.ts';
import type { FilterCondition, FieldKind } from './list-filters.ts';
import type { ListRequest } from './lists.ts';
import { isObject } from '../http/primitives.ts';

/** A JSON body that is answered. */
export type Body = Readonly<Record<string, unknown>>;

export interface ListBody<B> {
  readonly items: readonly B[];
  readonly pagination: { readonly total: number; readonly limit: number; readonly offset: number };
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
const comparators: Readonly<Record<FieldKind, (a: string, b: string) => number>> = {
  text: byCodeUnit,
  boolean: byCodeUnit,
  number: (a, b) => (parseQuantity(a) ?? zeroQuantity).cmp(parseQuantity(b) ?? zeroQuantity),
  time: (a, b) => (parseInstant(a) ?? 0) - (parseInstant(b) ?? 0),
};

/** Returns the text of a field; undefined if the body has no such value. */
const textOfField = (body: Body, field: string, key?: string): string | undefined => {
  const whole = body[field];
  const value = key === undefined ? whole : isObject(whole) && Object.hasOwn(whole, key) ? whole[key] : undefined;
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : undefined;
};

/** Canonical form of a value: texts that mean the same value have the same form. */
const canonical: Readonly<Record<FieldKind, (text: string) => string>> = {
  text: (text) => text,
  boolean: (text) => text,
  number: (text) => formatQuantity(parseQuantity(text) ?? zeroQuantity),
  time: (text) => String(parseInstant(text) ?? 0),
};

type TextTest = (text: string) => boolean;

/** Creates the test of a condition once for all bodies, since there may be many operands. */
const toTest = ({ operator, operands }: FilterCondition, kind: FieldKind): TextTest => {
  const compare = comparators[kind];
  const [operand = ''] = operands;
  const isAnyOf = (): TextTest => {
    const wanted = new Set(operands.map(canonical[kind]));
    return (text) => wanted.has(canonical[kind](text));
  };
  const contains: TextTest = (text) => text.toLowerCase().includes(operand.toLowerCase());
  const not =
    (test: TextTest): TextTest =>
    (text) =>
      !test(text);
  switch (operator) {
    case 'eq':
    case 'in':
      return isAnyOf();
    case 'not_in':
      return not(isAnyOf());
    case 'contains':
      return contains;
    case 'not_contains':
      return not(contains);
    case 'gt':
    case 'after':
      return (text) => compare(text, operand) > 0;
    case 'gte':
      return (text) => compare(text, operand) >= 0;
    case 'lt':
    case 'before':
      return (text) => compare(text, operand) < 0;
    case 'lte':
      return (text) => compare(text, operand) <= 0;
  }
};

/** Creates the test of a body; a body without the field, whose absence means nothing, meets only negative conditions. */
const toBodyTest = (condition: FilterCondition, { kinds, absent }: ListRequest): ((body: Body) => boolean) => {
  const test = toTest(condition, kinds[condition.field] ?? 'text');
  return (body) => {
    const text = textOfField(body, condition.field, condition.key) ?? absent[condition.field];
    return text === undefined ? condition.operator.startsWith('not_') : test(text);
  };
};

const compareBodies =
  (request: ListRequest) =>
  (a: Body, b: Body): number => {
    for (const { field, direction } of [...request.sort, { field: 'id', direction: request.sort[0]?.direction }]) {
      const textOf = (body: Body): string => textOfField(body, field) ?? request.absent[field] ?? '';
      const order = comparators[request.kinds[field] ?? 'text'](textOf(a), textOf(b));
      if (order !== 0) return direction === 'asc' ? order : -order;
    }
    return 0;
  };

/** Selects the bodies that meet all conditions. `contains` and `not_contains` ignore case; all other operators compare exactly, by the kind of the field. */
const selectBodies = <B extends Body>(bodies: readonly B[], request: ListRequest): readonly B[] => {
  const tests = request.conditions.map((one) => toBodyTest(one, request));
  return bodies
    .filter((body) => request.statuses.includes(textOfField(body, 'status') ?? ''))
    .filter((body) => tests.every((test) => test(body)))
    .sort(compareBodies(request));
};

/** Returns the requested page of all bodies. */
export const toListBody = <B extends Body>(bodies: readonly B[], request: ListRequest): ListBody<B> => {
  const { limit, offset } = request;
  const selected = selectBodies(bodies, request);
  return {
    items: selected.slice(offset, offset + limit),
    pagination: { total: selected.length, limit, offset: offset + limit },
  };
};
