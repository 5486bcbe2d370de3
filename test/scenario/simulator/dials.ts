// What a run is like: its traffic, its faults, what changes while it runs. Drawn from the seed; a schedule that aims at a
// rare fault sets some of it.
import { graceMs, marginMs } from '../../../shared/domain/late-hour.ts';
import { msPerHour, msPerMinute } from '../../../shared/domain/instant.ts';
import type { Dice } from './dice.ts';

export type Pace = 'fast' | 'mixed' | 'slow' | 'crawl';

export interface FaultRates {
  readonly pace: Pace;
  /** Of a request: it fails before it has an effect. */
  readonly error: number;
  /** Of a request: its response is lost. */
  readonly loss: number;
  /** Of a worker at each await: it stops there for ever. */
  readonly crash: number;
}

/** What a deployment may change: how parts are cut, and which of them the feed holds complete. Infinity: as the product. */
export interface Layout {
  readonly partSize: number;
  readonly inlineLimit: number;
}

/** A time of traffic and of what goes with it, UTC milliseconds. */
export interface Moment {
  readonly from: number;
  readonly to: number;
}

export interface Dials {
  readonly mode: string;
  readonly rates: FaultRates;
  /** Of an invocation; none: it may run for ever. */
  readonly timeoutMs: number | undefined;
  readonly scopeCount: number;
  readonly customerCount: number;
  readonly nameCount: number;
  readonly idCount: number;
  readonly batchCount: number;
  readonly batchSize: { readonly from: number; readonly to: number };
  /** When batches come, one is picked for each. */
  readonly arrivals: readonly Moment[];
  /** Milliseconds from an arrival back (or ahead) to the timestamps; one is picked for each event. */
  readonly ages: readonly Moment[];
  /** So that several events share a minute, and some a timestamp. */
  readonly isRounded: boolean;
  /** Of an event: it is sent again as it was. */
  readonly retryShare: number;
  readonly paddingBytes: number;
  readonly createdAt: number;
  readonly workerCount: number;
  readonly readCount: number;
  readonly reads: readonly Moment[];
  readonly changeCount: number;
  readonly changes: readonly Moment[];
  /** Workers that start after `at` have the layout. */
  readonly deployments: readonly { readonly at: number; readonly layout: Layout }[];
  readonly shardGrowthAt: number | undefined;
  /** Items of a query's page. */
  readonly pageSize: number;
}

/** Four hours before a month ends, in UTC. */
export const startOfRun = Date.UTC(2026, 2, 31, 20);
const second = 1_000;
const day = 24 * msPerHour;

export const around = (middle: number, spread: number): Moment => ({ from: middle - spread, to: middle + spread });

const modes = ['mixed', 'mixed', 'edge', 'edge', 'dense', 'brownout', 'midnight', 'deploy', 'deploy', 'bulky', 'crawl'];

const ages: readonly Moment[] = [
  { from: 0, to: msPerHour },
  { from: 0, to: msPerHour },
  { from: 0, to: 2 * msPerMinute },
  { from: 0, to: 30 * msPerMinute },
  { from: 0, to: 30 * msPerHour },
  { from: -3 * msPerHour, to: 0 },
  around(-day, msPerHour),
  { from: -3 * day, to: -day },
  { from: day, to: 3 * day },
];

const drawRates = (dice: Dice, mode: string): FaultRates => ({
  pace: mode === 'crawl' ? 'crawl' : mode === 'edge' ? 'fast' : dice.pick(['fast', 'mixed', 'mixed', 'slow', 'crawl']),
  error: mode === 'brownout' ? 0.3 : dice.pick([0, 0.01, 0.05]),
  loss: dice.pick([0, 0.02, 0.06]),
  crash: mode === 'deploy' ? 0.03 : dice.pick([0, 0.003, 0.015]),
});

const drawLayout = (dice: Dice): Layout => ({
  partSize: dice.pick([1, 2, 3, 4, Infinity]),
  inlineLimit: dice.pick([0, 1, 2, 3, Infinity]),
});

/** Hours end, graces and margins pass: that is where a second decides. */
const drawArrivals = (dice: Dice, mode: string): Moment[] => {
  const offsets = [0, graceMs, graceMs, graceMs + marginMs, dice.between(-msPerHour / 2, 2 * msPerHour)];
  const spread = mode === 'edge' || mode === 'midnight' ? 2 * second : 90 * second;
  const hours = mode === 'midnight' ? [4] : mode === 'dense' || mode === 'crawl' ? [2] : [0, 1, 2, 3, 4, 5];
  return Array.from({ length: 3 }, () =>
    around(startOfRun + dice.pick(hours) * msPerHour + dice.pick(offsets), spread),
  );
};

export const drawDials = (dice: Dice): Dials => {
  const mode = dice.pick(modes);
  const isNarrow = mode === 'dense' || mode === 'deploy' || mode === 'bulky';
  const createdAt =
    startOfRun + dice.pick([-26 * msPerHour, 0, graceMs, graceMs + marginMs]) + dice.between(-3 * second, 3 * second);
  const arrivals = drawArrivals(dice, mode);
  const deploymentCount = mode === 'deploy' ? 40 : dice.pick([0, 0, 1, 2]);
  return {
    mode,
    rates: drawRates(dice, mode),
    timeoutMs: dice.pick([undefined, undefined, 60 * second, 290 * second]),
    scopeCount: isNarrow ? 1 : 2,
    customerCount: isNarrow ? 1 : 3,
    nameCount: isNarrow ? 1 : 2,
    idCount: mode === 'dense' ? 60 : dice.integer(5, 24),
    batchCount: mode === 'dense' ? 4 : dice.integer(4, 10),
    batchSize: mode === 'dense' ? { from: 17, to: 40 } : { from: 1, to: isNarrow ? 8 : 6 },
    arrivals,
    // What begins a day ahead, to the second.
    ages: mode === 'midnight' ? [...ages, around(-day, 60 * second), around(-day, 2 * second)] : ages,
    isRounded: dice.chance(0.5),
    retryShare: 0.1,
    paddingBytes: mode === 'bulky' ? dice.pick([26, 36, 52]) * 1024 : 0,
    createdAt,
    workerCount: dice.pick([1, 3]),
    readCount: dice.integer(8, 20),
    reads: arrivals.map(({ from, to }) => ({ from, to: to + dice.pick([10 * second, 5 * msPerMinute, msPerHour]) })),
    changeCount: dice.integer(0, 4),
    changes: arrivals,
    deployments: Array.from({ length: deploymentCount }, () => ({
      at: startOfRun + dice.between(0, 6 * msPerHour),
      layout: drawLayout(dice),
    })).sort((a, b) => a.at - b.at),
    shardGrowthAt: dice.chance(0.4) ? dice.between(createdAt, startOfRun + 6 * msPerHour) : undefined,
    pageSize: dice.pick([1, 3, 10]),
  };
};
