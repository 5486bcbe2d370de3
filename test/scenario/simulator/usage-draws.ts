// Draws the questions about usage in a run: for whom, and over which range. A few ranges come again and again, so that pages
// are written, used and found outdated.
import type { UsageRequest } from '../../../shared/api/usage/usage.ts';
import { msPerDay, msPerHour, msPerMinute, zeroInstant } from '../../../shared/domain/time/instant.ts';
import type { Asked } from './usage-oracle.ts';
import { sumDefinition } from './usage-oracle.ts';
import { startOfRun } from './dials.ts';
import type { World } from './world.ts';

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** All that is sent lies within. */
export const wholeRun: Range = { start: startOfRun - 3 * msPerDay, end: startOfRun + 4 * msPerDay };

const quarterMs = 15 * msPerMinute;
const rounded = ({ start, end }: Range, unit: number): Range => ({
  start: Math.floor(start / unit) * unit,
  end: Math.ceil(end / unit) * unit,
});

/** Around an event, and half of them not on the quarter hour. */
const drawRange = ({ dice, batches }: World): Range => {
  const { timestamp } = dice.pick(batches.flatMap(({ batch }) => batch.events)).event;
  const start = dice.chance(0.2) ? timestamp : Math.floor(timestamp - dice.between(0, 3 * msPerHour));
  const end = dice.chance(0.2) ? timestamp : Math.ceil(timestamp + dice.between(0, 3 * msPerHour));
  const range = { start, end: Math.max(end, start + 1) };
  return dice.pick([range, range, rounded(range, quarterMs), rounded(range, msPerHour)]);
};

export const drawRanges = (world: World): Range[] => [wholeRun, ...Array.from({ length: 3 }, () => drawRange(world))];

export const drawAsked = (world: World, ranges: readonly Range[], customer: string | null): Asked => {
  const { dice, names, dials } = world;
  const { granularity } = dials.folding;
  return { customer, name: dice.pick(names), granularity, ...dice.pick(ranges) };
};

const sizes = ['15MIN', 'HOUR', '6HOUR', 'DAY'] as const;

/** A sum as a request asks for it: with windows or without, since ever or of the range, of a meter that ended or not. */
export const drawRequest = ({ dice }: World, asked: Asked): UsageRequest => {
  const { customer, start, end } = asked;
  const timezone = dice.pick(['UTC', 'Asia/Kathmandu']);
  return {
    customer,
    start,
    end,
    definition: sumDefinition(asked),
    isNeverReset: dice.chance(0.3),
    ...(dice.chance(0.5) && { division: { kind: 'window', size: dice.pick(sizes), timezone, anchorDay: 1 } }),
    ...(dice.chance(0.2) && { countedUntil: dice.integer(start, end) }),
  };
};

/** Returns the range whose events its value counts. */
export const countedRange = ({ isNeverReset, start, end, countedUntil = end }: UsageRequest): Range => ({
  start: isNeverReset ? zeroInstant : start,
  end: Math.min(end, countedUntil),
});
