// Drawn quantities, prices and factors for laws of commitments.
import fc from 'fast-check';
import { decimal } from '../../../shared/domain/numbers/quantity.ts';
import type { PricedTerms } from '../../../shared/domain/pricing/price-cost.ts';
import { amounts } from './price-arbitraries.ts';

export const quantities = amounts.map(decimal);
export const positive = amounts.filter((amount) => amount !== '0');
export const manyFactors = fc.constantFrom('1', '1.5', '2', '10');
export const prices: fc.Arbitrary<PricedTerms> = fc.oneof(
  amounts.map((amount) => ({ amount, billingModel: 'FLAT_FEE' as const })),
  fc.tuple(amounts, fc.integer({ min: 1, max: 1_000 })).map(([amount, divideBy]) => ({
    amount,
    billingModel: 'PACKAGE' as const,
    transformQuantity: { divideBy, round: 'up' as const },
  })),
  fc
    .tuple(fc.constantFrom('SLAB' as const, 'VOLUME' as const), fc.array(amounts, { minLength: 4, maxLength: 4 }))
    .map(([tierMode, rates]) => ({
      amount: '0',
      billingModel: 'TIERED' as const,
      tierMode,
      tiers: [
        { upTo: 10, unitAmount: rates[0] ?? '0', flatAmount: rates[1] ?? '0' },
        { upTo: null, unitAmount: rates[2] ?? '0', flatAmount: rates[3] ?? '0' },
      ],
    })),
);
