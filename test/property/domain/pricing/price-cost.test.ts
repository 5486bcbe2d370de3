// Laws of costs: slabs are the sum of their tiers, more never costs less except by VOLUME, and at a flat price the split of a
// quantity does not matter.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  costOfPart,
  costOfParts,
  type PricedTerms,
  priceBuckets,
  priceQuantity,
} from '../../../../shared/domain/pricing/price-cost.ts';
import type { PriceTier } from '../../../../shared/domain/pricing/price.ts';
import { decimal, formatQuantity, type Quantity, zeroQuantity } from '../../../../shared/domain/numbers/quantity.ts';

const amounts = fc
  .tuple(fc.nat(1e6), fc.nat(6))
  .map(([digits, places]) => formatQuantity(decimal(`${String(digits)}e-${String(places)}`)));
const quantities = amounts.map(decimal);
const openTiers = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 500_000 }), { maxLength: 5 }),
    fc.array(fc.tuple(amounts, fc.option(amounts, { nil: undefined })), { minLength: 6, maxLength: 6 }),
  )
  .map(([ends, rates]): readonly PriceTier[] =>
    [...ends.sort((a, b) => a - b), null].map((upTo, place) => {
      const [unitAmount, flatAmount] = rates[place] ?? ['0', undefined];
      return { upTo, unitAmount, ...(flatAmount !== undefined && { flatAmount }) };
    }),
  );
const slabs = openTiers.map((tiers): PricedTerms => ({ amount: '0', billingModel: 'TIERED', tierMode: 'SLAB', tiers }));
const flats = amounts.map((amount): PricedTerms => ({ amount, billingModel: 'FLAT_FEE' }));
const packages = fc
  .tuple(amounts, fc.integer({ min: 1, max: 1_000 }), fc.constantFrom('up', 'down', ''))
  .map(([amount, divideBy, round]): PricedTerms => ({
    amount,
    billingModel: 'PACKAGE',
    transformQuantity: { divideBy, round },
  }));

const costOf = (terms: PricedTerms, quantity: Quantity): Quantity => costOfParts(priceQuantity(terms, quantity));
const text = formatQuantity;

describe('costs', () => {
  test('of slabs are those of each tier for its part of the quantity', () => {
    fc.assert(
      fc.property(slabs, quantities, (terms, quantity) => {
        let from = zeroQuantity;
        let sum = zeroQuantity;
        for (const { upTo, unitAmount, flatAmount = '0' } of terms.tiers ?? []) {
          const isEntered = quantity.gt(from);
          const to = upTo === null || quantity.lt(decimal(String(upTo))) ? quantity : decimal(String(upTo));
          if (isEntered) sum = sum.plus(to.minus(from).times(decimal(unitAmount))).plus(decimal(flatAmount));
          from = to;
        }
        expect(text(costOf(terms, quantity))).toBe(text(sum));
      }),
    );
  });

  test('by volume are those of slabs if there is one tier', () => {
    fc.assert(
      fc.property(amounts, amounts, quantities, (unitAmount, flatAmount, quantity) => {
        const tiers = [{ upTo: null, unitAmount, flatAmount }];
        const [slab, volume] = (['SLAB', 'VOLUME'] as const).map((tierMode) =>
          costOf({ amount: '0', billingModel: 'TIERED', tierMode, tiers }, quantity),
        );
        expect(slab && text(slab)).toBe(volume && text(volume));
      }),
    );
  });

  test('never fall when a quantity grows, except by VOLUME', () => {
    fc.assert(
      fc.property(fc.oneof(slabs, flats, packages), quantities, quantities, (terms, quantity, more) => {
        expect(costOf(terms, quantity.plus(more)).gte(costOf(terms, quantity))).toBe(true);
      }),
    );
  });

  test('at a flat price do not depend on how a quantity is split', () => {
    fc.assert(
      fc.property(flats, fc.array(quantities, { maxLength: 8 }), (terms, split) => {
        const whole = split.reduce((sum, quantity) => sum.plus(quantity), zeroQuantity);
        const apart = split.reduce((sum, quantity) => sum.plus(costOf(terms, quantity)), zeroQuantity);
        expect(text(costOf(terms, whole))).toBe(text(apart));
        expect(text(costOfParts(priceBuckets(terms, split).flat()))).toBe(text(apart));
      }),
    );
  });

  test('of slabs name units that add up to the quantity', () => {
    fc.assert(
      fc.property(slabs, quantities, (terms, quantity) => {
        const parts = priceQuantity(terms, quantity);
        const units = parts.reduce((sum, part) => sum.plus(part.units), zeroQuantity);
        expect(text(units)).toBe(text(quantity));
        for (const part of parts) expect(costOfPart(part).gte(zeroQuantity)).toBe(true);
      }),
    );
  });
});
