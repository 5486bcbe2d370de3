import { describe, expect, test } from '@jest/globals';
import { costText, sampleQuantities, termsOfBody } from '../../../../../console/src/pages/prices/price-preview.ts';

const slab = {
  billing_model: 'TIERED',
  tier_mode: 'SLAB',
  tiers: [
    { up_to: 1000, unit_amount: '0' },
    { unit_amount: '0.01', flat_amount: '5' },
  ],
};
const cost = (body: Readonly<Record<string, unknown>>, quantity: string, currency = 'usd', unit = '') => {
  const terms = termsOfBody(body);
  return terms && costText(terms, quantity, currency, unit);
};

test('there are no terms before the amounts are complete', () => {
  expect(termsOfBody({ billing_model: 'FLAT_FEE' })).toBe(undefined);
  expect(termsOfBody({ billing_model: 'PACKAGE', amount: '1' })).toBe(undefined);
  expect(termsOfBody({ ...slab, tiers: [{ unit_amount: 'x' }] })).toBe(undefined);
});

describe('costText', () => {
  test('prices as the product does, rounded as on a bill, with every digit beside it', () => {
    expect(cost({ billing_model: 'FLAT_FEE', amount: '0.002' }, '1')).toEqual({ amount: '$0.00', exact: '$0.002' });
    expect(cost({ billing_model: 'FLAT_FEE', amount: '0.02' }, '1,000')).toEqual({ amount: '$20.00' });
    expect(cost(slab, '1000')).toEqual({ amount: '$0.00' });
    expect(cost(slab, '1001')).toEqual({ amount: '$5.01' });
    const packages = { billing_model: 'PACKAGE', amount: '3', transform_quantity: { divide_by: 100, round: 'up' } };
    expect(cost(packages, '101')).toEqual({ amount: '$6.00' });
  });

  test('has the places of the currency, and none of a custom unit', () => {
    const flat = { billing_model: 'FLAT_FEE', amount: '1.5' };
    expect(cost(flat, '3', 'jpy')).toEqual({ amount: '¥5', exact: '¥4.5' });
    const custom = { billing_model: 'FLAT_FEE', price_unit_config: { price_unit: 'crd', amount: '1.5' } };
    expect(cost(custom, '3', 'usd', 'crd')).toEqual({ amount: '4.5 crd' });
  });

  test('refuses what is no quantity', () => {
    expect(cost(slab, '-1')).toBe(undefined);
    expect(cost(slab, 'many')).toBe(undefined);
  });
});

test('the quantities show both sides of the end of a tier, in order', () => {
  const terms = termsOfBody(slab);
  expect(terms && sampleQuantities(terms)).toEqual(['1', '10', '1000', '1001', '100000', '1000000']);
});
