// The route table. The gateway, the local front door, the description of the API and the clients read it.
import { whereOutside } from './outside.ts';

export const roles = ['super_admin', 'event_ingestor', 'event_reader', 'catalog_admin'] as const;
export type Role = (typeof roles)[number];
type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';
export type HttpFunction = 'ingest' | 'query' | 'catalog';

/** A route; `path` as API Gateway writes it: `{id}` is one percent-encoded segment, `{id+}` takes the rest. */
export interface Route {
  readonly method: HttpMethod;
  readonly path: string;
  readonly function: HttpFunction;
  /** Roles that may call it besides super_admin; `anyone`: no key needed. */
  readonly roles: readonly Exclude<Role, 'super_admin'>[] | 'anyone';
  /** Whether it accepts query parameters; if not, any is refused. */
  readonly hasQuery: boolean;
}

const ingest = ['event_ingestor'] as const;
const read = ['event_reader'] as const;
const catalogRead = ['catalog_admin', 'event_reader'] as const;
const catalogWrite = ['catalog_admin'] as const;
const anyRole = ['event_ingestor', 'event_reader', 'catalog_admin'] as const;
const withQuery = true;

const route = <F extends HttpFunction, R extends Route['roles']>(
  method: HttpMethod,
  path: string,
  target: F,
  allowed: R,
  hasQuery = false,
): Route & { readonly function: F; readonly roles: R } => ({
  method,
  path: `/v1${path}`,
  function: target,
  roles: allowed,
  hasQuery,
});

export const routes = {
  ingestEvent: route('POST', '/events', 'ingest', ingest),
  ingestEventsBulk: route('POST', '/events/bulk', 'ingest', ingest, withQuery),

  previewEvent: route('POST', '/events/preview', 'query', read),
  listEvents: route('GET', '/events', 'query', read, withQuery),
  queryEvents: route('POST', '/events/query', 'query', read),
  listEventFailures: route('POST', '/events/failures', 'query', read),
  listEventNames: route('GET', '/events/names', 'query', read, withQuery),
  followEvents: route('GET', '/events/live', 'query', read, withQuery),
  lookUpEvent: route('GET', '/events/lookup', 'query', read, withQuery),
  monitorEvents: route('GET', '/events/monitoring', 'query', read, withQuery),
  getEvent: route('GET', '/events/{id+}', 'query', read, withQuery),
  queryUsage: route('POST', '/events/usage', 'query', read),
  queryMeterUsage: route('POST', '/events/usage/meter', 'query', read),
  analyzeUsage: route('POST', '/events/analytics', 'query', read),
  explainUsage: route('POST', '/events/usage/explain', 'query', read),

  getSubscriptionUsage: route('POST', '/subscriptions/usage', 'query', read),
  getCustomerUsage: route('GET', '/customers/usage', 'query', read, withQuery),
  getCustomerUsageById: route('GET', '/customers/{id}/usage', 'query', read, withQuery),
  previewInvoice: route('POST', '/invoices/preview', 'query', read),

  createMeter: route('POST', '/meters', 'catalog', catalogWrite),
  listMeters: route('GET', '/meters', 'catalog', catalogRead, withQuery),
  getMeter: route('GET', '/meters/{id}', 'catalog', catalogRead),
  updateMeter: route('PUT', '/meters/{id}', 'catalog', catalogWrite),
  disableMeter: route('POST', '/meters/{id}/disable', 'catalog', catalogWrite),
  deleteMeter: route('DELETE', '/meters/{id}', 'catalog', catalogWrite),

  createFeature: route('POST', '/features', 'catalog', catalogWrite),
  listFeatures: route('GET', '/features', 'catalog', catalogRead, withQuery),
  searchFeatures: route('POST', '/features/search', 'catalog', catalogRead),
  getFeature: route('GET', '/features/{id}', 'catalog', catalogRead),
  updateFeature: route('PUT', '/features/{id}', 'catalog', catalogWrite),
  deleteFeature: route('DELETE', '/features/{id}', 'catalog', catalogWrite),

  createCustomer: route('POST', '/customers', 'catalog', catalogWrite),
  listCustomers: route('GET', '/customers', 'catalog', catalogRead, withQuery),
  searchCustomers: route('POST', '/customers/search', 'catalog', catalogRead),
  updateCustomerByQuery: route('PUT', '/customers', 'catalog', catalogWrite, withQuery),
  getCustomerByExternalId: route('GET', '/customers/external/{external_id}', 'catalog', catalogRead),
  getCustomerByLookupKey: route('GET', '/customers/lookup/{lookup_key}', 'catalog', catalogRead),
  listSubscriptionsOfCustomer: route(
    'GET',
    '/customers/external/{external_id}/subscriptions',
    'catalog',
    catalogRead,
    withQuery,
  ),
  getCustomer: route('GET', '/customers/{id}', 'catalog', catalogRead),
  updateCustomer: route('PUT', '/customers/{id}', 'catalog', catalogWrite),
  deleteCustomer: route('DELETE', '/customers/{id}', 'catalog', catalogWrite),

  createPlan: route('POST', '/plans', 'catalog', catalogWrite),
  listPlans: route('GET', '/plans', 'catalog', catalogRead, withQuery),
  searchPlans: route('POST', '/plans/search', 'catalog', catalogRead),
  getPlan: route('GET', '/plans/{id}', 'catalog', catalogRead),
  updatePlan: route('PUT', '/plans/{id}', 'catalog', catalogWrite),
  deletePlan: route('DELETE', '/plans/{id}', 'catalog', catalogWrite),

  createPrice: route('POST', '/prices', 'catalog', catalogWrite),
  createPricesBulk: route('POST', '/prices/bulk', 'catalog', catalogWrite),
  listPrices: route('GET', '/prices', 'catalog', catalogRead, withQuery),
  searchPrices: route('POST', '/prices/search', 'catalog', catalogRead),
  createPriceUnit: route('POST', '/prices/units', 'catalog', catalogWrite),
  listPriceUnits: route('GET', '/prices/units', 'catalog', catalogRead, withQuery),
  searchPriceUnits: route('POST', '/prices/units/search', 'catalog', catalogRead),
  getPriceUnitByCode: route('GET', '/prices/units/code/{code}', 'catalog', catalogRead),
  getPriceUnit: route('GET', '/prices/units/{id}', 'catalog', catalogRead),
  updatePriceUnit: route('PUT', '/prices/units/{id}', 'catalog', catalogWrite),
  deletePriceUnit: route('DELETE', '/prices/units/{id}', 'catalog', catalogWrite),
  getPriceByLookupKey: route('GET', '/prices/lookup/{lookup_key}', 'catalog', catalogRead),
  getPrice: route('GET', '/prices/{id}', 'catalog', catalogRead),
  updatePrice: route('PUT', '/prices/{id}', 'catalog', catalogWrite),
  deletePrice: route('DELETE', '/prices/{id}', 'catalog', catalogWrite),

  createSubscription: route('POST', '/subscriptions', 'catalog', catalogWrite),
  listSubscriptions: route('GET', '/subscriptions', 'catalog', catalogRead, withQuery),
  searchSubscriptions: route('POST', '/subscriptions/search', 'catalog', catalogRead),
  getSubscription: route('GET', '/subscriptions/{id}', 'catalog', catalogRead),
  getSubscriptionV2: route('GET', '/subscriptions/{id}/v2', 'catalog', catalogRead, withQuery),
  updateSubscription: route('PUT', '/subscriptions/{id}', 'catalog', catalogWrite),
  cancelSubscription: route('POST', '/subscriptions/{id}/cancel', 'catalog', catalogWrite),
  activateSubscription: route('POST', '/subscriptions/{id}/activate', 'catalog', catalogWrite),
  addLineItem: route('POST', '/subscriptions/{id}/lineitems', 'catalog', catalogWrite),
  searchLineItems: route('POST', '/subscriptions/lineitems/search', 'catalog', catalogRead),
  updateLineItem: route('PUT', '/subscriptions/lineitems/{id}', 'catalog', catalogWrite),
  deleteLineItem: route('DELETE', '/subscriptions/lineitems/{id}', 'catalog', catalogWrite),

  createEntitlement: route('POST', '/entitlements', 'catalog', catalogWrite),
  createEntitlementsBulk: route('POST', '/entitlements/bulk', 'catalog', catalogWrite),
  listEntitlements: route('GET', '/entitlements', 'catalog', catalogRead, withQuery),
  searchEntitlements: route('POST', '/entitlements/search', 'catalog', catalogRead),
  getEntitlement: route('GET', '/entitlements/{id}', 'catalog', catalogRead),
  updateEntitlement: route('PUT', '/entitlements/{id}', 'catalog', catalogWrite),
  deleteEntitlement: route('DELETE', '/entitlements/{id}', 'catalog', catalogWrite),
  getPlanEntitlements: route('GET', '/plans/{id}/entitlements', 'catalog', catalogRead, withQuery),
  getSubscriptionEntitlements: route('GET', '/subscriptions/{id}/entitlements', 'catalog', catalogRead, withQuery),
  getCustomerEntitlements: route('GET', '/customers/{id}/entitlements', 'catalog', catalogRead, withQuery),
  getCustomerEntitlementsByExternalId: route(
    'GET',
    '/customers/external/{external_id}/entitlements',
    'catalog',
    catalogRead,
    withQuery,
  ),

  createApiKey: route('POST', '/secrets/api/keys', 'catalog', catalogWrite),
  listApiKeys: route('GET', '/secrets/api/keys', 'catalog', catalogRead, withQuery),
  deleteApiKey: route('DELETE', '/secrets/api/keys/{id}', 'catalog', catalogWrite, withQuery),

  whoAmI: route('GET', '/whoami', 'query', anyRole),
  getOpenApi: route('GET', '/openapi.json', 'catalog', 'anyone'),
} as const satisfies Record<string, Route>;

export type RouteId = keyof typeof routes;
export type PublicRouteId = {
  [Id in RouteId]: (typeof routes)[Id]['roles'] extends 'anyone' ? Id : never;
}[RouteId];
/** Ids of a function's routes that need a key. */
export type RouteIdOf<F extends HttpFunction> = {
  [Id in Exclude<RouteId, PublicRouteId>]: (typeof routes)[Id]['function'] extends F ? Id : never;
}[Exclude<RouteId, PublicRouteId>];

/** Ids of events that a path does not reach, because it is that of another operation. */
export const shadowedEventIds: readonly string[] = [
  ...new Set(Object.values(routes).flatMap(({ path }) => /^\/v1\/events\/([^{]+)$/.exec(path)?.[1] ?? [])),
].sort();

/** Routes by path. */
const methods = Map.groupBy<string, Route>(Object.values(routes), ({ path }) => path);

/** Returns the value of `Allow` for the path of a route. */
export const allowedMethods = (path: string): string =>
  [...(methods.get(path) ?? []).map(({ method }) => method), 'OPTIONS'].join(', ');

/** Returns the message for a wrong method. A path with an id also matches unsupported paths of the upstream, so the message says where to look. */
export const wrongMethodText = (path: string): string =>
  `This path accepts ${allowedMethods(path)}${path.includes('{') ? `; ${whereOutside}` : ''}`;
