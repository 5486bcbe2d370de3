// The units that a line measures, by version, and what of it an allowance leaves to be billed.
import type { AllowanceOfCase, BillCase, EventOfCase, MeterOfCase, Range, UsageItem } from './bill-case.ts';
import type { Part } from './billing-periods.ts';
import {
  atLeastNothing,
  type Fraction,
  fractionOf,
  isNothing,
  larger,
  minus,
  nothing,
  over,
  rounded,
  smaller,
  times,
  total,
  whole,
} from './fraction.ts';
import { billableUnits, unitsOf, usageUntil, windowsIn } from './free-units.ts';
import { levelOver } from './levels.ts';
import { coverOf, isInside, type Version } from './lines.ts';
import { settledUnits } from './settled-units.ts';

export interface Units {
  /** The own units of each version, or its share. */
  readonly measured: readonly Fraction[];
  readonly billable: readonly Fraction[];
  /** Billable, of the line. */
  readonly quantity: Fraction;
}

/** How versions share a line: by units in their order, by what their level came to, or by time. */
export type Sharing = 'units' | 'level' | 'time';

export const sharingOf = ({ aggregation }: MeterOfCase): Sharing => {
  if (aggregation === 'WEIGHTED_SUM') return 'level';
  return ['COUNT', 'SUM', 'SUM_WITH_MULTIPLIER'].includes(aggregation) ? 'units' : 'time';
};

/** Terms that the units of a version cost by: the same text for the same terms. */
const termsOf = ({ item: { terms, bucketSize } }: Version<UsageItem>): string => JSON.stringify([terms, bucketSize]);

/** Each version's share of the time that its line covers. */
export const timeShares = (versions: readonly Range[]): readonly Fraction[] => {
  const all = versions.reduce((ms, { start, end }) => ms + end - start, 0);
  return versions.map(({ start, end }) => over(whole(end - start), whole(all)));
};

export const eventsIn = (events: readonly EventOfCase[], { start, end }: Range): readonly EventOfCase[] =>
  events.filter(({ at }) => at >= start && at < end);

const valuesOf = (events: readonly EventOfCase[]): readonly Fraction[] => events.map(({ value }) => fractionOf(value));
const aggregates: Partial<Record<MeterOfCase['aggregation'], (events: readonly EventOfCase[]) => Fraction>> = {
  MAX: (events) => valuesOf(events).reduce(larger),
  MIN: (events) => valuesOf(events).reduce(smaller),
  // An average has 16 decimal places, as it is told: by that, whoever reads the bill computes the amount.
  AVG: (events) => rounded(over(total(valuesOf(events)), whole(events.length)), 16),
  COUNT_UNIQUE: (events) => whole(new Set(events.map(({ value }) => value)).size),
  LATEST: (events) => fractionOf(events.reduce((latest, event) => (event.at >= latest.at ? event : latest)).value),
};

/** The value that an aggregation that does not add up measures in some events. */
export const aggregate = (aggregation: MeterOfCase['aggregation'], events: readonly EventOfCase[]): Fraction =>
  events.length === 0 ? nothing : (aggregates[aggregation]?.(events) ?? nothing);

export interface Measuring {
  readonly bill: BillCase;
  readonly meter: MeterOfCase;
  readonly part: Part;
  readonly events: readonly EventOfCase[];
  /** In force in the part. */
  readonly allowance: AllowanceOfCase | undefined;
}

type Versions = readonly Version<UsageItem>[];

const billableOf = (
  versions: Versions,
  { bill, meter, part }: Measuring,
  allowance: AllowanceOfCase,
): readonly Fraction[] =>
  billableUnits(versions, versions.map(termsOf), windowsIn(bill, allowance, part), usageUntil(bill, meter, part));

/** Units that are taken in order: `versions` is a line, or what of it lies in a bucket. */
export const addedUnits = (versions: Versions, measuring: Measuring): Units => {
  const { meter, events, allowance } = measuring;
  const added = versions.map((version) => unitsOf(meter, eventsIn(events, version)));
  const measured = settledUnits(added, versions.map(termsOf));
  const billable = allowance ? billableOf(versions, measuring, allowance) : measured;
  return { measured, billable, quantity: total(billable) };
};

/** A level is one for all lines of its meter, and shared by what it came to in each version. */
export const levelUnits = (versions: Versions, measuring: Measuring): Units => {
  const { bill, meter, part, events, allowance } = measuring;
  const cover = coverOf(bill, meter.id);
  const counted = events.filter(({ at }) => meter.isNeverReset || (at >= part.start && isInside(cover, at)));
  const added = versions.map((version) => levelOver(bill, counted, [version], part.isTrial));
  const measured = settledUnits(added, versions.map(termsOf));
  const all = total(measured);
  const quantity = allowance && !isNothing(all) ? total(billableOf(versions, measuring, allowance)) : all;
  const billable = measured.map((units) => (isNothing(all) ? nothing : over(times(quantity, units), all)));
  return { measured, billable, quantity };
};

/** The rest that an allowance that is granted once leaves of a quantity; null: unlimited. */
const beyond = (quantity: Fraction, limit: number | null): Fraction =>
  limit === null ? nothing : atLeastNothing(minus(quantity, whole(limit)));

/** Something that is not added up is measured over the whole line and shared by time. */
export const timedUnits = (versions: readonly Range[], { meter, events, allowance }: Measuring): Units => {
  const own = versions.flatMap((version) => eventsIn(events, version));
  const all = atLeastNothing(aggregate(meter.aggregation, own));
  const quantity = allowance ? beyond(all, allowance.limit) : all;
  const shares = timeShares(versions);
  return {
    measured: shares.map((share) => times(all, share)),
    billable: shares.map((share) => times(quantity, share)),
    quantity,
  };
};
