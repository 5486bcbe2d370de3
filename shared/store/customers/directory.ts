// The directory: immutable rows of things that are stored elsewhere and must be listed. A row is a hint; the thing exists only if
// the item that the row points to contains it.
import * as v from 'valibot';
import type { Scope } from '../../domain/ids.ts';
import { listedKey, listedPartition } from '../table/keys.ts';
import { queryAll, type Table } from '../table/table.ts';

export type DirectoryType = 'CUSTOMER' | 'SUBSCRIPTION' | 'API_KEY';

/** `place`: the external id of the customer whose account contains the thing; for an API key the SHA-256 of its secret, in hex. */
interface DirectoryRow {
  readonly id: string;
  readonly place: string;
}

export interface DirectoryStore {
  /** Records a row. Idempotent. */
  readonly record: (scope: Scope, type: DirectoryType, row: DirectoryRow) => Promise<void>;
  /** Lists at most `limit` rows, newest first (ids end in ULIDs). */
  readonly list: (scope: Scope, type: DirectoryType, limit: number) => Promise<readonly DirectoryRow[]>;
}

const ItemSchema = v.object({ sk: v.string(), place: v.string() });

export const createDirectoryStore = (table: Table): DirectoryStore => ({
  record: async (scope, type, { id, place }) => {
    await table.put({ ...listedKey(scope, type, id), place }, { kind: 'none' });
  },

  list: async (scope, type, limit) => {
    const rows: DirectoryRow[] = [];
    for await (const items of queryAll(table, { pk: listedPartition(scope, type), descending: true })) {
      for (const item of items) {
        const { sk, place } = v.parse(ItemSchema, item);
        rows.push({ id: sk, place });
      }
      if (rows.length >= limit) break;
    }
    return rows.slice(0, limit);
  },
});
