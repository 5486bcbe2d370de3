// Units of the versions of a line that are left when refunds are taken off.
import { maxQuantity, minQuantity, type Quantity, zeroQuantity } from '../numbers/quantity.ts';

/** Increment of one version of a line, in one window of an allowance. */
export interface VersionUnits {
  readonly version: number;
  readonly window: number;
  readonly units: Quantity;
}

/** Returns of each total the least one from it to the last. */
const leastFrom = (totals: readonly Quantity[]): Quantity[] => {
  let lowest: Quantity | undefined;
  return totals
    .toReversed()
    .map((total) => (lowest = lowest === undefined ? total : minQuantity(total, lowest)))
    .reverse();
};

/** Totals of versions in a run of the same terms. */
type Run = [Total, ...Total[]];

interface Total {
  readonly version: number;
  /** Running total of all versions up to this one. */
  readonly upTo: Quantity;
}

const runsOf = (units: ReadonlyMap<number, Quantity>, termsOf: (version: number) => string): readonly Run[] => {
  const runs: Run[] = [];
  let upTo = zeroQuantity;
  for (const [version, own] of [...units].sort(([a], [b]) => a - b)) {
    upTo = upTo.plus(own);
    const run = runs.at(-1);
    if (run && termsOf(run[0].version) === termsOf(version)) run.push({ version, upTo });
    else runs.push([{ version, upTo }]);
  }
  return runs;
};

/** Nets the units of versions, which are by version; neighbours with the same terms as one. */
const netWindow = (
  units: ReadonlyMap<number, Quantity>,
  termsOf: (version: number) => string,
): ReadonlyMap<number, Quantity> => {
  const runs = runsOf(units, termsOf);
  const ends = leastFrom(runs.map((run) => run.at(-1)?.upTo ?? zeroQuantity)).map((end) =>
    maxQuantity(end, zeroQuantity),
  );
  const net = new Map<number, Quantity>();
  let before = zeroQuantity;
  for (const [index, run] of runs.entries()) {
    const end = ends[index] ?? zeroQuantity;
    const within = leastFrom(run.map(({ upTo }) => upTo)).map((upTo) => minQuantity(maxQuantity(upTo, before), end));
    for (const [place, { version }] of run.entries()) {
      const upTo = place === run.length - 1 ? end : (within[place] ?? end);
      net.set(version, upTo.minus(before));
      before = upTo;
    }
  }
  return net;
};

/**
 * Returns the units of each version, 0 or more. Negative units are taken from the units before them, the last first, and what nobody
 * has from those that come after: up to the end of a version there are max(0, least running total from it to the last version)
 * units. Versions without usage are left out, and neighbours with the same terms are one, so that no boundary moves a unit to other
 * terms. Each window is netted by itself. `termsOf`: text that is the same for the same terms.
 */
export const netUnits = (
  increments: readonly VersionUnits[],
  versions: number,
  termsOf: (version: number) => string,
): readonly Quantity[] => {
  const [only] = increments;
  // Most buckets are of one version, and of one increment.
  if (versions === 1 && only && increments.length === 1) return [maxQuantity(only.units, zeroQuantity)];
  const net = Array.from({ length: versions }, () => zeroQuantity);
  for (const own of Map.groupBy(increments, ({ window }) => window).values()) {
    const byVersion = new Map<number, Quantity>();
    for (const { version, units } of own) byVersion.set(version, (byVersion.get(version) ?? zeroQuantity).plus(units));
    for (const [version, units] of netWindow(byVersion, termsOf)) {
      net[version] = (net[version] ?? zeroQuantity).plus(units);
    }
  }
  return net;
};
