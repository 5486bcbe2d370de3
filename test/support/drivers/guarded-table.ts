// A table behind the grants of one function: what its role may not do on AWS is refused here too.
import { keyPrefixes, type ItemKind } from '../../../shared/store/table/keys.ts';
import type { Table, TableKey } from '../../../shared/store/table/table.ts';
import type { TableAccess } from '../../../shared/store/table/table-access.ts';

export const guardTable = (table: Table, { operations, reads, writes }: TableAccess): Table => {
  type Keys = readonly Pick<TableKey, 'pk'>[];
  const admit = (operation: keyof Table, kinds: readonly ItemKind[], keys: Keys): void => {
    const isGranted = ({ pk }: Keys[number]): boolean => kinds.some((kind) => pk.startsWith(keyPrefixes[kind]));
    const stranger = operations.includes(operation) ? keys.find((key) => !isGranted(key)) : keys[0];
    if (stranger) throw new Error(`not granted: ${operation} ${stranger.pk}`);
  };
  return {
    get: async (key) => {
      admit('get', reads, [key]);
      return table.get(key);
    },
    getMany: async (keys) => {
      admit('getMany', reads, keys);
      return table.getMany(keys);
    },
    query: async (query) => {
      admit('query', reads, [query]);
      return table.query(query);
    },
    put: async (item, condition) => {
      admit('put', writes, [item]);
      return table.put(item, condition);
    },
    insertMany: async (items) => {
      admit('insertMany', writes, items);
      return table.insertMany(items);
    },
    add: async (key, amounts, initial) => {
      admit('add', writes, [key]);
      return table.add(key, amounts, initial);
    },
    set: async (key, attributes, condition) => {
      admit('set', writes, [key]);
      return table.set(key, attributes, condition);
    },
    setMapEntry: async (key, map, entry, value, limit) => {
      admit('setMapEntry', writes, [key]);
      return table.setMapEntry(key, map, entry, value, limit);
    },
    remove: async (key, condition) => {
      admit('remove', writes, [key]);
      return table.remove(key, condition);
    },
  };
};
