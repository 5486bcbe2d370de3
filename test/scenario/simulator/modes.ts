// Kinds of runs: each looks closer at one thing that a mixed run meets rarely.
import { graceMs } from '../../../shared/domain/events/late-hour.ts';
import { msPerDay, msPerHour, msPerMinute } from '../../../shared/domain/time/instant.ts';
import type { Dice } from './dice.ts';
import {
  afterArrivals,
  ages,
  around,
  type Dials,
  drawArrivals,
  drawDeployments,
  drawFolding,
  drawMixedDials,
  drawRates,
  msPerSecond,
  type Pace,
  startOfRun,
} from './dials.ts';

const narrow = { scopeCount: 1, customerCount: 1, nameCount: 1 } as const;

const modes: Readonly<Record<string, (dice: Dice) => Partial<Dials>>> = {
  mixed: () => ({}),

  /** Hours and their graces end to the second. */
  edge: (dice) => {
    const arrivals = drawArrivals(dice, [0, 1, 2, 3, 4, 5], 2 * msPerSecond);
    const reads = afterArrivals(arrivals, dice.pick([10 * msPerSecond, 5 * msPerMinute]));
    return { rates: { ...drawRates(dice), pace: 'fast' }, arrivals, changes: arrivals, reads };
  },

  /** The scope is new, and the hour before its creation is still open. */
  birth: (dice) => {
    const createdAt = startOfRun + dice.pick([0, graceMs]) + dice.between(-2_000, 2_000);
    const arrivals = [around(createdAt, 3 * msPerSecond)];
    return {
      rates: { ...drawRates(dice), pace: 'fast', crash: 0 },
      createdAt,
      arrivals,
      ages: ages.slice(0, 4),
      batchCount: 3,
      reads: afterArrivals(arrivals, 10 * msPerSecond),
    };
  },

  /** Events that lie a day ahead, to the second. */
  ahead: (dice) => {
    const arrivals = [around(startOfRun + 4 * msPerHour, 2 * msPerSecond)];
    return {
      rates: { ...drawRates(dice), pace: 'fast', crash: 0 },
      arrivals,
      ages: [around(-msPerDay, 3 * msPerSecond), around(-msPerDay, msPerMinute)],
      isRounded: false,
      reads: afterArrivals(arrivals, 3 * msPerSecond),
      readCount: 20,
    };
  },

  /** Parts that the product refers to. */
  dense: () => ({ ...narrow, idCount: 60, batchCount: 4, batchSize: { from: 17, to: 40 } }),

  /** Events so large that the product cuts parts. */
  bulky: (dice) => ({ ...narrow, batchSize: { from: 1, to: 8 }, paddingBytes: dice.pick([26, 36, 52]) * 1024 }),

  brownout: (dice) => ({ rates: { ...drawRates(dice), error: 0.3 } }),

  crawl: (dice) => ({ rates: { ...drawRates(dice), pace: 'crawl' }, arrivals: drawArrivals(dice, [2], 90_000) }),

  /** Deployments between the deliveries of a batch. */
  deploy: (dice) => ({
    ...narrow,
    rates: { ...drawRates(dice), crash: 0.03 },
    batchSize: { from: 1, to: 8 },
    deployments: drawDeployments(dice, 40),
  }),

  /** Hours that closed long ago, into which events come while their pages are written, used and renewed. */
  late: (dice) => {
    const arrivals = [around(startOfRun + 5 * msPerHour, dice.pick([msPerSecond, msPerMinute, 5 * msPerMinute]))];
    return {
      ...narrow,
      rates: { ...drawRates(dice), pace: dice.pick(['fast', 'mixed', 'slow']) },
      createdAt: startOfRun,
      arrivals,
      ages: [{ from: msPerHour, to: 4 * msPerHour }],
      readCount: 2,
      usages: afterArrivals(arrivals, dice.pick([30 * msPerSecond, 10 * msPerMinute])),
      usageCount: 20,
      folding: { ...drawFolding(dice), partBytes: 80, pace: dice.pick<Pace>(['fast', 'mixed', 'slow']) },
    };
  },

  /** An hour is closed, to the second, while its last events come. */
  seal: (dice) => {
    const endOfHour = startOfRun + 2 * msPerHour;
    const folding = { ...drawFolding(dice), marginMs: 4 * msPerSecond, pace: dice.pick<Pace>(['fast', 'mixed']) };
    const arrivals = [around(endOfHour + graceMs, 2 * msPerSecond)];
    const closes = endOfHour + graceMs + folding.marginMs;
    return {
      ...narrow,
      rates: { ...drawRates(dice), pace: 'fast' },
      createdAt: startOfRun,
      arrivals,
      ages: [{ from: graceMs + 5 * msPerSecond, to: 20 * msPerMinute }],
      readCount: 2,
      usages: [around(closes, 2 * msPerSecond), around(closes, 2 * msPerSecond), around(closes, msPerMinute)],
      usageCount: 20,
      folding,
    };
  },

  /** A worker whose cache is in use all around the changes of the catalog. */
  catalog: (dice) => {
    const arrivals = [around(startOfRun + 2 * msPerHour, msPerMinute)];
    return {
      ...narrow,
      rates: { ...drawRates(dice), pace: dice.pick(['fast', 'mixed']), crash: 0 },
      idCount: 100,
      batchCount: 20,
      batchSize: { from: 1, to: 2 },
      arrivals,
      workerCount: 1,
      turnover: 0.02,
      readCount: 4,
      changeCount: 4,
      changes: arrivals,
    };
  },
};

export interface DrawnDials {
  readonly mode: string;
  readonly dials: Dials;
}

export const drawDials = (dice: Dice): DrawnDials => {
  const [mode, draw] = dice.pick(Object.entries(modes));
  return { mode, dials: { ...drawMixedDials(dice), ...draw(dice) } };
};
