// Fixed charges of an invoice: golden vectors of its items, their times and their amounts.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { type BilledLine, classifyLineItems, linesOfInvoice } from '../../../../shared/domain/charges/billed-line.ts';
import { type FixedCharge, fixedCharge, fixedCharges } from '../../../../shared/domain/charges/fixed-charge.ts';
import { decimal, formatQuantity, zeroQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import type { LineItem } from '../../../../shared/domain/subscriptions/line-item.ts';
import { billingPeriods } from '../../../../shared/domain/time/billing-period.ts';
import { formatInstant } from '../../../../shared/domain/time/instant.ts';
import type { Period } from '../../../../shared/domain/time/period.ts';
import { aLineItem } from '../../../support/builders/builders.ts';
import { Instant, instant, readVectors } from '../../../support/builders/golden.ts';
import { Item, lineItemOf, pricesOf } from '../../../support/builders/line-vectors.ts';

const file = 'invoices.json';
const Terms = { subscription_billing_period: v.picklist(billingPeriods), line_items: v.array(Item) };
const termsOf = (input: { subscription_billing_period: (typeof billingPeriods)[number] }) => ({
  billingPeriod: input.subscription_billing_period,
  timezone: 'UTC',
});

const Totals = v.strictObject({ total: v.exactOptional(v.string()), lines: v.exactOptional(v.number()) });
const expectTotals = (charges: readonly FixedCharge[], expected: v.InferOutput<typeof Totals>): void => {
  const total = charges.reduce((sum, { amount }) => sum.plus(amount), zeroQuantity);
  if (expected.total !== undefined) expect(formatQuantity(total)).toBe(expected.total);
  if (expected.lines !== undefined) expect(charges).toHaveLength(expected.lines);
};

describe('the classes of the items', () => {
  const ids = (lines: readonly BilledLine[]): string[] => lines.map(({ item }) => item.id);
  const vectors = readVectors(
    file,
    'classify_line_items',
    v.strictObject({
      ...Terms,
      current_start: Instant,
      current_end: Instant,
      next_start: Instant,
      next_end: Instant,
    }),
    v.strictObject({
      current_period_advance: v.array(v.string()),
      current_period_arrear: v.array(v.string()),
      next_period_advance: v.array(v.string()),
    }),
  );
  test.each(vectors)('$id', ({ input, expected }) => {
    const classes = classifyLineItems(
      input.line_items.map(lineItemOf),
      termsOf(input),
      { start: input.current_start, end: input.current_end },
      { start: input.next_start, end: input.next_end },
    );
    expect({
      current_period_advance: ids(classes.currentAdvance),
      current_period_arrear: ids(classes.currentArrear),
      next_period_advance: ids(classes.nextAdvance),
    }).toEqual(expected);
  });
});

describe('the fixed charges of a window', () => {
  const vectors = readVectors(
    file,
    'fixed_charges',
    v.strictObject({
      ...Terms,
      window_start: Instant,
      window_end: Instant,
      proration_behavior: v.literal('none'),
    }),
    Totals,
  );
  test.each(vectors)('$id', ({ input, expected }) => {
    const window = { start: input.window_start, end: input.window_end };
    const { currentArrear, currentAdvance } = classifyLineItems(
      input.line_items.map(lineItemOf),
      termsOf(input),
      window,
      undefined,
    );
    expectTotals(fixedCharges([...currentArrear, ...currentAdvance], pricesOf(input.line_items)), expected);
  });
});

const InvoiceInput = v.strictObject({
  ...Terms,
  reference_point: v.picklist(['preview', 'period_start', 'period_end', 'cancel']),
  period_start: Instant,
  period_end: Instant,
  next_period_start: Instant,
  next_period_end: Instant,
});
const linesOf = (input: v.InferOutput<typeof InvoiceInput>, referencePoint = input.reference_point) =>
  linesOfInvoice(
    classifyLineItems(
      input.line_items.map(lineItemOf),
      termsOf(input),
      { start: input.period_start, end: input.period_end },
      { start: input.next_period_start, end: input.next_period_end },
    ),
    referencePoint,
  );

describe('the fixed charges of an invoice', () => {
  test.each(readVectors(file, 'invoice_fixed_total', InvoiceInput, Totals))('$id', ({ input, expected }) => {
    expectTotals(fixedCharges(linesOf(input), pricesOf(input.line_items)), expected);
  });

  const Line = v.strictObject({ id: v.string(), period_start: v.string(), period_end: v.string() });
  const vectors = readVectors(file, 'invoice_fixed_lines', InvoiceInput, v.strictObject({ lines: v.array(Line) }));
  test.each(vectors)('$id, and the same in a preview', ({ input, expected }) => {
    const lines = linesOf(input).map(({ item, period }) => ({
      id: item.id,
      period_start: formatInstant(period.start),
      period_end: formatInstant(period.end),
    }));
    expect(lines).toEqual(expected.lines);
    expect(linesOf(input, 'preview')).toEqual(linesOf(input));
  });
});

const january: Period = { start: instant('2026-01-01T00:00:00Z'), end: instant('2026-02-01T00:00:00Z') };
const february: Period = { start: january.end, end: instant('2026-03-01T00:00:00Z') };
const monthly = { billingPeriod: 'MONTHLY', timezone: 'UTC' } as const;
const fixed = (fields: Partial<LineItem>): LineItem =>
  aLineItem({ priceType: 'FIXED', meterId: '', quantity: '1', startDate: january.start, ...fields });
const idsAt = (items: readonly LineItem[], point: Parameters<typeof linesOfInvoice>[1], next?: Period): string[] =>
  linesOfInvoice(classifyLineItems(items, monthly, january, next), point).map(({ item }) => item.id);

test('an invoice names FIXED items first, those of the current period before those of the next', () => {
  const items = [
    aLineItem({ id: 'usage' }),
    fixed({ id: 'before', invoiceCadence: 'ADVANCE' }),
    fixed({ id: 'after' }),
    fixed({ id: 'archived', status: 'archived' }),
  ];
  expect(idsAt(items, 'preview', february)).toEqual(['after', 'before', 'usage']);
  expect(idsAt(items, 'cancel', february)).toEqual(['after', 'usage']);
  expect(idsAt(items, 'period_start', february)).toEqual(['before']);
  expect(idsAt(items, 'period_end')).toEqual(['after', 'usage']);
});

test('an item that ends where the next period begins is not billed for that one', () => {
  const ending = fixed({ invoiceCadence: 'ADVANCE', endDate: february.start });
  expect(idsAt([ending], 'preview', february)).toEqual([]);
  expect(idsAt([{ ...ending, endDate: february.start + 1000 }], 'preview', february)).toEqual(['subs_line_1']);
  // Less than a second is no time.
  expect(idsAt([{ ...ending, endDate: february.start + 999 }], 'preview', february)).toEqual([]);
});

test('the values that a charge keeps add up to its amount', () => {
  const item = fixed({ startDate: instant('2026-01-15T00:00:00Z'), quantity: '7', currency: 'usd' });
  const [line] = classifyLineItems([item], monthly, january, undefined).currentArrear;
  if (!line) throw new Error('no line');
  const price = { billingModel: 'PACKAGE', amount: '33.3', transformQuantity: { divideBy: 5, round: 'up' } } as const;
  const { parts, share, factor, amount, period, quantity } = fixedCharge(line, price);
  expect(period).toEqual({ start: item.startDate, end: january.end });
  expect(share).toEqual({ coveredSeconds: 17 * 86_400, windowSeconds: 31 * 86_400 });
  expect(formatQuantity(factor)).toBe('0.5483870967741935');
  expect(formatQuantity(quantity)).toBe('7');
  expect(parts).toEqual([{ units: decimal('2'), unitAmount: decimal('33.3'), flatAmount: zeroQuantity }]);
  expect(formatQuantity(amount)).toBe('36.52');
});

test('usage and longer periods are never prorated', () => {
  const startDate = instant('2026-01-15T00:00:00Z');
  const items = [
    aLineItem({ startDate }),
    fixed({ startDate, billingPeriod: 'QUARTERLY', invoiceCadence: 'ADVANCE' }),
    fixed({ startDate, billingPeriod: 'ONETIME', invoiceCadence: 'ADVANCE', endDate: startDate + 1000 }),
  ];
  const { currentArrear, currentAdvance } = classifyLineItems(items, monthly, january, undefined);
  expect([...currentArrear, ...currentAdvance].map(({ period, share }) => [formatInstant(period.end), share])).toEqual([
    ['2026-02-01T00:00:00Z', undefined],
    ['2026-04-15T00:00:00Z', undefined],
    ['2026-01-15T00:00:01Z', undefined],
  ]);
});
