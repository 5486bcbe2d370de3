// Draws the items of a case: lines with several versions, made by a change, by an end and a new beginning, or with another price.
import type { SeededRandom } from '../builders/seeded-random.ts';
import type {
  Cadence,
  FixedItem,
  LineCommitment,
  MeterOfCase,
  Range,
  Terms,
  TierOfCase,
  UsageItem,
} from '../oracles/bill/bill-case.ts';
import { roughDays } from '../oracles/bill/civil-calendar.ts';

export const recurrings = ['DAILY', 'WEEKLY', 'MONTHLY', 'QUARTERLY', 'HALF_YEARLY', 'ANNUAL'] as const;
export const chance = (random: SeededRandom, probability: number): boolean => random.next() < probability;

/** Where the interesting part of a case lies: what is billed, and the life of the subscription. */
export interface Frame {
  readonly start: number;
  readonly from: number;
  readonly to: number;
  readonly end: number | undefined;
}

const msPerDay = 86_400_000;
const amount = (random: SeededRandom): string => random.pick(['0', '0.002', '0.1', '0.35', '1', '2.5', '10', '0.0333']);

const drawTiers = (random: SeededRandom): readonly TierOfCase[] => {
  const ends = [random.integer(1, 20), random.integer(21, 200)].slice(0, random.integer(0, 2));
  return [...ends, null].map((upTo) => ({
    upTo,
    unit: amount(random),
    ...(chance(random, 0.3) && { flat: random.pick(['0', '1', '4.5', '10']) }),
  }));
};

const drawTerms = (random: SeededRandom): Terms => {
  const model = random.pick<'FLAT_FEE' | 'PACKAGE' | 'SLAB' | 'VOLUME'>([
    'FLAT_FEE',
    'FLAT_FEE',
    'PACKAGE',
    'SLAB',
    'SLAB',
    'VOLUME',
  ]);
  switch (model) {
    case 'FLAT_FEE':
      return { model, amount: amount(random) };
    case 'PACKAGE':
      return {
        model,
        amount: amount(random),
        size: random.pick([1, 5, 10, 100]),
        round: random.pick(['up', 'down', '']),
      };
    case 'SLAB':
    case 'VOLUME':
      return { model: 'TIERED', mode: model, tiers: drawTiers(random) };
  }
};

/** A time in the billed part, or before it; often a whole day or hour. */
const drawCut = (random: SeededRandom, { start, from, to }: Frame): number => {
  const at = chance(random, 0.8) ? from + random.next() * (to - from) : start + random.next() * (to - start);
  const step = random.pick([msPerDay, 3_600_000, 1000, 1]);
  return Math.max(start, Math.floor(at / step) * step);
};

interface Stretch {
  readonly start: number;
  readonly end?: number;
  readonly hasNewLineage: boolean;
}

/** The versions of a line, within the subscription. */
const drawStretches = (random: SeededRandom, frame: Frame): readonly Stretch[] => {
  const { start, end: last } = frame;
  const count = random.pick([1, 1, 2, 2, 3, 5]);
  const cuts = Array.from({ length: count - 1 }, () => drawCut(random, frame)).sort((a, b) => a - b);
  const first = chance(random, 0.75) ? start : drawCut(random, frame);
  const begins = [first, ...cuts.filter((cut) => cut >= first)];
  const ownEnd = chance(random, 0.15) ? Math.max(begins.at(-1) ?? first, drawCut(random, frame)) : undefined;
  return begins.flatMap((begin, place): Stretch[] => {
    const next = begins[place + 1];
    const gapBefore = place > 0 && chance(random, 0.3) ? random.pick([1, 3_600_000, msPerDay, 5 * msPerDay]) : 0;
    const from = begin + gapBefore;
    const until = next ?? ownEnd;
    const ends = [until, last].filter((one) => one !== undefined);
    const end = ends.length === 0 ? undefined : Math.max(from, Math.min(...ends));
    if (next !== undefined && from > next) return [];
    return [{ start: from, ...(end !== undefined && { end }), hasNewLineage: place > 0 && chance(random, 0.25) }];
  });
};

const drawLineCommitment = (random: SeededRandom, size: MeterOfCase['bucketSize']): LineCommitment => {
  const isWindowed = size !== undefined && chance(random, 0.6);
  return {
    type: random.pick(['amount', 'quantity']),
    value: random.pick(['1', '5', '20', '100', '12.5']),
    factor: random.pick(['1', '1.5', '2']),
    hasTrueUp: (size === undefined || size === 'DAY' || size === 'WEEK' || !isWindowed) && chance(random, 0.5),
    isWindowed,
  };
};

const lastsFrom = ({ start, end }: Stretch): Pick<Range, 'start'> & { end?: number } => ({
  start,
  ...(end !== undefined && { end }),
});

const drawUsageLine = (
  random: SeededRandom,
  meter: MeterOfCase,
  frame: Frame,
  name: string,
  mayCommit: boolean,
): readonly UsageItem[] => {
  let terms = drawTerms(random);
  let lineage = name;
  const common = mayCommit && chance(random, 0.3) ? drawLineCommitment(random, meter.bucketSize) : undefined;
  let commitment = common;
  return drawStretches(random, frame).map((stretch, place): UsageItem => {
    if (place > 0 && chance(random, 0.6)) terms = drawTerms(random);
    if (stretch.hasNewLineage) lineage = `inline ${name} ${String(place)}`;
    if (place > 0 && common && chance(random, 0.4)) {
      const other = { ...drawLineCommitment(random, meter.bucketSize), isWindowed: common.isWindowed };
      const isCheap = !other.isWindowed || meter.bucketSize === 'DAY' || meter.bucketSize === 'WEEK';
      commitment = chance(random, 0.4) ? undefined : { ...other, hasTrueUp: other.hasTrueUp && isCheap };
    }
    return {
      id: `${name}_${String(place)}`,
      type: 'USAGE',
      meterId: meter.id,
      ...lastsFrom(stretch),
      terms,
      lineage,
      ...(commitment && { commitment }),
    };
  });
};

export const drawUsageItems = (
  random: SeededRandom,
  meter: MeterOfCase,
  frame: Frame,
  mayCommit: boolean,
): readonly UsageItem[] =>
  Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, (_, line) =>
    drawUsageLine(random, meter, frame, `${meter.id}_line_${String(line)}`, mayCommit),
  ).flat();

const drawFixedLine = (
  random: SeededRandom,
  frame: Frame,
  { period, count }: Cadence,
  name: string,
): readonly FixedItem[] => {
  const [first, ...longer] = recurrings.filter((one) => roughDays(one) > roughDays(period));
  const ownCadence = first && count === 1 && chance(random, 0.3) ? { own: random.pick([first, ...longer]) } : undefined;
  const isOnce = chance(random, 0.15);
  const cadence = isOnce ? ('once' as const) : (ownCadence ?? ('subscription' as const));
  const invoicing = isOnce || chance(random, 0.4) ? 'ADVANCE' : 'ARREAR';
  let terms = drawTerms(random);
  const stretches = drawStretches(random, frame);
  return (isOnce ? stretches.slice(0, 1) : stretches).map((stretch, place): FixedItem => {
    if (place > 0 && chance(random, 0.6)) terms = drawTerms(random);
    const second = stretch.start + 1000;
    const end = isOnce ? Math.min(stretch.end ?? second, second) : stretch.end;
    return {
      id: `${name}_${String(place)}`,
      type: 'FIXED',
      quantity: random.pick(['1', '1', '3', '12.5']),
      invoicing,
      cadence,
      start: stretch.start,
      ...(end !== undefined && { end }),
      terms,
      lineage: name,
    };
  });
};

export const drawFixedItems = (random: SeededRandom, frame: Frame, cadence: Cadence): readonly FixedItem[] =>
  Array.from({ length: random.pick([0, 0, 1, 1, 2]) }, (_, line) =>
    drawFixedLine(random, frame, cadence, `fixed_${String(line)}`),
  ).flat();
