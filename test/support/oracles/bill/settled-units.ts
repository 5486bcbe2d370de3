// How many units each version keeps when some are taken back.
import { atLeastNothing, type Fraction, isNothing, larger, minus, nothing, plus, smaller } from './fraction.ts';

export const runningSums = (values: readonly Fraction[]): readonly Fraction[] => {
  let sum = nothing;
  return values.map((value) => (sum = plus(sum, value)));
};

/** Units up to each place: those that were taken back later are gone, the last ones first. */
const lastTakenFirst = (totals: readonly Fraction[]): readonly Fraction[] =>
  totals.map((_, place) => atLeastNothing(totals.slice(place).reduce(smaller)));

interface Kept {
  readonly place: number;
  readonly terms: string;
  /** Total of everything up to this version. */
  readonly total: Fraction;
}

/** Neighbours with the same terms, as one. */
const byTerms = (kept: readonly Kept[]): readonly (readonly Kept[])[] => {
  const groups: Kept[][] = [];
  for (const one of kept) {
    const last = groups.at(-1);
    if (last?.[0]?.terms === one.terms) last.push(one);
    else groups.push([one]);
  }
  return groups;
};

/**
 * Units of each version, 0 or more, of what each added or took back. What is taken back is taken from what came before, the last first,
 * and what nobody has from what comes after. Versions that add nothing are as if they were not there, and neighbours with the same
 * terms are one: so stating terms again moves no unit to other terms.
 */
export const settledUnits = (added: readonly Fraction[], terms: readonly string[]): readonly Fraction[] => {
  const totals = runningSums(added);
  const kept = added.flatMap((units, place): Kept[] =>
    isNothing(units) ? [] : [{ place, terms: terms[place] ?? '', total: totals[place] ?? nothing }],
  );
  const groups = byTerms(kept);
  const ends = lastTakenFirst(groups.map((group) => group.at(-1)?.total ?? nothing));
  const settled = added.map(() => nothing);
  let before = nothing;
  for (const [number, group] of groups.entries()) {
    const [from, to] = [before, ends[number] ?? nothing];
    const inside = lastTakenFirst(group.map(({ total }) => total)).map((units) => larger(from, smaller(units, to)));
    for (const [index, { place }] of group.entries()) {
      const end = index === group.length - 1 ? to : (inside[index] ?? from);
      settled[place] = minus(end, before);
      before = end;
    }
  }
  return settled;
};
