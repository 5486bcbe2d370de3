// How much one request may read, so that a list costs the same whatever its range.

/** A list reads at most this much per request; what does not fit is left to the cursor. */
export const listBounds = { events: 10_000, partitions: 2_000 } as const;

export interface Budget {
  readonly spendEvents: (count: number) => void;
  readonly spendPartitions: (count: number) => void;
  readonly isSpent: () => boolean;
}

export const createBudget = (bounds: { readonly events: number; readonly partitions: number } = listBounds): Budget => {
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
