// The text form of properties and the filters of meters: the golden vectors, and what they leave out.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import type { JsonObject, JsonValue } from '../../../../shared/domain/json-text.ts';
import {
  holdsText,
  matchesMeterFilters,
  matchesRequestFilter,
  propertyOf,
  textOf,
} from '../../../../shared/domain/meters/filter.ts';
import type { Definition } from '../../../../shared/domain/usage/definition.ts';
import { readEvents } from '../../../../shared/domain/usage/event-reading.ts';
import type { FoldedColumns } from '../../../../shared/domain/usage/folded-columns.ts';
import { explainUsageOf } from '../../../../shared/domain/usage/usage-explanation.ts';
import { anEvent } from '../../../support/builders/builders.ts';
import { readVectors } from '../../../support/builders/golden.ts';
import { Json, Properties } from '../../../support/builders/json-schemas.ts';

const file = 'filters.json';
const Filters = v.pipe(
  v.nullable(v.array(v.object({ key: v.string(), values: v.array(v.string()) }))),
  v.transform((filters) => filters ?? []),
);

// One text form of a value for filters, group-by and COUNT_UNIQUE: JSON text with numbers as plain decimals.
const ownChoice: Readonly<Record<string, boolean>> = {
  'filter-text-null': false,
  'filter-text-int-1e6-plain': true,
};

describe('meter filters', () => {
  const vectors = readVectors(
    file,
    'meter_filter',
    v.object({ filters: Filters, properties: Properties }),
    v.object({ match: v.boolean() }),
  );
  test.each(vectors)('$id', ({ id, input, expected }) => {
    expect(matchesMeterFilters(input.filters, input.properties)).toBe(ownChoice[id] ?? expected.match);
  });

  test.each<[string, JsonValue]>([
    ['null', null],
    ['1000000', 1_000_000],
    ['0.00001', 0.00001],
    ['true', true],
    ['1', '1'],
    ['1', 1],
  ])('%s matches the value %j', (text, value) => {
    expect(matchesMeterFilters([{ key: 'k', values: ['other', text] }], { k: value })).toBe(true);
  });

  test('a missing key never matches, not even the empty text', () => {
    expect(matchesMeterFilters([{ key: 'k', values: [''] }], { other: '' })).toBe(false);
    expect(matchesMeterFilters([{ key: 'k', values: [''] }], null)).toBe(false);
    expect(matchesMeterFilters([{ key: 'k', values: [''] }], { k: null })).toBe(false);
    expect(matchesMeterFilters([{ key: 'k', values: [''] }], { k: '' })).toBe(true);
  });

  test('a name that every object inherits is not a property', () => {
    expect(propertyOf({}, 'toString')).toBeUndefined();
    expect(propertyOf({}, '__proto__')).toBeUndefined();
    expect(propertyOf({ a: {} }, 'a.constructor')).toBeUndefined();
  });

  test.each<[string, JsonObject, JsonValue | undefined]>([
    ['a.b', { a: { b: 1 } }, 1],
    ['a.b.c', { a: { b: { c: null } } }, null],
    ['a.b', { 'a.b': 2, a: { b: 1 } }, 2],
    ['a.b', { 'a.b': null, a: { b: 1 } }, null],
    // Each name between dots is one key.
    ['a.b.c', { 'a.b': { c: 1 } }, undefined],
    ['a.b.c', { a: { 'b.c': 1 } }, undefined],
    ['a.0', { a: [1] }, undefined],
    ['a.length', { a: 'text' }, undefined],
    ['a.rawJSON', { a: JSON.rawJSON('12345678901234567890') }, undefined],
    ['a.b', { a: null }, undefined],
    ['a.', { a: { '': 1 } }, 1],
    ['.', { '': { '': 1 } }, 1],
  ])('a dot leads into an object: %s of %j', (key, properties, value) => {
    expect(propertyOf(properties, key)).toBe(value);
  });
});

describe('a list of many values', () => {
  const many = Array.from({ length: 1_000 }, (_, index) => `value-${String(index)}`);
  const properties = { k: 'value-999', other: 1 };
  const aFilter = (values: readonly string[]) => [{ key: 'k', values }];
  const definition = (fields: Partial<Definition>): Definition => ({
    eventName: 'x',
    filters: [],
    requestFilters: [],
    sources: [],
    customerId: '',
    type: 'COUNT',
    groupBy: [],
    granularity: 'quarter_hour',
    ...fields,
  });
  const explained = (asked: Partial<Definition>) =>
    explainUsageOf(definition(asked), anEvent({ properties, source: 'value-999' })).kind === 'counted';
  const columns: FoldedColumns = {
    count: 1,
    timestamps: [0],
    ids: () => ['a'],
    sources: () => ['value-999'],
    customerIds: () => [''],
    property: () => ({ values: ['value-999'] }),
  };
  const folded = (asked: Partial<Definition>) => readEvents(definition(asked), columns).matches(0);

  test.each<[string, (values: readonly string[]) => boolean]>([
    ['in the filter of a meter', (values) => matchesMeterFilters(aFilter(values), properties)],
    ['in the filter of a list', (values) => matchesRequestFilter('k', values, properties)],
    ['where a number is explained', (values) => explained({ filters: aFilter(values) })],
    ['where a number is explained, of a request', (values) => explained({ requestFilters: aFilter(values) })],
    ['where a number is explained, of sources', (values) => explained({ sources: values })],
    ['in a fold', (values) => folded({ filters: aFilter(values) })],
    ['in a fold, of a request', (values) => folded({ requestFilters: aFilter(values) })],
    ['in a fold, of sources', (values) => folded({ sources: values })],
  ])('is read once, however many events there are: %s', (_, isMet) => {
    let reads = 0;
    const watched = new Proxy(many, {
      get: (values, name): unknown => {
        if (typeof name === 'string' && /^\d+$/.test(name)) reads += 1;
        return Reflect.get(values, name);
      },
    });
    for (let event = 0; event < 100; event += 1) expect(isMet(watched)).toBe(true);
    expect(reads).toBeLessThanOrEqual(many.length);
  });

  test('contains exactly what a search through it finds', () => {
    expect(many.filter((text) => !holdsText(many, text))).toEqual([]);
    expect(holdsText(many, 'value-1000')).toBe(false);
    expect([holdsText([], ''), holdsText(['a'], 'a'), holdsText(['a'], 'b')]).toEqual([false, true, false]);
  });
});

describe('the filter of a request', () => {
  test.each<[readonly string[], JsonObject | null, boolean]>([
    [[], null, true],
    [[''], null, true],
    [[''], { k: '' }, true],
    [['null'], { k: null }, true],
    [[''], { k: null }, true],
    [['null'], {}, false],
    [['x'], { k: null }, false],
    [['1', '2'], { k: 2 }, true],
  ])('has an outcome for its values and properties: %j of %j: %j', (values, of, isMet) => {
    expect(matchesRequestFilter('k', values, of)).toBe(isMet);
  });
});

describe('the text of a property', () => {
  const vectors = readVectors(
    file,
    'events_property_text',
    v.union([v.object({ value: Json }), v.object({ properties: Properties, key: v.string() })]),
    v.object({ text: v.string() }),
  );
  /** By id, where Tollgate reads something else on purpose. */
  const ours: ReadonlyMap<string, { readonly text: string; readonly why: string }> = new Map([
    ['jstr-dotted', { text: 'v', why: 'a dot leads into an object where no key has that name' }],
  ]);
  const read = ({ input }: (typeof vectors)[number]): string => {
    const value = 'key' in input ? propertyOf(input.properties, input.key) : input.value;
    return value === undefined ? '' : textOf(value);
  };
  test.each(vectors)('$id', (vector) => {
    expect(read(vector)).toBe((ours.get(vector.id) ?? vector.expected).text);
  });

  test('every listed exception really differs from the upstream', () => {
    const excepted = vectors.filter(({ id }) => ours.has(id));
    expect(excepted).toHaveLength(ours.size);
    for (const { id, expected } of excepted) expect(ours.get(id)?.text).not.toBe(expected.text);
  });

  test.each<[JsonValue, string]>([
    [1e21, '1000000000000000000000'],
    [-1e-7, '-0.0000001'],
    [-0, '0'],
    [JSON.rawJSON('-12345678901234567890.50'), '-12345678901234567890.5'],
    [[JSON.rawJSON('1.2345678901234567891E+3')], '[1234.5678901234567891]'],
    ['1e21', '1e21'],
    [{ b: 1e-7, a: [null, 'x', 1e21] }, '{"b":0.0000001,"a":[null,"x",1000000000000000000000]}'],
  ])('is written without exponents: %j is %s', (value, text) => {
    expect(textOf(value)).toBe(text);
  });
});

describe('unique values', () => {
  // Only the equality of hashes is kept: Tollgate hashes the value's text, not Go's form of it (hash-unique-number).
  const [equal] = readVectors(
    file,
    'unique_hash',
    v.union([v.object({ events: v.array(v.object({ properties: Properties })) }), v.object({ event: v.unknown() })]),
    v.union([v.object({ equal_indexes: v.array(v.number()), differs_index: v.number() }), v.unknown()]),
  );
  test('hash-unique-equal', () => {
    const events = equal && 'events' in equal.input ? equal.input.events : [];
    const texts = events.map(({ properties }) => textOf(propertyOf(properties, 'user_id') ?? null));
    expect(texts).toEqual(['user_456', 'user_456', 'user_000']);
  });
});
