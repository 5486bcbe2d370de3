// Parts of line items in a window: golden vectors of their times, and of what is counted in them.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { encodeSegment, openSegment } from '../../../../shared/domain/codec/segment.ts';
import { formatQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import { toLineItem } from '../../../../shared/domain/subscriptions/plan-line-items.ts';
import { formatInstant } from '../../../../shared/domain/time/instant.ts';
import { clipToRange } from '../../../../shared/domain/time/period.ts';
import { definitionOfMeter } from '../../../../shared/domain/usage/definition.ts';
import { foldInto, type SlotStates } from '../../../../shared/domain/usage/usage-fold.ts';
import { valueOf } from '../../../../shared/domain/usage/usage-value.ts';
import { aLineItem, aMeter, anEvent, aPrice, aSegment, aSubscription } from '../../../support/builders/builders.ts';
import { Instant, readVectors } from '../../../support/builders/golden.ts';

const file = 'invoices.json';
const formatted = ({ start, end }: { start: number; end: number }) => ({
  start: formatInstant(start),
  end: formatInstant(end),
});

const Range = { line_start: Instant, line_end: Instant, window_start: Instant, window_end: Instant };
const clipped = (input: v.InferOutput<v.ObjectSchema<typeof Range, undefined>>) =>
  clipToRange(aLineItem({ startDate: input.line_start, endDate: input.line_end }), {
    start: input.window_start,
    end: input.window_end,
  });

describe('the part of a window that an item covers', () => {
  const vectors = readVectors(
    file,
    'clip_line_item',
    v.strictObject(Range),
    v.strictObject({ start: v.string(), end: v.string() }),
  );
  test.each(vectors)('$id', ({ input, expected }) => {
    const part = clipped(input);
    expect(part && formatted(part)).toEqual(expected);
  });

  test('an item covers nothing of a window that it only touches', () => {
    const window = { start: 10, end: 20 };
    expect(clipToRange({ startDate: 20 }, window)).toBeUndefined();
    expect(clipToRange({ startDate: 0, endDate: 10 }, window)).toBeUndefined();
    expect(clipToRange({ startDate: 0 }, window)).toEqual(window);
  });
});

describe('what a window counts of an item', () => {
  const vectors = readVectors(
    file,
    'metered_quantity',
    v.strictObject({
      ...Range,
      aggregation: v.picklist(['SUM', 'MAX', 'COUNT']),
      events: v.array(v.strictObject({ timestamp: Instant, value: v.string() })),
    }),
    v.strictObject({ quantity: v.string() }),
  );
  test.each(vectors)('$id', ({ input, expected }) => {
    const { aggregation: type, events } = input;
    const part = clipped(input);
    const sent = events.map(({ timestamp, value }, index) =>
      anEvent({ id: `event-${String(index)}`, timestamp, properties: { tokens: Number(value) } }),
    );
    const aggregation = type === 'COUNT' ? { type } : { type, field: 'tokens' };
    const states: SlotStates = new Map();
    foldInto(
      states,
      definitionOfMeter(aMeter({ aggregation })),
      openSegment(encodeSegment(aSegment(sent))),
      (timestamp) => (part && part.start <= timestamp && timestamp < part.end ? 0 : undefined),
    );
    const quantity = valueOf(type, states.get(0)?.groups.get('[]'), { start: 0, end: 1 });
    expect(formatQuantity(quantity)).toBe(expected.quantity);
  });
});

describe('the quantity of a FIXED item', () => {
  const vectors = readVectors(
    file,
    'fixed_line_quantity',
    v.strictObject({ requested_quantity: v.string(), min_quantity: v.string() }),
    v.strictObject({ quantity: v.string() }),
  );
  test.each(vectors)('$id', ({ input, expected }) => {
    const price = aPrice({ type: 'FIXED', meterId: '', minQuantity: input.min_quantity });
    const request = { id: 'subs_line_1', price, quantity: input.requested_quantity, planName: '', meterName: '' };
    expect(toLineItem(aSubscription(), { ...request, at: 0, by: '' }).quantity).toBe(expected.quantity);
  });
});
