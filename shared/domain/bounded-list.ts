// The first so many of what comes in any order: memory is that of what is kept, however much comes.

export interface BoundedList<T> {
  /** A repeat (equal to one that is kept) is dropped, and what is beyond the limit. */
  readonly add: (item: T) => void;
  /** In order. */
  readonly items: readonly T[];
  /** The last one that is kept once no more fit: only what comes before it can still get in. */
  readonly worst: () => T | undefined;
}

/** `limit`: at least 1. */
export const createBoundedList = <T>(compare: (a: T, b: T) => number, limit: number): BoundedList<T> => {
  const items: T[] = [];
  const worst = (): T | undefined => (items.length < limit ? undefined : items.at(-1));

  /** Where the first one stands that does not come before `item`. */
  const placeOf = (item: T): number => {
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
      const place = placeOf(item);
      const there = items[place];
      if (place === limit || (there !== undefined && compare(there, item) === 0)) return;
      items.splice(place, 0, item);
      if (items.length > limit) items.pop();
    },
  };
};
