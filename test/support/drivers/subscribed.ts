// A catalog with a customer, a meter and a plan with prices, as clients make them.
import { manageCustomers } from '../../../functions/catalog/customers/manage-customers.ts';
import { manageLineItems } from '../../../functions/catalog/subscriptions/manage-line-items.ts';
import { manageSubscriptions } from '../../../functions/catalog/subscriptions/manage-subscriptions.ts';
import type { Table } from '../../../shared/store/table/table.ts';
import { createUniqueNameStore } from '../../../shared/store/catalog/unique-names.ts';
import { call, idOf } from './api-request.ts';
import { aMeterRequest, aPriceRequest, openCatalogRoutes } from './catalog-routes.ts';
import { createMemoryTable } from './memory-table.ts';

/** 2026-01-15T10:00:00Z */
const january15 = 1_768_471_200_000;

export const fixedPrice = { type: 'FIXED', amount: '20', invoice_cadence: 'ADVANCE' } as const;

export const openShop = async (table: Table = createMemoryTable()) => {
  const catalog = openCatalogRoutes(table);
  catalog.clock.now = january15;
  const deps = { ...catalog, names: createUniqueNameStore(table) };
  const routes = {
    ...catalog.routes,
    ...manageCustomers(deps),
    ...manageSubscriptions(deps),
    ...manageLineItems(deps),
  };
  const customer = idOf(await call(routes.createCustomer, { body: { external_id: 'acme', name: 'Acme' } }));
  const meter = await catalog.make('createMeter', aMeterRequest({ name: 'Calls' }));
  const plan = await catalog.make('createPlan', { name: 'Basic' });
  const createPrice = (fields: object) =>
    catalog.make('createPrice', aPriceRequest({ entity_id: plan, start_date: '2025-01-01T00:00:00Z', ...fields }));
  const usage = await createPrice({ meter_id: meter });
  const terms = { external_customer_id: 'acme', plan_id: plan, currency: 'USD', billing_period: 'MONTHLY' };
  const subscribe = (fields: object = {}) => call(routes.createSubscription, { body: { ...terms, ...fields } });
  return { ...deps, routes, customer, meter, plan, usage, createPrice, subscribe };
};
