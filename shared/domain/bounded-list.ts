// Keeps the first items, in order, of a sequence that arrives in any order, in memory proportional to what is kept.

export interface BoundedList<T> {
  /** Adds an item, and drops what is beyond the limit. Of equal ones it keeps the better one, or the one that came first. */
  readonly add: (item: T) => void;
  /** Takes the first items out. They still count against the limit, so that what was dropped before is never missed. */
  readonly takeFirst: (count: number) => readonly T[];
  /** The kept items, in order. */
  readonly items: readonly T[];
  /** The last kept item once the list is full, else undefined: only items before it can still be added. */
  readonly worst: () => T | undefined;
}

/** Creates a list of at most `most` items, at least 1. `isBetter`: whether `a` should be kept instead of its equal `b`. */
export const createBoundedList = <T>(
  compare: (a: T, b: T) => number,
  most: number,
  isBetter: (a: T, b: T) => boolean = () => false,
): BoundedList<T> => {
  const items: T[] = [];
  let limit = most;
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
      if (place === limit) return;
      const isThere = there !== undefined && compare(there, item) === 0;
      if (isThere && !isBetter(item, there)) return;
      items.splice(place, isThere ? 1 : 0, item);
      if (items.length > limit) items.pop();
    },
    takeFirst: (count) => {
      const taken = items.splice(0, count);
      limit -= taken.length;
      return taken;
    },
  };
};
