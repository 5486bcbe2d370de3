// The civil calendar of a zone, and series of instants that repeat in it.
import { Temporal } from 'temporal-polyfill';
import type { Recurring } from './bill-case.ts';

const offsets = new Map<string, number>();

/** Milliseconds that the clocks of the zone are ahead of UTC. */
const offsetAt = (instant: number, zone: string): number => {
  if (zone === 'UTC') return 0;
  const key = `${zone} ${String(instant)}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  const offset = local.offsetNanoseconds / 1e6;
  if (offsets.size > 50_000) offsets.clear();
  offsets.set(key, offset);
  return offset;
};

/** Time that the clocks of the zone show, as if it were UTC. */
const clockAt = (instant: number, zone: string): number => instant + offsetAt(instant, zone);

/** The instant at which the clocks show this. A skipped or repeated hour goes to the side on which the first guess lies. */
const instantAt = (clock: number, zone: string): number => {
  const guess = offsetAt(clock, zone);
  return guess === 0 ? clock : clock - offsetAt(clock - guess, zone);
};

const msPerDay = 86_400_000;
const daysOf: Partial<Record<Recurring, number>> = { DAILY: 1, WEEKLY: 7 };
const monthsOf: Partial<Record<Recurring, number>> = { MONTHLY: 1, QUARTERLY: 3, HALF_YEARLY: 6, ANNUAL: 12 };

/** How long a period is, roughly, in days: enough to tell which of two is longer. */
export const roughDays = (period: Recurring): number => daysOf[period] ?? (monthsOf[period] ?? 0) * 30.436875;

/** Instants that lie `count` periods from one another, counted from `origin` in both directions. */
export interface Series {
  readonly origin: number;
  readonly zone: string;
  readonly period: Recurring;
  readonly count: number;
}

/** The k-th instant of the series, with the origin's clock to the second; a day that the month does not have is its last. */
export const instantOf = ({ origin, zone, period, count }: Series, k: number): number => {
  if (k === 0) return origin;
  const clock = Math.floor(clockAt(origin, zone) / 1000) * 1000;
  const days = daysOf[period];
  if (days !== undefined) return instantAt(clock + k * count * days * msPerDay, zone);
  const date = new Date(clock);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + k * count * (monthsOf[period] ?? 0);
  const daysInMonth = new Date(Date.UTC(0, month + 1, 0)).getUTCDate();
  const day = Math.min(date.getUTCDate(), daysInMonth);
  const midnight = new Date(0);
  midnight.setUTCFullYear(0, month, day);
  return instantAt(midnight.getTime() + (((clock % msPerDay) + msPerDay) % msPerDay), zone);
};

/** The number of the last instant of the series at or before this one. */
export const lastBefore = (series: Series, instant: number): number => {
  const rough = (instant - series.origin) / (roughDays(series.period) * series.count * msPerDay);
  let k = Math.floor(rough);
  while (instantOf(series, k) > instant) k -= 1;
  while (instantOf(series, k + 1) <= instant) k += 1;
  return k;
};
