// The half-open rule for line items: the golden vectors. Upstream has three rules; Tollgate has the one of its usage queries.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { isActiveAt } from '../../../../shared/domain/subscriptions/line-item.ts';
import { aLineItem } from '../../../support/builders/builders.ts';
import { Instant, readVectors } from '../../../support/builders/golden.ts';

// Line-item ranges are half-open everywhere, in the tracker too: what the other two rules say at a boundary is not kept.
const ownChoice = new Set(['range-at-start', 'range-at-end']);

describe('line item ranges', () => {
  const vectors = readVectors(
    'line-item-ranges.json',
    'line_item_range',
    v.object({
      line_item: v.object({ start: Instant, end: v.nullable(Instant) }),
      timestamp: Instant,
      status: v.picklist(['published']),
    }),
    v.object({
      counted_in_usage: v.boolean(),
      is_active_for_event: v.boolean(),
      timestamp_within_range: v.boolean(),
    }),
  );
  test.each(vectors)('$id', ({ id, input: { line_item: range, timestamp, status }, expected }) => {
    const item = aLineItem({
      status,
      startDate: range.start,
      ...(range.end !== null && { endDate: range.end }),
    });
    const isActive = isActiveAt(item, timestamp);
    expect(isActive).toBe(expected.counted_in_usage);
    if (!ownChoice.has(id)) {
      expect(expected).toEqual({
        counted_in_usage: isActive,
        is_active_for_event: isActive,
        timestamp_within_range: isActive,
      });
    }
  });

  test('an archived line item is never active', () => {
    expect(isActiveAt(aLineItem({ status: 'archived' }), 1)).toBe(false);
  });

  test('a range that ends where it starts contains nothing', () => {
    expect(isActiveAt(aLineItem({ startDate: 5, endDate: 5 }), 5)).toBe(false);
  });
});
