// The in-memory twin with queries as DynamoDB pages them, at most 1 MB each. A partition is sorted once, and not for every
// query: so a query takes next to nothing beside what is done with its items, however many there are.
import type { StoredItem, TablePage, TableQuery } from '../../shared/store/table/table.ts';
import { createMemoryTable, type MemoryTable } from '../support/drivers/memory-table.ts';
import { itemBytes } from './write-units.ts';

const pageBytes = 1024 * 1024;

interface SortedPartition {
  readonly items: readonly StoredItem[];
  /** Bytes of all items up to and with each. */
  readonly until: readonly number[];
}

const sortPartition = (partition: ReadonlyMap<string, StoredItem>): SortedPartition => {
  const items = [...partition.values()].sort((a, b) => (a.sk < b.sk ? -1 : 1));
  let total = 0;
  return { items, until: items.map((item) => (total += itemBytes(item))) };
};

/** The first place for which `isAfter`; the places it holds for come last. */
const firstPlace = (count: number, isAfter: (place: number) => boolean): number => {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAfter(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};

const select = ({ items, until }: SortedPartition, { from = '', to, after = '' }: TableQuery): TablePage => {
  const keyAt = (place: number): string => items[place]?.sk ?? '';
  const first = firstPlace(items.length, (place) => keyAt(place) >= from && keyAt(place) > after);
  const end = to === undefined ? items.length : firstPlace(items.length, (place) => keyAt(place) > to);
  const full = (until[first - 1] ?? 0) + pageBytes;
  const last = Math.max(
    first + 1,
    firstPlace(items.length, (place) => (until[place] ?? 0) > full),
  );
  return last < end ? { items: items.slice(first, last), next: keyAt(last - 1) } : { items: items.slice(first, end) };
};

/** Ascending queries without a limit; sort keys of ASCII. */
export const createPagedTable = (): MemoryTable => {
  const partitions = new Map<string, Map<string, StoredItem>>();
  const twin = createMemoryTable({ partitions });
  const sorted = new Map<string, SortedPartition>();
  const sortedOf = (pk: string): SortedPartition => {
    const known = sorted.get(pk) ?? sortPartition(partitions.get(pk) ?? new Map());
    sorted.set(pk, known);
    return known;
  };
  return {
    ...twin,
    put: (item, condition) => {
      sorted.delete(item.pk);
      return twin.put(item, condition);
    },
    add: (key, amounts, initial) => {
      sorted.delete(key.pk);
      return twin.add(key, amounts, initial);
    },
    remove: (key, condition) => {
      sorted.delete(key.pk);
      return twin.remove(key, condition);
    },
    query: (query) => {
      if (query.descending === true || query.limit !== undefined) throw new Error('not of the bench');
      return Promise.resolve(select(sortedOf(query.pk), query));
    },
  };
};
