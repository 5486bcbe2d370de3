// Worked examples of the usage lines of an invoice.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { msPerHour } from '../../../../shared/domain/time/instant.ts';
import { decimal, formatQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import { chargeOf, type UsageLineCharge } from '../../../../shared/domain/charges/usage-charge.ts';
import { invoiceUsage, type UsageInvoice } from '../../../../shared/domain/charges/usage-invoice.ts';
import { aSubscription } from '../../../support/builders/builders.ts';
import { aCharge, lineText, linesText, totalOf } from '../../../support/oracles/invoice-texts.ts';
import { Decimal, GoldenPrice } from '../../../support/builders/golden-price.ts';
import { readVectors } from '../../../support/builders/golden.ts';
import {
  aBucketedLine,
  aContext,
  aMeasuredLine,
  anAllowance,
  march,
} from '../../../support/builders/measured-lines.ts';

const text = formatQuantity;
const slab = {
  amount: '0',
  billingModel: 'TIERED',
  tierMode: 'SLAB',
  tiers: [
    { upTo: 1000, unitAmount: '0.02' },
    { upTo: 5000, unitAmount: '0.005' },
    { upTo: null, unitAmount: '0.01' },
  ],
} as const;
const dollar = { amount: '1' } as const;
describe('without commitments', () => {
  const Input = v.object({ charges: v.array(v.object({ quantity: Decimal, price: GoldenPrice })) });
  const Expected = v.object({ amount: v.string() });
  test.each(readVectors('price-costs.json', 'subscription_usage', Input, Expected))('$id', ({ input, expected }) => {
    const charges = input.charges.map(({ quantity, price }) => chargeOf(aMeasuredLine(quantity, { price })));
    const invoice = invoiceUsage(aSubscription(), { period: march, charges }, [], aContext());
    expect(totalOf(invoice)).toBe(expected.amount);
    expect(linesText(invoice)).toEqual([
      'usage | 300 | 30 | price 30',
      'usage | 300 | 9 | price 9',
      'usage | 1500 | 22.5 | price 20, price 2.5',
    ]);
  });
});

describe('a commitment of a line item', () => {
  const linesOf = (quantity: string, hasTrueUp: boolean, type: 'amount' | 'quantity' = 'amount', limit?: number) => {
    const commitment = {
      isWindowed: false,
      timeBuckets: [],
      terms: { type, value: '10', overageFactor: '1.5', hasTrueUp },
    };
    const charges = [aCharge(quantity, dollar, { commitment })];
    const context = aContext({
      allowanceOf: () => (limit === undefined ? undefined : anAllowance({ usageLimit: limit })),
    });
    return linesText(invoiceUsage(aSubscription(), { period: march, charges }, [], context));
  };

  test('of 10 at a factor of 1.5 makes 15 of usage cost 17.50', () => {
    expect(linesOf('15', false)).toEqual(['usage | 15 | 17.5 | price 15, commitment 2.5']);
    expect(linesOf('15', true, 'quantity')).toEqual(['usage | 15 | 17.5 | price 15, commitment 2.5']);
  });

  test('is filled up if it has a true-up', () => {
    expect(linesOf('4', true)).toEqual(['usage | 4 | 10 | price 4, commitment 6']);
    expect(linesOf('4', false)).toEqual(['usage | 4 | 4 | price 4']);
  });

  test('applies to the amount after the allowance', () => {
    expect(linesOf('15', false, 'amount', 2)).toEqual(['usage | 13 | 14.5 | price 13, commitment 1.5']);
  });
});

describe('a commitment of the subscription', () => {
  const invoiceOf = (
    amount: string,
    charges: readonly UsageLineCharge[],
    hasTrueUp = false,
    limit?: number,
  ): UsageInvoice =>
    invoiceUsage(
      aSubscription({ commitment: { amount, overageFactor: '1.5', hasTrueUp } }),
      { period: march, charges },
      [],
      aContext({ allowanceOf: () => (limit === undefined ? undefined : anAllowance({ usageLimit: limit })) }),
    );

  test('splits a charge, and prices its covered part again', () => {
    const invoice = invoiceOf('10', [aCharge('1500', slab)]);
    expect(linesText(invoice)).toEqual([
      'usage | 666 | 13.32 | price 13.32',
      'overage | 834 | 18.77 | price 12.51, overage 6.255, rounding 0.005',
    ]);
    expect(totalOf(invoice)).toBe('32.09');
  });

  test('of 100 with a true-up is filled up when 20 are used', () => {
    const invoice = invoiceOf('100', [aCharge('20', dollar)], true);
    expect(linesText(invoice)).toEqual(['usage | 20 | 20 | price 20', 'true_up | 1 | 80 | true_up 80']);
    expect(totalOf(invoice)).toBe('100');
    expect(linesText(invoiceOf('15', [aCharge('20', dollar)], true))).toEqual([
      'usage | 15 | 15 | price 15',
      'overage | 5 | 7.5 | price 5, overage 2.5',
    ]);
  });

  test('is also used up by units that an allowance makes free', () => {
    const invoice = invoiceOf('100', [aCharge('20', dollar)], true, 5);
    expect(linesText(invoice)).toEqual(['usage | 15 | 15 | price 15', 'true_up | 1 | 80 | true_up 80']);
  });

  test('bills the covered part after the allowance, and the overage completely', () => {
    const { lines } = invoiceOf('12', [aCharge('20', dollar)], false, 5);
    expect(lines.map(lineText)).toEqual(['usage | 7 | 7 | price 7', 'overage | 8 | 12 | price 8, overage 4']);
    const [covered] = lines;
    expect(covered?.allowance && [text(covered.allowance.taken), text(covered.allowance.billable)]).toEqual(['5', '7']);
  });

  test('at a factor of 1 does not change an invoice', () => {
    const subscription = aSubscription({ commitment: { amount: '100', overageFactor: '1', hasTrueUp: true } });
    const charges = [aCharge('20', dollar)];
    expect(linesText(invoiceUsage(subscription, { period: march, charges }, [], aContext()))).toEqual([
      'usage | 20 | 20 | price 20',
    ]);
  });
});

test('an overage of so many units that one costs nothing is charged nevertheless', () => {
  const price = { ...slab, tiers: [{ upTo: null, unitAmount: '0', flatAmount: '5' }] } as const;
  const commitment = { amount: '1', overageFactor: '2', hasTrueUp: false };
  const charges = [aCharge('1e18', price)];
  const invoice = invoiceUsage(aSubscription({ commitment }), { period: march, charges }, [], aContext());
  expect(linesText(invoice)).toEqual([`overage | ${text(decimal('1e18'))} | 10 | price 5, overage 5`]);
});

test('a charge after a used-up commitment is a multiple of its rounded amount', () => {
  const commitment = { amount: '1', overageFactor: '2', hasTrueUp: false };
  const charges = [aCharge('1', dollar), aCharge('3', { amount: '0.0149999' }), aCharge('1500', slab)];
  const { lines } = invoiceUsage(aSubscription({ commitment }), { period: march, charges }, [], aContext());
  expect(lines.slice(1).map(lineText)).toEqual([
    'overage | 3 | 0.08 | price 0.0449997, rounding -0.0049997, overage 0.04',
    'overage | 1500 | 45 | price 20, price 2.5, overage 22.5',
  ]);
});

test('an overage of flat amounts of empty buckets is a multiple of the rounded charge', () => {
  const price = { ...slab, currency: 'jpy', tiers: [{ upTo: null, unitAmount: '1', flatAmount: '10.4' }] } as const;
  const buckets = [0, 1].map((hour) => ({ start: march.start + hour * msPerHour, values: [decimal('0')] }));
  const charges = [chargeOf(aBucketedLine('HOUR', buckets, { price }))];
  const subscription = aSubscription({
    currency: 'jpy',
    commitment: { amount: '1', overageFactor: '2', hasTrueUp: false },
  });
  const invoice = invoiceUsage(subscription, { period: march, charges }, [], aContext());
  expect(linesText(invoice)).toEqual(['overage | 0 | 42 | price 20.8, rounding 0.2, overage 21']);
});
