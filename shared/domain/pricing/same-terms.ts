// Compares the terms of prices: terms that are stated again change nothing, however they are written.
import { decimal } from '../numbers/quantity.ts';
import type { Price, PriceTier } from './price.ts';

type ComparedTerms = Pick<
  Price,
  'amount' | 'billingModel' | 'tierMode' | 'tiers' | 'transformQuantity' | 'bucketSize' | 'priceUnit'
>;

/** Writes a decimal without zeros at its end. */
export const plainDecimal = (amount: string): string => decimal(amount).toFixed();

/** A tier without a flat amount has one of 0. */
const tierText = ({ upTo, unitAmount, flatAmount = '0' }: PriceTier) => [
  upTo,
  plainDecimal(unitAmount),
  plainDecimal(flatAmount),
];

/** Returns a text that is the same for terms by which everything costs the same, stated in the same unit. Packages are rounded up unless they are rounded down. */
export const textOfTerms = ({ priceUnit, transformQuantity, ...terms }: ComparedTerms): string =>
  JSON.stringify([
    terms.billingModel,
    plainDecimal(terms.amount),
    terms.tierMode,
    terms.tiers?.map(tierText),
    transformQuantity && [transformQuantity.divideBy, transformQuantity.round === 'down'],
    terms.bucketSize,
    priceUnit && [
      priceUnit.id,
      plainDecimal(priceUnit.conversionRate),
      plainDecimal(priceUnit.amount),
      priceUnit.tiers?.map(tierText),
    ],
  ]);

export const hasSameTerms = (a: ComparedTerms, b: ComparedTerms): boolean => textOfTerms(a) === textOfTerms(b);
