// Law: the parts of a feed item come back exactly, in their order; broken bytes are an error, never garbage.
import { deepStrictEqual } from 'node:assert/strict';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { failurePoints } from '../../../../shared/domain/matching/decision.ts';
import { decodeFeedItem, encodeFeedItem, type FeedEntry } from '../../../../shared/domain/codec/feed-item.ts';
import { SegmentFormatError } from '../../../../shared/domain/codec/segment-lines.ts';
import type { SegmentPart } from '../../../../shared/domain/events/segment-part.ts';
import { someHour } from '../../../support/builders/builders.ts';
import { segmentContents } from '../../../support/arbitraries/hostile-events.ts';

const names = fc.constantFrom('acme', 'a#b', '', '__proto__', '["x"]', 'é😀');

const parts: fc.Arbitrary<SegmentPart> = fc
  .record({
    customer: names,
    name: names,
    batchId: fc.constantFrom('01K7M3ZZZZ0000000000000001', '01K7M3ZZZZ0000000000000002'),
    first: fc.nat({ max: 999 }),
    span: fc.nat({ max: 999 }),
  })
  .map(({ first, span, ...part }) => ({ ...part, hour: someHour, first, last: first + span }));

const entries: fc.Arbitrary<FeedEntry> = parts.chain((part): fc.Arbitrary<FeedEntry> =>
  fc.oneof(
    segmentContents(part.customer, part.name).map((contents) => ({ kind: 'inline' as const, part, contents })),
    fc
      .record({
        kind: fc.constant('reference' as const),
        part: fc.constant(part),
        count: fc.integer({ min: 17, max: 500 }),
        firstTimestamp: fc.integer({ min: 0, max: 3_599_999 }),
        lastTimestamp: fc.integer({ min: 0, max: 3_599_999 }),
        verdicts: fc.dictionary(fc.constantFrom('processed', ...failurePoints), fc.integer({ min: 1, max: 500 }), {
          noNullPrototype: true,
        }),
      })
      .map((reference) => ({ ...reference })),
  ),
);

describe('a feed item', () => {
  test('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.array(entries, { maxLength: 5 }), (before) => {
        deepStrictEqual(decodeFeedItem(encodeFeedItem(before), someHour), before);
      }),
      { numRuns: 500 },
    );
  });

  test('is refused, or read as another list of parts, when its bytes end too early or are changed', () => {
    const change = fc.tuple(fc.nat(), fc.nat({ max: 255 }));
    fc.assert(
      fc.property(fc.array(entries, { minLength: 1, maxLength: 3 }), change, (before, [seed, bits]) => {
        const whole = Uint8Array.from(encodeFeedItem(before));
        const index = seed % whole.length;
        whole[index] = (whole[index] ?? 0) ^ bits;
        const bytes = bits === 0 ? whole.subarray(0, index) : whole;
        try {
          const after = decodeFeedItem(bytes, someHour);
          expect(bits).not.toBe(0);
          for (const entry of after) {
            expect(entry.part).toMatchObject({
              hour: someHour,
              customer: expect.any(String),
              name: expect.any(String),
            });
            expect(entry.kind === 'inline' ? entry.contents.entries.length : entry.count).toBeGreaterThan(0);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(SegmentFormatError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
