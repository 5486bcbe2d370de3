// The one table: its shape, and the few operations the stores need of it. Three implementations keep the same law
// (one test suite): DynamoDB through the AWS SDK, with PartiQL batches or without, and the in-memory twin of the tests.

/** Key attributes, both strings; on-demand; items expire by `ttl` (epoch seconds). CDK and the emulators read this. */
export const tableShape = { partitionKey: 'pk', sortKey: 'sk', ttlAttribute: 'ttl' } as const;

export interface TableKey {
  readonly pk: string;
  readonly sk: string;
}

/** No floats and no exact decimals here: numbers are integers below 2^53 (revisions, times, counters). */
export type AttributeValue =
  string | number | boolean | Uint8Array | readonly AttributeValue[] | { readonly [name: string]: AttributeValue };
export type StoredItem = TableKey & Readonly<Record<string, AttributeValue>>;

/** `equals`: the item exists and the attribute has this value. */
export type Condition =
  | { readonly kind: 'none' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'exists' }
  | { readonly kind: 'equals'; readonly attribute: string; readonly value: string | number | Uint8Array };

/** `refused`: the condition did not hold. The SDK repeats lost requests, so a refused put may be one's own that succeeded. */
export type PutOutcome = 'written' | 'refused';

/** What became of one item of an `insertMany`; `unresolved` says nothing about whether it was written. */
export type InsertOutcome =
  { readonly kind: 'written' } | { readonly kind: 'exists' } | { readonly kind: 'unresolved'; readonly cause: unknown };

/**
 * Sort keys ascending, or `descending`; `from` and `to` are inclusive, and nothing is between them when `from` is the greater
 * one; at most one page of 1 MB or `limit` items.
 */
export interface TableQuery {
  readonly pk: string;
  readonly from?: string;
  readonly to?: string;
  readonly descending?: boolean;
  readonly limit?: number;
  /** Exclusive: continue after the item with this sort key. */
  readonly after?: string;
  /** Eventually consistent, at half the price; for what readers check against something else. */
  readonly isStale?: boolean;
}

export interface TablePage {
  readonly items: readonly unknown[];
  /** Sort key to go on after; absent: there is no more. */
  readonly next?: string;
}

/**
 * All reads are strongly consistent, but for queries that may be stale. Items read are `unknown`: parse them. Everything throws DependencyError: transient
 * when throttled, timed out or unavailable after the SDK's own retries, permanent otherwise. "Not returned"
 * (unprocessed keys, more pages) is never reported as missing.
 */
export interface Table {
  get(key: TableKey): Promise<unknown>;
  /** Same order as the keys (any number, distinct), undefined where there is no item. */
  getMany(keys: readonly TableKey[]): Promise<readonly unknown[]>;
  put(item: StoredItem, condition: Condition): Promise<PutOutcome>;
  /** Puts each item if absent; any number, with distinct keys, outcomes in the same order. Never throws for single items. */
  insertMany(items: readonly StoredItem[]): Promise<readonly InsertOutcome[]>;
  /** Adds to number attributes, making item and attributes as needed; `initial` is set where the attribute is absent. */
  add(
    key: TableKey,
    amounts: Readonly<Record<string, number>>,
    initial?: Readonly<Record<string, string | number>>,
  ): Promise<void>;
  /** Sets attributes of an item if `condition` holds. */
  set(key: TableKey, attributes: Readonly<Record<string, AttributeValue>>, condition: Condition): Promise<PutOutcome>;
  /** Sets one entry of a map attribute, if the entry is there already or the map has fewer than `limit`; else `refused`. */
  setMapEntry(key: TableKey, map: string, entry: string, value: AttributeValue, limit: number): Promise<PutOutcome>;
  /** Deletes the item if `condition` holds. `written`: it is gone, whether it was there or not. */
  remove(key: TableKey, condition: Condition): Promise<PutOutcome>;
  query(query: TableQuery): Promise<TablePage>;
}

/** Page by page; the next one is asked for when it is wanted. `limit` bounds each page, not the whole. */
export async function* queryAll(table: Table, query: TableQuery): AsyncGenerator<readonly unknown[]> {
  let after = query.after;
  do {
    const { items, next } = await table.query({ ...query, ...(after !== undefined && { after }) });
    yield items;
    after = next;
  } while (after !== undefined);
}
