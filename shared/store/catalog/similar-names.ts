// Stores the exact forms of customers' external ids and meters' event names, to be found without regard to case and surrounding
// blanks. Read only when a lookup has failed.
import * as v from 'valibot';
import type { Scope } from '../../domain/ids.ts';
import { similarNameKey, similarNamePartition, type SimilarNameType } from '../table/keys.ts';
import type { Table } from '../table/table.ts';

export interface SimilarNameStore {
  /** Records an exact form. Idempotent. */
  readonly record: (scope: Scope, type: SimilarNameType, exact: string) => Promise<void>;
  /** Finds up to ten recorded names that differ from `text` only in case or surrounding blanks. Names are never deleted. */
  readonly find: (scope: Scope, type: SimilarNameType, text: string) => Promise<readonly string[]>;
}

const shownNames = 10;
const ItemSchema = v.object({ sk: v.string() });

// To upper case first: then `ß` equals `SS`, and the two small sigmas equal each other.
const caseFold = (text: string): string => text.trim().toUpperCase().toLowerCase();

export const createSimilarNameStore = (table: Table): SimilarNameStore => ({
  record: async (scope, type, exact) => {
    await table.put({ ...similarNameKey(scope, type, caseFold(exact), exact) }, { kind: 'none' });
  },

  find: async (scope, type, text) => {
    const { items } = await table.query({
      pk: similarNamePartition(scope, type, caseFold(text)),
      limit: shownNames + 1,
    });
    const names = items.map((item) => v.parse(ItemSchema, item).sk);
    return names.filter((name) => name !== text).slice(0, shownNames);
  },
});
