// The port of the one table: its shape, and the few operations that the stores need. One test suite holds its three
// implementations: DynamoDB through the AWS SDK, with PartiQL batches or without, and the in-memory twin of the tests.

/** Key attributes, both strings, and the expiry attribute (epoch seconds). CDK and the emulators read this. */
export const tableShape = { partitionKey: 'pk', sortKey: 'sk', ttlAttribute: 'ttl' } as const;

export interface TableKey {
  readonly pk: string;
  readonly sk: string;
}

/** Value of an attribute. Numbers are integers below 2^53 (revisions, times, counters), never floats or exact decimals. */
export type AttributeValue =
  string | number | boolean | Uint8Array | readonly AttributeValue[] | { readonly [name: string]: AttributeValue };
export type StoredItem = TableKey & Readonly<Record<string, AttributeValue>>;

/** `equals`: the item exists and the attribute has this value. */
export type Condition =
  | { readonly kind: 'none' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'exists' }
  | { readonly kind: 'equals'; readonly attribute: string; readonly value: string | number | Uint8Array };

/** `refused`: the condition was false. The SDK repeats lost requests, so the caller's own put may have succeeded before. */
export type PutOutcome = 'written' | 'refused';

/** Outcome for one item of an `insertMany`. `unresolved`: it is not known whether the item was written. */
export type InsertOutcome =
  { readonly kind: 'written' } | { readonly kind: 'exists' } | { readonly kind: 'unresolved'; readonly cause: unknown };

/**
 * Query of one partition, by sort key ascending or `descending`. `from` and `to` are inclusive; nothing is between them when `from`
 * is the greater one. The result is one page, of at most 1 MB or `limit` items.
 */
export interface TableQuery {
  readonly pk: string;
  readonly from?: string;
  readonly to?: string;
  readonly descending?: boolean;
  readonly limit?: number;
  /** Continues after the item with this sort key. */
  readonly after?: string;
  /** Reads with eventual consistency at half the price, for items that readers check against others. */
  readonly isStale?: boolean;
}

/** @internal */
export interface TablePage {
  readonly items: readonly unknown[];
  /** Sort key to continue after; absent: this was the last page. */
  readonly next?: string;
}

/**
 * Operations on the one table. All reads are strongly consistent, except for queries that may be stale. Items are `unknown`: parse
 * them. Every operation throws DependencyError: transient when throttled, timed out or unavailable after the SDK's own retries,
 * permanent otherwise. Items that were not returned (unprocessed keys, more pages) are never reported as missing.
 *
 * @example
 * ```ts
 * import * as v from 'valibot';
 * import type { Table, TableKey } from 'shared/store/table/table.ts';
 *
 * // Renames an item that has a revision. Returns whether it did: another writer may have been faster.
 * const rename = async (table: Table, key: TableKey, name: string): Promise<boolean> => {
 *   const { rev } = v.parse(v.object({ rev: v.number() }), await table.get(key));
 *   const isUnchanged = { kind: 'equals', attribute: 'rev', value: rev } as const;
 *   return (await table.set(key, { name, rev: rev + 1 }, isUnchanged)) === 'written';
 * };
 * ```
 */
export interface Table {
  get(key: TableKey): Promise<unknown>;
  /** Reads any number of distinct keys, in their order; undefined where there is no item. */
  getMany(keys: readonly TableKey[]): Promise<readonly unknown[]>;
  put(item: StoredItem, condition: Condition): Promise<PutOutcome>;
  /** Puts any number of items with distinct keys if absent; outcomes in their order. Failures of single items are outcomes, not errors. */
  insertMany(items: readonly StoredItem[]): Promise<readonly InsertOutcome[]>;
  /** Adds to number attributes, creating item and attributes as needed; attributes of `initial` are set where absent. */
  add(
    key: TableKey,
    amounts: Readonly<Record<string, number>>,
    initial?: Readonly<Record<string, string | number>>,
  ): Promise<void>;
  /** Sets attributes of an item if `condition` is true. */
  set(key: TableKey, attributes: Readonly<Record<string, AttributeValue>>, condition: Condition): Promise<PutOutcome>;
  /** Sets one entry of a map attribute, if the entry is there already or the map has fewer than `limit`; else `refused`. */
  setMapEntry(key: TableKey, map: string, entry: string, value: AttributeValue, limit: number): Promise<PutOutcome>;
  /** Deletes the item if `condition` is true. `written`: there is no item any more, or there never was one. */
  remove(key: TableKey, condition: Condition): Promise<PutOutcome>;
  query(query: TableQuery): Promise<TablePage>;
}

/** Reads all pages of a query, each on demand. `limit` bounds each page, not the whole. */
export async function* queryAll(table: Table, query: TableQuery): AsyncGenerator<readonly unknown[]> {
  let after = query.after;
  do {
    const { items, next } = await table.query({ ...query, ...(after !== undefined && { after }) });
    yield items;
    after = next;
  } while (after !== undefined);
}
