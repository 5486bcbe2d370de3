// Law: a price in units costs exactly its cost in units × the rate, whatever the quantity.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { costOfParts, type PricedTerms, priceQuantity } from '../../../../shared/domain/pricing/price-cost.ts';
import { termsOfUnits } from '../../../../shared/domain/pricing/price-unit.ts';
import { decimal, formatQuantity, type Quantity } from '../../../../shared/domain/numbers/quantity.ts';

const amounts = fc
  .tuple(fc.nat(1e9), fc.nat(12))
  .map(([digits, places]) => formatQuantity(decimal(`${String(digits)}e-${String(places)}`)));
const tiers = fc
  .tuple(fc.uniqueArray(fc.integer({ min: 1, max: 1_000 }), { maxLength: 3 }), amounts, amounts)
  .map(([ends, unitAmount, flatAmount]) => [
    ...ends.sort((a, b) => a - b).map((upTo) => ({ upTo, unitAmount, flatAmount })),
    { upTo: null, unitAmount: flatAmount },
  ]);
const stated: fc.Arbitrary<PricedTerms> = fc.oneof(
  amounts.map((amount) => ({ amount, billingModel: 'FLAT_FEE' }) as const),
  fc.tuple(amounts, fc.integer({ min: 1, max: 9 })).map(([amount, divideBy]) => {
    return { amount, billingModel: 'PACKAGE', transformQuantity: { divideBy, round: 'up' } } as const;
  }),
  fc.tuple(tiers, fc.constantFrom('SLAB', 'VOLUME')).map(([all, tierMode]) => {
    return { amount: '0', billingModel: 'TIERED', tierMode, tiers: all } as const;
  }),
);

const costOf = (terms: PricedTerms, quantity: Quantity): Quantity => costOfParts(priceQuantity(terms, quantity));

test('a price in units costs its units × the rate', () => {
  const unit = { id: 'price_unit_1', code: 'tok', symbol: 'T' };
  fc.assert(
    fc.property(stated, amounts.map(decimal), amounts, (terms, quantity, conversionRate) => {
      const fiat = costOf(termsOfUnits(terms, { ...unit, conversionRate }), quantity);
      expect(formatQuantity(fiat)).toBe(formatQuantity(costOf(terms, quantity).times(decimal(conversionRate))));
    }),
  );
});
