// A definition: all that an aggregate depends on besides its customer and its time. Meters and ad-hoc queries of the same
// definition share day pages; whatever changes the aggregate changes the hash, so a changed meter has no pages yet.
import { createHash } from 'node:crypto';
import type { Aggregation, AggregationType, Meter, MeterFilter } from '../meters/meter.ts';

/** A filter of a request: "" also matches a missing key, unlike in the filter of a meter. Empty values match everything. */
export interface RequestFilter {
  readonly key: string;
  readonly values: readonly string[];
}

export interface Definition {
  readonly eventName: string;
  readonly filters: readonly MeterFilter[];
  readonly requestFilters: readonly RequestFilter[];
  /** Any of these; empty: every source. */
  readonly sources: readonly string[];
  /** As the client sent it; "": whatever it sent. */
  readonly customerId: string;
  readonly type: AggregationType;
  readonly field?: string;
  readonly expression?: string;
  readonly multiplier?: string;
  /** `source`, or `properties.` and a key; the order is that of the groups' texts. */
  readonly groupBy: readonly string[];
  /** The length of its slots of time. */
  readonly granularity: 'quarter_hour' | 'minute';
}

const propertyPrefix = 'properties.';
/** Returns the entry of `groupBy` for a property. */
export const groupByOfProperty = (key: string): string => propertyPrefix + key;
/** Returns the property of an entry of `groupBy`. */
export const propertyOfGroupBy = (by: string): string => by.slice(propertyPrefix.length);

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const canonicalFilters = (filters: readonly (MeterFilter | RequestFilter)[]) =>
  filters
    .map(({ key, values }) => [key, [...new Set(values)].sort(byCodeUnit)] as const)
    .sort((a, b) => byCodeUnit(JSON.stringify(a), JSON.stringify(b)));

/**
 * Whether events are read otherwise than when the first pages were written: null was a text to COUNT_UNIQUE and to groups and was
 * not matched by "", and dots did not lead into objects.
 */
const isReadOtherwise = ({ filters, requestFilters, type, field = '', groupBy }: Definition): boolean =>
  type === 'COUNT_UNIQUE' ||
  groupBy.some((by) => by !== 'source') ||
  requestFilters.some(({ values }) => values.includes('')) ||
  [field, ...[...filters, ...requestFilters].map(({ key }) => key)].some((name) => name.includes('.'));

/** Returns 24 characters of base64url; the same for definitions that differ only in the order of filters, values and sources. */
export const hashOfDefinition = (definition: Definition): string => {
  const { eventName, filters, requestFilters, sources, customerId, type, granularity, groupBy } = definition;
  const canonical = [
    isReadOtherwise(definition) ? 2 : 1,
    eventName,
    canonicalFilters(filters),
    canonicalFilters(requestFilters.filter(({ values }) => values.length > 0)),
    [...new Set(sources)].sort(byCodeUnit),
    customerId,
    type,
    definition.field ?? null,
    definition.expression ?? null,
    definition.multiplier ?? null,
    groupBy,
    granularity,
  ];
  return createHash('sha256').update(JSON.stringify(canonical)).digest('base64url').slice(0, 24);
};

/** Returns the definition of a meter as it is now, without filters of a request. MINUTE buckets are finer than a quarter hour. */
export const definitionOfMeter = ({ eventName, filters, aggregation }: Meter): Definition => {
  const { type, field, expression, multiplier, bucketSize, groupBy } = aggregation;
  return {
    eventName,
    filters,
    requestFilters: [],
    sources: [],
    customerId: '',
    type,
    ...(field !== undefined && { field }),
    ...(expression !== undefined && { expression }),
    ...(multiplier !== undefined && { multiplier }),
    groupBy: groupBy === undefined ? [] : [groupByOfProperty(groupBy)],
    granularity: bucketSize === 'MINUTE' ? 'minute' : 'quarter_hour',
  };
};

const aggregations = new WeakMap<Definition, Aggregation>();
/** Returns how a definition's events are measured: always the same object, so that measuring is fast. */
export const aggregationOf = (definition: Definition): Aggregation => {
  const known = aggregations.get(definition);
  if (known) return known;
  const { type, field, expression, multiplier } = definition;
  const made: Aggregation = {
    type,
    ...(field !== undefined && { field }),
    ...(expression !== undefined && { expression }),
    ...(multiplier !== undefined && { multiplier }),
  };
  aggregations.set(definition, made);
  return made;
};
