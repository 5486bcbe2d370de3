// Units of the versions of a line that are left when refunds are taken off.
import { type Quantity, sumOf, zeroQuantity } from '../numbers/quantity.ts';

/** Increment of one version of a line, in one window of an allowance. */
export interface VersionUnits {
  readonly version: number;
  readonly window: number;
  readonly units: Quantity;
}

/** Returns the totals up to the end of each of some consecutive versions, 0 or more: what no later total is below. */
const leastTotals = (units: readonly Quantity[]): Quantity[] => {
  let total = zeroQuantity;
  const totals = units.map((own) => (total = total.plus(own)));
  let least: Quantity | undefined;
  return totals
    .reverse()
    .map((upTo) => {
      least = least === undefined || upTo.lt(least) ? upTo : least;
      return least.lt(zeroQuantity) ? zeroQuantity : least;
    })
    .reverse();
};

/** Returns by how much each total is greater than the one before. */
const rises = (totals: readonly Quantity[]): readonly Quantity[] =>
  totals.map((total, index) => total.minus(totals[index - 1] ?? zeroQuantity));

/** Nets the units of versions with the same terms, of which `most` are left. */
const netRun = (units: readonly Quantity[], most: Quantity): readonly Quantity[] => {
  const totals = leastTotals(units).map((total) => (total.lt(most) ? total : most));
  return rises([...totals.slice(0, -1), most]);
};

/** Nets the units of versions, which are by version; neighbours with the same terms as one. */
const netWindow = (
  units: ReadonlyMap<number, Quantity>,
  termsOf: (version: number) => string,
): ReadonlyMap<number, Quantity> => {
  const runs: [number, ...number[]][] = [];
  for (const version of [...units.keys()].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && termsOf(run[0]) === termsOf(version)) run.push(version);
    else runs.push([version]);
  }
  const unitsOf = (run: readonly number[]): Quantity[] => run.map((version) => units.get(version) ?? zeroQuantity);
  const left = rises(leastTotals(runs.map((run) => sumOf(unitsOf(run)))));
  return new Map(
    runs.flatMap((run, index) => {
      const net = netRun(unitsOf(run), left[index] ?? zeroQuantity);
      return run.map((version, place) => [version, net[place] ?? zeroQuantity] as const);
    }),
  );
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
