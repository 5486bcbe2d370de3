// The in-memory twin of the table: one Map, no time, no randomness. `intercept` stands between a request and its effect, so a
// simulator can delay it, fail it, lose its response, or let it land after its sender died.
import type {
  AttributeValue,
  Condition,
  InsertOutcome,
  PutOutcome,
  StoredItem,
  Table,
  TableKey,
  TablePage,
  TableQuery,
} from '../../../shared/store/table/table.ts';

/** One request for one item, or one page of a query (without `sk`). Requests for many items are one operation per item. */
export interface TableOperation extends Partial<TableKey> {
  readonly name: 'get' | 'put' | 'add' | 'set' | 'setMapEntry' | 'remove' | 'query';
  readonly pk: string;
}

/** `apply` has the effect and answers, each time it is called. */
export type Intercept = <T>(operation: TableOperation, apply: () => T) => Promise<T>;

/** Everything stored: by partition key, then sort key. */
export type Partitions = Map<string, Map<string, StoredItem>>;

export interface MemoryTable extends Table {
  /** For oracles. */
  readonly partitions: ReadonlyMap<string, ReadonlyMap<string, StoredItem>>;
}

const byUtf8 = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const isMap = (value: AttributeValue | undefined): value is Readonly<Record<string, AttributeValue>> =>
  typeof value === 'object' && !Array.isArray(value) && !(value instanceof Uint8Array);

const isSame = (a: AttributeValue | undefined, b: string | number | Uint8Array): boolean =>
  a instanceof Uint8Array && b instanceof Uint8Array ? Buffer.compare(a, b) === 0 : a === b;

const holds = (condition: Condition, item: StoredItem | undefined): boolean => {
  switch (condition.kind) {
    case 'none':
      return true;
    case 'absent':
      return item === undefined;
    case 'exists':
      return item !== undefined;
    case 'equals':
      return isSame(item?.[condition.attribute], condition.value);
  }
};

const applyAtOnce: Intercept = (_, apply) => Promise.resolve().then(apply);

/**
 * `itemsPerPage` stands for the 1 MB of a page, so that small tests page too. With the same `partitions`, several are
 * connections to one table.
 */
export const createMemoryTable = ({
  intercept = applyAtOnce,
  itemsPerPage = 1_000,
  partitions = new Map(),
}: {
  readonly intercept?: Intercept;
  readonly itemsPerPage?: number;
  readonly partitions?: Partitions;
} = {}): MemoryTable => {
  const read = ({ pk, sk }: TableKey): StoredItem | undefined => partitions.get(pk)?.get(sk);
  const write = (item: StoredItem, isAllowed: boolean): PutOutcome => {
    if (!isAllowed) return 'refused';
    const partition = partitions.get(item.pk) ?? new Map<string, StoredItem>();
    partitions.set(item.pk, partition.set(item.sk, item));
    return 'written';
  };

  const select = ({ pk, from, to, descending = false, limit = Infinity, after }: TableQuery): TablePage => {
    const ascending = [...(partitions.get(pk)?.values() ?? [])].sort((a, b) => byUtf8(a.sk, b.sk));
    const inRange = ascending.filter(
      ({ sk }) => (from === undefined || byUtf8(sk, from) >= 0) && (to === undefined || byUtf8(sk, to) <= 0),
    );
    const ordered = descending ? inRange.reverse() : inRange;
    const isBehind = (sk: string): boolean =>
      after === undefined || (descending ? byUtf8(sk, after) < 0 : byUtf8(sk, after) > 0);
    const rest = ordered.filter(({ sk }) => isBehind(sk));
    const pageSize = Math.min(limit, itemsPerPage);
    const items = rest.slice(0, pageSize);
    const last = items.at(-1);
    // As DynamoDB does: a full page names a next one, even when that turns out empty.
    return items.length < pageSize || last === undefined ? { items } : { items, next: last.sk };
  };

  const get = ({ pk, sk }: TableKey) => intercept({ name: 'get', pk, sk }, () => read({ pk, sk }));
  const put = (item: StoredItem, condition: Condition) =>
    intercept({ name: 'put', pk: item.pk, sk: item.sk }, () => write(item, holds(condition, read(item))));
  const insert = async (item: StoredItem): Promise<InsertOutcome> => {
    try {
      return { kind: (await put(item, { kind: 'absent' })) === 'written' ? 'written' : 'exists' };
    } catch (cause) {
      return { kind: 'unresolved', cause };
    }
  };

  return {
    partitions,
    get,
    getMany: (keys) => Promise.all(keys.map(get)),
    put,
    insertMany: (items) => Promise.all(items.map(insert)),

    add: (key, amounts, initial = {}) =>
      intercept({ name: 'add', ...key }, () => {
        const item: StoredItem = read(key) ?? { ...key };
        const sums: Record<string, number> = {};
        for (const [name, amount] of Object.entries(amounts)) sums[name] = Number(item[name] ?? 0) + amount;
        write({ ...initial, ...item, ...sums }, true);
      }),

    set: (key, attributes, condition) =>
      intercept({ name: 'set', ...key }, () => {
        const item = read(key);
        return write({ ...item, ...attributes, ...key }, holds(condition, item));
      }),

    setMapEntry: (key, map, entry, value, limit) =>
      intercept({ name: 'setMapEntry', ...key }, () => {
        const entries = read(key)?.[map];
        if (!isMap(entries)) return 'refused';
        const isAllowed = Object.hasOwn(entries, entry) || Object.keys(entries).length < limit;
        return write({ ...read(key), ...key, [map]: { ...entries, [entry]: value } }, isAllowed);
      }),

    remove: (key, condition) =>
      intercept({ name: 'remove', ...key }, () => {
        if (!holds(condition, read(key))) return 'refused';
        partitions.get(key.pk)?.delete(key.sk);
        return 'written';
      }),

    query: (query) => intercept({ name: 'query', pk: query.pk }, () => select(query)),
  };
};
