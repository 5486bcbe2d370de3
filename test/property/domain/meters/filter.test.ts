// Laws of the text form and of meter filters.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type JsonObject, jsonText, type JsonValue, parseJson } from '../../../../shared/domain/json-text.ts';
import { matchesMeterFilters, propertyOf, textOf } from '../../../../shared/domain/meters/filter.ts';
import { decimal } from '../../../../shared/domain/numbers/quantity.ts';

const keys = ['a', 'b', 'c', '__proto__', 'toString'];
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(-0, 1e21));
const value: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<JsonValue>(null, true, 'null', '1', '', 1),
    fc.string(),
    number,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 3 }),
  ),
})).value;
const properties: fc.Arbitrary<JsonObject | null> = fc.oneof(
  fc.constant(null),
  fc.array(fc.tuple(fc.constantFrom(...keys), value), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
);
const filter = (of: JsonObject | null) =>
  fc.record({
    key: fc.constantFrom(...keys),
    values: fc.array(
      fc.oneof(
        fc.string(),
        fc.constantFrom('1', 'null', ''),
        fc.constantFrom(...Object.values(of ?? { a: 'x' }), '').map(textOf),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  });
const world = properties.chain((of) =>
  fc.record({
    of: fc.constant(of),
    some: fc.array(filter(of), { maxLength: 3 }),
    more: fc.array(filter(of), { maxLength: 3 }),
  }),
);

test('filters match when all of them do, in any order', () => {
  fc.assert(
    fc.property(world, ({ of, some, more }) => {
      const both = matchesMeterFilters(some, of) && matchesMeterFilters(more, of);
      expect(matchesMeterFilters([...some, ...more], of)).toBe(both);
      expect(matchesMeterFilters([...more, ...some], of)).toBe(both);
    }),
  );
});

test('a filter matches when any of its values does', () => {
  fc.assert(
    fc.property(world, ({ of, some }) => {
      for (const { key, values } of some) {
        const each = values.map((one) => matchesMeterFilters([{ key, values: [one] }], of));
        expect(matchesMeterFilters([{ key, values }], of)).toBe(each.includes(true));
      }
    }),
  );
});

test('a property matches its own text and no other', () => {
  fc.assert(
    fc.property(properties, fc.constantFrom(...keys), fc.string(), (of, key, other) => {
      const found = propertyOf(of, key);
      const text = found === undefined ? '' : textOf(found);
      expect(matchesMeterFilters([{ key, values: [text] }], of)).toBe(found !== undefined);
      expect(matchesMeterFilters([{ key, values: [other] }], of)).toBe(found !== undefined && other === text);
    }),
  );
});

test('two values of a kind that differ have different texts, but for the sign of zero', () => {
  const kind = fc.constantFrom(fc.string(), number, value);
  const pair = kind.chain((of) => fc.tuple(of, of));
  const withoutNegativeZero = (json: JsonValue): string => JSON.stringify(json);
  fc.assert(
    fc.property(pair, ([a, b]) => {
      fc.pre((typeof a === 'string') === (typeof b === 'string'));
      expect(textOf(a) === textOf(b)).toBe(withoutNegativeZero(a) === withoutNegativeZero(b));
    }),
  );
});

test('the text of anything but a string is JSON of the same value, and its numbers are plain', () => {
  fc.assert(
    fc.property(value, (json) => {
      fc.pre(typeof json !== 'string');
      const text = textOf(json);
      expect(jsonText(parseJson(text))).toBe(JSON.stringify(json));
      if (typeof json === 'number') expect(text).toMatch(/^-?\d+(\.\d+)?$/);
    }),
  );
});

test('a number is the plain decimal of its shortest digits', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(textOf(value)).toBe(decimal(String(value)).toFixed());
    }),
  );
});
