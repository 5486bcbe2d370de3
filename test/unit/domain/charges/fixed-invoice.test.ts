// Fixed charges of an invoice: golden vectors of its lines, their times and their amounts.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { type FixedCharge, fixedChargesOf } from '../../../../shared/domain/charges/fixed-charge.ts';
import { formatQuantity, sumOf } from '../../../../shared/domain/numbers/quantity.ts';
import type { InvoiceCadence } from '../../../../shared/domain/pricing/price.ts';
import type { Subscription } from '../../../../shared/domain/subscriptions/subscription.ts';
import { billingPeriods } from '../../../../shared/domain/time/billing-period.ts';
import { formatInstant } from '../../../../shared/domain/time/instant.ts';
import type { Period } from '../../../../shared/domain/time/period.ts';
import { aSubscription } from '../../../support/builders/builders.ts';
import { Instant, readVectors } from '../../../support/builders/golden.ts';
import { Item, lineItemOf, pricesOf } from '../../../support/builders/line-vectors.ts';

const file = 'invoices.json';
const Terms = { subscription_billing_period: v.picklist(billingPeriods), line_items: v.array(Item) };
const Totals = v.strictObject({ total: v.exactOptional(v.string()), lines: v.exactOptional(v.number()) });

const expectTotals = (charges: readonly FixedCharge[], expected: v.InferOutput<typeof Totals>): void => {
  if (expected.total !== undefined) {
    expect(formatQuantity(sumOf(charges.map(({ amount }) => amount)))).toBe(expected.total);
  }
  if (expected.lines !== undefined) expect(charges).toHaveLength(expected.lines);
};
const idsOf = (charges: readonly FixedCharge[]): string[] => charges.map(({ item }) => item.id);

/** Returns what falls due in one period of a subscription, by cadence. */
const dueIn = (
  input: { readonly subscription_billing_period: Subscription['billingPeriod']; readonly line_items: Item[] },
  { start, end }: Period,
  cadence: InvoiceCadence,
): readonly FixedCharge[] => {
  const subscription = aSubscription({
    billingPeriod: input.subscription_billing_period,
    billingAnchor: start,
    lineItems: input.line_items.map(lineItemOf),
  });
  // What is charged in advance is charged with the time before it.
  const period = cadence === 'ARREAR' ? { start, end } : { start: start - 1000, end: start };
  const charges = fixedChargesOf(subscription, period, pricesOf(input.line_items)).flat();
  return charges.filter(({ item }) => item.invoiceCadence === cadence);
};

describe('the fixed lines of an invoice, by when they are due', () => {
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
    const current = { start: input.current_start, end: input.current_end };
    expect({
      current_period_advance: idsOf(dueIn(input, current, 'ADVANCE')),
      current_period_arrear: idsOf(dueIn(input, current, 'ARREAR')),
      next_period_advance: idsOf(dueIn(input, { start: input.next_start, end: input.next_end }, 'ADVANCE')),
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
    expectTotals([...dueIn(input, window, 'ARREAR'), ...dueIn(input, window, 'ADVANCE')], expected);
  });
});

describe('the fixed charges of an invoice', () => {
  const InvoiceInput = v.strictObject({
    ...Terms,
    reference_point: v.picklist(['preview', 'period_start', 'period_end']),
    period_start: Instant,
    period_end: Instant,
    next_period_start: Instant,
    next_period_end: Instant,
  });
  const chargesOf = (input: v.InferOutput<typeof InvoiceInput>): readonly FixedCharge[] => {
    const current = { start: input.period_start, end: input.period_end };
    if (input.reference_point === 'period_start') return dueIn(input, current, 'ADVANCE');
    const next = { start: input.next_period_start, end: input.next_period_end };
    return [...dueIn(input, current, 'ARREAR'), ...dueIn(input, next, 'ADVANCE')];
  };

  test.each(readVectors(file, 'invoice_fixed_total', InvoiceInput, Totals))('$id', ({ input, expected }) => {
    expectTotals(chargesOf(input), expected);
  });

  const Line = v.strictObject({ id: v.string(), period_start: v.string(), period_end: v.string() });
  const vectors = readVectors(file, 'invoice_fixed_lines', InvoiceInput, v.strictObject({ lines: v.array(Line) }));
  test.each(vectors)('$id', ({ input, expected }) => {
    const lines = chargesOf(input).map(({ item, period }) => ({
      id: item.id,
      period_start: formatInstant(period.start),
      period_end: formatInstant(period.end),
    }));
    expect(lines).toEqual(expected.lines);
  });
});
