// What the versions of a line cost: each its part of the units, its level or its time, at its own terms.
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
import { runningSums, type Sharing, timeShares, type Units } from './measured-units.ts';

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

/** A bucket that is there but measures nothing opens its first tier: for the first version, or for each by its time. */
export const costsOfEmptyBucket = (versions: Versions, sharing: Sharing): readonly Fraction[] => {
  const shares = timeShares(versions);
  return versions.map(({ item: { terms } }, place) => {
    const opened = costOfBucket(terms, nothing);
    if (sharing === 'time') return times(opened, shares[place] ?? nothing);
    return place === 0 ? opened : nothing;
  });
};

/** What a cost becomes under a commitment of a line. */
const committed = (cost: Fraction, { terms, commitment }: UsageItem): Fraction => {
  if (commitment === undefined) return cost;
  const { type, value, factor, hasTrueUp } = commitment;
  const due = type === 'amount' ? fractionOf(value) : costOf(terms, fractionOf(value));
  if (compare(cost, due) >= 0) return plus(due, times(minus(cost, due), fractionOf(factor)));
  return hasTrueUp ? due : cost;
};

/** Applies each version's commitment, or none, to the cost of all of them together, and shares the outcome by time. */
export const committedCosts = (versions: Versions, cost: Fraction): readonly Fraction[] => {
  const shares = timeShares(versions);
  return versions.map(({ item }, place) => times(committed(cost, item), shares[place] ?? nothing));
};

export const hasCommitment = (versions: Versions, isWanted: (commitment: LineCommitment) => boolean): boolean =>
  versions.some(({ item: { commitment } }) => commitment !== undefined && isWanted(commitment));

/** What of each version lies in a range; the others are left out. */
export const versionsWithin = (versions: Versions, { start, end }: Range): Versions =>
  versions
    .map((version) => ({ ...version, start: Math.max(version.start, start), end: Math.min(version.end, end) }))
    .filter((version) => version.start < version.end);
