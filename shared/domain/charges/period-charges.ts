// Charges the usage of a subscription in a period: what to read of each meter, and then the charge of each line.
import { aggregatorOf } from '../aggregations/aggregators.ts';
import { billedMeter } from '../catalog/billed-meter.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { allowanceWindowsIn } from '../entitlements/allowance-windows.ts';
import type { Meter } from '../meters/meter.ts';
import { billingAnchorAt, isInTrial, uncutPeriodAt } from '../subscriptions/subscription-period.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { cutAtTrialEnd } from '../subscriptions/trial.ts';
import { civilDayOfMonth } from '../time/civil-time.ts';
import type { Period } from '../time/period.ts';
import { type Allowance, allowancesByMeter, billablePortions, grantOf } from './allowance.ts';
import { type Charge, chargeLine } from './charge.ts';
import type { Weighing } from './increments.ts';
import { measureLine, unmeasured, weighingOfBills } from './measured-line.ts';
import type { ChargingTerms } from './version-charge.ts';
import { createTimeline, type Timeline } from './timeline.ts';
import { priceOfId, type UsageLine, usageLinesOf } from './usage-line.ts';

/** Part of a period that is billed by itself: a trial, or what is none. */
export interface BilledPeriod extends Period {
  readonly isTrial: boolean;
}

/** Divides a period at the end of the subscription's trial. */
export const billedPeriods = (subscription: Subscription, period: Period): readonly BilledPeriod[] =>
  cutAtTrialEnd(period, subscription).map((part) => ({ ...part, isTrial: isInTrial(subscription, part.start) }));

/** Lines of one meter, as one size of buckets divides it, with the timeline that measures them. */
export interface MeterReading {
  readonly timeline: Timeline;
  readonly lines: readonly UsageLine[];
  /** Ranges of all usage items on the meter: what the lines bill, in this period and before. */
  readonly ranges: readonly Period[];
  readonly allowance: Allowance | undefined;
  readonly weighing: Weighing;
  readonly bucketAnchorDay: number;
}

export interface PeriodReading {
  readonly subscription: Subscription;
  readonly period: BilledPeriod;
  /** In the order of the invoice. */
  readonly lines: readonly UsageLine[];
  readonly meters: readonly MeterReading[];
}

/** Lists the ranges of all usage items on a meter. */
export const rangesOf = (subscription: Subscription, catalog: Catalog, meterId: string): readonly Period[] =>
  subscription.lineItems.flatMap(({ priceType, status, meterId: own, priceId, startDate, endDate = Infinity }) =>
    priceType === 'USAGE' &&
    own === meterId &&
    status === 'published' &&
    priceOfId(subscription, catalog, priceId)?.meterId === meterId &&
    startDate < endDate
      ? [{ start: startDate, end: endDate }]
      : [],
  );

const boundariesOfBills = (subscription: Subscription, { start, end }: Period): readonly number[] => {
  const boundaries: number[] = [];
  for (let at = start; at < end; at = uncutPeriodAt(subscription, at).end) boundaries.push(at);
  return boundaries;
};

export interface ReadingTerms {
  readonly subscription: Subscription;
  readonly catalog: Catalog;
  readonly period: BilledPeriod;
  /** Allowances by meter. */
  readonly allowances: ReadonlyMap<string, Allowance>;
}

/** Returns since when a level at `at` has risen: since its bill began, or in the period since a line did. All UTC milliseconds. */
const startOfLevel = (subscription: Subscription, period: Period, ranges: readonly Period[], at: number): number =>
  at < period.start
    ? Math.max(uncutPeriodAt(subscription, at).start, subscription.startDate)
    : Math.max(period.start, Math.min(...ranges.map(({ start }) => start)));

export interface MeterTerms extends Pick<ReadingTerms, 'subscription' | 'catalog'> {
  readonly period: Period;
  readonly allowance: Allowance | undefined;
  /** Where reading begins at the latest; UTC milliseconds. */
  readonly from: number;
}

/** Returns what to read of a meter in a period, and before it as far back as the windows of its allowance begin. */
export const readMeter = (
  meter: Meter,
  lines: readonly UsageLine[],
  { subscription, catalog, period, allowance, from }: MeterTerms,
): MeterReading => {
  const ranges = rangesOf(subscription, catalog, meter.id);
  const { accrual } = aggregatorOf(meter.aggregation.type);
  const windows = allowance && accrual ? allowanceWindowsIn(subscription, allowance, period) : [];
  const first = Math.min(from, ...windows.map(({ start }) => start));
  const start = accrual === 'level' ? Math.min(first, startOfLevel(subscription, period, ranges, first)) : first;
  const range = { start, end: period.end };
  const cuts = [
    range.start,
    range.end,
    period.start,
    ...ranges.flatMap(({ start, end }) => [start, end]),
    ...windows.flatMap(({ start, end }) => [start, end]),
    ...(accrual === 'level' ? boundariesOfBills(subscription, range) : []),
  ].filter((cut) => cut >= range.start && cut <= range.end);
  const bucketAnchorDay = civilDayOfMonth(billingAnchorAt(subscription, period.start), 'UTC');
  return {
    timeline: createTimeline(meter, cuts, { bucketAnchorDay }),
    lines,
    ranges,
    allowance,
    weighing: weighingOfBills(subscription, period),
    bucketAnchorDay,
  };
};

const keyOf = ({ meter, versions: [{ price }] }: UsageLine): string =>
  JSON.stringify([meter?.id, meter && billedMeter(meter, price).aggregation.bucketSize]);

/** Returns what to read of a period. Fold the timelines, and then charge it. */
export const readPeriod = (terms: ReadingTerms): PeriodReading => {
  const { subscription, catalog, period, allowances } = terms;
  const lines = usageLinesOf(subscription, catalog, period);
  const meters = [...Map.groupBy(lines, keyOf).values()].flatMap((some): MeterReading[] => {
    const [first] = some;
    if (first?.meter === undefined) return [];
    const allowance = period.isTrial ? undefined : allowances.get(first.meter.id);
    const from = Math.min(...some.map(({ versions }) => versions[0].start));
    const meter = billedMeter(first.meter, first.versions[0].price);
    return [readMeter(meter, some, { subscription, catalog, period, allowance, from })];
  });
  return { subscription, period, lines, meters };
};

/** Returns the allowances in force at the end of a period, or `now` where it is not over; UTC milliseconds. */
export const allowancesIn = (
  subscription: Subscription,
  catalog: Catalog,
  { start, end }: Period,
  now: number,
): ReadonlyMap<string, Allowance> => allowancesByMeter(subscription, catalog, Math.max(start, Math.min(now, end - 1)));

export type PeriodTerms = Pick<ChargingTerms, 'now' | 'priceOf'>;

/** Charges the lines of a period, after its timelines have been folded. */
export const chargePeriod = (
  { subscription, period, lines, meters }: PeriodReading,
  terms: PeriodTerms,
): readonly Charge[] => {
  const charges = new Map<UsageLine, Charge>();
  const chargingTerms = {
    ...terms,
    currency: subscription.currency,
    isTrial: period.isTrial,
    hasCommitments: subscription.commitment === undefined && !period.isTrial,
  };
  for (const { timeline, ranges, lines: own, allowance, weighing, bucketAnchorDay } of meters) {
    const { bucketSize } = timeline.meter.aggregation;
    const grant = allowance && grantOf(timeline, { subscription, allowance, period, ranges, weighing });
    for (const line of own) {
      const measured = measureLine(line, timeline, { ranges, weighing, bucketAnchorDay });
      const granted = grant && { grant, billable: billablePortions(measured, grant, timeline) };
      charges.set(line, chargeLine(measured, granted, { ...chargingTerms, bucketSize, bucketAnchorDay }));
    }
  }
  return lines.map(
    (line) =>
      charges.get(line) ??
      chargeLine(unmeasured(line), undefined, { ...chargingTerms, bucketSize: undefined, bucketAnchorDay: 1 }),
  );
};
