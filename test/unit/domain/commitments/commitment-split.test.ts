import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import {
  type ChargeSplit,
  isInForce,
  type SplitCharge,
  splitCharges,
  trueUpAmount,
  trueUpOf,
} from '../../../../shared/domain/commitments/commitment-split.ts';
import { decimal, formatQuantity, sumOf } from '../../../../shared/domain/numbers/quantity.ts';
import { fractionOf, readableDecimal } from '../../../../shared/domain/numbers/fraction.ts';
import { hasPlaces, type PricedTerms } from '../../../../shared/domain/pricing/price-cost.ts';
import { billingModels, type PriceTier } from '../../../../shared/domain/pricing/price.ts';
import { Decimal } from '../../../support/builders/golden-price.ts';
import { readVectors } from '../../../support/builders/golden.ts';

const file = 'commitments.json';
const text = formatQuantity;
const aCommitment = (amount: string, overageFactor: string, hasTrueUp = false) => ({
  amount,
  overageFactor,
  hasTrueUp,
});
/** A charge of one version. `cost`: if it is not the rounded amount. */
const aCharge = (quantity: string, amount: string, price: PricedTerms, cost = amount): SplitCharge => {
  const version = {
    quantity: decimal(quantity),
    amount: decimal(amount),
    cost: fractionOf(decimal(cost)),
    price,
  };
  return { ...version, versions: [version], hasPlaces: hasPlaces(price) };
};
const flat = (amount: string): PricedTerms => ({ amount, billingModel: 'FLAT_FEE' });
const tiers = (tierMode: 'SLAB' | 'VOLUME', ...rates: readonly (readonly [number | null, string, string?])[]) =>
  ({
    amount: '0',
    billingModel: 'TIERED',
    tierMode,
    tiers: rates.map(([upTo, unitAmount, flatAmount]): PriceTier => ({
      upTo,
      unitAmount,
      ...(flatAmount && { flatAmount }),
    })),
  }) as const;

/** Writes the covered and the other part of each charge: units and exact cost, without the factor. */
const partsOf = ({ lines }: ChargeSplit<SplitCharge>) =>
  lines.flatMap((line) => {
    if (line.kind === 'whole') return [['whole', text(line.charge.quantity), text(line.charge.amount)]];
    return (['covered', 'overage'] as const).flatMap((kind) => {
      const quantity = sumOf(line[kind].map((part) => part.quantity));
      const cost = sumOf(line[kind].map((part) => readableDecimal(part.cost)));
      return text(cost) === '0' && text(quantity) === '0' ? [] : [[kind, text(quantity), text(cost)]];
    });
  });
const split = (commitment: Parameters<typeof aCommitment>, ...charges: readonly SplitCharge[]) =>
  partsOf(splitCharges(charges, aCommitment(...commitment)));

describe('a commitment of a subscription', () => {
  const Input = v.object({
    charges: v.array(
      v.object({
        amount: v.string(),
        quantity: v.string(),
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
      ...aCharge(quantity, amount, { amount: unitAmount, billingModel }),
      // A tiered charge of the vectors has no tiers, only its average.
      hasPlaces: billingModel !== 'TIERED',
    }));
    const factor = decimal(input.overage_factor);
    const result = splitCharges(charges, aCommitment(input.commitment_amount, input.overage_factor));
    const parts = partsOf(result).map(([kind, quantity = '', cost = '']) => {
      const isOverage = kind === 'overage';
      const amount = text(isOverage ? decimal(cost).times(factor) : decimal(cost));
      return { kind: isOverage ? kind : 'normal', quantity, amount };
    });
    expect(parts).toEqual(expected.charges);
    const { utilized, overage } = result;
    expect([text(utilized), text(overage), text(utilized.plus(overage))]).toEqual([
      expected.commitment_utilized,
      expected.overage_amount,
      expected.amount,
    ]);
  });

  test('at a factor of 1 changes nothing', () => {
    const result = splitCharges([aCharge('30', '30', flat('1'))], aCommitment('10', '1'));
    expect(partsOf(result)).toEqual([['whole', '30', '30']]);
    expect([result.hasOverage, text(result.utilized)]).toEqual([false, '0']);
    expect([isInForce(aCommitment('10', '1')), isInForce(undefined)]).toEqual([false, false]);
  });

  test('that is used up makes all later charges overage, except those that cost nothing', () => {
    expect(
      split(['10', '2'], aCharge('10', '10', flat('1')), aCharge('3', '3', flat('1')), aCharge('0', '0', flat('1'))),
    ).toEqual([
      ['whole', '10', '10'],
      ['overage', '3', '3'],
      ['whole', '0', '0'],
    ]);
  });

  test('has overage of the rounded amount when it is used up, and of units when a rest is left', () => {
    const cheap = aCharge('3', '0.04', flat('0.0149999'), '0.0449997');
    expect(split(['1', '2'], aCharge('1', '1', flat('1')), cheap)[1]).toEqual(['overage', '3', '0.04']);
    expect(split(['0.001', '2'], cheap)).toEqual([['overage', '3', '0.0449997']]);
  });

  test('leaves a rest of less than a unit to a later, smaller charge', () => {
    expect(split(['5', '2'], aCharge('4', '12', flat('3')), aCharge('2', '2', flat('1')))).toEqual([
      ['covered', '1', '3'],
      ['overage', '3', '9'],
      ['whole', '2', '2'],
    ]);
  });

  test('that pays for no unit covers nothing of a charge', () => {
    expect(split(['2', '2'], aCharge('1', '3', flat('3')))).toEqual([['overage', '1', '3']]);
  });

  test('never covers more units than a charge has, also if its amount was rounded up', () => {
    expect(split(['0.008', '2'], aCharge('5', '0.01', flat('0.001'), '0.005'))).toEqual([['covered', '5', '0.005']]);
  });

  test('covers whole units, also if a quotient would be rounded up', () => {
    // 2 / 0.66666666666666666666666666666667 is just below 3, and 3 with 16 places.
    const unit = '0.66666666666666666666666666666667';
    const cost = text(decimal(unit).times(decimal('6')));
    const charge = aCharge('6', '4', flat(unit), cost);
    const twice = text(decimal(unit).times(decimal('2')).round(16));
    expect(split(['2', '2'], charge)[0]).toEqual(['covered', '2', twice]);
    expect(split(['2', '2'], { ...charge, hasPlaces: false })[0]?.slice(0, 2)).toEqual(['covered', '2']);
  });

  test('makes a charge without units overage by its whole amount', () => {
    const price = tiers('SLAB', [null, '1', '7']);
    expect(split(['5', '2'], aCharge('0', '7', price))).toEqual([['overage', '0', '7']]);
    expect(split(['7', '2'], aCharge('0', '7', price))).toEqual([['whole', '0', '7']]);
  });

  test('covers units where they stand: the rest is not priced again from the first tier or package', () => {
    const slab = tiers('SLAB', [1000, '0.02'], [5000, '0.005'], [null, '0.01']);
    expect(split(['10', '1.5'], aCharge('1500', '22.5', slab))).toEqual([
      ['covered', '500', '10'],
      ['overage', '1000', '12.5'],
    ]);
    const packages = {
      amount: '4',
      billingModel: 'PACKAGE',
      transformQuantity: { divideBy: 10, round: 'up' },
    } as const;
    expect(split(['9', '2'], aCharge('35', '16', packages))).toEqual([
      ['covered', '20', '8'],
      ['overage', '15', '8'],
    ]);
  });

  test('covers units at their average where none has a place', () => {
    const volume = tiers('VOLUME', [10, '2'], [null, '1.5']);
    expect(split(['30', '2'], aCharge('30', '45', volume))).toEqual([
      ['covered', '20', '30'],
      ['overage', '10', '15'],
    ]);
  });

  test('covers the versions of a line one after the other, or each in part where no unit has a place', () => {
    const [first, second] = [aCharge('10', '10', flat('1')), aCharge('10', '20', flat('2'))];
    const both: SplitCharge = {
      quantity: decimal('20'),
      amount: decimal('30'),
      versions: [...first.versions, ...second.versions],
      hasPlaces: true,
    };
    const coveredOf = (charge: SplitCharge) => {
      const [line] = splitCharges([charge], aCommitment('15', '2')).lines;
      return (
        line?.kind === 'split' &&
        line.covered.map(({ quantity, cost }) => [text(quantity), text(readableDecimal(cost))])
      );
    };
    expect(coveredOf(both)).toEqual([
      ['10', '10'],
      ['2', '4'],
    ]);
    expect(coveredOf({ ...both, hasPlaces: false })).toEqual([
      ['5', '5'],
      ['5', '10'],
    ]);
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
    const used = splitCharges([aCharge(input.usage_amount, input.usage_amount, flat('1'))], commitment);
    const trueUp = trueUpOf(commitment, used, input.currency);
    expect(text(trueUp)).toBe(expected.true_up_line);
    expect(text(used.utilized.plus(used.overage).plus(trueUp))).toBe(expected.total);
  });

  test('is due only if the commitment has one, is in force, and had no overage', () => {
    const used = { utilized: decimal('9'), hasOverage: false };
    const of = (factor: string, hasTrueUp: boolean, hasOverage = false): string =>
      text(trueUpOf(aCommitment('10', factor, hasTrueUp), { ...used, hasOverage }, 'usd'));
    // Of a use that is rounded up beyond it, too.
    expect(text(trueUpAmount(decimal('9.997'), decimal('9.996'), 'usd'))).toBe('0');
    expect([of('2', true), of('2', false), of('1', true), of('2', true, true)]).toEqual(['1', '0', '0', '0']);
    expect(text(trueUpAmount(decimal('10'), decimal('11'), 'usd'))).toBe('0');
  });
});
