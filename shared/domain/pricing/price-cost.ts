// What a quantity costs at a price, and how: exact, unrounded, in units of the currency. Rounding happens where a charge is made
// (money.ts). Models: FLAT_FEE amount × q; PACKAGE amount × ⌈q / size⌉ (or ⌊ ⌋); VOLUME q × the rate of the tier that holds q;
// SLAB the sum over the tiers that q fills. The flat amount of a tier is added once for each tier that is entered.
import type { Price, PriceTier } from './price.ts';
import { decimal, type Quantity, zeroQuantity } from '../numbers/quantity.ts';

/** A part of a cost: units × unit amount + flat amount. Of a PACKAGE a unit is a package. */
export interface CostPart {
  readonly units: Quantity;
  readonly unitAmount: Quantity;
  /** 0 outside of tiers. */
  readonly flatAmount: Quantity;
  /** The tier's end, inclusive, null for an open one; left out where there are no tiers. */
  readonly upTo?: number | null;
}

export type PricedTerms = Pick<Price, 'amount' | 'billingModel' | 'tierMode' | 'tiers' | 'transformQuantity'>;

export const costOfPart = ({ units, unitAmount, flatAmount }: CostPart): Quantity =>
  units.times(unitAmount).plus(flatAmount);

export const costOfParts = (parts: readonly CostPart[]): Quantity =>
  parts.reduce((sum, part) => sum.plus(costOfPart(part)), zeroQuantity);

const [down, up] = [0, 3] as const;

/** A quotient of 16 decimal places, then whole packages. A size of 0 or less sells nothing. */
const packagesOf = (quantity: Quantity, { transformQuantity }: PricedTerms): Quantity => {
  const size = decimal(String(transformQuantity?.divideBy ?? 1));
  if (size.lte(zeroQuantity)) return zeroQuantity;
  return quantity.div(size).round(0, transformQuantity?.round === 'down' ? down : up);
};

/** By their ends, the open one last. */
const ascending = (tiers: readonly PriceTier[]): readonly PriceTier[] =>
  [...tiers].sort((a, b) => (a.upTo ?? Infinity) - (b.upTo ?? Infinity));

const partOfTier = ({ unitAmount, flatAmount, upTo }: PriceTier, units: Quantity): CostPart => ({
  units,
  unitAmount: decimal(unitAmount),
  flatAmount: decimal(flatAmount ?? '0'),
  upTo,
});

/** All of it at the rate of the first tier that reaches so far; beyond the last one, at that of the last. */
const volumeParts = (tiers: readonly PriceTier[], quantity: Quantity): readonly CostPart[] => {
  const tier = tiers.find(({ upTo }) => upTo === null || quantity.lte(decimal(String(upTo)))) ?? tiers.at(-1);
  return tier ? [partOfTier(tier, quantity)] : [];
};

/** Tier by tier, the first one always; what is beyond a last tier with an end costs nothing. */
const slabParts = (tiers: readonly PriceTier[], quantity: Quantity): readonly CostPart[] => {
  const parts: CostPart[] = [];
  let from = zeroQuantity;
  for (const tier of tiers) {
    if (parts.length > 0 && quantity.lte(from)) break;
    const to = tier.upTo === null ? quantity : decimal(String(tier.upTo));
    parts.push(partOfTier(tier, (quantity.lt(to) ? quantity : to).minus(from)));
    from = to;
  }
  return parts;
};

/** Without a mode there is no cost; prices are made with one. */
const tierParts = ({ tierMode, tiers = [] }: PricedTerms, quantity: Quantity): readonly CostPart[] => {
  if (tierMode === undefined) return [];
  return (tierMode === 'VOLUME' ? volumeParts : slabParts)(ascending(tiers), quantity);
};

const allParts = (terms: PricedTerms, quantity: Quantity): readonly CostPart[] => {
  const unitAmount = decimal(terms.amount);
  switch (terms.billingModel) {
    case 'FLAT_FEE':
      return [{ units: quantity, unitAmount, flatAmount: zeroQuantity }];
    case 'PACKAGE':
      return [{ units: packagesOf(quantity, terms), unitAmount, flatAmount: zeroQuantity }];
    case 'TIERED':
      return tierParts(terms, quantity);
  }
};

/** What a quantity (0 or more) costs, part by part. No quantity costs nothing, not even a flat amount. */
export const priceQuantity = (terms: PricedTerms, quantity: Quantity): readonly CostPart[] =>
  quantity.eq(zeroQuantity) ? [] : allParts(terms, quantity);

/**
 * What the buckets of a meter cost, bucket by bucket: tiers and packages begin anew in each. A bucket of 0 costs the flat amount
 * of the first tier.
 */
export const priceBuckets = (terms: PricedTerms, buckets: readonly Quantity[]): readonly (readonly CostPart[])[] =>
  buckets.map((quantity) =>
    terms.billingModel === 'TIERED' ? allParts(terms, quantity) : priceQuantity(terms, quantity),
  );
