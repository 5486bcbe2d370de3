// A line whose buckets are priced one by one: each is a small period with all its rules.
import type { EventOfCase, Range, UsageItem } from './bill-case.ts';
import { bucketAt, bucketsIn } from './buckets.ts';
import {
  atLeastNothing,
  type Fraction,
  isNothing,
  minus,
  nothing,
  plus,
  smaller,
  times,
  total,
  whole,
} from './fraction.ts';
import type { Version } from './lines.ts';
import { addedUnits, aggregate, eventsIn, type Measuring, timeShares, type Units } from './measured-units.ts';
import { costOf, costOfBucket } from './price-cost.ts';
import { committedCosts, costsInOrder, costsOfEmptyBucket, hasCommitment, versionsWithin } from './shared-cost.ts';

type Versions = readonly Version<UsageItem>[];

/** By version of the line: what a bucket measures and costs. */
interface BucketOutcome {
  readonly measured: ReadonlyMap<string, Fraction>;
  readonly billable: ReadonlyMap<string, Fraction>;
  readonly costs: ReadonlyMap<string, Fraction>;
}

const byItem = (versions: Versions, values: readonly Fraction[]): ReadonlyMap<string, Fraction> =>
  new Map(versions.map(({ item }, place) => [item.id, values[place] ?? nothing]));

const summedBucket = (versions: Versions, measuring: Measuring): { units: Units; costs: readonly Fraction[] } => {
  const units = addedUnits(versions, measuring);
  const isFree = measuring.allowance?.limit === null;
  const isEmpty = !isFree && isNothing(total(units.measured)) && isNothing(units.quantity);
  return {
    units,
    costs: isEmpty
      ? costsOfEmptyBucket(versions, (version) => eventsIn(measuring.events, version).length > 0)
      : costsInOrder(versions, units),
  };
};

/** Free units are given up by the rows of buckets in order of time, of groups in order of their names. */
const freeUnits = ({ allowance }: Measuring) => {
  let left = allowance && allowance.limit !== null ? whole(allowance.limit) : nothing;
  return (value: Fraction): Fraction => {
    if (allowance === undefined) return value;
    if (allowance.limit === null) return nothing;
    const taken = smaller(left, value);
    left = minus(left, taken);
    return minus(value, taken);
  };
};

const rowsOf = (events: readonly EventOfCase[]): readonly Fraction[] => {
  const groups = [...new Set(events.map(({ group = '' }) => group))].sort();
  return groups.map((name) =>
    atLeastNothing(
      aggregate(
        'MAX',
        events.filter(({ group = '' }) => group === name),
      ),
    ),
  );
};

const costOfRows = ({ terms }: UsageItem, values: readonly Fraction[], rests: readonly Fraction[]): Fraction =>
  terms.model === 'TIERED'
    ? total(
        rests.map((rest, row) => (isNothing(values[row] ?? nothing) ? costOfBucket(terms, rest) : costOf(terms, rest))),
      )
    : costOf(terms, total(rests));

const highestBucket = (
  versions: Versions,
  events: readonly EventOfCase[],
  free: (value: Fraction) => Fraction,
  isUnlimited: boolean,
): { units: Units; costs: readonly Fraction[] } => {
  const values = rowsOf(events);
  const rests = values.map(free);
  const shares = timeShares(versions);
  const shared = (value: Fraction): readonly Fraction[] => shares.map((share) => times(value, share));
  return {
    units: { measured: shared(total(values)), billable: shared(total(rests)), quantity: total(rests) },
    costs: versions.map(({ item }, place) =>
      isUnlimited ? nothing : times(costOfRows(item, values, rests), shares[place] ?? nothing),
    ),
  };
};

/** Buckets with events; where a true-up can be due, also the empty ones that have begun. */
const bucketsOf = (versions: Versions, { bill, meter, events }: Measuring): readonly Range[] => {
  const size = versions[0]?.item.bucketSize ?? meter.bucketSize;
  if (size === undefined) return [];
  const canBeEmpty = hasCommitment(versions, ({ isWindowed, hasTrueUp }) => isWindowed && hasTrueUp);
  const buckets = versions.flatMap((version) => [
    ...eventsIn(events, version).map(({ at }) => bucketAt(size, bill.anchor, at)),
    ...(canBeEmpty ? bucketsIn(size, bill.anchor, version, bill.now) : []),
  ]);
  return [...new Map(buckets.map((bucket) => [bucket.start, bucket])).values()].sort((a, b) => a.start - b.start);
};

export const bucketedLine = (
  versions: Versions,
  measuring: Measuring,
): { readonly units: Units; readonly costs: readonly Fraction[] } => {
  const free = freeUnits(measuring);
  const outcomes = bucketsOf(versions, measuring).map((bucket): BucketOutcome => {
    const own = versionsWithin(versions, bucket);
    const events = own.flatMap((version) => eventsIn(measuring.events, version));
    const { units, costs } =
      events.length === 0
        ? { units: { measured: [], billable: [] }, costs: [] }
        : measuring.meter.aggregation === 'MAX'
          ? highestBucket(own, events, free, measuring.allowance?.limit === null)
          : summedBucket(own, measuring);
    return {
      measured: byItem(own, units.measured),
      billable: byItem(own, units.billable),
      costs: byItem(
        own,
        committedCosts(own, costs, ({ isWindowed }) => isWindowed),
      ),
    };
  });
  const sums = (values: (outcome: BucketOutcome) => ReadonlyMap<string, Fraction>): readonly Fraction[] =>
    versions.map(({ item }) => total(outcomes.map((outcome) => values(outcome).get(item.id) ?? nothing)));
  const billable = sums((outcome) => outcome.billable);
  return {
    units: { measured: sums((outcome) => outcome.measured), billable, quantity: billable.reduce(plus, nothing) },
    costs: sums((outcome) => outcome.costs),
  };
};
