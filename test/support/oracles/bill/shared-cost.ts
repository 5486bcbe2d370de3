// The cost of the versions of a line: each its part of the units, its level or its time, at its own terms.
import type { LineCommitment, Range, UsageItem } from './bill-case.ts';
import { costOf, costOfBucket, hasPlaces } from './price-cost.ts';
import {
  compare,
  type Fraction,
  fractionOf,
  isNothing,
  minus,
  nothing,
  over,
  plus,
  smaller,
  times,
  total,
} from './fraction.ts';
import type { Version } from './lines.ts';
import { type Sharing, timeShares, type Units } from './measured-units.ts';
import { runningSums } from './settled-units.ts';

type Versions = readonly Version<UsageItem>[];

/** The costs of the first units of a line, counted through its versions; of all of them where there is no `first`. */
export const costsInOrder = (versions: Versions, units: Units, first?: Fraction): readonly Fraction[] => {
  const ends = runningSums(units.billable);
  return versions.map(({ item: { terms } }, place) => {
    const from = ends[place - 1] ?? nothing;
    const to = ends[place] ?? from;
    if (!hasPlaces(terms)) {
      const own = minus(to, from);
      return isNothing(own) ? nothing : over(times(costOf(terms, units.quantity), own), units.quantity);
    }
    const upTo = (end: Fraction): Fraction => costOf(terms, first ? smaller(first, end) : end);
    return minus(upTo(to), upTo(from));
  });
};

export const costsOf = (versions: Versions, units: Units, sharing: Sharing): readonly Fraction[] => {
  switch (sharing) {
    case 'units':
      return costsInOrder(versions, units);
    case 'level': {
      const all = total(units.measured);
      return versions.map(({ item }, place) =>
        isNothing(all)
          ? nothing
          : over(times(costOf(item.terms, units.quantity), units.measured[place] ?? nothing), all),
      );
    }
    case 'time': {
      const shares = timeShares(versions);
      return versions.map(({ item }, place) => times(costOf(item.terms, units.quantity), shares[place] ?? nothing));
    }
  }
};

/** A bucket that is there but measures nothing opens its first tier, for the version in which it is there. */
export const costsOfEmptyBucket = (versions: Versions, isThere: (version: Range) => boolean): readonly Fraction[] => {
  const first = versions.findIndex(isThere);
  return versions.map(({ item }, place) => (place === first ? costOfBucket(item.terms, nothing) : nothing));
};

/** The cost that one becomes under a commitment of a line. */
const committed = (cost: Fraction, { terms, commitment }: UsageItem): Fraction => {
  if (commitment === undefined) return cost;
  const { type, value, factor, hasTrueUp } = commitment;
  const due = type === 'amount' ? fractionOf(value) : costOf(terms, fractionOf(value));
  if (compare(cost, due) >= 0) return plus(due, times(minus(cost, due), fractionOf(factor)));
  return hasTrueUp ? due : cost;
};

/**
 * Applies each version's commitment, or none, to what all of them cost together: each gains or loses its share of time of what that
 * changes.
 */
export const committedCosts = (
  versions: Versions,
  costs: readonly Fraction[],
  isWanted: (commitment: LineCommitment) => boolean,
): readonly Fraction[] => {
  const shares = timeShares(versions);
  const cost = total(costs);
  return versions.map(({ item }, place) => {
    const own = costs[place] ?? nothing;
    if (item.commitment === undefined || !isWanted(item.commitment)) return own;
    return plus(own, times(minus(committed(cost, item), cost), shares[place] ?? nothing));
  });
};

export const hasCommitment = (versions: Versions, isWanted: (commitment: LineCommitment) => boolean): boolean =>
  versions.some(({ item: { commitment } }) => commitment !== undefined && isWanted(commitment));

/** The part of each version that lies in a range; the others are left out. */
export const versionsWithin = (versions: Versions, { start, end }: Range): Versions =>
  versions
    .map((version) => ({ ...version, start: Math.max(version.start, start), end: Math.min(version.end, end) }))
    .filter((version) => version.start < version.end);
