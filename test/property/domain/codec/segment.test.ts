// Law: what a segment holds comes back exactly, whole or column by column; broken bytes are an error, never garbage.
import { deepStrictEqual } from 'node:assert/strict';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { valueAt } from '../../../../shared/domain/codec/property-reader.ts';
import {
  decodeSegment,
  encodeSegment,
  openSegment,
  type SegmentContents,
} from '../../../../shared/domain/codec/segment.ts';
import { SegmentFormatError } from '../../../../shared/domain/codec/segment-lines.ts';
import { segmentContents } from '../../../support/arbitraries/hostile-events.ts';

const identity = { customer: 'acme', name: 'llm.call' };
const contents = segmentContents(identity.customer, identity.name);

/** Decodes all of it, or answers undefined for a SegmentFormatError; anything else is thrown. */
const tryDecode = (bytes: Uint8Array): SegmentContents | undefined => {
  try {
    return decodeSegment(bytes, identity);
  } catch (error) {
    if (error instanceof SegmentFormatError) return undefined;
    throw error;
  }
};

const expectWellFormed = ({ catalogVersion, decidedAt, entries }: SegmentContents): void => {
  expect(Number.isSafeInteger(catalogVersion) && Number.isSafeInteger(decidedAt)).toBe(true);
  for (const { event, decision } of entries) {
    const { id, source, customerId, timestamp, properties } = event;
    expect([id, source, customerId, decision.verdict, decision.customerId].map((text) => typeof text)).toEqual(
      Array.from({ length: 5 }, () => 'string'),
    );
    expect(Number.isSafeInteger(timestamp)).toBe(true);
    expect(typeof properties === 'object' && !Array.isArray(properties)).toBe(true);
  }
};

describe('a segment', () => {
  test('is read back as it was written', () => {
    fc.assert(
      fc.property(contents, (before) => {
        const after = decodeSegment(encodeSegment(before), identity);
        deepStrictEqual(after, before);
        expect(JSON.stringify(after.entries.map(({ event }) => event.properties))).toBe(
          JSON.stringify(before.entries.map(({ event }) => event.properties)),
        );
      }),
      { numRuns: 1000 },
    );
  });

  test('has columns with the contents of its events', () => {
    fc.assert(
      fc.property(contents, (before) => {
        const columns = openSegment(encodeSegment(before));
        const events = before.entries.map(({ event }) => event);
        expect(columns.count).toBe(events.length);
        expect(columns.ids()).toEqual(events.map(({ id }) => id));
        expect(columns.timestamps).toEqual(events.map(({ timestamp }) => timestamp));
        expect(columns.sources()).toEqual(events.map(({ source }) => source));
        expect(columns.customerIds()).toEqual(events.map(({ customerId }) => customerId));
        expect(columns.decisions()).toEqual(before.entries.map(({ decision }) => decision));
        const keys = new Set(['no event has it', ...events.flatMap(({ properties }) => Object.keys(properties ?? {}))]);
        for (const key of keys) {
          const column = columns.property(key);
          const expected = events.map(({ properties }) =>
            properties !== null && Object.hasOwn(properties, key) ? properties[key] : undefined,
          );
          deepStrictEqual(
            events.map((_, event) => valueAt(column, event)),
            expected,
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  test('is refused when its bytes end too early', () => {
    fc.assert(
      fc.property(contents, fc.nat(), (before, seed) => {
        const bytes = encodeSegment(before);
        expect(tryDecode(bytes.subarray(0, seed % bytes.length))).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  test('is refused or still well-formed when its bytes are changed', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(contents, changes, (before, flips) => {
        const bytes = Uint8Array.from(encodeSegment(before));
        for (const [index, bits] of flips) bytes[index % bytes.length] = (bytes[index % bytes.length] ?? 0) ^ bits;
        const after = tryDecode(bytes);
        if (after !== undefined) expectWellFormed(after);
      }),
      { numRuns: 1000 },
    );
  });

  test('is refused when it consists of random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, isVersionRight) => {
        expect(tryDecode(isVersionRight ? Uint8Array.from([1, 0, ...bytes]) : bytes)).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });
});
