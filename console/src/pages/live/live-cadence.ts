// How often the live page asks, and how many rows a second it shows.

const idle = [
  [60_000, 1_000],
  [600_000, 2_000],
] as const;
const slowestMs = 10_000;

/** Returns the milliseconds between two questions, by how long no event has come. */
export const pollDelayMs = (idleMs: number): number => idle.find(([until]) => idleMs < until)?.[1] ?? slowestMs;

/** Returns the milliseconds to wait after some failures in a row. */
export const backoffMs = (failures: number): number => Math.min(500 * 2 ** failures, 15_000);

/** Rows a second that a reader can follow. Above it, with some room for events that come in bursts, rows are a sample. */
const mostPerSecond = 200;
const room = 1.2;
const spanMs = 5_000;

/** Measures how many events a second came in the last seconds. */
export const createRateMeter = () => {
  let recent: readonly { readonly at: number; readonly count: number }[] = [];
  return {
    add: (count: number, now: number): void => {
      recent = [...recent.filter(({ at }) => now - at <= spanMs), { at: now, count }];
    },
    /** Returns n where one in n events becomes a row; 1 means each. */
    oneIn: (now: number): number => {
      const [first, ...rest] = recent.filter(({ at }) => now - at <= spanMs);
      if (first === undefined || rest.length === 0) return 1;
      // The events of the first answer came before it, so they are not of this time.
      const count = rest.reduce((sum, one) => sum + one.count, 0);
      const perSecond = count / Math.max(1, (now - first.at) / 1_000);
      return perSecond <= mostPerSecond * room ? 1 : Math.ceil(perSecond / mostPerSecond);
    },
  };
};
