// Creates, changes and ends prices. The terms of a price never change in place: a change ends the version and starts the next,
// which is the answer, unless it states the terms that are there already.
import type { PriceBody } from '../../../shared/api/bodies/catalog.ts';
import { warningsOf } from '../../../shared/api/subscriptions/term-warnings.ts';
import type { RouteHandler } from '../../../shared/api/http/exchange.ts';
import { listQuerySchema, searchSchema } from '../../../shared/api/entities/lists.ts';
import { changesTerms } from '../../../shared/api/prices/price-terms.ts';
import { priceListSpec } from '../../../shared/api/prices/price-lists.ts';
import {
  createPriceSchema,
  createPricesBulkSchema,
  deletePriceSchema,
  toDescription,
  toPriceBody,
  type UpdatePriceRequest,
  updatePriceSchema,
} from '../../../shared/api/prices/prices.ts';
import { parseBody, parseQuery } from '../../../shared/api/http/parse-request.ts';
import { ApiError, validationError } from '../../../shared/api/http/problem.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import { idFromUlid, type Scope } from '../../../shared/domain/ids.ts';
import type { Price, PriceLineage } from '../../../shared/domain/pricing/price.ts';
import {
  describeVersion,
  endVersion,
  type LineageChange,
  type LineageRefusal,
  startVersion,
  withTerms,
} from '../../../shared/domain/pricing/price-lineage.ts';
import { neverResetWarnings } from '../../../shared/domain/subscriptions/term-warnings.ts';
import { type Change, type Handler, newEntity } from '../changes/catalog-changes.ts';
import { grantorOf, refuseGrantedPrice } from '../entitlements/bucketed-maximum.ts';
import { changedTerms } from './changed-terms.ts';
import { isAnyKeyTaken, preparePrice, refuseRepeatedKeys, refuseTooMany } from './new-prices.ts';
import { findPrice, ownerOf, type PriceDeps, takenMessage } from './price-owners.ts';
import { getPrice, getPriceByLookupKey, listPrices } from './read-prices.ts';
import { findOwners } from '../changes/change-subscription.ts';
import { writeInOrder } from '../changes/write-in-order.ts';

const refusals: Readonly<Record<LineageRefusal, (field: string) => ApiError>> = {
  superseded: () => new ApiError('invalid_operation', 'The price has ended: it has a later version'),
  ended: () => new ApiError('invalid_operation', 'The price has ended'),
  too_many_versions: () => new ApiError('invalid_operation', 'A price may have at most 100 versions'),
  before_start: (field) => validationError(new Map([[field, 'must not be before the start of the price']])),
  after_end: (field) => validationError(new Map([[field, 'must be before the end of the price']])),
};

/** Returns the changed lineage; throws ApiError. `field`: the date that was sent. */
const lineageOf = (change: LineageChange, field: 'effective_from' | 'end_date'): PriceLineage => {
  if (change.kind === 'refused') throw refusals[change.refusal](field);
  return change.lineage;
};

/** Only the last version of a price changes, or is followed by another. */
const lastOf = ({ versions }: PriceLineage): Price => {
  const version = versions.at(-1);
  if (version === undefined) throw new Error('a version that was written is not there');
  return version;
};

/** Returns the price with the warnings about it. */
const newPriceBody = (scope: Scope, catalog: Catalog, price: Price): PriceBody => ({
  ...toPriceBody(scope, price),
  ...warningsOf(neverResetWarnings([price], catalog)),
});

const createPrice: Handler<PriceDeps> = async (deps, { caller: { scope, keyId }, body }) => {
  const change = { by: keyId, at: deps.now() };
  const fields = parseBody(createPriceSchema(change.at), body);
  const catalog = await deps.readCatalog(scope);
  const price = preparePrice(catalog, fields, idFromUlid('price', deps.newUlid()), change);
  refuseTooMany(catalog, [price], change.at);
  const subscriptions = await findOwners(deps, scope, [price], () => 'entity_id');
  refuseGrantedPrice(catalog, grantorOf(price, subscriptions), price, 'bucket_size');
  await ownerOf(price).create(deps, scope, price, change);
  return { status: 201, body: newPriceBody(scope, catalog, price) };
};

const createPricesBulk: Handler<PriceDeps> = async (deps, { caller: { scope, keyId }, body }) => {
  const change = { by: keyId, at: deps.now() };
  const { items } = parseBody(createPricesBulkSchema(change.at), body);
  const catalog = await deps.readCatalog(scope);
  const prices = items.map((fields, index) =>
    preparePrice(catalog, fields, idFromUlid('price', deps.newUlid()), change, `items[${String(index)}].`),
  );
  refuseTooMany(catalog, prices, change.at);
  refuseRepeatedKeys(prices);
  const subscriptions = await findOwners(deps, scope, prices);
  for (const [index, price] of prices.entries()) {
    refuseGrantedPrice(catalog, grantorOf(price, subscriptions), price, `items[${String(index)}].bucket_size`);
  }
  if (isAnyKeyTaken(catalog, prices)) {
    await deps.store.raiseVersion(scope);
    throw new ApiError('already_exists', takenMessage);
  }
  await writeInOrder(prices, (price) => ownerOf(price).create(deps, scope, price, change));
  return { status: 201, body: { items: prices.map((price) => newPriceBody(scope, catalog, price)) } };
};

const startNext = async (
  deps: PriceDeps,
  scope: Scope,
  price: Price,
  sent: UpdatePriceRequest,
  change: Change,
): Promise<Price> => {
  const subscriptions = await findOwners(deps, scope, [price]);
  const catalog = await deps.readCatalog(scope);
  const terms = changedTerms(catalog, price, sent);
  refuseGrantedPrice(catalog, grantorOf(price, subscriptions), { ...price, ...terms }, 'bucket_size');
  const id = idFromUlid('price', deps.newUlid());
  const start = { ...change, from: sent.effective_from ?? change.at };
  const lineage = await ownerOf(price).revise(deps, scope, price, [id], change, (present) =>
    lineageOf(
      startVersion(present, price.id, start, (version) => ({
        ...withTerms(version, terms),
        ...toDescription(sent, version),
        ...newEntity(id, change),
      })),
      'effective_from',
    ),
  );
  return lastOf(lineage);
};

const describe = async (
  deps: PriceDeps,
  scope: Scope,
  price: Price,
  sent: UpdatePriceRequest,
  change: Change,
): Promise<Price> => {
  const lineage = await ownerOf(price).revise(deps, scope, price, [], change, (present) =>
    lineageOf(
      describeVersion(present, price.id, change.at, (version) => ({
        ...version,
        ...toDescription(sent, version),
        updatedAt: change.at,
        updatedBy: change.by,
      })),
      'effective_from',
    ),
  );
  return lastOf(lineage);
};

const updatePrice: Handler<PriceDeps> = async (deps, { caller: { scope, keyId }, path, body }) => {
  const sent = parseBody(updatePriceSchema, body);
  const change = { by: keyId, at: deps.now() };
  const price = await findPrice(deps, scope, path['id'] ?? '');
  if (price.entityType === 'SUBSCRIPTION' && sent.lookup_key) {
    throw validationError(new Map([['lookup_key', 'only for prices of plans']]));
  }
  const written = changesTerms(sent)
    ? await startNext(deps, scope, price, sent, change)
    : await describe(deps, scope, price, sent, change);
  return { status: 200, body: toPriceBody(scope, written) };
};

const deletePrice: Handler<PriceDeps> = async (deps, { caller: { scope, keyId }, path, body }) => {
  const sent = parseBody(deletePriceSchema, body || '{}');
  const change = { by: keyId, at: deps.now() };
  const price = await findPrice(deps, scope, path['id'] ?? '');
  const end = { ...change, endDate: sent.end_date ?? change.at };
  await ownerOf(price).revise(deps, scope, price, [], change, (present) =>
    lineageOf(endVersion(present, price.id, end), 'end_date'),
  );
  return { status: 200, body: { message: 'price deleted successfully' } };
};

export const managePrices = (deps: PriceDeps) =>
  ({
    createPrice: (request) => createPrice(deps, request),
    createPricesBulk: (request) => createPricesBulk(deps, request),
    listPrices: (request) => listPrices(deps, request, parseQuery(listQuerySchema(priceListSpec), request.query)),
    searchPrices: (request) => listPrices(deps, request, parseBody(searchSchema(priceListSpec), request.body)),
    getPriceByLookupKey: (request) => getPriceByLookupKey(deps, request),
    getPrice: (request) => getPrice(deps, request),
    updatePrice: (request) => updatePrice(deps, request),
    deletePrice: (request) => deletePrice(deps, request),
  }) satisfies Record<string, RouteHandler>;
