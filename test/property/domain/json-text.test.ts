// Law: JSON text is read back as the very same value, and the canonical text does not depend on the order of keys.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deepStrictEqual } from 'node:assert/strict';
import { canonicalJson, jsonText, type JsonValue, parseJson } from '../../../shared/domain/json-text.ts';
import { jsonValues } from '../../support/arbitraries/hostile-events.ts';

const reversed = (value: JsonValue): JsonValue => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reversed);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
};

test('JSON text is read back as the same value', () => {
  fc.assert(
    fc.property(jsonValues, (value) => {
      deepStrictEqual(parseJson(jsonText(value)), value);
    }),
    { numRuns: 1000 },
  );
});

test('keys with escapes are read back whatever was parsed before', () => {
  const key = fc.stringMatching(/^[\\\n"k01a{},: ]{0,3}$/);
  const value = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, fc.constantFrom(0, 'a', '{"', ',"', '\\'), tie('object'), fc.array(tie('value'))),
    object: fc.array(fc.tuple(key, tie('value'))).map((members) => Object.fromEntries(members)),
  })).object;
  fc.assert(
    fc.property(value, fc.constantFrom(undefined, 1), (object, indent) => {
      const text = JSON.stringify(object, null, indent);
      deepStrictEqual(parseJson(text), object);
      expect(JSON.stringify(parseJson(text))).toBe(JSON.stringify(object));
    }),
    { numRuns: 1000 },
  );
});

test('a key of one backslash changes no key after it', () => {
  parseJson('{"before":1,"\\\\":2}');
  expect(parseJson('{"before":1,"\\n":2}')).toEqual({ before: 1, '\n': 2 });
});

test('a key that occurs twice has its last value, however it is written', () => {
  expect(parseJson('{"a\\n":1,"b":2,"\\u0061\\n":3}')).toEqual({ 'a\n': 3, b: 2 });
});

test.each(['{"\\x":1}', '{"\\n":1,}', '{"\\n":1', '["\\n":1]', '{"\\n" 1}', '{"a\\', '{"a\n\\n":1}', '\\'])(
  'a text that is not JSON is refused: %j',
  (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  },
);

test('canonical text is the same for every order of keys, and differs for different values', () => {
  fc.assert(
    fc.property(jsonValues, (value) => {
      expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      deepStrictEqual(parseJson(canonicalJson(value)), value);
    }),
    { numRuns: 500 },
  );
});
