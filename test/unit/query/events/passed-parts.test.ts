import { describe, expect, test } from '@jest/globals';
import { createPassedParts } from '../../../../functions/query/events/passed-parts.ts';
import type { VerdictCounts } from '../../../../shared/domain/codec/decision-table.ts';
import type { FeedReference } from '../../../../shared/domain/codec/feed-item.ts';
import { aPart, someInstant } from '../../../support/builders/builders.ts';

const failed: VerdictCounts = { customer_lookup: 20 };
const reference = (first: number, last: number, verdicts = failed, batchId = aPart().batchId): FeedReference => ({
  kind: 'reference',
  part: aPart({ first, last, batchId }),
  count: 20,
  firstTimestamp: someInstant,
  lastTimestamp: someInstant,
  verdicts,
});
const open = () => createPassedParts({ isDecidedSo: ({ processed = 0 }) => processed > 0 });

describe('parts of the feed that are passed over', () => {
  test('are those without a wanted decision', () => {
    expect(open().passOver(reference(0, 40))).toBe(true);
    expect(open().passOver(reference(0, 40, { ...failed, processed: 1 }))).toBe(false);
    expect(createPassedParts({}).passOver(reference(0, 40))).toBe(false);
  });

  test('are read after all when a part comes that may have one of their events', () => {
    const [parts, one] = [open(), reference(0, 40)];
    parts.recall(one.part);
    parts.passOver(one);
    // The same part again, another batch, and one that begins after it.
    for (const { part } of [one, reference(0, 80, failed, '01K7M3ZZZZ0000000000000002'), reference(41, 80)]) {
      expect(parts.recall(part)).toEqual([]);
    }
    expect(parts.recall(reference(40, 80).part)).toEqual([one]);
    expect(parts.recall(reference(40, 81).part)).toEqual([]);
  });

  test('do not overlap a part that came before', () => {
    const parts = open();
    parts.recall(reference(40, 80).part);
    expect(parts.passOver(reference(0, 40))).toBe(false);
    expect(parts.passOver(reference(0, 39))).toBe(true);
  });
});
