// Prices that are stated in a custom unit.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { statedTerms, termsOfUnits, toFiat, unitsOfAmount } from '../../../../shared/domain/pricing/price-unit.ts';
import { decimal } from '../../../../shared/domain/numbers/quantity.ts';
import { aPrice } from '../../../support/builders/builders.ts';
import { readVectors } from '../../../support/builders/golden.ts';

const Input = v.object({ price_unit_amount: v.string(), conversion_rate: v.string() });
const unit = { id: 'price_unit_1', code: 'tok', symbol: 'T', conversionRate: '0.003' };

describe('an amount in units', () => {
  test.each(readVectors('price-units.json', 'custom_unit_to_fiat', Input, v.object({ amount: v.string() })))(
    '$id',
    ({ input, expected }) => {
      expect(toFiat(input.price_unit_amount, { conversionRate: input.conversion_rate })).toBe(expected.amount);
    },
  );

  test('is converted exactly, however small', () => {
    expect(toFiat('0.00000000000000000001', { conversionRate: '0.0000000001' })).toBe(
      '0.000000000000000000000000000001',
    );
  });
});

describe('terms that are stated in units', () => {
  const stated = {
    amount: '0',
    billingModel: 'TIERED',
    tierMode: 'SLAB',
    tiers: [
      { upTo: 10, unitAmount: '1', flatAmount: '2' },
      { upTo: null, unitAmount: '0.5' },
    ],
  } as const;

  test('terms in units become terms in the currency, with the stated ones besides', () => {
    expect(termsOfUnits(stated, unit)).toEqual({
      ...stated,
      tiers: [
        { upTo: 10, unitAmount: '0.003', flatAmount: '0.006' },
        { upTo: null, unitAmount: '0.0015' },
      ],
      priceUnit: { ...unit, amount: '0', tiers: stated.tiers },
    });
  });

  test('terms in units are read back as they were stated', () => {
    const price = { ...aPrice(), ...termsOfUnits(stated, unit), priceUnitType: 'CUSTOM' } as const;
    expect(statedTerms(price)).toMatchObject(stated);
    const fiat = aPrice();
    expect(statedTerms(fiat)).toEqual(fiat);
  });
});

describe('an amount of an invoice', () => {
  test.each([
    ['1', 'usd', '333.33'],
    ['0.02', 'usd', '6.67'],
    ['1', 'jpy', '333'],
    ['-0.005', 'jpy', '-2'],
    ['1', 'kwd', '333.333'],
    ['0', 'usd', '0'],
  ])('an amount of %s %s is %s units, rounded like the currency', (amount, currency, units) => {
    expect(unitsOfAmount(decimal(amount), unit, currency).toFixed()).toBe(units);
  });
});
