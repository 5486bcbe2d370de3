// Periods of line items: golden vectors of the period that a window bills, and of the part of an item in a window.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { isBilledOnceIn, ownPeriodsIn } from '../../../../shared/domain/charges/billed-line.ts';
import { encodeSegment, openSegment } from '../../../../shared/domain/codec/segment.ts';
import { formatQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import { invoiceCadences } from '../../../../shared/domain/pricing/price.ts';
import { toLineItem } from '../../../../shared/domain/subscriptions/plan-line-items.ts';
import { billingPeriods } from '../../../../shared/domain/time/billing-period.ts';
import { formatInstant } from '../../../../shared/domain/time/instant.ts';
import { clipToRange } from '../../../../shared/domain/time/period.ts';
import { definitionOfMeter } from '../../../../shared/domain/usage/definition.ts';
import { foldInto, type SlotStates } from '../../../../shared/domain/usage/usage-fold.ts';
import { valueOf } from '../../../../shared/domain/usage/usage-value.ts';
import { aLineItem, aMeter, anEvent, aPrice, aSegment, aSubscription } from '../../../support/builders/builders.ts';
import { Instant, instant, readVectors } from '../../../support/builders/golden.ts';

const file = 'invoices.json';
const formatted = ({ start, end }: { start: number; end: number }) => ({
  start: formatInstant(start),
  end: formatInstant(end),
});

describe('the own period that a window bills', () => {
  const vectors = readVectors(
    file,
    'match_line_item_period',
    v.strictObject({
      line_item_start: Instant,
      line_item_end: v.nullable(Instant),
      billing_period: v.picklist(billingPeriods),
      billing_period_count: v.number(),
      window_start: Instant,
      window_end: Instant,
      invoice_cadence: v.picklist(invoiceCadences),
      timezone: v.string(),
    }),
    v.strictObject({ match: v.boolean(), start: v.exactOptional(v.string()), end: v.exactOptional(v.string()) }),
  );
  test.each(vectors)('$id', ({ input, expected }) => {
    const item = aLineItem({
      startDate: input.line_item_start,
      ...(input.line_item_end !== null && { endDate: input.line_item_end }),
      billingPeriod: input.billing_period,
      billingPeriodCount: input.billing_period_count,
      invoiceCadence: input.invoice_cadence,
    });
    const [first] = ownPeriodsIn(item, input.timezone, { start: input.window_start, end: input.window_end });
    expect(first ? { match: true, ...formatted(first) } : { match: false }).toEqual(expected);
  });

  test('a window bills all of the item’s own periods that it contains', () => {
    const item = aLineItem({ startDate: instant('2025-01-01T00:00:00Z'), endDate: instant('2025-02-10T00:00:00Z') });
    const window = { start: instant('2025-01-15T00:00:00Z'), end: instant('2025-02-15T00:00:00Z') };
    expect(ownPeriodsIn(item, 'UTC', window).map(formatted)).toEqual([
      { start: '2025-01-01T00:00:00Z', end: '2025-02-01T00:00:00Z' },
      { start: '2025-02-01T00:00:00Z', end: '2025-02-10T00:00:00Z' },
    ]);
  });

  test('an item that ends when it starts, or a window of no seconds, bills no period', () => {
    const window = { start: 0, end: 10_000 };
    const of = (fields: Parameters<typeof aLineItem>[0], within = window) =>
      ownPeriodsIn(aLineItem({ startDate: 5000, ...fields }), 'UTC', within);
    expect(of({ endDate: 5000 })).toEqual([]);
    expect(of({ endDate: 5000, invoiceCadence: 'ADVANCE' })).toEqual([]);
    expect(of({ endDate: 6000 })).toEqual([{ start: 5000, end: 6000 }]);
    expect(of({ invoiceCadence: 'ADVANCE' }, { start: 5000, end: 5999 })).toEqual([]);
    expect(of({ invoiceCadence: 'ADVANCE' }, { start: 5000, end: 6000 })).toHaveLength(1);
  });
});

test('a single charge is billed at its start, beforehand or afterwards', () => {
  const window = { start: 10_000, end: 20_000 };
  const windowsOf = (invoiceCadence: 'ADVANCE' | 'ARREAR') =>
    [9_999, 10_000, 10_999, 11_000, 19_999, 20_000, 20_999, 21_000].filter((startDate) =>
      isBilledOnceIn({ startDate, invoiceCadence }, window),
    );
  expect(windowsOf('ADVANCE')).toEqual([10_000, 10_999, 11_000, 19_999]);
  expect(windowsOf('ARREAR')).toEqual([11_000, 19_999, 20_000, 20_999]);
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
