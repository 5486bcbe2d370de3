// DynamoDB's price of a strongly consistent read: one unit per started 4 KB, of what is not there too.
// As in the DynamoDB developer guide, "DynamoDB read and write operations": each item of a BatchGetItem is rounded up by
// itself, a query as a whole.
import * as v from 'valibot';
import type { StoredItem, Table } from '../../shared/store/table.ts';
import { itemBytes } from './write-units.ts';

const unitBytes = 4 * 1024;

const isStored = (item: unknown): item is StoredItem => v.is(v.object({ pk: v.string(), sk: v.string() }), item);
const bytesOf = (item: unknown): number => (isStored(item) ? itemBytes(item) : 0);
export const readUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / unitBytes));

/** Counts the read units of everything read through the table. */
export const countReads = (table: Table): { readonly table: Table; readonly count: { units: number } } => {
  const count = { units: 0 };
  return {
    count,
    table: {
      ...table,
      get: async (key) => {
        const item = await table.get(key);
        count.units += readUnits(bytesOf(item));
        return item;
      },
      getMany: async (keys) => {
        const items = await table.getMany(keys);
        for (const item of items) count.units += readUnits(bytesOf(item));
        return items;
      },
      query: async (query) => {
        const page = await table.query(query);
        count.units += readUnits(page.items.reduce((sum: number, item) => sum + bytesOf(item), 0));
        return page;
      },
    },
  };
};
