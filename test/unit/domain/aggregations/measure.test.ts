// Measuring an event for each aggregation: the golden vectors, and cases that they leave out.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import type { JsonObject, JsonValue } from '../../../../shared/domain/json-text.ts';
import { measure, numericStrings, roundedNumbers } from '../../../../shared/domain/aggregations/measure.ts';
import { warningOf } from '../../../../shared/domain/aggregations/measurement.ts';
import { matchesMeterFilters } from '../../../../shared/domain/meters/filter.ts';
import type { Aggregation } from '../../../../shared/domain/meters/meter.ts';
import { formatQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import { AggregationInput } from '../../../support/builders/aggregation-input.ts';
import { readVectors } from '../../../support/builders/golden.ts';
import { Json, Properties } from '../../../support/builders/json-schemas.ts';

const file = 'aggregations.json';
/** The quantity of an event; "0" for one that is left out. */
const measured = (aggregation: Aggregation, properties: JsonObject | null): string => {
  const measurement = measure(aggregation, properties);
  return measurement.kind === 'counted' ? formatQuantity(measurement.quantity) : '0';
};

describe('the value of a property', () => {
  const vectors = readVectors(file, 'coerce_decimal', v.object({ value: Json }), v.object({ decimal: v.string() }));
  test.each(vectors)('$id', ({ input, expected }) => {
    expect(measured({ type: 'SUM', field: 'v' }, { v: input.value })).toBe(expected.decimal);
  });
});

describe('the quantity of an event', () => {
  const vectors = readVectors(
    file,
    'extract_quantity',
    v.object({ aggregation: AggregationInput, properties: Properties }),
    v.object({ quantity: v.string() }),
  );
  /** By id, where Tollgate counts something else on purpose. */
  const ours: ReadonlyMap<string, { readonly quantity: string; readonly why: string }> = new Map([
    ['qty-unique-null-present', { quantity: '0', why: 'null is no value, for COUNT_UNIQUE as for sums' }],
  ]);
  test.each(vectors)('$id', ({ id, input, expected }) => {
    expect(measured(input.aggregation, input.properties)).toBe((ours.get(id) ?? expected).quantity);
  });

  test('every listed exception really differs from the upstream', () => {
    const excepted = vectors.filter(({ id }) => ours.has(id));
    expect(excepted).toHaveLength(ours.size);
    for (const { id, expected } of excepted) expect(ours.get(id)?.quantity).not.toBe(expected.quantity);
  });

  const processed = readVectors(
    file,
    'process_event',
    v.union([
      v.object({ aggregation: AggregationInput, properties: Properties }),
      v.object({
        event: v.object({ properties: Properties }),
        meters: v.array(
          v.object({
            id: v.string(),
            aggregation: AggregationInput,
            filters: v.optional(v.array(v.object({ key: v.string(), values: v.array(v.string()) })), []),
          }),
        ),
      }),
    ]),
    v.union([
      v.object({ stored_qty_total: v.string() }),
      v.object({ rows: v.array(v.object({ meter_id: v.string(), qty_total: v.string() })) }),
    ]),
  );
  test.each(processed)('$id', ({ id, input, expected }) => {
    if ('meters' in input) {
      const { properties } = input.event;
      const rows = input.meters
        .filter(({ filters }) => matchesMeterFilters(filters, properties))
        .map((meter) => ({ meter_id: meter.id, qty_total: measured(meter.aggregation, properties) }));
      expect({ rows }).toEqual(expected);
    } else {
      // Negatives stay per event (refunds, freed storage); upstream makes each of them 0.
      expect(id).toBe('qty-negative-clamped');
      expect(measured(input.aggregation, input.properties)).toBe('-4');
    }
  });

  test('is exact beyond the digits of a double when it is a string', () => {
    expect(measured({ type: 'SUM', field: 'v' }, { v: '9007199254740993.1' })).toBe('9007199254740993.1');
  });

  test('is multiplied exactly by the multiplier', () => {
    const aggregation: Aggregation = { type: 'SUM_WITH_MULTIPLIER', field: 'v', multiplier: '0.1' };
    expect(measured(aggregation, { v: '0.2' })).toBe('0.02');
  });
});

describe('warnings', () => {
  const sum: Aggregation = { type: 'SUM', field: 'tokens' };
  const scaled: Aggregation = { type: 'SUM_WITH_MULTIPLIER', field: 'tokens', multiplier: '1e20' };
  const expression: Aggregation = { type: 'MAX', expression: 'tokens * tokens' };

  const warned = (aggregation: Aggregation, properties: JsonObject | null): string | undefined => {
    const warning = warningOf(measure(aggregation, properties));
    return warning && `${warning.code}: ${warning.detail}`;
  };

  test.each<[Aggregation, JsonObject | null, string, string]>([
    [sum, { tokens: 5 }, '5', 'undefined'],
    [sum, { token: 5, model: 'x' }, '0', 'missing_property: tokens is missing; present: token, model'],
    [sum, null, '0', 'missing_property: tokens is missing; present: none'],
    [sum, { tokens: 'many' }, '0', 'non_numeric_value: tokens is a string, not a number'],
    [sum, { tokens: null }, '0', 'non_numeric_value: tokens is null, not a number'],
    [sum, { tokens: 1e30 }, '0', 'non_numeric_value: tokens has more digits than a quantity may have'],
    [sum, { tokens: '1e-31' }, '0', 'non_numeric_value: tokens has more digits than a quantity may have'],
    [sum, { tokens: JSON.rawJSON('9007199254740993') }, '9007199254740993', 'undefined'],
    [
      sum,
      { tokens: JSON.rawJSON('12345678901234567890123456') },
      '0',
      'non_numeric_value: tokens has more digits than a quantity may have',
    ],
    [sum, { tokens: -4 }, '-4', 'negative_quantity: counts as it is'],
    [scaled, { tokens: 1e6 }, '0', 'non_numeric_value: the product has more digits than a quantity may have'],
    [expression, { tokens: 1e20 }, '0', 'non_numeric_value: the result has more digits than a quantity may have'],
    [{ type: 'AVG', expression: 'a - b' }, { b: 1 }, '-1', 'negative_quantity: counts as it is'],
    [{ type: 'LATEST', field: 'tier' }, { tier: 'gold' }, '0', 'non_numeric_value: tier is a string, not a number'],
  ])('come with the quantity: %j of %j is %s', (aggregation, properties, quantity, warning) => {
    expect(measure(aggregation, properties).kind).not.toBe('excluded');
    expect(measured(aggregation, properties)).toBe(quantity);
    expect(String(warned(aggregation, properties))).toBe(warning);
  });

  test.each<[Aggregation, JsonObject, string]>([
    [expression, { tokens: 'secret' }, 'expression_error: property "tokens" is a string, not a number'],
    [{ type: 'SUM', expression: 'a +' }, {}, 'expression_error: Unexpected token: EOF'],
    [{ type: 'COUNT_UNIQUE', field: 'user' }, { usr: 'u' }, 'missing_property: user is missing; present: usr'],
    [{ type: 'COUNT_UNIQUE', field: 'user' }, { user: null }, 'missing_property: user is null'],
    [{ type: 'COUNT_UNIQUE', field: 'by.user' }, { by: {} }, 'missing_property: by.user is missing; present: by'],
  ])('come with an exclusion: %j leaves out %j', (aggregation, properties, reason) => {
    expect(measure(aggregation, properties).kind).toBe('excluded');
    expect(warned(aggregation, properties)).toBe(reason);
  });

  test('have a detail of at most 200 characters, which ends between characters', () => {
    const detail = warned(sum, { [`${'é'.repeat(168)}😀`]: 1, more: 2 });
    expect(detail).toHaveLength('missing_property: '.length + 200);
    expect(detail?.isWellFormed()).toBe(true);
  });
});

test.each<[Aggregation, JsonObject, readonly string[]]>([
  [{ type: 'SUM', field: 'a' }, { a: '5' }, ['a']],
  [{ type: 'SUM', field: 'a' }, { a: 5, b: '5' }, []],
  [{ type: 'SUM', field: 'a' }, { a: 'five' }, []],
  [{ type: 'SUM', field: 'a' }, { a: ' 5' }, []],
  [{ type: 'SUM', expression: 'a + b + c' }, { a: '5', b: ' 5 ', c: 5 }, ['a', 'b']],
  [{ type: 'COUNT', field: 'a' }, { a: '5' }, []],
  [{ type: 'COUNT_UNIQUE', field: 'a' }, { a: '5' }, []],
])(
  'an aggregation tells the fields it reads a number from in a string: %j of %j: %j',
  (aggregation, properties, names) => {
    expect(numericStrings(aggregation, properties)).toEqual(names);
  },
);

// The map of cached measures is by object: equal aggregations never share a stale one.
test('two aggregations of different fields are measured separately', () => {
  const properties: Record<string, JsonValue> = { a: 1, b: 2 };
  expect(measured({ type: 'SUM', field: 'a' }, properties)).toBe('1');
  expect(measured({ type: 'SUM', field: 'b' }, properties)).toBe('2');
});

test.each<[JsonValue, boolean]>([
  [JSON.rawJSON('9007199254740993'), true],
  ['9007199254740993', true],
  [' +0.1234567890123456789 ', true],
  [9_007_199_254_740_992, false],
  ['0.10', false],
  ['1e23', false],
  ['many', false],
  [null, false],
])('an expression tells the fields that it rounds: %j: %j', (a, isRounded) => {
  expect(roundedNumbers({ type: 'SUM', expression: 'a * b' }, { a, b: 1 })).toEqual(isRounded ? ['a'] : []);
  expect(roundedNumbers({ type: 'SUM', field: 'a' }, { a })).toEqual([]);
});
