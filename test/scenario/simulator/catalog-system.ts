// The catalog's use cases over a connection to the table, as one running function has them. Broken variants replace a store.
import { manageCustomers } from '../../../functions/catalog/customers/manage-customers.ts';
import { manageEntitlements } from '../../../functions/catalog/entitlements/manage-entitlements.ts';
import { manageFeatures } from '../../../functions/catalog/products/manage-features.ts';
import { manageMeters } from '../../../functions/catalog/products/manage-meters.ts';
import { managePlans } from '../../../functions/catalog/products/manage-plans.ts';
import { managePriceUnits } from '../../../functions/catalog/prices/manage-price-units.ts';
import { managePrices } from '../../../functions/catalog/prices/manage-prices.ts';
import { manageSubscriptions } from '../../../functions/catalog/subscriptions/manage-subscriptions.ts';
import type { RouteHandler } from '../../../shared/api/http/exchange.ts';
import { createAccountStore } from '../../../shared/store/customers/accounts.ts';
import { createCatalogReader } from '../../../shared/store/catalog/catalog-reader.ts';
import { createCatalogStore } from '../../../shared/store/catalog/catalog-store.ts';
import { createDirectoryStore } from '../../../shared/store/customers/directory.ts';
import { createSimilarNameStore } from '../../../shared/store/catalog/similar-names.ts';
import { createPointerStore } from '../../../shared/store/customers/pointers.ts';
import type { Wait } from '../../../shared/store/table/retry.ts';
import type { Table } from '../../../shared/store/table/table.ts';
import { createUniqueNameStore } from '../../../shared/store/catalog/unique-names.ts';

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
  accounts: createAccountStore(table, wait),
  directory: createDirectoryStore(table),
  similarNames: createSimilarNameStore(table),
  pointers: createPointerStore(table),
  names: createUniqueNameStore(table, wait),
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
