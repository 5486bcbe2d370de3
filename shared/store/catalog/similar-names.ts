// Similar names: the exact forms of customers' external ids and meters' event names, found by what they look like when case
// and blanks around them are forgotten. Read only when a lookup has failed.
import * as v from 'valibot';
import type { Scope } from '../../domain/ids.ts';
import { similarNameKey, similarNamePartition, type SimilarNameType } from '../table/keys.ts';
import type { Table } from '../table/table.ts';

export interface SimilarNameStore {
  /** Idempotent. */
  readonly record: (scope: Scope, type: SimilarNameType, exact: string) => Promise<void>;
  /** Recorded names that differ from `text` only in case or in blanks around them, at most ten. Names are never forgotten. */
  readonly find: (scope: Scope, type: SimilarNameType, text: string) => Promise<readonly string[]>;
}

const shownNames = 10;
const ItemSchema = v.object({ sk: v.string() });

// Up, then down: so that `ß` meets `SS`, and the two small sigmas each other.
const fold = (text: string): string => text.trim().toUpperCase().toLowerCase();

export const createSimilarNameStore = (table: Table): SimilarNameStore => ({
  record: async (scope, type, exact) => {
    await table.put({ ...similarNameKey(scope, type, fold(exact), exact) }, { kind: 'none' });
  },

  find: async (scope, type, text) => {
    const { items } = await table.query({ pk: similarNamePartition(scope, type, fold(text)), limit: shownNames + 1 });
    const names = items.map((item) => v.parse(ItemSchema, item).sk);
    return names.filter((name) => name !== text).slice(0, shownNames);
  },
});
