// A table behind the grants of one function: what its role may not do on AWS is refused here too.
import { keyPrefixes, type ItemKind } from '../../shared/store/keys.ts';
import type { Table, TableKey } from '../../shared/store/table.ts';
import type { TableAccess } from '../../shared/store/table-access.ts';

export const guardTable = (table: Table, access: TableAccess): Table => {
  const admit = (kinds: readonly ItemKind[], keys: readonly Pick<TableKey, 'pk'>[]): void => {
    const stranger = keys.find(({ pk }) => !kinds.some((kind) => pk.startsWith(keyPrefixes[kind])));
    if (stranger) throw new Error(`not granted: ${stranger.pk}`);
  };
  const reads = (...keys: readonly Pick<TableKey, 'pk'>[]): void => {
    admit(access.reads, keys);
  };
  const writes = (...keys: readonly TableKey[]): void => {
    admit(access.writes, keys);
  };
  return {
    get: async (key) => {
      reads(key);
      return table.get(key);
    },
    getMany: async (keys) => {
      reads(...keys);
      return table.getMany(keys);
    },
    query: async (query) => {
      reads(query);
      return table.query(query);
    },
    put: async (item, condition) => {
      writes(item);
      return table.put(item, condition);
    },
    insertMany: async (items) => {
      writes(...items);
      return table.insertMany(items);
    },
    add: async (key, amounts, initial) => {
      writes(key);
      return table.add(key, amounts, initial);
    },
    set: async (key, attributes, condition) => {
      writes(key);
      return table.set(key, attributes, condition);
    },
    setMapEntry: async (key, map, entry, value, limit) => {
      writes(key);
      return table.setMapEntry(key, map, entry, value, limit);
    },
    // No function deletes.
    remove: async ({ pk }) => {
      await Promise.resolve();
      throw new Error(`not granted: ${pk}`);
    },
  };
};
