// Draws when a subscription is billed: its cadence, start and anchor, its zone, and its trial.
import { Temporal } from 'temporal-polyfill';
import type { SeededRandom } from '../builders/seeded-random.ts';
import type { BillCase, Cadence, Recurring } from '../oracles/bill/bill-case.ts';
import { instantOf, lastBefore } from '../oracles/bill/civil-calendar.ts';
import { chance, recurrings } from './bill-item-draws.ts';

const msPerDay = 86_400_000;
const zones = [
  'UTC',
  'UTC',
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Africa/Cairo',
] as const;

const drawCadence = (random: SeededRandom): Cadence => {
  const period = random.pick<Recurring>(['MONTHLY', 'MONTHLY', 'MONTHLY', ...recurrings]);
  const most = { DAILY: 10, WEEKLY: 3, MONTHLY: 3, QUARTERLY: 2, HALF_YEARLY: 2, ANNUAL: 1 }[period];
  return { period, count: chance(random, 0.7) ? 1 : random.integer(1, most) };
};

/** A time of 2025, more often at the end of a month, at midnight or at any second, seldom between seconds. */
const drawStart = (random: SeededRandom): number => {
  const month = random.integer(0, 11);
  const date = chance(random, 0.4) ? random.integer(28, 31) : random.integer(1, 31);
  const clock = chance(random, 0.5) ? 0 : random.integer(0, 86_399) * 1000;
  return Date.UTC(2025, month, date) + clock + (chance(random, 0.05) ? random.integer(1, 999) : 0);
};

/** The first day of the civil calendar's next period of this kind. 2024 began on a Monday. */
const calendarAnchor = (zone: string, period: Recurring, start: number): number => {
  const series = {
    origin: Temporal.ZonedDateTime.from(`2024-01-01T00:00[${zone}]`).epochMilliseconds,
    zone,
    period,
    count: 1,
  };
  return instantOf(series, lastBefore(series, start) + 1);
};

export type BillTime = Pick<BillCase, 'start' | 'anchor' | 'cycle' | 'zone' | 'cadence' | 'trialEnd'>;

export const drawTime = (random: SeededRandom): BillTime => {
  const zone = random.pick(zones);
  const cadence = drawCadence(random);
  const start = drawStart(random);
  const isCalendar = chance(random, 0.2);
  const anchor = isCalendar
    ? calendarAnchor(zone, cadence.period, start)
    : chance(random, 0.35)
      ? start + random.integer(-400, 400) * msPerDay + random.integer(-12, 12) * 3_600_000
      : start;
  return {
    zone,
    cadence,
    start,
    anchor,
    cycle: isCalendar ? 'calendar' : 'anniversary',
    ...(chance(random, 0.2) && { trialEnd: start + random.pick([1, 7, 14, 30, 45]) * msPerDay }),
  };
};
