// Filters of events by property, as a body and as a query write them.
import * as v from 'valibot';
import { described } from '../http/described.ts';
import { isObject } from '../http/primitives.ts';

/** Values by property. */
export type PropertyFilters = Readonly<Record<string, readonly string[]>>;

const maxFilterKeys = 100;
const maxFilterValues = 1_000;
const isShort = (filters: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(filters).length <= maxFilterKeys &&
  Object.values(filters).every((values) => !Array.isArray(values) || values.length <= maxFilterValues);
const isFilters = (value: unknown): boolean =>
  isObject(value) &&
  isShort(value) &&
  Object.values(value).every((values) => Array.isArray(values) && values.every((text) => typeof text === 'string'));

/** Filters by property. Their number is limited, because each one is checked for every event. */
export const filtersSchema = described(
  v.custom<PropertyFilters>(isFilters, ({ input }) =>
    isObject(input) && !isShort(input)
      ? `must have at most ${String(maxFilterKeys)} keys, each with at most ${String(maxFilterValues)} values`
      : 'must be an object of arrays of strings',
  ),
  {
    type: 'object',
    maxProperties: maxFilterKeys,
    additionalProperties: { type: 'array', maxItems: maxFilterValues, items: { type: 'string' } },
  },
);

/** Splits `key:value,other;key2:value` into pairs; values may contain colons. Without a colon there are no values. */
const pairsOf = (text: string): readonly (readonly [key: string, values: readonly string[]])[] =>
  text
    .split(';')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const colon = pair.indexOf(':');
      return colon < 0 ? ['', []] : [pair.slice(0, colon), pair.slice(colon + 1).split(',')];
    });
/** The same filters as the text of a query. */
export const filtersText = v.pipe(
  v.nullish(v.string(), ''),
  v.transform(pairsOf),
  v.check(
    (pairs) => pairs.every(([, values]) => values.length > 0),
    'must be key:value, with more values after commas and more keys after semicolons',
  ),
  v.check((pairs) => new Set(pairs.map(([key]) => key)).size === pairs.length, 'must have each key once'),
  v.transform((pairs): unknown => Object.fromEntries(pairs)),
  filtersSchema,
);
