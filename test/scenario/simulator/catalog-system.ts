// The catalog's use cases over a connection to the table, as one running function has them. Broken variants replace a store.
import { manageCustomers } from '../../../functions/catalog/manage-customers.ts';
import { manageEntitlements } from '../../../functions/catalog/manage-entitlements.ts';
import { manageFeatures } from '../../../functions/catalog/manage-features.ts';
import { manageMeters } from '../../../functions/catalog/manage-meters.ts';
import { managePlans } from '../../../functions/catalog/manage-plans.ts';
import { managePriceUnits } from '../../../functions/catalog/manage-price-units.ts';
import { managePrices } from '../../../functions/catalog/manage-prices.ts';
import { manageSubscriptions } from '../../../functions/catalog/manage-subscriptions.ts';
import type { RouteHandler } from '../../../shared/api/exchange.ts';
import { createCardStore } from '../../../shared/store/cards.ts';
import { createCatalogReader } from '../../../shared/store/catalog-reader.ts';
import { createCatalogStore } from '../../../shared/store/catalog-store.ts';
import { createDirectoryStore } from '../../../shared/store/directory.ts';
import { createNearNameStore } from '../../../shared/store/near-names.ts';
import { createPointerStore } from '../../../shared/store/pointers.ts';
import type { Wait } from '../../../shared/store/settle.ts';
import type { Table } from '../../../shared/store/table.ts';
import { createUniqueNameStore } from '../../../shared/store/unique-names.ts';

export interface CatalogConnection {
  readonly table: Table;
  /** UTC milliseconds. */
  readonly now: () => number;
  readonly wait: Wait;
  readonly newUlid: () => string;
}

export const storesOf = ({ table, now, wait, newUlid }: CatalogConnection) => ({
  store: createCatalogStore(table, wait),
  readCatalog: createCatalogReader({ table, now }).read,
  cards: createCardStore(table, wait),
  directory: createDirectoryStore(table),
  nearNames: createNearNameStore(table),
  pointers: createPointerStore(table),
  names: createUniqueNameStore(table),
  newUlid,
  now,
});

export type CatalogStores = ReturnType<typeof storesOf>;

export const routesOver = (stores: CatalogStores) =>
  ({
    ...manageMeters(stores),
    ...manageFeatures(stores),
    ...manageCustomers(stores),
    ...managePlans(stores),
    ...managePrices(stores),
    ...managePriceUnits(stores),
    ...manageEntitlements(stores),
    ...manageSubscriptions(stores),
  }) satisfies Record<string, RouteHandler>;

export type CatalogRoutes = ReturnType<typeof routesOver>;
export type OpenCatalog = (connection: CatalogConnection) => CatalogRoutes;

export const openCatalog: OpenCatalog = (connection) => routesOver(storesOf(connection));
