// Laws of the ids that `tollgate send` derives: a line of an input has an id of its own, and the same one in every input that
// holds it as often before.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createDerivedIds } from '../../../../cli/input/derived-ids.ts';
import { isJsonObject, type JsonObject } from '../../../../shared/domain/json-text.ts';

/** A double cannot tell them apart. */
const longs = fc.constantFrom(...['1234567890123456781', '1234567890123456782'].map(JSON.rawJSON));
const aLine: fc.Arbitrary<JsonObject> = fc.record(
  {
    event_name: fc.constantFrom('a', 'b'),
    external_customer_id: fc.constantFrom('acme', ''),
    timestamp: fc.constantFrom('2026-11-01T00:00:00Z', null),
    properties: fc.dictionary(
      fc.constantFrom('x', 'y', '__proto__', '\\n'),
      fc.oneof(fc.nat(2), fc.constantFrom('1', '', null), longs),
      {
        noNullPrototype: true,
      },
    ),
  },
  { requiredKeys: ['event_name'], noNullPrototype: true },
);
const idsOf = (lines: readonly JsonObject[]): readonly string[] => lines.map(createDerivedIds());
const inputs = fc.array(aLine, { maxLength: 40 });

const reversed = (event: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(event)
      .reverse()
      .map(([key, value]) => [key, isJsonObject(value) ? Object.fromEntries(Object.entries(value).reverse()) : value]),
  );

describe('derived ids', () => {
  test('are as many as there are lines, and the same every time', () => {
    fc.assert(
      fc.property(inputs, (lines) => {
        const ids = idsOf(lines);
        expect(new Set(ids).size).toBe(lines.length);
        expect(idsOf(lines)).toEqual(ids);
      }),
    );
  });

  test('do not depend on the order of lines or keys, nor on an id that is empty', () => {
    fc.assert(
      fc.property(inputs, fc.boolean(), (lines, isReversed) => {
        const others = lines.map((line) => ({ ...reversed(line), event_id: '' }));
        if (isReversed) others.reverse();
        expect(idsOf(others).toSorted()).toEqual(idsOf(lines).toSorted());
      }),
    );
  });

  test('of other lines stay the same when a line is added', () => {
    fc.assert(
      fc.property(inputs, aLine, fc.nat(40), (lines, more, position) => {
        const ids = new Set(idsOf(lines.toSpliced(position, 0, more)));
        for (const id of idsOf(lines)) expect(ids.has(id)).toBe(true);
      }),
    );
  });

  test('are distinct and do not change when there are many lines', () => {
    const lines = Array.from({ length: 30_000 }, (_, index) => ({
      event_name: 'a',
      properties: { n: index % 10_000 },
    }));
    const ids = idsOf(lines);
    expect(new Set(ids).size).toBe(lines.length);
    expect(new Set(ids.slice(0, 10_000))).toEqual(new Set(idsOf(lines.slice(0, 10_000))));
  });

  test('differ wherever a digit of a number does', () => {
    const [one, other] = ['1234567890123456781', '1234567890123456782'].map((id) => ({
      properties: { id: JSON.rawJSON(id) },
    }));
    expect(idsOf(one ? [one] : [])).not.toEqual(idsOf(other ? [other] : []));
  });

  test('never change: whoever sends a file again, with whatever version, sends the same events', () => {
    const line = { event_name: 'x', properties: { b: 1, a: [2] } };
    expect(idsOf([line, line, { event_name: 'y' }])).toEqual([
      'line_44962874f3dd643d7b2e2aa3a95a8577',
      'line_b9de983679f35a23283a7f770ab6b4df',
      'line_9f0ed59028e4af8e9a7403c9671838fc',
    ]);
  });
});
