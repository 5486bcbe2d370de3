// The cost of a quantity at the terms of a price.
import type { Terms, TierOfCase } from './bill-case.ts';
import {
  type Fraction,
  fractionOf,
  isAbove,
  isNothing,
  minus,
  nothing,
  over,
  plus,
  smaller,
  times,
  whole,
  wholePart,
} from './fraction.ts';

const byEnd = (tiers: readonly TierOfCase[]): readonly TierOfCase[] =>
  [...tiers].sort((a, b) => (a.upTo ?? Infinity) - (b.upTo ?? Infinity));

const flatOf = ({ flat = '0' }: TierOfCase): Fraction => fractionOf(flat);

const volumeCost = (tiers: readonly TierOfCase[], quantity: Fraction): Fraction => {
  const tier = tiers.find(({ upTo }) => upTo === null || !isAbove(quantity, whole(upTo))) ?? tiers.at(-1);
  return tier ? plus(times(fractionOf(tier.unit), quantity), flatOf(tier)) : nothing;
};

const slabCost = (tiers: readonly TierOfCase[], quantity: Fraction): Fraction => {
  let cost = nothing;
  let from = nothing;
  for (const tier of tiers) {
    const to = tier.upTo === null ? quantity : smaller(quantity, whole(tier.upTo));
    cost = plus(cost, plus(times(fractionOf(tier.unit), minus(to, from)), flatOf(tier)));
    if (tier.upTo === null || !isAbove(quantity, whole(tier.upTo))) return cost;
    from = to;
  }
  return cost;
};

const roundedUp = (value: Fraction): bigint => -wholePart(minus(nothing, value));

/** The cost as a bucket has it: what is there but measures 0 still opens the first tier. */
export const costOfBucket = (terms: Terms, quantity: Fraction): Fraction => {
  switch (terms.model) {
    case 'FLAT_FEE':
      return times(fractionOf(terms.amount), quantity);
    case 'PACKAGE': {
      const packages = over(quantity, whole(terms.size));
      const count = terms.round === 'down' ? wholePart(packages) : roundedUp(packages);
      return times(fractionOf(terms.amount), whole(count));
    }
    case 'TIERED':
      return (terms.mode === 'VOLUME' ? volumeCost : slabCost)(byEnd(terms.tiers), quantity);
  }
};

/** Nothing costs nothing. */
export const costOf = (terms: Terms, quantity: Fraction): Fraction =>
  isNothing(quantity) ? nothing : costOfBucket(terms, quantity);

/** Whether each unit has a place of its own; in the other mode all units cost what the whole quantity says. */
export const hasPlaces = (terms: Terms): boolean => !(terms.model === 'TIERED' && terms.mode === 'VOLUME');
