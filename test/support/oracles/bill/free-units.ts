// The units that an allowance leaves to be billed: windows of it, each of which is granted once, whatever bills look into it.
import type { AllowanceOfCase, BillCase, EventOfCase, MeterOfCase, Range } from './bill-case.ts';
import { beginningOf, boundariesOf, type Part } from './billing-periods.ts';
import { instantOf, lastBefore, roughDays, type Series } from './civil-calendar.ts';
import { atLeastNothing, type Fraction, fractionOf, minus, nothing, plus, times, total, whole } from './fraction.ts';
import { levelInWindow } from './levels.ts';
import { coverOf, isInside } from './lines.ts';
import { settledUnits } from './settled-units.ts';

const seriesOf = (bill: BillCase, reset: Exclude<AllowanceOfCase['reset'], 'NEVER'>): Series => {
  const { zone, cadence } = bill;
  const periods = boundariesOf(bill);
  if (reset === '' || (reset === cadence.period && cadence.count === 1)) return periods;
  if (reset === 'DAILY') return { origin: 0, zone: 'UTC', period: 'DAILY', count: 1 };
  const isLonger = roughDays(reset) > roughDays(cadence.period) * cadence.count;
  return { origin: isLonger ? beginningOf(bill) : periods.origin, zone, period: reset, count: 1 };
};

/** The window around an instant, which begins no earlier than the subscription, its trial's end and the grant. */
export const windowAt = (bill: BillCase, { reset, start = -Infinity }: AllowanceOfCase, at: number): Range => {
  const first = Math.max(beginningOf(bill), start);
  if (at < first) return { start: -Infinity, end: first };
  if (reset === 'NEVER') return { start: first, end: Infinity };
  const series = seriesOf(bill, reset);
  const k = lastBefore(series, at);
  return { start: Math.max(instantOf(series, k), first), end: instantOf(series, k + 1) };
};

export interface GrantedWindow extends Range {
  /** `none`: there is no grant yet. */
  readonly limit: Fraction | 'unlimited' | 'none';
}

/** The windows that a part of time overlaps, and what comes before the grant. */
export const windowsIn = (
  bill: BillCase,
  allowance: AllowanceOfCase,
  { start, end }: Range,
): readonly GrantedWindow[] => {
  const windows: GrantedWindow[] = [];
  const limit = allowance.limit === null ? 'unlimited' : whole(allowance.limit);
  for (let at = start; at < end; at = windows.at(-1)?.end ?? end) {
    const window = windowAt(bill, allowance, at);
    windows.push(window.start === -Infinity ? { start, end: window.end, limit: 'none' } : { ...window, limit });
  }
  return windows;
};

/** Usage that a window comes to before a time. */
export type UsageUntil = (window: Range, until: number) => Fraction;

/** Units that add up, or the level, of everything that any line of the meter bills. */
export const usageUntil = (bill: BillCase, meter: MeterOfCase, part: Part): UsageUntil => {
  const cover = coverOf(bill, meter.id);
  const events = bill.events.filter(({ meterId }) => meterId === meter.id);
  return (window, until) => {
    const end = Math.min(window.end, Math.max(window.start, until));
    if (meter.aggregation === 'WEIGHTED_SUM') {
      const { isNeverReset } = meter;
      return levelInWindow(bill, events, { cover, isNeverReset, part }, { start: window.start, end });
    }
    const own = events.filter(({ at }) => at >= window.start && at < end && isInside(cover, at));
    return unitsOf(meter, own);
  };
};

export const unitsOf = ({ aggregation, multiplier = '1' }: MeterOfCase, events: readonly EventOfCase[]): Fraction =>
  aggregation === 'COUNT'
    ? whole(events.length)
    : times(
        total(events.map(({ value }) => fractionOf(value))),
        fractionOf(aggregation === 'SUM_WITH_MULTIPLIER' ? multiplier : '1'),
      );

/** Billable units of each version of a line, over all windows, each of which is settled by itself. */
export const billableUnits = (
  versions: readonly Range[],
  terms: readonly string[],
  windows: readonly GrantedWindow[],
  usage: UsageUntil,
): readonly Fraction[] =>
  windows
    .map((window) => {
      const beyond = (until: number): Fraction => {
        if (window.limit === 'unlimited') return nothing;
        const used = usage(window, until);
        return window.limit === 'none' ? used : atLeastNothing(minus(used, window.limit));
      };
      const added = versions.map(({ start, end }) => {
        const [from, to] = [Math.max(start, window.start), Math.min(end, window.end)];
        return from < to ? minus(beyond(to), beyond(from)) : nothing;
      });
      return settledUnits(added, terms);
    })
    .reduce(
      (sums, units) => sums.map((sum, place) => plus(sum, units[place] ?? nothing)),
      versions.map(() => nothing),
    );
