// Draws cases of bills: every cadence, anchors, zones whose clocks change, trials, lines with several versions, ends of all kinds.
import { Temporal } from 'temporal-polyfill';
import { type SeededRandom, seededRandom } from '../builders/seeded-random.ts';
import type {
  AllowanceOfCase,
  BillCase,
  BucketSize,
  Cadence,
  MeterOfCase,
  Recurring,
  SubscriptionCommitmentOfCase,
} from '../oracles/bill/bill-case.ts';
import { periodAt } from '../oracles/bill/billing-periods.ts';
import { instantOf, lastBefore, roughDays } from '../oracles/bill/civil-calendar.ts';
import { drawEvents } from './bill-event-draws.ts';
import { chance, drawFixedItems, drawUsageItems, type Frame, recurrings } from './bill-item-draws.ts';

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

const drawMeter = (random: SeededRandom, place: number): MeterOfCase => {
  const aggregation = random.pick<MeterOfCase['aggregation']>([
    'SUM',
    'SUM',
    'SUM',
    'COUNT',
    'SUM_WITH_MULTIPLIER',
    'MAX',
    'MAX',
    'MIN',
    'LATEST',
    'COUNT_UNIQUE',
    'AVG',
    'WEIGHTED_SUM',
    'WEIGHTED_SUM',
  ]);
  const isBucketed = (aggregation === 'SUM' || aggregation === 'MAX') && chance(random, 0.3);
  return {
    id: `meter_${String(place)}`,
    aggregation,
    isNeverReset: chance(random, aggregation === 'WEIGHTED_SUM' ? 0.4 : 0.1),
    ...(aggregation === 'SUM_WITH_MULTIPLIER' && { multiplier: random.pick(['0.5', '3', '1.25']) }),
    ...(isBucketed && { bucketSize: random.pick(['HOUR', '6HOUR', 'DAY', 'WEEK']) }),
    ...(isBucketed && aggregation === 'MAX' && chance(random, 0.4) && { isGrouped: true }),
  };
};

const drawAllowance = (random: SeededRandom, meterId: string, { start, from }: Frame): AllowanceOfCase => ({
  meterId,
  limit: chance(random, 0.06) ? null : random.pick([0, 1, 3, 10, 40, 100, 300]),
  reset: random.pick([...recurrings, 'NEVER', '', 'MONTHLY']),
  ...(chance(random, 0.1) && { start: random.pick([start - msPerDay, from, from + 5 * msPerDay]) }),
});

const drawCommitment = (random: SeededRandom, { period, count }: Cadence): SubscriptionCommitmentOfCase => {
  const longer = recurrings.filter((one) => roughDays(one) > roughDays(period));
  const [first, ...others] = longer;
  const duration = count === 1 && first && chance(random, 0.5) ? random.pick([first, ...others]) : undefined;
  return {
    amount: random.pick(['1', '10', '50.5', '100', '333.33', '1000', '20000']),
    factor: random.pick(['1', '1.5', '1.5', '2', '2', '1.333']),
    hasTrueUp: chance(random, 0.5),
    ...(duration && { duration }),
  };
};

type Time = Pick<BillCase, 'start' | 'anchor' | 'cycle' | 'zone' | 'cadence' | 'trialEnd'>;

const drawTime = (random: SeededRandom): Time => {
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

const emptyCase = (time: Time): BillCase => ({
  ...time,
  currency: 'usd',
  meters: [],
  items: [],
  allowances: [],
  events: [],
  now: time.start,
  asked: { start: time.start },
});

/** The period after so many others, and the one after it. */
const drawPeriods = (random: SeededRandom, time: Time): readonly [number, number, number] => {
  const empty = emptyCase(time);
  let from = time.start;
  const skipped = chance(random, 0.85) ? random.integer(0, 3) : random.integer(4, 12);
  for (let k = 0; k < skipped; k += 1) from = periodAt(empty, from)?.end ?? from;
  const to = periodAt(empty, from)?.end ?? from;
  return [from, to, periodAt(empty, to)?.end ?? to];
};

const drawEnd = (random: SeededRandom, from: number, to: number, later: number): Pick<BillCase, 'end' | 'endedBy'> => {
  if (chance(random, 0.65)) return {};
  const endedBy = random.pick<NonNullable<BillCase['endedBy']>>([
    'immediate',
    'scheduled_date',
    'end_of_period',
    'end_date',
  ]);
  const within = from + Math.max(1, Math.floor(random.next() * (later - from)));
  return { endedBy, end: endedBy === 'end_of_period' ? random.pick([to, later]) : within };
};

const drawAsked = (
  random: SeededRandom,
  from: number,
  to: number,
  later: number,
  end = Infinity,
): BillCase['asked'] => {
  if (chance(random, 0.7)) return { start: from };
  const within = (): number => from + Math.floor(random.next() * (later - from));
  const start = random.pick([from, from, within()]);
  const last = random.pick([to, later, within(), later + (later - from)]);
  return start < Math.min(last, end) ? { start, end: last } : { start: from };
};

/** Gives the prices of the first meter buckets of their own, if it can have some. */
const withBucketsOfPrices = (random: SeededRandom, bill: BillCase): BillCase => {
  const [meter] = bill.meters;
  if (meter === undefined || (meter.aggregation !== 'SUM' && meter.aggregation !== 'MAX')) return bill;
  const bucketSize = random.pick<BucketSize>(['6HOUR', 'DAY', 'WEEK']);
  // A maximum by the buckets of a price cannot be granted.
  const isGranted = meter.aggregation === 'SUM';
  return {
    ...bill,
    allowances: bill.allowances.filter(({ meterId }) => isGranted || meterId !== meter.id),
    items: bill.items.map((item) =>
      item.type === 'USAGE' && item.meterId === meter.id ? { ...item, bucketSize } : item,
    ),
  };
};

export const drawBillCase = (seed: number): BillCase => {
  const random = seededRandom(seed);
  // The first values of neighbouring seeds are alike.
  for (let skipped = 0; skipped < 5; skipped += 1) random.next();
  const time = drawTime(random);
  const [from, to, later] = drawPeriods(random, time);
  const ended = drawEnd(random, from, to, later);
  const asked = drawAsked(random, from, to, later, ended.end);
  const last = Math.max(asked.end ?? to, to);
  const usual = random.pick([last + 40 * msPerDay, last, from + Math.floor(random.next() * (to - from)), to]);
  const now = ended.endedBy === 'immediate' ? Math.max(usual, ended.end ?? usual) : usual;
  const frame: Frame = { start: time.start, from, to: last, end: ended.end };
  const meters = Array.from({ length: chance(random, 0.7) ? 1 : 2 }, (_, place) => drawMeter(random, place));
  const hasCommitment = chance(random, 0.25);
  const usage = meters.flatMap((meter) => drawUsageItems(random, meter, frame, !hasCommitment));
  const bill: BillCase = {
    ...time,
    ...ended,
    currency: random.pick(['usd', 'usd', 'usd', 'jpy', 'kwd']),
    meters,
    items: [...usage, ...drawFixedItems(random, frame, time.cadence)],
    allowances: meters.flatMap(({ id }) => (chance(random, 0.5) ? [drawAllowance(random, id, frame)] : [])),
    ...(hasCommitment && { commitment: drawCommitment(random, time.cadence) }),
    events: drawEvents(random, meters, usage, frame),
    now,
    asked,
  };
  return chance(random, 0.15) ? withBucketsOfPrices(random, bill) : bill;
};
