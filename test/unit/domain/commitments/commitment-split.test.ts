import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import {
  type ChargePart,
  invoiceAmountOf,
  isInForce,
  splitCharges,
  trueUpAmount,
  trueUpOf,
  type UsageCharge,
} from '../../../../shared/domain/commitments/commitment-split.ts';
import { roundMoney } from '../../../../shared/domain/numbers/money.ts';
import { costOfParts, type PricedTerms, priceQuantity } from '../../../../shared/domain/pricing/price-cost.ts';
import { billingModels } from '../../../../shared/domain/pricing/price.ts';
import { decimal, formatQuantity, type Quantity, zeroQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import { Decimal, GoldenPrice } from '../../../support/builders/golden-price.ts';
import { readVectors } from '../../../support/builders/golden.ts';

const file = 'commitments.json';
const text = formatQuantity;
const cents = (amount: Quantity): string => text(roundMoney(amount, 'usd'));
const aCommitment = (amount: string, overageFactor: string, hasTrueUp = false) => ({
  amount,
  overageFactor,
  hasTrueUp,
});
const aCharge = (quantity: string, amount: string, price: PricedTerms, isBucketed = false): UsageCharge => ({
  quantity: decimal(quantity),
  amount: decimal(amount),
  price,
  isBucketed,
});
const flat = (amount: string): PricedTerms => ({ amount, billingModel: 'FLAT_FEE' });
const plain = ({ kind, quantity, amount }: ChargePart<UsageCharge>) => [kind, text(quantity), text(amount)];
/** Returns a part with the kind that the vectors use. */
const normalOrOverage = ({ kind, quantity, amount }: ChargePart<UsageCharge>) => ({
  kind: kind === 'overage' ? kind : 'normal',
  quantity: text(quantity),
  amount: text(amount),
});

describe('a commitment of a subscription', () => {
  const Input = v.object({
    charges: v.array(
      v.object({
        amount: Decimal,
        quantity: Decimal,
        billing_model: v.picklist(billingModels),
        unit_amount: v.string(),
      }),
    ),
    commitment_amount: v.string(),
    overage_factor: v.string(),
    currency: v.string(),
  });
  const Part = v.object({ kind: v.string(), quantity: v.string(), amount: v.string() });
  const Expected = v.object({
    charges: v.array(Part),
    commitment_utilized: v.string(),
    overage_amount: v.string(),
    amount: v.string(),
  });
  test.each(readVectors(file, 'subscription_commitment_split', Input, Expected))('$id', ({ input, expected }) => {
    const charges = input.charges.map(({ amount, quantity, billing_model: billingModel, unit_amount: unitAmount }) => ({
      amount,
      quantity,
      price: { amount: unitAmount, billingModel },
      isBucketed: false,
    }));
    const commitment = aCommitment(input.commitment_amount, input.overage_factor);
    const { parts, utilized, overage } = splitCharges(charges, commitment, input.currency);
    expect(parts.map(normalOrOverage)).toEqual(expected.charges);
    expect([text(utilized), text(overage), text(utilized.plus(overage))]).toEqual([
      expected.commitment_utilized,
      expected.overage_amount,
      expected.amount,
    ]);
  });

  const split = (commitment: Parameters<typeof aCommitment>, ...charges: UsageCharge[]) =>
    splitCharges(charges, aCommitment(...commitment), 'usd').parts.map(plain);

  test('at a factor of 1 changes nothing', () => {
    const { parts, hasOverage, utilized } = splitCharges(
      [aCharge('30', '30', flat('1'))],
      aCommitment('10', '1'),
      'usd',
    );
    expect(parts.map(plain)).toEqual([['whole', '30', '30']]);
    expect([hasOverage, text(utilized)]).toEqual([false, '0']);
    expect(isInForce(aCommitment('10', '1'))).toBe(false);
    expect(isInForce(undefined)).toBe(false);
  });

  test('that is used up makes all later charges overage, except those that cost nothing', () => {
    expect(
      split(['10', '2'], aCharge('10', '10', flat('1')), aCharge('3', '3', flat('1')), aCharge('0', '0', flat('1'))),
    ).toEqual([
      ['whole', '10', '10'],
      ['overage', '3', '6'],
      ['whole', '0', '0'],
    ]);
  });

  test('has overage of the rounded amount when it is used up, and of units when a rest is left', () => {
    const cheap = flat('0.0149999');
    // 3 × 0.0149999 is rounded to 0.04 before it is doubled, not afterwards (0.09).
    expect(split(['1', '2'], aCharge('1', '1', flat('1')), aCharge('3', '0.04', cheap))[1]).toEqual([
      'overage',
      '3',
      '0.08',
    ]);
    expect(split(['0.001', '2'], aCharge('3', '0.04', cheap))).toEqual([['overage', '3', '0.09']]);
  });

  test('leaves a rest of less than a unit to a later, smaller charge', () => {
    expect(split(['5', '2'], aCharge('4', '12', flat('3')), aCharge('2', '2', flat('1')))).toEqual([
      ['covered', '1', '3'],
      ['overage', '3', '18'],
      ['whole', '2', '2'],
    ]);
  });

  test('that pays for no unit covers nothing of a charge', () => {
    expect(split(['2', '2'], aCharge('1', '3', flat('3')))).toEqual([['overage', '1', '6']]);
  });

  test('never covers more units than a charge has, also if its amount was rounded up', () => {
    expect(split(['0.008', '2'], aCharge('5', '0.01', flat('0.001')))).toEqual([['covered', '5', '0.01']]);
  });

  test('covers whole units, also if a quotient would be rounded up', () => {
    // 2 / 0.66666666666666666666666666666667 is just below 3, and 3 with 16 places.
    const price = flat('0.66666666666666666666666666666667');
    expect(split(['2', '2'], aCharge('6', '4', price))[0]).toEqual(['covered', '2', '1.33']);
  });

  test('makes a charge without units overage by its whole amount', () => {
    const tiers = [{ upTo: null, unitAmount: '1', flatAmount: '7' }];
    const price = { amount: '0', billingModel: 'TIERED', tierMode: 'SLAB', tiers } as const;
    expect(split(['5', '2'], aCharge('0', '7', price, true))).toEqual([['overage', '0', '14']]);
    expect(split(['7', '2'], aCharge('0', '7', price, true))).toEqual([['whole', '0', '7']]);
  });
});

describe('on an invoice', () => {
  const Input = v.object({
    charge: v.object({ quantity: Decimal, price: GoldenPrice }),
    commitment_amount: v.string(),
    overage_factor: v.string(),
    currency: v.string(),
  });
  const Side = v.object({ quantity: v.string(), amount: v.string() });
  const Expected = v.object({
    usage_endpoint: v.object({ normal: Side, overage: Side, amount: v.string() }),
    invoice_lines: v.object({ normal: v.string(), overage: v.string(), total: v.string() }),
  });
  test.each(readVectors(file, 'subscription_commitment_invoice', Input, Expected))('$id', ({ input, expected }) => {
    const { quantity, price } = input.charge;
    const amount = roundMoney(costOfParts(priceQuantity(price, quantity)), input.currency);
    const commitment = aCommitment(input.commitment_amount, input.overage_factor);
    const charges = [{ quantity, amount, price, isBucketed: false }];
    const { parts, utilized, overage } = splitCharges(charges, commitment, input.currency);
    const { usage_endpoint: endpoint, invoice_lines: lines } = expected;
    expect(parts.map(normalOrOverage)).toEqual([
      { kind: 'normal', ...endpoint.normal },
      { kind: 'overage', ...endpoint.overage },
    ]);
    expect(cents(utilized.plus(overage))).toBe(endpoint.amount);
    const amounts = parts.map((part) => invoiceAmountOf(part, input.currency));
    expect(amounts.map(text)).toEqual([lines.normal, lines.overage]);
    expect(text(amounts.reduce((sum, one) => sum.plus(one), zeroQuantity))).toBe(lines.total);
  });

  test('the parts of a bucketed charge keep their shares of its amount on an invoice', () => {
    const tiers = [
      { upTo: 10, unitAmount: '2' },
      { upTo: null, unitAmount: '0.5' },
    ];
    const price = { amount: '0', billingModel: 'TIERED', tierMode: 'SLAB', tiers } as const;
    // Buckets of 10 and 20 cost 20 and 25.
    const { parts } = splitCharges([aCharge('30', '45', price, true)], aCommitment('30', '2'), 'usd');
    expect(parts.map(plain)).toEqual([
      ['covered', '20', '30'],
      ['overage', '10', '30'],
    ]);
    expect(parts.map((part) => text(invoiceAmountOf(part, 'usd')))).toEqual(['30', '30']);
  });
});

describe('a true-up', () => {
  const Amounts = v.object({ commitment_amount: Decimal, used_amount: Decimal, currency: v.string() });
  test.each(readVectors(file, 'true_up_amount', Amounts, v.object({ true_up: Decimal })))(
    '$id',
    ({ input, expected }) => {
      expect(text(trueUpAmount(input.commitment_amount, input.used_amount, input.currency))).toBe(
        text(expected.true_up),
      );
    },
  );

  const Input = v.object({
    commitment_amount: v.string(),
    overage_factor: v.string(),
    enable_true_up: v.boolean(),
    usage_amount: v.string(),
    currency: v.string(),
  });
  const Expected = v.object({ true_up_line: v.string(), total: v.string() });
  test.each(readVectors(file, 'subscription_true_up', Input, Expected))('$id', ({ input, expected }) => {
    const commitment = aCommitment(input.commitment_amount, input.overage_factor, input.enable_true_up);
    const split = splitCharges(
      [aCharge(input.usage_amount, input.usage_amount, flat('1'))],
      commitment,
      input.currency,
    );
    const trueUp = trueUpOf(commitment, split, input.currency);
    expect(text(trueUp)).toBe(expected.true_up_line);
    expect(text(split.utilized.plus(split.overage).plus(trueUp))).toBe(expected.total);
  });

  test('is due only if the commitment has one, is in force, and had no overage', () => {
    const split = { utilized: decimal('9'), hasOverage: false };
    const of = (factor: string, hasTrueUp: boolean, hasOverage = false): string =>
      text(trueUpOf(aCommitment('10', factor, hasTrueUp), { ...split, hasOverage }, 'usd'));
    // Of a use that is rounded up beyond it, too.
    expect(text(trueUpAmount(decimal('9.997'), decimal('9.996'), 'usd'))).toBe('0');
    expect([of('2', true), of('2', false), of('1', true), of('2', true, true)]).toEqual(['1', '0', '0', '0']);
    expect(text(trueUpAmount(decimal('10'), decimal('11'), 'usd'))).toBe('0');
  });
});
