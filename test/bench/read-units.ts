// DynamoDB's price of a strongly consistent read: one unit per started 4 KB, of what is not there too; half of it where a
// query may be stale. As in the DynamoDB developer guide, "DynamoDB read and write operations": each item of a BatchGetItem
// is rounded up by itself, a page of a query as a whole.
import * as v from 'valibot';
import type { StoredItem, Table } from '../../shared/store/table/table.ts';
import { itemBytes } from './write-units.ts';

const unitBytes = 4 * 1024;

const isStored = (item: unknown): item is StoredItem => v.is(v.object({ pk: v.string(), sk: v.string() }), item);
const bytesOf = (item: unknown): number => (isStored(item) ? itemBytes(item) : 0);
export const readUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / unitBytes));

export interface ReadCount {
  units: number;
  /** Pages of queries. */
  queries: number;
  /** Items asked for by key. */
  gets: number;
  /** Bytes of items as stored. */
  bytes: number;
}

/** Counts everything read through the table. */
export const countReads = (table: Table): { readonly table: Table; readonly count: ReadCount } => {
  const count = { units: 0, queries: 0, gets: 0, bytes: 0 };
  const addItem = (item: unknown): void => {
    const bytes = bytesOf(item);
    count.units += readUnits(bytes);
    count.gets += 1;
    count.bytes += bytes;
  };
  return {
    count,
    table: {
      ...table,
      get: async (key) => {
        const item = await table.get(key);
        addItem(item);
        return item;
      },
      getMany: async (keys) => {
        const items = await table.getMany(keys);
        for (const item of items) addItem(item);
        return items;
      },
      query: async (query) => {
        const page = await table.query(query);
        const bytes = page.items.reduce((sum: number, item) => sum + bytesOf(item), 0);
        count.units += readUnits(bytes) * (query.isStale === true ? 0.5 : 1);
        count.queries += 1;
        count.bytes += bytes;
        return page;
      },
    },
  };
};
