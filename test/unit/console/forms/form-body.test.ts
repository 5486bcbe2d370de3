import { describe, expect, test } from '@jest/globals';
import type { FieldSpec, Values } from '../../../../console/src/forms/field-spec.ts';
import { bodyOf, changesOf, valuesOf } from '../../../../console/src/forms/form-body.ts';

const zone = 'UTC';
const fields: readonly FieldSpec[] = [
  { kind: 'text', path: 'name', label: 'Name' },
  { kind: 'decimal', path: 'terms.amount', label: 'Amount' },
  { kind: 'whole', path: 'count', label: 'Count' },
  { kind: 'flag', path: 'is_on', label: 'On' },
  { kind: 'limit', path: 'limit', label: 'Limit' },
  { kind: 'time', path: 'start', label: 'Start' },
  { kind: 'metadata', path: 'metadata', label: 'Metadata' },
  { kind: 'json', path: 'config', label: 'Config' },
  { kind: 'choice', path: 'kind', label: 'Kind', choices: [], isLocal: true },
  { kind: 'text', path: 'only_b', label: 'B', appliesTo: (values) => values['kind'] === 'b' },
  {
    kind: 'rows',
    path: 'tiers',
    label: 'Tiers',
    rowLabel: 'Tier',
    addLabel: 'Add',
    columns: [
      { name: 'up_to', label: 'Up to', kind: 'whole' },
      { name: 'unit_amount', label: 'Amount', kind: 'decimal' },
      { name: 'values', label: 'Values', kind: 'lines' },
    ],
  },
];

describe('bodyOf', () => {
  test('leaves out what is empty when something is created', () => {
    expect(bodyOf(fields, { tiers: [], metadata: [] }, { zone })).toEqual({});
  });

  test('keeps every digit of money as text, and every blank of a text', () => {
    const values = { name: ' a ', 'terms.amount': '0.000000000000000000001 ' };
    expect(bodyOf(fields, values, { zone })).toEqual({ name: ' a ', terms: { amount: '0.000000000000000000001' } });
  });

  test('sends whole numbers as numbers, and leaves what is none to the rules', () => {
    expect(bodyOf(fields, { count: '12' }, { zone })).toEqual({ count: 12 });
    expect(bodyOf(fields, { count: '1e3' }, { zone })).toEqual({ count: '1e3' });
    expect(bodyOf(fields, { count: '99999999999999999999' }, { zone })).toEqual({ count: '99999999999999999999' });
  });

  test('an emptied limit is null in a change, and left out of a creation', () => {
    expect(bodyOf(fields, { limit: '' }, { zone })).not.toHaveProperty('limit');
    expect(bodyOf(fields, { limit: '' }, { zone, isChange: true })).toHaveProperty('limit', null);
    expect(bodyOf(fields, { limit: '0' }, { zone })).toEqual({ limit: 0 });
  });

  test('rows keep their order; an empty cell is left out', () => {
    const values: Values = {
      tiers: [
        { up_to: '10', unit_amount: '0' },
        { up_to: '', unit_amount: '0.5', values: 'x\n\ny' },
      ],
    };
    expect(bodyOf(fields, values, { zone })).toEqual({
      tiers: [
        { up_to: 10, unit_amount: '0', values: [] },
        { unit_amount: '0.5', values: ['x', 'y'] },
      ],
    });
  });

  test('fields that do not apply, or only decide what applies, are not sent', () => {
    expect(bodyOf(fields, { kind: 'a', only_b: 'text' }, { zone })).toEqual({});
    expect(bodyOf(fields, { kind: 'b', only_b: 'text' }, { zone })).toEqual({ only_b: 'text' });
  });

  test('times are sent in UTC, and JSON as JSON', () => {
    const values = { start: '2026-12-01T10:00', config: '{"a":1}' };
    expect(bodyOf(fields, values, { zone })).toEqual({ start: '2026-12-01T10:00:00.000Z', config: { a: 1 } });
    expect(bodyOf(fields, { config: '{' }, { zone })).toEqual({ config: '{' });
  });
});

test('an answer becomes values that make the same body', () => {
  const body = {
    name: 'n',
    terms: { amount: '0.10' },
    count: 3,
    is_on: true,
    limit: 5,
    start: '2026-12-01T10:00:00.000Z',
    metadata: { key: 'value' },
    config: { a: [1] },
    tiers: [{ up_to: 10, unit_amount: '1', values: ['a', 'b'] }],
  };
  const values = valuesOf(fields, { ...body, tiers: [{ ...body.tiers[0], more: null }] }, zone);
  expect(bodyOf(fields, values, { zone })).toEqual(body);
});

test('a change has only the members that differ', () => {
  const before = { name: 'a', metadata: { x: '1' }, count: 1 };
  expect(changesOf(before, { name: 'a', metadata: {}, count: 1, description: '' })).toEqual({
    metadata: {},
    description: '',
  });
  expect(changesOf(before, before)).toEqual({});
});
