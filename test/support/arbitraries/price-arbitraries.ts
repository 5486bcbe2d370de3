// Drawn prices: the terms of every model, amounts of many places, currencies of different decimals.
import fc from 'fast-check';
import { decimal, formatQuantity } from '../../../shared/domain/numbers/quantity.ts';
import type { Price } from '../../../shared/domain/pricing/price.ts';

export const amounts = fc
  .tuple(fc.nat(1e6), fc.nat(6))
  .map(([digits, places]) => formatQuantity(decimal(`${String(digits)}e-${String(places)}`)));
/** Currencies of 2, 0 and 3 decimal places. */
export const currencies = fc.constantFrom('usd', 'jpy', 'kwd');

export type PriceTerms = Pick<Price, 'amount' | 'billingModel' | 'tierMode' | 'tiers' | 'transformQuantity'>;

const tiers = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 3 }),
    fc.array(fc.tuple(amounts, fc.option(amounts, { nil: undefined })), { minLength: 4, maxLength: 4 }),
  )
  .map(([ends, rates]) =>
    [...ends, null].map((upTo, place) => {
      const [unitAmount = '0', flatAmount] = rates[place] ?? [];
      return { upTo, unitAmount, ...(flatAmount !== undefined && { flatAmount }) };
    }),
  );

export const flatTerms: fc.Arbitrary<PriceTerms> = amounts.map((amount) => ({
  amount,
  billingModel: 'FLAT_FEE' as const,
}));
export const priceTerms: fc.Arbitrary<PriceTerms> = fc.oneof(
  flatTerms,
  fc
    .tuple(amounts, fc.integer({ min: 1, max: 300 }), fc.constantFrom('up' as const, 'down' as const, '' as const))
    .map(([amount, divideBy, round]) => ({
      amount,
      billingModel: 'PACKAGE' as const,
      transformQuantity: { divideBy, round },
    })),
  fc
    .tuple(fc.constantFrom('SLAB' as const, 'VOLUME' as const), tiers)
    .map(([tierMode, some]) => ({ amount: '0', billingModel: 'TIERED' as const, tierMode, tiers: some })),
);
