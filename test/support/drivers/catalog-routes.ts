// The catalog's routes over the table's twin, with a clock that a test sets.
import { manageEntitlements } from '../../../functions/catalog/entitlements/manage-entitlements.ts';
import { manageFeatures } from '../../../functions/catalog/products/manage-features.ts';
import { manageMeters } from '../../../functions/catalog/products/manage-meters.ts';
import { managePlans } from '../../../functions/catalog/products/manage-plans.ts';
import { managePriceUnits } from '../../../functions/catalog/prices/manage-price-units.ts';
import { managePrices } from '../../../functions/catalog/prices/manage-prices.ts';
import { createAccountStore } from '../../../shared/store/customers/accounts.ts';
import { createCatalogReader } from '../../../shared/store/catalog/catalog-reader.ts';
import { createCatalogStore } from '../../../shared/store/catalog/catalog-store.ts';
import { createDirectoryStore } from '../../../shared/store/customers/directory.ts';
import { createSimilarNameStore } from '../../../shared/store/catalog/similar-names.ts';
import { createPointerStore } from '../../../shared/store/customers/pointers.ts';
import type { Table } from '../../../shared/store/table/table.ts';
import { call, createUlids, idOf } from './api-request.ts';
import { someInstant } from '../builders/builders.ts';
import { createMemoryTable } from './memory-table.ts';

export const openCatalogRoutes = (table: Table = createMemoryTable()) => {
  const clock = { now: someInstant };
  const now = () => clock.now;
  const deps = {
    store: createCatalogStore(table, () => Promise.resolve()),
    readCatalog: createCatalogReader({ table, now }).read,
    accounts: createAccountStore(table, () => Promise.resolve()),
    directory: createDirectoryStore(table),
    similarNames: createSimilarNameStore(table),
    pointers: createPointerStore(table),
    newUlid: createUlids(),
    now,
  };
  const routes = {
    ...manageMeters(deps),
    ...manageFeatures(deps),
    ...managePlans(deps),
    ...managePrices(deps),
    ...managePriceUnits(deps),
    ...manageEntitlements(deps),
  };
  return {
    ...deps,
    clock,
    routes,
    /** Makes something and answers its id. */
    make: async (route: 'createMeter' | 'createFeature' | 'createPlan' | 'createPrice', body: unknown) =>
      idOf(await call(routes[route], { body })),
  };
};

export const aMeterRequest = (fields: object = {}) => ({
  name: 'API calls',
  event_name: 'api_call',
  aggregation: { type: 'COUNT' },
  reset_usage: 'BILLING_PERIOD',
  ...fields,
});

/** A monthly USAGE price of 0.01 USD a unit. */
export const aPriceRequest = (fields: object = {}) => ({
  currency: 'USD',
  entity_type: 'PLAN',
  type: 'USAGE',
  billing_period: 'MONTHLY',
  billing_period_count: 1,
  billing_model: 'FLAT_FEE',
  invoice_cadence: 'ARREAR',
  amount: '0.01',
  ...fields,
});

/** With a meter and a plan that prices can name. */
export const openWithPlan = async (...options: Parameters<typeof openCatalogRoutes>) => {
  const catalog = openCatalogRoutes(...options);
  const meterId = await catalog.make('createMeter', aMeterRequest());
  const planId = await catalog.make('createPlan', { name: 'Pro' });
  const priceRequest = (fields: object = {}) => aPriceRequest({ entity_id: planId, meter_id: meterId, ...fields });
  const makePrice = (fields: object = {}) => catalog.make('createPrice', priceRequest(fields));
  return { ...catalog, meterId, planId, priceRequest, makePrice };
};
