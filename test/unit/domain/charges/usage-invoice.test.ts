// Worked examples of the usage lines of an invoice.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import type { Charge } from '../../../../shared/domain/charges/charge.ts';
import { invoiceUsage, type UsageInvoice } from '../../../../shared/domain/charges/usage-invoice.ts';
import type { LineItemCommitment, SubscriptionCommitment } from '../../../../shared/domain/commitments/commitment.ts';
import { decimal, formatQuantity as text } from '../../../../shared/domain/numbers/quantity.ts';
import type { Subscription } from '../../../../shared/domain/subscriptions/subscription.ts';
import { msPerDay, msPerHour } from '../../../../shared/domain/time/instant.ts';
import { aSubscription } from '../../../support/builders/builders.ts';
import { anExample, type ExampleFields } from '../../../support/worlds/charged-examples.ts';
import { Decimal, GoldenPrice } from '../../../support/builders/golden-price.ts';
import { readVectors } from '../../../support/builders/golden.ts';
import { aBucketedLine, aMeasuredLine, chargeOf, march } from '../../../support/builders/measured-lines.ts';
import { aCharge, linesText, totalOf } from '../../../support/oracles/invoice-texts.ts';
import { invoicesOf } from '../../../support/worlds/charged-world.ts';

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
const invoiceOf = (charges: readonly Charge[], subscription: Partial<Subscription> = {}): UsageInvoice =>
  invoiceUsage(aSubscription(subscription), { period: march, charges }, []);
const invoiceMarch = (fields: ExampleFields): UsageInvoice => {
  const [invoice] = invoicesOf(anExample(fields), [march]);
  if (invoice === undefined) throw new Error('no invoice');
  return invoice;
};

describe('without commitments', () => {
  const Input = v.object({ charges: v.array(v.object({ quantity: Decimal, price: GoldenPrice })) });
  const Expected = v.object({ amount: v.string() });
  test.each(readVectors('price-costs.json', 'subscription_usage', Input, Expected))('$id', ({ input, expected }) => {
    const charges = input.charges.map(({ quantity, price }) => chargeOf(aMeasuredLine(quantity, { price })));
    const invoice = invoiceOf(charges);
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
    const terms = { type, value: '10', overageFactor: '1.5', hasTrueUp } as const;
    const commitment: LineItemCommitment = { isWindowed: false, timeBuckets: [], terms };
    return linesText(
      invoiceMarch({
        versions: [{ item: { commitment } }],
        usage: [[march.start, quantity]],
        ...(limit !== undefined && { entitlement: { usageLimit: limit } }),
      }),
    );
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
  const commitmentOf = (amount: string, overageFactor = '1.5', hasTrueUp = false): SubscriptionCommitment => ({
    amount,
    overageFactor,
    hasTrueUp,
  });
  const committed = (charges: readonly Charge[], ...terms: Parameters<typeof commitmentOf>): UsageInvoice =>
    invoiceOf(charges, { commitment: commitmentOf(...terms) });

  test('splits a charge once: the rest costs what its units cost where they stand', () => {
    const invoice = committed([aCharge('1500', slab)], '10');
    expect(linesText(invoice)).toEqual([
      'usage | 500 | 10 | price 10',
      'overage | 1000 | 18.75 | price 10, price 2.5, overage 6.25',
    ]);
    expect(totalOf(invoice)).toBe('28.75');
    const use = invoice.commitmentUse;
    expect(use && [text(use.utilized), text(use.overage)]).toEqual(['10', '18.75']);
  });

  test('of 100 with a true-up is filled up when 20 are used', () => {
    expect(linesText(committed([aCharge('20', dollar)], '100', '1.5', true))).toEqual([
      'usage | 20 | 20 | price 20',
      'true_up | 1 | 80 | true_up 80',
    ]);
    expect(linesText(committed([aCharge('20', dollar)], '15', '1.5', true))).toEqual([
      'usage | 15 | 15 | price 15',
      'overage | 5 | 7.5 | price 5, overage 2.5',
    ]);
  });

  test('is not used up by free units', () => {
    const totals = ['50', '100', '120', '250'].map((quantity) =>
      totalOf(
        invoiceMarch({
          usage: [[march.start, quantity]],
          entitlement: { usageLimit: 100 },
          subscription: { commitment: commitmentOf('100', '2', true) },
        }),
      ),
    );
    expect(totals).toEqual(['100', '100', '100', '200']);
  });

  test('tells the units that an allowance took on one line of a split charge', () => {
    const { lines } = invoiceMarch({
      usage: [[march.start, '20']],
      entitlement: { usageLimit: 5 },
      subscription: { commitment: commitmentOf('12') },
    });
    expect(lines.map(({ isOverage, quantity, adjusted }) => [isOverage, text(quantity), text(adjusted)])).toEqual([
      [false, '12', '5'],
      [true, '3', '0'],
    ]);
  });

  test('runs through the versions of a line', () => {
    const middle = march.start + 15 * msPerDay;
    const invoice = invoiceMarch({
      versions: [{ end: middle }, { start: middle, price: { amount: '2' } }],
      usage: [
        [march.start, '10'],
        [middle, '10'],
      ],
      subscription: { commitment: commitmentOf('15', '2') },
    });
    expect(linesText(invoice)).toEqual([
      'usage | 10 | 10 | price 10',
      'usage | 2 | 4 | price 4',
      'overage | 8 | 32 | price 16, overage 16',
    ]);
  });

  test('has a rest of less than a unit for the next charge', () => {
    expect(linesText(committed([aCharge('4', { amount: '3' }), aCharge('2', dollar)], '5', '2'))).toEqual([
      'usage | 1 | 3 | price 3',
      'overage | 3 | 18 | price 9, overage 9',
      'usage | 2 | 2 | price 2',
    ]);
  });

  test('at a factor of 1 does not change an invoice', () => {
    expect(committed([aCharge('20', dollar)], '100', '1', true)).toEqual(invoiceOf([aCharge('20', dollar)]));
  });
});

test('an overage of so many units that one costs nothing is charged nevertheless', () => {
  const price = { ...slab, tiers: [{ upTo: null, unitAmount: '0', flatAmount: '5' }] } as const;
  const commitment = { amount: '1', overageFactor: '2', hasTrueUp: false };
  expect(linesText(invoiceOf([aCharge('1e18', price)], { commitment }))).toEqual([
    `overage | ${text(decimal('1e18'))} | 10 | price 5, overage 5`,
  ]);
});

test('a charge after a used-up commitment is a multiple of its rounded amount', () => {
  const commitment = { amount: '1', overageFactor: '2', hasTrueUp: false };
  const charges = [aCharge('1', dollar), aCharge('3', { amount: '0.0149999' }), aCharge('1500', slab)];
  expect(linesText(invoiceOf(charges, { commitment })).slice(1)).toEqual([
    'overage | 3 | 0.08 | price 0.0449997, rounding -0.0049997, overage 0.04',
    'overage | 1500 | 45 | price 20, price 2.5, overage 22.5',
  ]);
});

test('an overage of flat amounts of empty buckets is a multiple of the rounded charge', () => {
  const price = { ...slab, currency: 'jpy', tiers: [{ upTo: null, unitAmount: '1', flatAmount: '10.4' }] } as const;
  const buckets = [0, 1].map((hour) => ({ start: march.start + hour * msPerHour, values: [decimal('0')] }));
  const charges = [chargeOf(aBucketedLine('HOUR', buckets, { price }))];
  const commitment = { amount: '1', overageFactor: '2', hasTrueUp: false };
  expect(linesText(invoiceOf(charges, { currency: 'jpy', commitment }))).toEqual([
    'overage | 0 | 42 | price 20.8, rounding 0.2, overage 21',
  ]);
});
