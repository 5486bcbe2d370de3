// Creates, lists, changes and archives custom price units. An archived unit takes no new prices; those it has go on, because they
// contain its rate.
import type { ApiRequest, ApiResponse, RouteHandler } from '../../../shared/api/http/exchange.ts';
import { toListBody } from '../../../shared/api/entities/list-page.ts';
import { type ListRequest, listQuerySchema, searchSchema } from '../../../shared/api/entities/lists.ts';
import { parseBody, parseQuery } from '../../../shared/api/http/parse-request.ts';
import {
  createPriceUnitSchema,
  priceUnitListSpec,
  toPriceUnitBody,
  updatePriceUnitSchema,
} from '../../../shared/api/prices/price-units.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import { idFromUlid, type Scope } from '../../../shared/domain/ids.ts';
import type { PriceUnit } from '../../../shared/domain/pricing/price-unit.ts';
import { type CatalogDeps, type Handler, newEntity, withStatus, writtenOf } from '../changes/catalog-changes.ts';
import { notFound } from '../changes/find-accounts.ts';

const names = { what: 'Price unit', takenMessage: 'A price unit with this code already exists' };

/** Finds the unit of a code, in any case: the published one, if there is one. */
export const unitOfCode = ({ priceUnits }: Catalog, code: string): PriceUnit | undefined => {
  const units = [...priceUnits.values()].filter((unit) => unit.code === code.toLowerCase());
  return units.find(({ status }) => status === 'published') ?? units[0];
};

const createPriceUnit: Handler<CatalogDeps> = async ({ store, newUlid, now }, { caller: { scope, keyId }, body }) => {
  const sent = parseBody(createPriceUnitSchema, body);
  const unit: PriceUnit = {
    ...newEntity(idFromUlid('priceUnit', newUlid()), { by: keyId, at: now() }),
    name: sent.name,
    code: sent.code,
    symbol: sent.symbol,
    baseCurrency: sent.base_currency,
    conversionRate: sent.conversion_rate,
    metadata: sent.metadata,
  };
  return { status: 201, body: toPriceUnitBody(scope, writtenOf(await store.priceUnits.create(scope, unit), names)) };
};

const updatePriceUnit: Handler<CatalogDeps> = async (
  { store, newUlid, now },
  { caller: { scope, keyId }, path, body },
) => {
  const sent = parseBody(updatePriceUnitSchema, body);
  const change = { by: keyId, at: now() };
  const written = await store.priceUnits.change(scope, path['id'] ?? '', newUlid(), (unit) => ({
    ...withStatus(unit, sent.status ?? unit.status, change),
    name: sent.name ?? unit.name,
    metadata: sent.metadata ?? unit.metadata,
    updatedAt: change.at,
    updatedBy: change.by,
  }));
  return { status: 200, body: toPriceUnitBody(scope, writtenOf(written, names)) };
};

const deletePriceUnit: Handler<CatalogDeps> = async ({ store, newUlid, now }, { caller: { scope, keyId }, path }) => {
  const change = { by: keyId, at: now() };
  const archived = await store.priceUnits.change(scope, path['id'] ?? '', newUlid(), (unit) =>
    withStatus(unit, 'archived', change),
  );
  writtenOf(archived, names);
  return { status: 200, body: { message: 'price unit archived successfully' } };
};

const list = async (
  { readCatalog }: CatalogDeps,
  { caller: { scope } }: ApiRequest,
  request: ListRequest,
): Promise<ApiResponse> => {
  const { priceUnits } = await readCatalog(scope);
  const bodies = Array.from(priceUnits.values(), (unit) => toPriceUnitBody(scope, unit));
  return { status: 200, body: toListBody(bodies, request) };
};

const show = (scope: Scope, unit: PriceUnit | undefined): ApiResponse => {
  if (unit === undefined) throw notFound('Price unit');
  return { status: 200, body: toPriceUnitBody(scope, unit) };
};

const getPriceUnit: Handler<CatalogDeps> = async ({ readCatalog }, { caller: { scope }, path }) =>
  show(scope, (await readCatalog(scope)).priceUnits.get(path['id'] ?? ''));

const getPriceUnitByCode: Handler<CatalogDeps> = async ({ readCatalog }, { caller: { scope }, path }) =>
  show(scope, unitOfCode(await readCatalog(scope), path['code'] ?? ''));

export const managePriceUnits = (deps: CatalogDeps) =>
  ({
    createPriceUnit: (request) => createPriceUnit(deps, request),
    listPriceUnits: (request) => list(deps, request, parseQuery(listQuerySchema(priceUnitListSpec), request.query)),
    searchPriceUnits: (request) => list(deps, request, parseBody(searchSchema(priceUnitListSpec), request.body)),
    getPriceUnit: (request) => getPriceUnit(deps, request),
    getPriceUnitByCode: (request) => getPriceUnitByCode(deps, request),
    updatePriceUnit: (request) => updatePriceUnit(deps, request),
    deletePriceUnit: (request) => deletePriceUnit(deps, request),
  }) satisfies Record<string, RouteHandler>;
