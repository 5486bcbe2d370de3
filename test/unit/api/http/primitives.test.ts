import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { parseBody } from '../../../../shared/api/http/parse-request.ts';
import {
  arraySchema,
  decimalSchema,
  eventNameSchema,
  fitsBytes,
  instantSchema,
  metadataSchema,
  optionalInstant,
  requiredTextSchema,
  textSchema,
  wholeNumberSchema,
} from '../../../../shared/api/http/primitives.ts';
import { problemOf } from '../../../support/drivers/problem-of.ts';

const refusal = (schema: v.GenericSchema, value: unknown): unknown =>
  problemOf(() => parseBody(v.object({ field: schema }), JSON.stringify({ field: value }))).details;
const accepted = <S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> =>
  parseBody(v.object({ field: schema }), JSON.stringify({ field: value })).field;

describe('texts', () => {
  test('have limits in UTF-8 bytes', () => {
    const schema = textSchema(6);
    expect(['', 'abcdef', 'äöü', '€€', '😀a\0'].map((text) => accepted(schema, text))).toHaveLength(5);
    for (const text of ['abcdefg', 'äöüa', '€€a', '😀abc']) {
      expect(refusal(schema, text)).toEqual({ field: 'must be at most 6 bytes' });
    }
  });

  test('fit at their limit and not over it, with 1, 2, 3 and 4 bytes per character', () => {
    for (const [character, bytes] of [
      ['a', 1],
      ['ä', 2],
      ['€', 3],
      ['😀', 4],
    ] as const) {
      expect(fitsBytes(character.repeat(12 / bytes), 12)).toBe(true);
      expect(fitsBytes(`${character.repeat(12 / bytes)}a`, 12)).toBe(false);
    }
  });

  test('may contain surrogate pairs, but no lone surrogate', () => {
    expect(refusal(textSchema(10), '\ud800')).toEqual({ field: 'must be well-formed Unicode' });
    expect(refusal(textSchema(10), 'a\udc00')).toEqual({ field: 'must be well-formed Unicode' });
    expect(accepted(textSchema(10), '\ud83d\ude00')).toBe('😀');
  });

  test('that are required may be blank, but not empty', () => {
    expect(refusal(requiredTextSchema(10), '')).toEqual({ field: 'required' });
    expect(accepted(requiredTextSchema(10), ' ')).toBe(' ');
  });

  test('that are event names are trimmed; blank ones are missing; the limit applies after trimming', () => {
    expect(accepted(eventNameSchema, ' \t\u00a0\u2003llm.call\n')).toBe('llm.call');
    expect(refusal(eventNameSchema, ' \u3000 ')).toEqual({ field: 'required' });
    expect(accepted(eventNameSchema, ` ${'x'.repeat(256)} `)).toHaveLength(256);
    expect(refusal(eventNameSchema, 'x'.repeat(257))).toEqual({ field: 'must be at most 256 bytes' });
    expect(refusal(eventNameSchema, 5)).toEqual({ field: 'must be a string' });
  });
});

describe('other values', () => {
  test('are refused for their length before their items are looked at', () => {
    const schema = arraySchema(v.string(), 1, 2);
    expect(refusal(schema, [1, 2, 3])).toEqual({ field: 'must have at most 2 items' });
    expect(refusal(schema, [])).toEqual({ field: 'must not be empty' });
    expect(refusal(schema, {})).toEqual({ field: 'must be an array' });
    expect(refusal(schema, ['a', 2])).toEqual({ 'field[1]': 'must be a string' });
  });

  test('may be instants, which are UTC milliseconds', () => {
    expect(accepted(instantSchema, '2025-10-15T17:08:47.9629+05:30')).toBe(1_760_528_327_962);
    for (const text of ['2026-02-31T00:00:00Z', '2025-10-15', '', '2025-10-15T11:38:47']) {
      expect(refusal(instantSchema, text)).toEqual({
        field: 'must be an RFC 3339 timestamp with an offset, e.g. 2026-12-01T10:00:00Z',
      });
    }
    expect(refusal(instantSchema, 1_760_528_327)).toEqual({ field: 'must be a string' });
  });

  test('may be an instant that is left out, or is the zero time', () => {
    for (const value of [null, '0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z', '0001-01-01T05:30:00+05:30']) {
      expect(accepted(optionalInstant, value)).toBeUndefined();
    }
    expect(accepted(optionalInstant, '2025-10-15T11:38:47.962Z')).toBe(1_760_528_327_962);
    for (const value of ['', 'now']) {
      expect(refusal(optionalInstant, value)).toEqual({
        field: 'must be an RFC 3339 timestamp with an offset, e.g. 2026-12-01T10:00:00Z',
      });
    }
  });

  test('may be decimals, as strings or as numbers, exact either way', () => {
    expect(accepted(decimalSchema, '0.10000000000000000000000001')).toBe('0.10000000000000000000000001');
    expect(accepted(decimalSchema, '1e3')).toBe('1000');
    expect(accepted(decimalSchema, 0.1)).toBe('0.1');
    expect(accepted(decimalSchema, JSON.rawJSON('9007199254740993.10'))).toBe('9007199254740993.1');
    for (const value of ['', 'abc', '1,5', '1e99', true, {}, JSON.rawJSON('12345678901234567890123456')]) {
      expect(refusal(decimalSchema, value)).toEqual({ field: 'must be a decimal number' });
    }
  });

  test('may be whole numbers of a range', () => {
    const rule = { field: 'must be a whole number from 1 to 10' };
    expect([1, 10].map((value) => accepted(wholeNumberSchema(1, 10), value))).toEqual([1, 10]);
    for (const value of [0, 11, 1.5, '5', JSON.rawJSON('5.0000000000000000001')])
      expect(refusal(wholeNumberSchema(1, 10), value)).toEqual(rule);
  });

  test('may be metadata: an object of strings, with any keys', () => {
    const text = '{"field":{"__proto__":"a","constructor":"b"}}';
    const { field } = parseBody(v.object({ field: metadataSchema }), text);
    expect(Object.entries(field)).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
    for (const value of [['a'], { a: 1 }, 'a', { a: null }, JSON.rawJSON('12345678901234567890')]) {
      expect(refusal(metadataSchema, value)).toEqual({ field: 'must be an object of strings' });
    }
  });
});
