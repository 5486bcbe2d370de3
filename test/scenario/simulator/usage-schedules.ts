// Schedules that aim at the moments at which hours are closed, folded and come to hold more.
import { graceMs, marginMs } from '../../../shared/domain/events/late-hour.ts';
import { msPerHour, msPerMinute } from '../../../shared/domain/time/instant.ts';
import { around, type Dials, type Folding, msPerSecond, startOfRun, unbounded } from './dials.ts';
import { oneHour, quietRates } from './schedules.ts';

const quietFolding: Folding = {
  marginMs,
  partBytes: 80,
  stale: 0,
  crash: 0,
  crashAtPut: 0,
  pace: 'fast',
  granularity: 'quarter_hour',
  bounds: unbounded,
  lostParts: 0,
};

const singles = {
  ...oneHour,
  idCount: 1_000,
  batchSize: { from: 1, to: 1 },
  readCount: 0,
  changeCount: 0,
  folding: quietFolding,
} satisfies Partial<Dials>;

const lateAt = startOfRun + 4 * msPerHour;

/** One event comes into an hour long closed, while that is folded. */
export const lateEvent = (): Partial<Dials> => ({
  ...singles,
  rates: { ...quietRates, pace: 'slow' },
  batchCount: 1,
  arrivals: [around(lateAt, msPerSecond)],
  ages: [{ from: msPerHour, to: 3 * msPerHour }],
  usageCount: 12,
  usages: [{ from: lateAt, to: lateAt + 6 * msPerMinute }],
});

/** The same, and its writers die, so that others find its parts. */
export const lateEventOfDyingWriters = (): Partial<Dials> => ({
  ...lateEvent(),
  rates: { ...quietRates, pace: 'slow', crash: 0.03 },
});

/** One event comes while those who fold its hour take their time. */
export const lateEventUnderSlowQueries = (): Partial<Dials> => ({
  ...lateEvent(),
  rates: quietRates,
  usages: [{ from: lateAt - 7 * msPerMinute, to: lateAt }],
  folding: { ...quietFolding, pace: 'slow' },
});

/** The same, and the feed grows. */
export const lateEventsInNewShards = (): Partial<Dials> => ({
  ...lateEventUnderSlowQueries(),
  batchCount: 3,
  arrivals: [{ from: lateAt, to: lateAt + 30 * msPerSecond }],
  usageCount: 16,
  usages: [{ from: lateAt - msPerMinute, to: lateAt }],
  shardGrowthAt: lateAt,
});

const endOfHour = startOfRun + 2 * msPerHour;
const graceEnds = endOfHour + graceMs;

/** The last events that need no marker, and queries at the same time. */
export const endOfGrace = (): Partial<Dials> => ({
  ...singles,
  rates: quietRates,
  batchCount: 1,
  arrivals: [around(graceEnds - 2 * msPerSecond, 1.5 * msPerSecond)],
  ages: [{ from: graceMs + 2 * msPerSecond, to: 50 * msPerMinute }],
  usageCount: 16,
  usages: [around(graceEnds, msPerSecond)],
});

/** Invocations that are much longer than the margin. */
export const longInvocations = (): Partial<Dials> => ({
  ...singles,
  rates: { ...quietRates, pace: 'crawl' },
  batchCount: 6,
  arrivals: [around(graceEnds - 2 * msPerMinute, 2 * msPerMinute)],
  ages: [{ from: graceMs, to: 50 * msPerMinute }],
  usageCount: 16,
  usages: [{ from: graceEnds + 5 * msPerSecond, to: graceEnds + 8 * msPerMinute }],
  folding: { ...quietFolding, marginMs: 5 * msPerSecond },
});

/** Query functions that make pages of several parts at once, die while they do, and read old parts. */
export const tornPages = (): Partial<Dials> => ({
  ...singles,
  rates: { ...quietRates, pace: 'mixed' },
  batchCount: 16,
  arrivals: [around(lateAt, 3 * msPerMinute)],
  ages: [{ from: msPerHour, to: 5 * msPerHour }],
  usageCount: 30,
  usages: [around(lateAt + msPerMinute, 4 * msPerMinute)],
  folding: { ...quietFolding, pace: 'mixed', stale: 0.15, crashAtPut: 0.1, lostParts: 3 },
});

/** Deliveries of one batch cut it differently while it is folded. */
export const overlappingParts = (): Partial<Dials> => ({
  ...singles,
  rates: { ...quietRates, crash: 0.04 },
  batchCount: 3,
  batchSize: { from: 4, to: 8 },
  usageCount: 8,
  usages: [around(endOfHour + graceMs + marginMs, 20 * msPerMinute)],
  deployments: Array.from({ length: 30 }, (_, number) => ({
    at: startOfRun + 2 * msPerHour + 30 * msPerMinute + number * 20 * msPerSecond,
    layout: { partSize: number % 2 === 0 ? 2 : Infinity, inlineLimit: Infinity },
  })),
});
