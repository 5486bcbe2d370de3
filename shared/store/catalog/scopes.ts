// Stores one item per scope: the catalog version, which only grows, and whatever else every invocation needs to know.
import * as v from 'valibot';
import type { Scope } from '../../domain/ids.ts';
import { scopeItemKey } from '../table/keys.ts';
import type { Table } from '../table/table.ts';

export interface ScopeRecord {
  /** Raised by every change of the catalog, after its items were written. */
  readonly catalogVersion: number;
  /** UTC milliseconds; 0 for a scope that was never created. */
  readonly createdAt: number;
  /** Partitions that an hour of the feed is spread over; may only grow. */
  readonly feedShards: number;
}

const ItemSchema = v.object({
  version: v.optional(v.number(), 0),
  created: v.optional(v.number(), 0),
  shards: v.optional(v.number(), 1),
});

export interface ScopeStore {
  readonly read: (scope: Scope) => Promise<ScopeRecord>;
  /** Creates the scope if there is none; `now` in UTC milliseconds. Idempotent. */
  readonly ensure: (scope: Scope, now: number) => Promise<void>;
  /** Adds 1 to the catalog version. A repeat is harmless. */
  readonly raiseVersion: (scope: Scope) => Promise<void>;
}

export const createScopeStore = (table: Table): ScopeStore => ({
  read: async (scope) => {
    const { version, created, shards } = v.parse(ItemSchema, (await table.get(scopeItemKey(scope))) ?? {});
    return { catalogVersion: version, createdAt: created, feedShards: shards };
  },
  ensure: (scope, now) => table.add(scopeItemKey(scope), { version: 0 }, { created: now, shards: 1 }),
  raiseVersion: (scope) => table.add(scopeItemKey(scope), { version: 1 }),
});
