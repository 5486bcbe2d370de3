// Law: JSON text is read back as the very same value, and the canonical text does not depend on the order of keys.
import { deepStrictEqual } from 'node:assert/strict';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { JsonValue } from '../../../shared/domain/json.ts';
import { canonicalJson, jsonText, parseJson } from '../../../shared/domain/json-text.ts';
import { jsonValues } from '../../support/hostile-events.ts';

const reversed = (value: JsonValue): JsonValue => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reversed);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
};

test('JSON text comes back as the same value', () => {
  fc.assert(
    fc.property(jsonValues, (value) => {
      deepStrictEqual(parseJson(jsonText(value)), value);
    }),
    { numRuns: 1000 },
  );
});

test('canonical text is the same for every order of keys, and says everything', () => {
  fc.assert(
    fc.property(jsonValues, (value) => {
      expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      deepStrictEqual(parseJson(canonicalJson(value)), value);
    }),
    { numRuns: 500 },
  );
});
