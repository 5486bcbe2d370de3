// Serves the catalog over HTTP: meters, features, plans, prices, customers, subscriptions, API keys; and the OpenAPI document.
import { readFile } from 'node:fs/promises';
import { monotonicFactory } from 'ulid';
import type { RouteHandler } from '../../shared/api/http/exchange.ts';
import type { RouteIdOf } from '../../shared/api/http/routes.ts';
import { type FunctionConfig, readConfig } from '../../shared/config.ts';
import { createAuthenticator } from '../../shared/lambda/authenticate.ts';
import { createHttpHandler, type HttpHandler } from '../../shared/lambda/http-handler.ts';
import { createRateLimiter } from '../../shared/lambda/rate-limit.ts';
import { createApiKeyStore } from '../../shared/store/access/api-keys.ts';
import { createAccountStore } from '../../shared/store/customers/accounts.ts';
import { readingFormerStarts } from '../../shared/store/customers/former-starts.ts';
import { createCatalogReader } from '../../shared/store/catalog/catalog-reader.ts';
import { createCatalogStore } from '../../shared/store/catalog/catalog-store.ts';
import { createDirectoryStore } from '../../shared/store/customers/directory.ts';
import { openTable } from '../../shared/store/table/dynamodb-table.ts';
import { createSimilarNameStore } from '../../shared/store/catalog/similar-names.ts';
import { createPointerStore } from '../../shared/store/customers/pointers.ts';
import { createRateBucketStore } from '../../shared/store/access/rate-buckets.ts';
import { createScopeStore } from '../../shared/store/catalog/scopes.ts';
import type { Table } from '../../shared/store/table/table.ts';
import { createUniqueNameStore } from '../../shared/store/catalog/unique-names.ts';
import { createLogger, type WriteLine, writeToStdout } from '../../shared/telemetry/logger.ts';
import { createMetrics } from '../../shared/telemetry/metrics.ts';
import { describeApi } from './describe-api.ts';
import { manageApiKeys } from './access/manage-api-keys.ts';
import { manageCustomers } from './customers/manage-customers.ts';
import { manageEntitlements } from './entitlements/manage-entitlements.ts';
import { manageFeatures } from './products/manage-features.ts';
import { manageLineItems } from './subscriptions/manage-line-items.ts';
import { manageMeters } from './products/manage-meters.ts';
import { managePlans } from './products/manage-plans.ts';
import { managePriceUnits } from './prices/manage-price-units.ts';
import { managePrices } from './prices/manage-prices.ts';
import { manageSubscriptions } from './subscriptions/manage-subscriptions.ts';
import { newSecret } from './access/new-api-key.ts';

/** Creates the function. The second argument is set by the local system and by tests; `now` in UTC milliseconds. */
export const createHandler = (
  config: FunctionConfig<'catalog'>,
  {
    table = openTable(config),
    now = Date.now,
    newUlid = monotonicFactory(),
    write = writeToStdout,
    readOpenApi = () => readFile(config.OPENAPI_FILE, 'utf8'),
  }: {
    readonly table?: Table;
    readonly now?: () => number;
    readonly newUlid?: () => string;
    readonly write?: WriteLine;
    readonly readOpenApi?: () => Promise<string>;
  } = {},
): HttpHandler => {
  const apiKeys = createApiKeyStore(table);
  const readCatalog = createCatalogReader({ table, now }).read;
  const deps = {
    apiKeys,
    accounts: readingFormerStarts(createAccountStore(table), readCatalog),
    directory: createDirectoryStore(table),
    names: createUniqueNameStore(table),
    similarNames: createSimilarNameStore(table),
    pointers: createPointerStore(table),
    scopes: createScopeStore(table),
    store: createCatalogStore(table),
    readCatalog,
    newUlid,
    newSecret,
    now,
  };
  const routes: Record<RouteIdOf<'catalog'>, RouteHandler> = {
    ...manageMeters(deps),
    ...manageFeatures(deps),
    ...manageCustomers(deps),
    ...managePlans(deps),
    ...managePrices(deps),
    ...managePriceUnits(deps),
    ...manageSubscriptions(deps),
    ...manageLineItems(deps),
    ...manageEntitlements(deps),
    ...manageApiKeys(deps),
  };
  return createHttpHandler({
    routes,
    publicRoutes: describeApi(readOpenApi),
    authenticate: createAuthenticator({ readKey: apiKeys.read, now }),
    takeToken: createRateLimiter({ lease: createRateBucketStore(table).lease, now }),
    logger: createLogger({ level: config.LOG_LEVEL, write, now }),
    metrics: createMetrics({ namespace: config.METRIC_NAMESPACE, write, now }),
    newUlid,
  });
};

let created: HttpHandler | undefined;
/** Lambda entry, created at the first call. */
export const handler: HttpHandler = (event, context) =>
  (created ??= createHandler(readConfig('catalog')))(event, context);
