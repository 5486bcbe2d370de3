// Validity of aggregations: the golden vectors, and cases that they leave out.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { validateAggregation } from '../../../../shared/domain/aggregations/validate-aggregation.ts';
import { type Aggregation, type AggregationType, aggregationTypes } from '../../../../shared/domain/meters/meter.ts';
import { AggregationInput } from '../../../support/builders/aggregation-input.ts';
import { readVectors } from '../../../support/builders/golden.ts';

const file = 'aggregations.json';

describe('the validity of an aggregation', () => {
  const supported = readVectors(
    file,
    'supports_expression',
    v.object({ type: v.string() }),
    v.object({ supported: v.boolean() }),
  );
  test.each(supported)('$id', ({ input, expected }) => {
    const type = aggregationTypes.find((known) => known === input.type);
    const isValid = type !== undefined && validateAggregation({ type, expression: 'a' }).length === 0;
    expect(isValid).toBe(expected.supported);
  });

  const vectors = readVectors(
    file,
    'meter_validate',
    v.object({ aggregation: AggregationInput }),
    v.object({ valid: v.boolean() }),
  );
  test.each(vectors)('$id', ({ input, expected }) => {
    expect(validateAggregation(input.aggregation).length === 0).toBe(expected.valid);
  });

  test.each<[AggregationType, string]>([
    ['SUM', 'required, or an expression'],
    ['AVG', 'required, or an expression'],
    ['LATEST', 'required, or an expression'],
    ['MAX', 'required, or an expression'],
    ['MIN', 'required, or an expression'],
    ['COUNT_UNIQUE', 'required'],
    ['WEIGHTED_SUM', 'required'],
  ])('requires a field: that of %s is %s', (type, rule) => {
    expect(validateAggregation({ type })).toEqual([{ field: 'field', rule }]);
    expect(validateAggregation({ type, field: 'a' })).toEqual([]);
  });

  test.each<[Aggregation, string, string]>([
    [{ type: 'SUM_WITH_MULTIPLIER', field: 'a' }, 'multiplier', 'required'],
    [{ type: 'SUM_WITH_MULTIPLIER', field: 'a', multiplier: '0' }, 'multiplier', 'must be a decimal greater than 0'],
    [{ type: 'SUM_WITH_MULTIPLIER', field: 'a', multiplier: '-1' }, 'multiplier', 'must be a decimal greater than 0'],
    [{ type: 'SUM_WITH_MULTIPLIER', field: 'a', multiplier: 'x' }, 'multiplier', 'must be a decimal greater than 0'],
    [{ type: 'SUM', field: 'a', multiplier: '2' }, 'multiplier', 'only for SUM_WITH_MULTIPLIER'],
    [{ type: 'AVG', field: 'a', bucketSize: 'DAY' }, 'bucket_size', 'only for MAX and SUM'],
    [{ type: 'MIN', field: 'a', bucketSize: 'DAY' }, 'bucket_size', 'only for MAX and SUM'],
    [{ type: 'MIN', field: 'a', groupBy: 'b' }, 'group_by', 'only for MAX with bucket_size'],
    [{ type: 'COUNT', expression: 'a' }, 'expression', 'only for SUM, AVG, LATEST, MAX, MIN'],
    [{ type: 'MAX', field: 'a', groupBy: 'b' }, 'group_by', 'only for MAX with bucket_size'],
    [{ type: 'SUM', field: 'a', groupBy: 'b', bucketSize: 'DAY' }, 'group_by', 'only for MAX with bucket_size'],
    [{ type: 'SUM', expression: 'a >' }, 'expression', 'Unexpected token: EOF'],
  ])('is refused by field and rule: %j: %s %s', (aggregation, field, rule) => {
    expect(validateAggregation(aggregation)).toEqual([{ field, rule }]);
  });

  test.each<Aggregation>([
    { type: 'COUNT' },
    { type: 'SUM', field: 'a', bucketSize: 'HOUR' },
    { type: 'MAX', field: 'a', bucketSize: 'HOUR', groupBy: 'b' },
    { type: 'SUM', expression: 'a', multiplier: '2' },
    { type: 'SUM_WITH_MULTIPLIER', field: 'a', multiplier: '1e3' },
  ])('is given for %j', (aggregation) => {
    expect(validateAggregation(aggregation)).toEqual([]);
  });
});
