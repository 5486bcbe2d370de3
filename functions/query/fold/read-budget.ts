// Bounds how much one request reads: a list costs the same whatever its range, and a fold ends before its caller gives up.

export interface ListBounds {
  readonly events: number;
  readonly partitions: number;
}
/** The most that one request reads for a list; the cursor goes on from there. */
export const listBounds: ListBounds = { events: 10_000, partitions: 2_000 };

export interface Budget {
  readonly spendEvents: (count: number) => void;
  readonly spendPartitions: (count: number) => void;
  readonly isSpent: () => boolean;
}

export const createBudget = (bounds: ListBounds): Budget => {
  let { events, partitions } = bounds;
  return {
    spendEvents: (count) => {
      events -= count;
    },
    spendPartitions: (count) => {
      partitions -= count;
    },
    isSpent: () => events < 0 || partitions < 0,
  };
};

/**
 * The bounds of a fold: the gateway waits for 29 seconds. Only tests bound the number of events.
 * @internal
 */
export const foldBounds = { events: Infinity, softMs: 15_000, hardMs: 22_000 } as const;

export interface FoldBudget {
  readonly spendEvents: (count: number) => void;
  /** Time to keep what was folded, and to ask for a retry. */
  readonly isSpent: () => boolean;
  /** Time to give up. */
  readonly isExhausted: () => boolean;
}

/** Thrown within a fold once its budget is exhausted. */
export class BudgetExhausted extends Error {}

/** Starts a budget. `now`: monotonic milliseconds. */
export const createFoldBudget = (
  now: () => number,
  {
    events,
    softMs,
    hardMs,
  }: { readonly events: number; readonly softMs: number; readonly hardMs: number } = foldBounds,
): FoldBudget => {
  const since = now();
  let left = events;
  return {
    spendEvents: (count) => {
      left -= count;
    },
    isSpent: () => left < 0 || now() - since > softMs,
    isExhausted: () => now() - since > hardMs,
  };
};
