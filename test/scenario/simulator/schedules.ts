// Schedules that aim at what chance rarely meets.
import { msPerDay, msPerHour, msPerMinute } from '../../../shared/domain/time/instant.ts';
import type { Dice } from './dice.ts';
import { around, type Dials, msPerSecond, startOfRun } from './dials.ts';

const middle = startOfRun + 2 * msPerHour + 30 * msPerMinute;
export const quietRates = { pace: 'fast', error: 0, loss: 0, crash: 0 } as const;

/** Everything into one hour of one customer. */
export const oneHour = {
  timeoutMs: undefined,
  scopeCount: 1,
  customerCount: 1,
  nameCount: 1,
  retryShare: 0,
  paddingBytes: 0,
  arrivals: [around(middle, msPerSecond)],
  ages: [{ from: 0, to: 20 * msPerMinute }],
  createdAt: startOfRun,
  usageCount: 0,
  followCount: 0,
  deployments: [],
  shardGrowthAt: undefined,
} satisfies Partial<Dials>;

/** Requests fail so often that three in a row do. */
export const brownout = (): Partial<Dials> => ({
  ...oneHour,
  rates: { ...quietRates, error: 0.4 },
  idCount: 60,
  batchCount: 3,
  batchSize: { from: 4, to: 8 },
  readCount: 0,
  changeCount: 0,
});

/** Many small invocations, of which few fail early. */
export const smallBatches = (): Partial<Dials> => ({
  ...brownout(),
  rates: { ...quietRates, error: 0.35 },
  batchCount: 12,
  batchSize: { from: 1, to: 1 },
  arrivals: [around(middle, 25 * msPerMinute)],
});

/** Invocations that are given more than they have time for. */
export const turnsThatDoNotCome = (): Partial<Dials> => ({
  ...oneHour,
  rates: { ...quietRates, pace: 'slow' },
  timeoutMs: 60 * msPerSecond,
  scopeCount: 2,
  idCount: 60,
  batchCount: 8,
  batchSize: { from: 1, to: 3 },
  eventsAtOnce: 1,
  readCount: 0,
  changeCount: 0,
});

/** The catalog changes between deliveries of one batch. */
export const changesBetweenDeliveries = (): Partial<Dials> => ({
  ...brownout(),
  rates: { ...quietRates, error: 0.3, crash: 0.05 },
  changeCount: 12,
  changes: [{ from: middle, to: middle + 20 * msPerMinute }],
});

/** Deliveries of one batch cut it differently. */
export const deploymentsBetweenDeliveries = (dice: Dice): Partial<Dials> => ({
  ...brownout(),
  rates: { ...quietRates, crash: 0.04 },
  deployments: Array.from({ length: 30 }, (_, number) => ({
    at: middle + number * dice.between(5 * msPerSecond, msPerMinute),
    layout: { partSize: number % 2 === 0 ? 2 : Infinity, inlineLimit: Infinity },
  })),
});

/** Invocations of one worker all around a change of the catalog. */
export const changesUnderLoad = (): Partial<Dials> => ({
  ...oneHour,
  rates: { ...quietRates, pace: 'mixed' },
  idCount: 100,
  batchCount: 40,
  batchSize: { from: 1, to: 1 },
  arrivals: [around(middle, 15 * msPerSecond)],
  workerCount: 1,
  turnover: 0,
  readCount: 0,
  changeCount: 2,
  changes: [around(middle, 10 * msPerSecond)],
});

/** Events that begin an hour which is a day ahead, to the second. */
export const aDayAhead = (): Partial<Dials> => ({
  ...oneHour,
  rates: quietRates,
  idCount: 100,
  batchCount: 20,
  batchSize: { from: 1, to: 1 },
  arrivals: [around(startOfRun + 4 * msPerHour, 2 * msPerSecond)],
  ages: [{ from: -msPerDay - 4 * msPerSecond, to: -msPerDay }],
  isRounded: false,
  workerCount: 3,
  readCount: 30,
  reads: [around(startOfRun + 4 * msPerHour, 2 * msPerSecond)],
  changeCount: 0,
});

/** Many invocations at once, and readers that follow them second by second. */
export const followedRush = (): Partial<Dials> => ({
  ...oneHour,
  rates: { ...quietRates, pace: 'mixed' },
  idCount: 200,
  batchCount: 30,
  batchSize: { from: 1, to: 2 },
  arrivals: [around(middle, 10 * msPerSecond)],
  workerCount: 6,
  readCount: 0,
  changeCount: 0,
  followCount: 2,
  followEveryMs: [msPerSecond, 5 * msPerSecond],
});

/** Answers are lost so often that a request is repeated which had its effect. */
export const followedLosses = (): Partial<Dials> => ({
  ...followedRush(),
  rates: { ...quietRates, loss: 0.15 },
  batchCount: 15,
});

/** Invocations of which few fail, by one request of theirs. */
export const followedBrownout = (): Partial<Dials> => ({
  ...followedRush(),
  rates: { ...quietRates, error: 0.3 },
  arrivals: [around(middle, 25 * msPerMinute)],
  followEveryMs: [msPerMinute],
});

/** Many invocations at once, each of one batch that comes once. */
export const followedCrowd = (): Partial<Dials> => ({
  ...followedRush(),
  batchCount: 20,
  batchSize: { from: 1, to: 1 },
  deliveredTwice: 0,
  deliveredTogether: 0,
  arrivals: [around(middle, 10 * msPerSecond)],
  followEveryMs: [msPerSecond],
});

/** Few invocations before midnight, UTC, and a reader that comes after it. */
export const followedMidnight = (): Partial<Dials> => ({
  ...followedRush(),
  batchCount: 10,
  arrivals: [around(startOfRun + 4 * msPerHour - 30 * msPerMinute, 30 * msPerMinute)],
  followEveryMs: [10 * msPerMinute, 20 * msPerMinute],
});

/** The feed gets more shards. */
export const followedGrowth = (): Partial<Dials> => ({
  ...followedRush(),
  arrivals: [around(middle, 10 * msPerMinute)],
  shardGrowthAt: middle,
  followEveryMs: [msPerMinute],
});
