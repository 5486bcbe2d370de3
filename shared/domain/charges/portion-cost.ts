// Prices the portions of a line: each version by its own terms.
import {
  type CostPart,
  costOfParts,
  hasPlaces,
  priceBetween,
  priceBuckets,
  type PricedTerms,
  priceQuantity,
} from '../pricing/price-cost.ts';
import { type Fraction, fractionOf, noFraction, shareOf } from '../numbers/fraction.ts';
import { type Quantity, sumOf, zeroQuantity } from '../numbers/quantity.ts';
import type { MeasuredLine } from './measured-line.ts';
import type { Portion } from './portion.ts';

/** Cost of one version's part of a portion. */
export interface VersionCost {
  /** Parts of the cost; of that of the whole portion where the version has a share of it. */
  readonly parts: readonly CostPart[];
  readonly cost: Fraction;
  /** Share of the cost of the parts; undefined: all of it. */
  readonly share?: { readonly part: Quantity; readonly whole: Quantity };
}

const nothing: VersionCost = { parts: [], cost: noFraction };

/** Returns the values of a bucket that are priced one by one: its total or, with tiers, each group, from the first tier on. */
const pricedValues = ({ billingModel }: PricedTerms, values: readonly Quantity[]): readonly Quantity[] =>
  billingModel === 'TIERED' || values.length === 0 ? values : [sumOf(values)];

const partsOf = (price: PricedTerms, values: readonly Quantity[], isBucketed: boolean): readonly CostPart[] =>
  isBucketed ? priceBuckets(price, pricedValues(price, values)).flat() : priceQuantity(price, sumOf(values));

const costing = (parts: readonly CostPart[]): VersionCost => ({
  parts,
  cost: fractionOf(costOfParts(parts)),
});

/**
 * Returns what each version of a line costs in a portion. Units that have places cost what they cost where they stand, after those of
 * earlier versions. Where they have none, or a value is shared by time, a version has its share of what the whole costs by its terms.
 */
export const costPortion = (
  { values, shares, first }: Portion,
  { sharing, isBucketed }: Pick<MeasuredLine, 'sharing' | 'isBucketed'>,
  priceOf: (version: number) => PricedTerms,
): readonly VersionCost[] => {
  if (values.length === 0) return shares.map(() => nothing);
  const whole = sumOf(shares);
  const isAlone = (version: number): boolean =>
    whole.eq(zeroQuantity) ? version === first : (shares[version]?.eq(whole) ?? false);
  let before = zeroQuantity;
  return shares.map((part, version) => {
    const from = before;
    before = from.plus(part);
    if (isAlone(version)) return costing(partsOf(priceOf(version), values, isBucketed));
    if (part.eq(zeroQuantity)) return nothing;
    const price = priceOf(version);
    if (sharing === 'units' && hasPlaces(price)) return costing(priceBetween(price, from, before));
    const parts = partsOf(price, values, isBucketed);
    return { parts, cost: shareOf(fractionOf(costOfParts(parts)), part, whole), share: { part, whole } };
  });
};
