// The dials of a run: its traffic, its faults, what changes while it runs. Drawn from the seed; a schedule that aims at a
// rare fault sets some of it.
import type { Definition } from '../../../shared/domain/usage/definition.ts';
import { graceMs, marginMs } from '../../../shared/domain/events/late-hour.ts';
import { msPerDay, msPerHour, msPerMinute } from '../../../shared/domain/time/instant.ts';
import { foldBounds } from '../../../functions/query/fold/read-budget.ts';
import type { Dice } from './dice.ts';

export type Pace = 'fast' | 'mixed' | 'slow' | 'crawl';

export interface FaultRates {
  readonly pace: Pace;
  /** Chance of a request to fail before it has an effect. */
  readonly error: number;
  /** Chance of a request to lose its response. */
  readonly loss: number;
  /** Chance of a worker, at each await, to stop there forever. */
  readonly crash: number;
}

/** How usage is folded. */
export interface Folding {
  /** Bound on the sum of two clocks' errors. */
  readonly marginMs: number;
  /** The most that a part of a day page holds. */
  readonly partBytes: number;
  /** Chance of a part to be read in an older version. */
  readonly stale: number;
  /** Chance of a query function to stop, at each await, and whenever it puts a part of a page. */
  readonly crash: number;
  readonly crashAtPut: number;
  readonly pace: Pace;
  readonly granularity: Definition['granularity'];
  readonly bounds: { readonly events: number; readonly softMs: number; readonly hardMs: number };
  /** Parts of pages that vanish during the run, as they do when their time is over. */
  readonly lostParts: number;
}

/** The layout that a deployment may change: how parts are split, and which of them are complete in the feed. Infinity: as the product. */
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
  readonly rates: FaultRates;
  /** The timeout of an invocation; none: it may run forever. */
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
  /** Chance of an event to be sent again unchanged. */
  readonly retryShare: number;
  /** Chance of a batch to be delivered twice, and of a batch that was not acknowledged to come with another one near it. */
  readonly deliveredTwice: number;
  readonly deliveredTogether: number;
  readonly paddingBytes: number;
  readonly createdAt: number;
  readonly workerCount: number;
  /** Chance of an invocation to run on a fresh worker, which replaces the one before. */
  readonly turnover: number;
  readonly readCount: number;
  readonly reads: readonly Moment[];
  /** Readers that follow the feed; without any, nothing is recorded for them. */
  readonly followCount: number;
  /** How long a follower that has seen everything waits; one is picked for each. */
  readonly followEveryMs: readonly number[];
  readonly usageCount: number;
  readonly usages: readonly Moment[];
  readonly folding: Folding;
  readonly changeCount: number;
  readonly changes: readonly Moment[];
  /** Workers that start after `at` have the layout. */
  readonly deployments: readonly { readonly at: number; readonly layout: Layout }[];
  readonly shardGrowthAt: number | undefined;
  /** How many events an invocation takes through the protocol at once. */
  readonly eventsAtOnce: number;
  /** Items of a query's page. */
  readonly pageSize: number;
}

/** Four hours before a month ends, in UTC. */
export const startOfRun = Date.UTC(2026, 2, 31, 20);
export const msPerSecond = 1_000;

export const around = (middle: number, spread: number): Moment => ({ from: middle - spread, to: middle + spread });

export const ages: readonly Moment[] = [
  { from: 0, to: msPerHour },
  { from: 0, to: msPerHour },
  { from: 0, to: 2 * msPerMinute },
  { from: 0, to: 30 * msPerMinute },
  { from: 0, to: 30 * msPerHour },
  { from: -3 * msPerHour, to: 0 },
  around(-msPerDay, msPerHour),
  { from: -3 * msPerDay, to: -msPerDay },
  { from: msPerDay, to: 3 * msPerDay },
];

export const drawRates = (dice: Dice): FaultRates => ({
  pace: dice.pick(['fast', 'mixed', 'mixed', 'slow', 'crawl']),
  error: dice.pick([0, 0.01, 0.05]),
  loss: dice.pick([0, 0.02, 0.06]),
  crash: dice.pick([0, 0.003, 0.015]),
});

/** `spread` around the ends of `hours` of the run, of their grace and of its margin: there a second decides. */
export const drawArrivals = (dice: Dice, hours: readonly number[], spread: number): Moment[] => {
  const offsets = [0, graceMs, graceMs, graceMs + marginMs, dice.between(-msPerHour / 2, 2 * msPerHour)];
  return Array.from({ length: 3 }, () =>
    around(startOfRun + dice.pick(hours) * msPerHour + dice.pick(offsets), spread),
  );
};

export const drawDeployments = (dice: Dice, count: number): Dials['deployments'] =>
  Array.from({ length: count }, () => ({
    at: startOfRun + dice.between(0, 6 * msPerHour),
    layout: { partSize: dice.pick([1, 2, 3, 4, Infinity]), inlineLimit: dice.pick([0, 1, 2, 3, Infinity]) },
  })).sort((a, b) => a.at - b.at);

/** Readers come with the batches, and for some time after them. */
export const afterArrivals = (arrivals: readonly Moment[], durationMs: number): Moment[] =>
  arrivals.map(({ from, to }) => ({ from, to: to + durationMs }));

export const unbounded = { events: Infinity, softMs: Infinity, hardMs: Infinity };

export const drawFolding = (dice: Dice): Folding => ({
  marginMs,
  partBytes: dice.pick([80, 80, 200, 64 * 1024]),
  stale: dice.pick([0, 0.15, 0.5]),
  crash: dice.pick([0, 0.0005, 0.003]),
  crashAtPut: dice.pick([0, 0.1]),
  pace: dice.pick(['fast', 'mixed', 'mixed', 'slow', 'crawl']),
  granularity: dice.chance(0.8) ? 'quarter_hour' : 'minute',
  bounds: dice.pick([unbounded, unbounded, foldBounds, { ...unbounded, events: dice.integer(0, 8) }]),
  lostParts: dice.pick([0, 0, 3]),
});

export const drawMixedDials = (dice: Dice): Dials => {
  const createdAt =
    startOfRun + dice.pick([-26 * msPerHour, 0, graceMs, graceMs + marginMs]) + dice.between(-3_000, 3_000);
  const arrivals = drawArrivals(dice, [0, 1, 2, 3, 4, 5], 90 * msPerSecond);
  return {
    rates: drawRates(dice),
    timeoutMs: dice.pick([undefined, undefined, 60 * msPerSecond, 290 * msPerSecond]),
    scopeCount: 2,
    customerCount: 3,
    nameCount: 2,
    idCount: dice.integer(5, 24),
    batchCount: dice.integer(4, 10),
    batchSize: { from: 1, to: 6 },
    arrivals,
    ages,
    isRounded: dice.chance(0.5),
    retryShare: 0.1,
    deliveredTwice: 0.35,
    deliveredTogether: 0.5,
    paddingBytes: 0,
    createdAt,
    workerCount: dice.pick([1, 3]),
    turnover: 0.2,
    readCount: dice.integer(8, 20),
    reads: afterArrivals(arrivals, dice.pick([10 * msPerSecond, 5 * msPerMinute, msPerHour])),
    usageCount: dice.integer(4, 14),
    usages: afterArrivals(arrivals, dice.pick([5 * msPerMinute, 30 * msPerMinute, 3 * msPerHour])),
    folding: drawFolding(dice),
    changeCount: dice.integer(0, 4),
    changes: arrivals,
    deployments: drawDeployments(dice, dice.pick([0, 0, 1, 2])),
    shardGrowthAt: dice.chance(0.4) ? dice.between(createdAt, startOfRun + 6 * msPerHour) : undefined,
    eventsAtOnce: dice.pick([1, 4, 10, Infinity]),
    pageSize: dice.pick([1, 3, 10]),
    followCount: 0,
    followEveryMs: [20 * msPerSecond, 5 * msPerMinute, 25 * msPerMinute],
  };
};
