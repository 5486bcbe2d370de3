// Law: JSON text is read back as the very same value, and the canonical text does not depend on the order of keys.
import { expect, test } from '@jest/globals';
import Big from 'big.js';
import fc from 'fast-check';
import { deepStrictEqual } from 'node:assert/strict';
import { canonicalJson, isJsonObject, jsonText, type JsonValue, parseJson } from '../../../shared/domain/json-text.ts';
import { isLongNumber } from '../../../shared/domain/numbers/long-number.ts';
import { jsonValues } from '../../support/arbitraries/hostile-events.ts';
import { numberTexts } from '../../support/arbitraries/json-numbers.ts';

const reversed = (value: JsonValue): JsonValue => {
  if (Array.isArray(value)) return value.map(reversed);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
};

const withPlainNumbers = (value: JsonValue): JsonValue => {
  if (isLongNumber(value)) return JSON.rawJSON(new Big(value.rawJSON).toFixed());
  if (Array.isArray(value)) return value.map(withPlainNumbers);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withPlainNumbers(member)]));
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

test('a number keeps every digit, whatever is around it', () => {
  const around = fc.record({
    key: fc.constantFrom('n', 'a.b', ':1234567890123456789,', '\n', '"', '\\\\', '__proto__', '\u0001'),
    blank: fc.constantFrom('', ' ', '\n\t'),
    other: fc.constantFrom('1', '"12345678901234567890"', '"x\\\\\\": 0.12345678901234567890"', '"\\u0001\\u00011"'),
  });
  const textOf = (number: string, all: readonly { key: string; blank: string; other: string }[]): string =>
    all.reduce(
      (inner, { key, blank, other }) =>
        `{"first":[${other},${blank}${inner}${blank}],${JSON.stringify(key)}${blank}:${blank}${inner}}`,
      number,
    );
  fc.assert(
    fc.property(numberTexts, fc.array(around, { maxLength: 3 }), (number, all) => {
      const alone = jsonText(parseJson(number));
      expect(new Big(alone).eq(number)).toBe(true);
      const compact = all.map((one) => ({ ...one, blank: '' }));
      expect(jsonText(parseJson(textOf(number, all)))).toBe(textOf(alone, compact));
    }),
    { numRuns: 1000 },
  );
});

test('a double stays a double, whatever its text', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (double) => {
      for (const text of [JSON.stringify(double), double.toFixed(20), double.toExponential()]) {
        if (Number(text) !== double || !new Big(text).eq(String(double))) continue;
        expect(parseJson(`[${text}]`)).toEqual([Number(text)]);
      }
    }),
  );
});

test.each([
  ['9007199254740993', '9007199254740993'],
  ['[1E+2,-12345678901234567890]', '[100,-12345678901234567890]'],
  ['{"a":1,"a":1234567890123456789}', '{"a":1234567890123456789}'],
  ['{"a":12345678901234567890,"a":1}', '{"a":1}'],
  ['{"a":0.1234567890123456789,"a":{"b":-0}}', '{"a":{"b":-0}}'],
  ['{"ver 1.2.3.4.5.6.7.8.9.10": "1234567890123456789"}', '{"ver 1.2.3.4.5.6.7.8.9.10":"1234567890123456789"}'],
  ['100000000000000000000', '100000000000000000000'],
  ['0.30000000000000004', '0.30000000000000004'],
])('%s is %s', (text, written) => {
  expect(jsonText(parseJson(text))).toBe(written);
});

test('a text is refused exactly when JSON.parse refuses it, and else read as the same but for digits', () => {
  const number = fc.oneof(numberTexts, fc.constantFrom('1', '12345678901234567890', '"12345678901234567890"', '[]'));
  const text = fc
    .tuple(number, number, number)
    .map(([a, b, c]) => `{"a":[${a},{"b":${b}}],"12345678901234567890":${c}, "c":"x"}`);
  const change = fc.tuple(fc.nat(80), fc.nat(2), fc.constantFrom('', ...Array.from('0123.-+eE:,"[]{} x')));
  const outcome = (read: () => unknown): unknown => {
    try {
      return JSON.parse(JSON.stringify(read()));
    } catch (error) {
      return error instanceof SyntaxError ? 'refused' : error;
    }
  };
  let taken = 0;
  fc.assert(
    fc.property(text, fc.array(change, { maxLength: 2 }), (whole, changes) => {
      const changed = changes.reduce(
        (so, [at, removed, added]) => so.slice(0, at) + added + so.slice(at + removed),
        whole,
      );
      const expected = outcome((): unknown => JSON.parse(changed));
      if (expected !== 'refused') taken += 1;
      expect(outcome(() => parseJson(changed))).toEqual(expected);
    }),
    { numRuns: 3000 },
  );
  expect(taken).toBeGreaterThan(500);
});

test.each([
  '[12345678901234567890',
  '[012345678901234567890]',
  '12345678901234567890 x',
  '{"a":1234567890123456789.}',
  '{12345678901234567890:1}',
])('a text with a long number that is not JSON is refused: %s', (text) => {
  expect(() => parseJson(text)).toThrow(SyntaxError);
});

test('canonical text is the same for every order of keys, and differs for different values', () => {
  fc.assert(
    fc.property(jsonValues, (value) => {
      expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      deepStrictEqual(parseJson(canonicalJson(value)), withPlainNumbers(value));
    }),
    { numRuns: 500 },
  );
});
