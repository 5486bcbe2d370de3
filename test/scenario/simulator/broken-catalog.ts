// Broken variants of the orders in which the catalog is written and read.
import { createCatalogReader } from '../../../shared/store/catalog/catalog-reader.ts';
import { createCatalogStore } from '../../../shared/store/catalog/catalog-store.ts';
import { listedPartition, type ListedType, scopeItemKey } from '../../../shared/store/table/keys.ts';
import { queryAll, type Table, type TablePage } from '../../../shared/store/table/table.ts';
import type { System } from './system.ts';

const types: readonly ListedType[] = ['METER', 'PRICE'];

export const versionRaisedBeforeItems: System['createCatalogStore'] = (table, wait, { scopes }) => {
  const scopeOf = (pk: string) => scopes.find((scope) => types.some((type) => listedPartition(scope, type) === pk));
  const versionFirst: Table = {
    ...table,
    put: async (item, condition) => {
      const scope = scopeOf(item.pk);
      if (scope) await table.add(scopeItemKey(scope), { version: 1 });
      return table.put(item, condition);
    },
    add: () => Promise.resolve(),
  };
  return createCatalogStore(versionFirst, wait);
};

export const itemsReadBeforeVersion: System['createCatalogReader'] = ({ table, now }, { scopes }) => {
  const readAhead = new Map<string, TablePage>();
  const itemsFirst: Table = {
    ...table,
    get: async (key) => {
      const scope = scopes.find((candidate) => scopeItemKey(candidate).pk === key.pk);
      for (const type of scope ? types : []) {
        const pk = scope ? listedPartition(scope, type) : '';
        const items: unknown[] = [];
        for await (const page of queryAll(table, { pk })) items.push(...page);
        readAhead.set(pk, { items });
      }
      return table.get(key);
    },
    query: async (query) => readAhead.get(query.pk) ?? table.query(query),
  };
  return createCatalogReader({ table: itemsFirst, now });
};
