// Computes the cost of a quantity at a price, with its parts: exact, unrounded, in units of the currency; charges are rounded later.
// Models: FLAT_FEE amount × q; PACKAGE amount × ⌈q / size⌉ (or ⌊ ⌋); VOLUME q × the rate of the tier that contains q; SLAB the sum
// over the tiers up to q. The flat amount of a tier is added once for each tier that is reached.
import type { Price, PriceTier } from './price.ts';
import { decimal, minQuantity, type Quantity, zeroQuantity } from '../numbers/quantity.ts';

/** Part of a cost: units × unit amount + flat amount. A unit of a PACKAGE price is a package. */
export interface CostPart {
  readonly units: Quantity;
  readonly unitAmount: Quantity;
  /** 0 without tiers. */
  readonly flatAmount: Quantity;
  /** End of the tier, inclusive; null for an open one; absent without tiers. */
  readonly upTo?: number | null;
}

export type PricedTerms = Pick<Price, 'amount' | 'billingModel' | 'tierMode' | 'tiers' | 'transformQuantity'>;

export const costOfPart = ({ units, unitAmount, flatAmount }: CostPart): Quantity =>
  units.times(unitAmount).plus(flatAmount);

export const costOfParts = (parts: readonly CostPart[]): Quantity =>
  parts.reduce((sum, part) => sum.plus(costOfPart(part)), zeroQuantity);

const [down, up] = [0, 3] as const;

/** Returns the whole packages, from a quotient of 16 decimal places. With a size of 0 or less there are none. */
const packagesOf = (quantity: Quantity, { transformQuantity }: PricedTerms): Quantity => {
  const size = decimal(String(transformQuantity?.divideBy ?? 1));
  if (size.lte(zeroQuantity)) return zeroQuantity;
  return quantity.div(size).round(0, transformQuantity?.round === 'down' ? down : up);
};

/** Sorts tiers by their ends, the open one last. */
const ascending = (tiers: readonly PriceTier[]): readonly PriceTier[] =>
  [...tiers].sort((a, b) => (a.upTo ?? Infinity) - (b.upTo ?? Infinity));

const partOfTier = ({ unitAmount, flatAmount, upTo }: PriceTier, units: Quantity): CostPart => ({
  units,
  unitAmount: decimal(unitAmount),
  flatAmount: decimal(flatAmount ?? '0'),
  upTo,
});

/** Prices the whole quantity at the rate of the first tier that reaches so far, or else at that of the last. */
const volumeParts = (tiers: readonly PriceTier[], quantity: Quantity): readonly CostPart[] => {
  const tier = tiers.find(({ upTo }) => upTo === null || quantity.lte(decimal(String(upTo)))) ?? tiers.at(-1);
  return tier ? [partOfTier(tier, quantity)] : [];
};

/** Prices tier by tier, always with the first one. Units beyond a last tier with an end cost nothing. */
const slabParts = (tiers: readonly PriceTier[], quantity: Quantity): readonly CostPart[] => {
  const parts: CostPart[] = [];
  let from = zeroQuantity;
  for (const tier of tiers) {
    if (parts.length > 0 && quantity.lte(from)) break;
    const to = tier.upTo === null ? quantity : decimal(String(tier.upTo));
    parts.push(partOfTier(tier, minQuantity(quantity, to).minus(from)));
    from = to;
  }
  return parts;
};

/** Prices by tiers. Without a mode there is no cost, but every price is created with one. */
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

/** Returns the parts of the cost of a quantity (0 or more). A quantity of 0 costs nothing, not even a flat amount. */
export const priceQuantity = (terms: PricedTerms, quantity: Quantity): readonly CostPart[] =>
  quantity.eq(zeroQuantity) ? [] : allParts(terms, quantity);

/**
 * Returns the parts of the cost of each bucket: tiers and packages begin again in each. A bucket of 0 costs the flat amount of the
 * first tier.
 */
export const priceBuckets = (terms: PricedTerms, buckets: readonly Quantity[]): readonly (readonly CostPart[])[] =>
  buckets.map((quantity) =>
    terms.billingModel === 'TIERED' ? allParts(terms, quantity) : priceQuantity(terms, quantity),
  );

/** Reports whether the rate of a unit depends on where it stands, and not on how many there are in all. */
export const hasPlaces = ({ billingModel, tierMode }: PricedTerms): boolean =>
  billingModel !== 'TIERED' || tierMode === 'SLAB';

/**
 * Returns the parts of the cost of the units between two quantities, of prices whose units have places: what the second costs more
 * than the first. A package or the flat amount of a tier that the first has started is not paid again.
 */
export const priceBetween = (terms: PricedTerms, from: Quantity, to: Quantity): readonly CostPart[] => {
  const before = priceQuantity(terms, from);
  return priceQuantity(terms, to).flatMap((part, index): CostPart[] => {
    const known = before[index];
    if (known === undefined) return [part];
    const units = part.units.minus(known.units);
    return units.eq(zeroQuantity) ? [] : [{ ...part, units, flatAmount: zeroQuantity }];
  });
};
