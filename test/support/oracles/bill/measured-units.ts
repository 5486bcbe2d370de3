// What a line measures, by version, and what of it an allowance leaves to be billed.
import type { AllowanceOfCase, BillCase, EventOfCase, MeterOfCase, Range } from './bill-case.ts';
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
  plus,
  smaller,
  times,
  total,
  whole,
} from './fraction.ts';
import { billableUnits, lastTakenFirst, unitsOf, usageUntil, windowsIn } from './free-units.ts';
import { levelOver } from './levels.ts';

export interface Units {
  /** Of each version: its own units, or its share. */
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

const steps = (totals: readonly Fraction[]): readonly Fraction[] =>
  totals.map((units, place) => minus(units, totals[place - 1] ?? nothing));
export const runningSums = (values: readonly Fraction[]): readonly Fraction[] => {
  let sum = nothing;
  return values.map((value) => (sum = plus(sum, value)));
};

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
  AVG: (events) => over(total(valuesOf(events)), whole(events.length)),
  COUNT_UNIQUE: (events) => whole(new Set(events.map(({ value }) => value)).size),
  LATEST: (events) => fractionOf(events.reduce((latest, event) => (event.at >= latest.at ? event : latest)).value),
};

/** What an aggregation that does not add up measures in some events. */
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

/** Units that are taken in order: `versions` is a line, or what of it lies in a bucket. */
export const addedUnits = (versions: readonly Range[], { bill, meter, part, events, allowance }: Measuring): Units => {
  const own = versions.map((version) => unitsOf(meter, eventsIn(events, version)));
  const measured = lastTakenFirst(runningSums(own));
  const billable = allowance
    ? billableUnits(versions, windowsIn(bill, allowance, part), usageUntil(bill, meter, part))
    : measured;
  return { measured: steps(measured), billable: steps(billable), quantity: billable.at(-1) ?? nothing };
};

/** A level is shared by what it came to in each version. */
export const levelUnits = (versions: readonly Range[], { bill, meter, part, events, allowance }: Measuring): Units => {
  const counted = events.filter(
    ({ at }) => meter.isNeverReset || versions.some(({ start, end }) => at >= start && at < end),
  );
  const own = versions.map((version) => levelOver(bill, counted, [version], part.isTrial));
  const totals = lastTakenFirst(runningSums(own));
  const measured = steps(totals);
  const all = totals.at(-1) ?? nothing;
  const quantity = allowance
    ? (billableUnits(versions, windowsIn(bill, allowance, part), usageUntil(bill, meter, part)).at(-1) ?? nothing)
    : all;
  const billable = measured.map((units) => (isNothing(all) ? nothing : over(times(quantity, units), all)));
  return { measured, billable, quantity };
};

/** What an allowance that is granted once leaves of a quantity; null: unlimited. */
export const beyond = (quantity: Fraction, limit: number | null): Fraction =>
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
