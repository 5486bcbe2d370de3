// Answers lists of prices, with those of named subscriptions, and single prices.
import { toListBody } from '../../../shared/api/entities/list-page.ts';
import type { ListRequest } from '../../../shared/api/entities/lists.ts';
import type { ApiRequest, ApiResponse } from '../../../shared/api/http/exchange.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { Price } from '../../../shared/domain/pricing/price.ts';
import type { CatalogDeps, Handler } from '../changes/catalog-changes.ts';
import { listAccounts, namedValues, notFound } from '../changes/find-accounts.ts';
import { priceBody } from './price-bodies.ts';
import { findPrice, type PriceDeps } from './price-owners.ts';

const wantsMeter = ({ expand }: ListRequest): boolean => expand.has('meter') || expand.has('meters');
const wantsUnit = ({ expand }: ListRequest): boolean => expand.has('pricing_unit') || expand.has('price_unit');
const wantsPlan = ({ expand }: ListRequest): boolean => expand.has('plan') || expand.has('plans');

/** Returns the prices of the subscriptions that a list names, or that have the prices it names. */
const pricesOfNamed = async (
  deps: PriceDeps,
  scope: Scope,
  catalog: Catalog,
  request: ListRequest,
): Promise<readonly Price[]> => {
  const named = ['entity_id', 'id'].flatMap((field) => namedValues(request, field) ?? []);
  const ids = named.filter((id) => !catalog.plans.has(id) && !catalog.prices.has(id));
  if (ids.length === 0) return [];
  const accounts = await listAccounts(deps, scope, 'SUBSCRIPTION', { ids });
  const subscriptions = accounts
    .flatMap((account) => account.subscriptions)
    .filter(({ status }) => status === 'published');
  return subscriptions.flatMap((one) => one.prices.flatMap(({ versions }) => versions));
};

export const listPrices = async (
  deps: PriceDeps,
  { caller: { scope } }: ApiRequest,
  request: ListRequest,
): Promise<ApiResponse> => {
  const catalog = await deps.readCatalog(scope);
  const at = deps.now();
  const prices = [...catalog.prices.values(), ...(await pricesOfNamed(deps, scope, catalog, request))].filter(
    ({ endDate }) => endDate === undefined || endDate > at || request.flags.has('allow_expired_prices'),
  );
  const embed = { hasMeter: wantsMeter(request), hasPlan: wantsPlan(request), hasUnit: wantsUnit(request) };
  const bodies = prices.map((price) => priceBody(scope, catalog, price, embed));
  return { status: 200, body: toListBody(bodies, request) };
};

const show = async ({ readCatalog }: CatalogDeps, scope: Scope, price: Price): Promise<ApiResponse> => {
  const catalog = await readCatalog(scope);
  return { status: 200, body: priceBody(scope, catalog, price, { hasMeter: true, hasPlan: true, hasUnit: true }) };
};

export const getPriceByLookupKey: Handler<CatalogDeps> = async (deps, { caller: { scope }, path }) => {
  const key = path['lookup_key'] ?? '';
  const { prices } = await deps.readCatalog(scope);
  const price = [...prices.values()].find(({ lookupKey, endDate }) => lookupKey === key && endDate === undefined);
  if (key === '' || price === undefined) throw notFound('Price');
  return show(deps, scope, price);
};

export const getPrice: Handler<PriceDeps> = async (deps, { caller: { scope }, path }) =>
  show(deps, scope, await findPrice(deps, scope, path['id'] ?? ''));
