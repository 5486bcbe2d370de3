// One line of usage in one part of time: measured, freed of its allowance, priced, committed, and rounded.
import type { AllowanceOfCase, BillCase, LineCommitment, UsageItem } from './bill-case.ts';
import type { Part } from './billing-periods.ts';
import { bucketedLine } from './bucketed-line.ts';
import { type Fraction, isNothing, minus, nothing, rounded } from './fraction.ts';
import type { UsageLine, Version } from './lines.ts';
import {
  addedUnits,
  levelUnits,
  type Measuring,
  type Sharing,
  sharingOf,
  timedUnits,
  type Units,
} from './measured-units.ts';
import { decimalsOf } from './currency-decimals.ts';
import { hasPlaces } from './price-cost.ts';
import { runningSums } from './settled-units.ts';
import { committedCosts, costsInOrder, costsOf, hasCommitment } from './shared-cost.ts';

export interface ChargedLine {
  readonly versions: readonly Version<UsageItem>[];
  readonly units: Units;
  /** Exact, by version. */
  readonly costs: readonly Fraction[];
  readonly amounts: readonly Fraction[];
  /** Exact costs by version of the first units of the line; undefined where units have no place. */
  readonly costsOfFirst: ((count: Fraction) => readonly Fraction[]) | undefined;
}

/** Rounds a running sum, so that the rounded parts add up to the rounded sum. */
export const roundedInOrder = (values: readonly Fraction[], currency: string): readonly Fraction[] => {
  const sums = runningSums(values).map((sum) => rounded(sum, decimalsOf(currency)));
  return sums.map((sum, place) => minus(sum, sums[place - 1] ?? nothing));
};

/** The allowance of a meter that is in force at the end of a part, or now where it is not over. A trial has none. */
export const allowanceIn = (bill: BillCase, meterId: string, part: Part): AllowanceOfCase | undefined => {
  const last = Math.max(part.start, Math.min(bill.now, part.end - 1));
  return part.isTrial
    ? undefined
    : bill.allowances.find((one) => one.meterId === meterId && (one.start ?? -Infinity) <= last);
};

const withoutCommitment = (version: Version<UsageItem>): Version<UsageItem> => {
  const item = { ...version.item };
  delete item.commitment;
  return { ...version, item };
};

const priced = (
  line: UsageLine,
  measuring: Measuring,
): { units: Units; costs: readonly Fraction[]; sharing?: Sharing } => {
  if ((line[0].item.bucketSize ?? measuring.meter.bucketSize) !== undefined) return bucketedLine(line, measuring);
  const sharing = sharingOf(measuring.meter);
  const units = { units: addedUnits, level: levelUnits, time: timedUnits }[sharing](line, measuring);
  return { units, costs: costsOf(line, units, sharing), sharing };
};

/** Charges a line; `gross`: without its allowance and its commitment. */
export const chargeLine = (bill: BillCase, line: UsageLine, part: Part, gross = false): ChargedLine => {
  const [first, ...later] = line;
  const versions: UsageLine = gross ? [withoutCommitment(first), ...later.map(withoutCommitment)] : line;
  const { meterId } = first.item;
  const meter = bill.meters.find(({ id }) => id === meterId);
  if (meter === undefined) throw new Error('a line of no meter');
  const measuring: Measuring = {
    bill,
    meter,
    part,
    events: bill.events.filter((event) => event.meterId === meterId),
    allowance: gross ? undefined : allowanceIn(bill, meterId, part),
  };
  const { units, costs, sharing } = priced(versions, measuring);
  const isWhole = ({ isWindowed }: LineCommitment): boolean => !isWindowed;
  const own = hasCommitment(versions, isWhole)
    ? committedCosts(versions, roundedInOrder(costs, bill.currency), isWhole)
    : costs;
  const exact = part.isTrial ? own.map(() => nothing) : own;
  const inOrder =
    sharing === 'units' &&
    versions.every(({ item }, place) => hasPlaces(item.terms) || isNothing(units.billable[place] ?? nothing));
  return {
    versions,
    units,
    costs: exact,
    amounts: roundedInOrder(exact, bill.currency),
    costsOfFirst: inOrder ? (count) => costsInOrder(versions, units, count) : undefined,
  };
};
