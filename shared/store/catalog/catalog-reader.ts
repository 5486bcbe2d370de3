// Reads the catalog through a cache with its version. Every call reads the version, before the items, so that a change that was
// answered is always seen. A change whose answer was lost is seen after a minute at the latest.
import QuickLRU from 'quick-lru';
import { buildCatalog, type Catalog } from '../../domain/catalog/catalog.ts';
import type { CatalogView } from '../../domain/matching/matcher.ts';
import { scopeKey, type Scope } from '../../domain/ids.ts';
import { createCatalogStore } from './catalog-store.ts';
import { createScopeStore } from './scopes.ts';
import type { Table } from '../table/table.ts';

export interface CatalogReader {
  readonly read: (scope: Scope) => Promise<Catalog>;
  /** Reads also the number of feed shards, which comes with the version. */
  readonly readView: (scope: Scope) => Promise<CatalogView>;
}

interface CatalogReaderDeps {
  readonly table: Table;
  /** UTC milliseconds. */
  readonly now: () => number;
}

interface Filled {
  readonly version: number;
  /** Start of the fill, UTC milliseconds. */
  readonly since: number;
  readonly catalog: Promise<Catalog>;
}

const maxAgeMs = 60_000;
const maxScopes = 100;

/** Creates the reader, which throws DependencyError. A failed fill is not cached. */
export const createCatalogReader = ({ table, now }: CatalogReaderDeps): CatalogReader => {
  const scopes = createScopeStore(table);
  const store = createCatalogStore(table);
  const cache = new QuickLRU<string, Filled>({ maxSize: maxScopes });

  const fill = async (scope: Scope, version: number): Promise<Catalog> => {
    // An item is read before those it refers to, which were written first: so whatever an item refers to is there as well.
    const [priceLineages, entitlements] = await Promise.all([
      store.priceLineages.list(scope),
      store.entitlements.list(scope),
    ]);
    const [features, plans, priceUnits] = await Promise.all([
      store.features.list(scope),
      store.plans.list(scope),
      store.priceUnits.list(scope),
    ]);
    const meters = await store.meters.list(scope);
    return buildCatalog(version, { meters, features, plans, priceLineages, entitlements, priceUnits });
  };

  const refill = (scope: Scope, version: number): Filled => {
    const key = scopeKey(scope);
    const filled = { version, since: now(), catalog: fill(scope, version) };
    filled.catalog.catch(() => {
      if (cache.get(key) === filled) cache.delete(key);
    });
    cache.set(key, filled);
    return filled;
  };

  const readView = async (scope: Scope): Promise<CatalogView> => {
    const { catalogVersion, feedShards } = await scopes.read(scope);
    const cached = cache.get(scopeKey(scope));
    const isFresh = cached && cached.version >= catalogVersion && now() - cached.since < maxAgeMs;
    const { catalog } = isFresh ? cached : refill(scope, catalogVersion);
    return { catalog: await catalog, feedShards };
  };

  return { readView, read: async (scope) => (await readView(scope)).catalog };
};
