// DynamoDB's price of a write: one unit per started KB of the item, failed conditions included.
// Sizes as in the DynamoDB developer guide, "DynamoDB item sizes and formats".
import type { AttributeValue, StoredItem, Table, TableKey } from '../../shared/store/table/table.ts';

const digitsPerByte = 2;
const containerOverhead = 3;

const numberBytes = (value: number): number => {
  const digits = String(Math.abs(value)).replace(/^0+|0+$/g, '').length;
  return Math.ceil(Math.max(1, digits) / digitsPerByte) + 1 + (value < 0 ? 1 : 0);
};

const valueBytes = (value: AttributeValue): number => {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return numberBytes(value);
  if (typeof value === 'boolean') return 1;
  if (value instanceof Uint8Array) return value.length;
  const members = Array.isArray(value)
    ? value.map((member: AttributeValue) => 1 + valueBytes(member))
    : Object.entries(value).map(
        ([name, member]: [string, AttributeValue]) => 1 + Buffer.byteLength(name) + valueBytes(member),
      );
  return containerOverhead + members.reduce((sum, size) => sum + size, 0);
};

export const itemBytes = (item: Readonly<Record<string, AttributeValue>>): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);

const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1024));

export interface WriteCount {
  units: number;
  requests: number;
}

/** Counts the write units of everything written through the table; `read` gives what is stored, for writes that change it. */
export const countWrites = (
  table: Table,
  read: (key: TableKey) => StoredItem | undefined,
): { readonly table: Table; readonly count: WriteCount } => {
  const count: WriteCount = { units: 0, requests: 0 };
  const spend = (...sizes: readonly number[]): void => {
    count.units += writeUnits(Math.max(0, ...sizes));
    count.requests += 1;
  };
  const sizeOf = (key: TableKey): number => {
    const item = read(key);
    return item === undefined ? 0 : itemBytes(item);
  };
  /** The larger of before and after is paid. */
  const change = async <T>(key: TableKey, write: () => Promise<T>): Promise<T> => {
    const before = sizeOf(key);
    const outcome = await write();
    spend(before, sizeOf(key));
    return outcome;
  };
  return {
    count,
    table: {
      ...table,
      put: async (item, condition) => {
        const before = sizeOf(item);
        const outcome = await table.put(item, condition);
        spend(before, outcome === 'written' ? itemBytes(item) : 0);
        return outcome;
      },
      insertMany: async (items) => {
        const befores = items.map(sizeOf);
        const outcomes = await table.insertMany(items);
        for (const [index, item] of items.entries()) {
          spend(befores[index] ?? 0, outcomes[index]?.kind === 'written' ? itemBytes(item) : 0);
        }
        return outcomes;
      },
      add: (key, amounts, initial) => change(key, () => table.add(key, amounts, initial)),
      set: (key, attributes, condition) => change(key, () => table.set(key, attributes, condition)),
      setMapEntry: (key, map, entry, value, limit) =>
        change(key, () => table.setMapEntry(key, map, entry, value, limit)),
      remove: (key, condition) => change(key, () => table.remove(key, condition)),
    },
  };
};
