// Keeps the first items, in order, of a sequence that arrives in any order, in memory proportional to what is kept.

export interface BoundedList<T> {
  /** Adds an item; drops it if an equal one is kept, and drops what is beyond the limit. */
  readonly add: (item: T) => void;
  /** The kept items, in order. */
  readonly items: readonly T[];
  /** The last kept item once the list is full, else undefined: only items before it can still be added. */
  readonly worst: () => T | undefined;
}

/** Creates a list of at most `limit` items, at least 1. */
export const createBoundedList = <T>(compare: (a: T, b: T) => number, limit: number): BoundedList<T> => {
  const items: T[] = [];
  const worst = (): T | undefined => (items.length < limit ? undefined : items.at(-1));

  /** Returns the index of the first item that does not come before `item`. */
  const indexFor = (item: T): number => {
    let [low, high] = [0, items.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const other = items[middle];
      if (other !== undefined && compare(other, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    items,
    worst,
    add: (item) => {
      const place = indexFor(item);
      const there = items[place];
      if (place === limit || (there !== undefined && compare(there, item) === 0)) return;
      items.splice(place, 0, item);
      if (items.length > limit) items.pop();
    },
  };
};
