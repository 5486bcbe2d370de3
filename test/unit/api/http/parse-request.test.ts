import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { parseBody, parseQuery } from '../../../../shared/api/http/parse-request.ts';
import { problemOf } from '../../../support/drivers/problem-of.ts';

const refusal = (schema: v.GenericSchema, value: unknown): unknown =>
  problemOf(() => parseBody(v.object({ field: schema }), JSON.stringify({ field: value }))).details;

describe('bodies', () => {
  test.each(['', '{', '{} x', '{}{}', '\ufeff{}', "{'a':1}", 'undefined'])(
    'are refused when they are not JSON: %j',
    (text) => {
      expect(problemOf(() => parseBody(v.object({}), text))).toEqual({
        message: 'Invalid request payload',
        details: { body: 'must be valid JSON' },
      });
    },
  );

  test.each(['null', '[]', '1', '"text"'])('are refused when they are no object: %s', (text) => {
    expect(problemOf(() => parseBody(v.object({}), text)).details).toEqual({ body: 'must be a JSON object' });
  });

  test('are checked by path: missing and null fields are required, names are case-sensitive, unknown fields are ignored', () => {
    const schema = v.object({ a: v.string(), b: v.string(), list: v.array(v.object({ c: v.number() })) });
    expect(problemOf(() => parseBody(schema, '{"A":"x","b":null,"list":[{"c":1},{"c":"1"},{}],"other":1}'))).toEqual({
      message: 'Request validation failed',
      details: { a: 'required', b: 'required', 'list[1].c': 'must be a number', 'list[2].c': 'required' },
    });
  });

  test('have keys that are no plain names quoted in paths', () => {
    const schema = v.object({ map: v.record(v.string(), v.number()) });
    expect(problemOf(() => parseBody(schema, '{"map":{"a b":"x"}}')).details).toEqual({
      'map["a b"]': 'must be a number',
    });
  });

  test('that may fit one of several schemas are refused for what is broken in the one that was meant', () => {
    const schema = v.union([v.string(), v.array(v.object({ to: v.picklist(['asc', 'desc']), name: v.string() }))]);
    expect(refusal(schema, [{ to: 'asc', name: 'n' }, { to: 'up' }])).toEqual({
      'field[1].to': 'must be one of asc, desc',
      'field[1].name': 'required',
    });
  });

  test('are refused with at most 100 rules, and the number of the others', () => {
    const text = JSON.stringify({ list: Array.from({ length: 130 }, () => 1) });
    const { details } = problemOf(() => parseBody(v.object({ list: v.array(v.string()) }), text));
    expect(Object.keys(details ?? {})).toHaveLength(101);
    expect(details).toMatchObject({ 'list[99]': 'must be a string', more: 30 });
  });

  test('are refused in words for other kinds of values', () => {
    expect(refusal(v.boolean(), 1)).toEqual({ field: 'must be true or false' });
    expect(refusal(v.object({}), 1)).toEqual({ field: 'must be an object' });
    expect(refusal(v.picklist(['a', 'b']), 'c')).toEqual({ field: 'must be one of a, b' });
    expect(refusal(v.picklist(['a', '']), 'c')).toEqual({ field: 'must be one of a' });
    expect(refusal(v.union([v.string(), v.array(v.string())]), 1)).toEqual({ field: 'must be a string or an array' });
    expect(refusal(v.literal(1), 2)).toEqual({ field: 'must be 1' });
    expect(refusal(v.string('a text of its own'), 2)).toEqual({ field: 'a text of its own' });
  });
});

test('queries are checked by the names of their parameters', () => {
  const schema = v.object({ limit: v.pipe(v.string(), v.regex(/^\d+$/, 'must be a whole number')) });
  expect(parseQuery(schema, { limit: '5' })).toEqual({ limit: '5' });
  expect(problemOf(() => parseQuery(schema, { limit: 'x' })).details).toEqual({ limit: 'must be a whole number' });
});
