// Broken variants of entitlements, price units and versions of prices.
import { ApiError } from '../../../shared/api/http/problem.ts';
import { toPriceUnitBody } from '../../../shared/api/prices/price-units.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { Entitlement } from '../../../shared/domain/catalog/entitlement.ts';
import type { PriceLineage } from '../../../shared/domain/pricing/price.ts';
import type { PriceUnit } from '../../../shared/domain/pricing/price-unit.ts';
import { PriceUnitSchema } from '../../../shared/store/catalog/catalog-entities.ts';
import { type CatalogItems, createCatalogItems } from '../../../shared/store/catalog/catalog-items.ts';
import { EntitlementSchema } from '../../../shared/store/catalog/stored-entities.ts';
import { withStores } from './broken-names.ts';
import { type OpenCatalog, routesOver, storesOf } from './catalog-system.ts';

const isSameGrant = (a: Entitlement, b: Entitlement): boolean =>
  a.status === 'published' && a.entityId === b.entityId && a.featureId === b.featureId;
const isSameCode = (a: PriceUnit, b: PriceUnit): boolean => a.status === 'published' && a.code === b.code;

/** A name is free when nothing that is listed has it. */
const checkedByReading = <E extends { readonly id: string }>(
  items: CatalogItems<E>,
  isRival: (listed: E, wanted: E) => boolean,
): CatalogItems<E> => ({
  ...items,
  create: async (scope, entity) => {
    const listed = await items.list(scope);
    return listed.some((one) => isRival(one, entity)) ? { kind: 'name_taken' } : items.create(scope, entity);
  },
});

export const grantCheckedByReading: OpenCatalog = (connection) => {
  const stores = storesOf(connection);
  const deps = { ...connection, names: stores.names, raiseVersion: stores.store.raiseVersion };
  const unnamed = createCatalogItems<Entitlement>(deps, {
    type: 'ENTITLEMENT',
    schema: EntitlementSchema,
    nameOf: () => '',
  });
  return routesOver({
    ...stores,
    store: { ...stores.store, entitlements: checkedByReading(unnamed, isSameGrant) },
  });
};

export const codeCheckedByReading: OpenCatalog = (connection) => {
  const stores = storesOf(connection);
  const deps = { ...connection, names: stores.names, raiseVersion: stores.store.raiseVersion };
  const unnamed = createCatalogItems<PriceUnit>(deps, {
    type: 'PRICE_UNIT',
    schema: PriceUnitSchema,
    nameOf: () => '',
  });
  return routesOver({ ...stores, store: { ...stores.store, priceUnits: checkedByReading(unnamed, isSameCode) } });
};

/** A deleted entitlement keeps its name forever. */
export const deletedGrantKeepsItsName: OpenCatalog = (connection) => {
  const stores = storesOf(connection);
  const entitlements = createCatalogItems<Entitlement>(
    { ...connection, names: stores.names, raiseVersion: stores.store.raiseVersion },
    {
      type: 'ENTITLEMENT',
      schema: EntitlementSchema,
      nameField: 'grant',
      nameOf: ({ entityId, featureId }) => `${entityId}/${featureId}`,
    },
  );
  return routesOver({ ...stores, store: { ...stores.store, entitlements } });
};

/** An entitlement counts whatever became of its feature. */
export const grantOfArchivedFeature = withStores(({ store, readCatalog }) => ({
  readCatalog: async (scope): Promise<Catalog> => {
    const published = (await store.entitlements.list(scope)).filter(({ status }) => status === 'published');
    return { ...(await readCatalog(scope)), entitlements: new Map(published.map((one) => [one.id, one])) };
  },
}));

/** A feature is deleted whoever grants it. */
export const grantedFeatureDeleted: OpenCatalog = (connection) => {
  const stores = storesOf(connection);
  return {
    ...routesOver(stores),
    deleteFeature: async ({ caller: { scope }, path }) => {
      const change = await stores.store.features.change(scope, path['id'] ?? '', connection.newUlid(), (feature) => ({
        ...feature,
        status: 'archived',
      }));
      if (change.kind !== 'written') throw new ApiError('not_found', 'Feature not found');
      return { status: 200 };
    },
  };
};

/** By its code the oldest unit is found, archived or not. */
export const codeFindsTheOldest: OpenCatalog = (connection) => {
  const stores = storesOf(connection);
  return {
    ...routesOver(stores),
    getPriceUnitByCode: async ({ caller: { scope }, path }) => {
      const { priceUnits } = await stores.readCatalog(scope);
      const unit = [...priceUnits.values()].find(({ code }) => code === path['code']?.toLowerCase());
      if (!unit) throw new ApiError('not_found', 'Price unit not found');
      return { status: 200, body: toPriceUnitBody(scope, unit) };
    },
  };
};

/** A change of a price is written twice: first as `halfway` makes it. */
const inTwoWrites = (halfway: (before: PriceLineage, after: PriceLineage) => PriceLineage): OpenCatalog =>
  withStores(({ store }) => ({
    store: {
      ...store,
      priceLineages: {
        ...store.priceLineages,
        change: async (scope, id, writeId, change) => {
          let after: PriceLineage | undefined;
          const first = await store.priceLineages.change(scope, id, `${writeId}.half`, async (before) => {
            after = await change(before);
            return halfway(before, after);
          });
          const whole = after;
          if (first.kind !== 'written' || whole === undefined) return first;
          return store.priceLineages.change(scope, id, writeId, () => whole);
        },
      },
    },
  }));

export const versionEndedBeforeTheNext = inTwoWrites((before, after) => ({
  ...after,
  versions: after.versions.slice(0, before.versions.length),
}));

export const nextVersionBeforeTheEnd = inTwoWrites((before, after) => ({
  ...before,
  versions: [...before.versions, ...after.versions.slice(before.versions.length)],
}));
