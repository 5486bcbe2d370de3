import { describe, expect, test } from '@jest/globals';
import type { Price } from '../../../../shared/domain/pricing/price.ts';
import { hasSameTerms } from '../../../../shared/domain/pricing/same-terms.ts';
import { aPrice } from '../../../support/builders/builders.ts';

const unit = { id: 'unit_1', code: 'tok', symbol: 'T', conversionRate: '0.01', amount: '5' };
const tiers = [
  { upTo: 10, unitAmount: '1' },
  { upTo: null, unitAmount: '0.5', flatAmount: '3' },
];

describe('terms of a price', () => {
  test.each<[string, Partial<Price>, Partial<Price>]>([
    ['their names', { displayName: 'A' }, { displayName: 'B', lookupKey: 'b', metadata: { c: 'd' } }],
    ['their times', { startDate: 1, endDate: 2 }, {}],
    ['zeros at the end of an amount', { amount: '0.010' }, { amount: '0.01' }],
    ['a flat amount of 0', { tiers }, { tiers: [{ upTo: 10, unitAmount: '1.0', flatAmount: '0' }, ...tiers.slice(1)] }],
    [
      'rounding up, which is the default',
      { transformQuantity: { divideBy: 5, round: '' } },
      { transformQuantity: { divideBy: 5, round: 'up' } },
    ],
  ])('are the same but for %s', (_, a, b) => {
    expect(hasSameTerms(aPrice(a), aPrice(b))).toBe(true);
  });

  test.each<[string, Partial<Price>, Partial<Price>]>([
    ['amounts', { amount: '1' }, { amount: '1.0000000000000000000000001' }],
    ['models', { billingModel: 'FLAT_FEE' }, { billingModel: 'PACKAGE' }],
    ['modes of tiers', { tierMode: 'SLAB' }, { tierMode: 'VOLUME' }],
    ['bounds of tiers', { tiers }, { tiers: [{ upTo: 11, unitAmount: '1' }, ...tiers.slice(1)] }],
    ['flat amounts', { tiers }, { tiers: [{ upTo: 10, unitAmount: '1', flatAmount: '1' }, ...tiers.slice(1)] }],
    [
      'packages',
      { transformQuantity: { divideBy: 5, round: 'up' } },
      { transformQuantity: { divideBy: 6, round: 'up' } },
    ],
    [
      'rounding',
      { transformQuantity: { divideBy: 5, round: 'up' } },
      { transformQuantity: { divideBy: 5, round: 'down' } },
    ],
    ['buckets', {}, { bucketSize: 'DAY' }],
    ['amounts in a unit', { priceUnit: unit }, { priceUnit: { ...unit, amount: '6' } }],
  ])('are others with other %s', (_, a, b) => {
    expect(hasSameTerms(aPrice(a), aPrice(b))).toBe(false);
  });
});
