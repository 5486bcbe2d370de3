// Draws cases of bills: every cadence, anchors, zones whose clocks change, trials, lines with several versions, ends of all kinds.
import { type SeededRandom, seededRandom } from '../builders/seeded-random.ts';
import type {
  AllowanceOfCase,
  BillCase,
  BucketSize,
  Cadence,
  MeterOfCase,
  SubscriptionCommitmentOfCase,
} from '../oracles/bill/bill-case.ts';
import { periodAt } from '../oracles/bill/billing-periods.ts';
import { roughDays } from '../oracles/bill/civil-calendar.ts';
import { drawEvents } from './bill-event-draws.ts';
import { type BillTime, drawTime } from './bill-time-draws.ts';
import { chance, drawFixedItems, drawUsageItems, type Frame, recurrings } from './bill-item-draws.ts';

const msPerDay = 86_400_000;
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

const emptyCase = (time: BillTime): BillCase => ({
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
const drawPeriods = (random: SeededRandom, time: BillTime): readonly [number, number, number] => {
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
