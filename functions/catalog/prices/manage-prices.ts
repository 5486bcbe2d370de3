// Prices. What a price costs is never changed in place: a change ends the version and starts the next, which is the answer.
import type { ApiRequest, ApiResponse, RouteHandler } from '../../../shared/api/http/exchange.ts';
import { toListBody } from '../../../shared/api/entities/list-page.ts';
import { type ListRequest, listQuerySchema, searchSchema } from '../../../shared/api/entities/lists.ts';
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
import { type CatalogDeps, type Change, newEntity } from '../changes/catalog-changes.ts';
import { grantorOf, refuseGrantedPrice } from '../entitlements/bucketed-maximum.ts';
import { changedTerms } from './changed-terms.ts';
import { listAccounts, namedValues, notFound } from '../changes/find-accounts.ts';
import { isAnyKeyHeld, preparePrice, refuseRepeatedKeys, refuseTooMany } from './new-prices.ts';
import { priceBody } from './price-bodies.ts';
import { heldMessage, type PriceOwner, pricesOfPlans, pricesOfSubscriptions } from './price-owners.ts';
import { findOwners, type SubscriptionDeps } from '../changes/change-subscription.ts';
import { writeInOrder } from '../changes/write-in-order.ts';

export type PriceDeps = CatalogDeps & SubscriptionDeps;

const refusals: Readonly<Record<LineageRefusal, (field: string) => ApiError>> = {
  superseded: () => new ApiError('invalid_operation', 'The price has ended: it has a later version'),
  ended: () => new ApiError('invalid_operation', 'The price has ended'),
  too_many_versions: () => new ApiError('invalid_operation', 'A price may have at most 100 versions'),
  before_start: (field) => validationError(new Map([[field, 'must not be before the start of the price']])),
  after_end: (field) => validationError(new Map([[field, 'must be before the end of the price']])),
};

/** `field` is the date that was sent. */
const lineageOf = (change: LineageChange, field: 'effective_from' | 'end_date'): PriceLineage => {
  if (change.kind === 'refused') throw refusals[change.refusal](field);
  return change.lineage;
};

const versionOf = ({ versions }: PriceLineage, id: string): Price => {
  const version = versions.find((price) => price.id === id);
  if (version === undefined) throw new Error('a version that was written is not there');
  return version;
};

const wantsMeter = ({ expand }: ListRequest): boolean => expand.has('meter') || expand.has('meters');
const wantsUnit = ({ expand }: ListRequest): boolean => expand.has('pricing_unit') || expand.has('price_unit');
const wantsPlan = ({ expand }: ListRequest): boolean => expand.has('plan') || expand.has('plans');

export const managePrices = (deps: PriceDeps) => {
  const { store, readCatalog, newUlid, now } = deps;
  const owners = { PLAN: pricesOfPlans(deps), SUBSCRIPTION: pricesOfSubscriptions(deps) };
  const ownerOf = ({ entityType }: Price): PriceOwner => owners[entityType];

  const find = async (scope: Scope, id: string): Promise<Price> => {
    const price = (await owners.PLAN.find(scope, id)) ?? (await owners.SUBSCRIPTION.find(scope, id));
    if (price === undefined) throw notFound('Price');
    return price;
  };

  const createPrice: RouteHandler = async ({ caller: { scope, keyId }, body }) => {
    const change = { by: keyId, at: now() };
    const fields = parseBody(createPriceSchema(change.at), body);
    const catalog = await readCatalog(scope);
    const price = preparePrice(catalog, fields, idFromUlid('price', newUlid()), change);
    refuseTooMany(catalog, [price], change.at);
    const owners = await findOwners(deps, scope, [price], () => 'entity_id');
    refuseGrantedPrice(catalog, grantorOf(price, owners), price, 'bucket_size');
    await ownerOf(price).create(scope, price, change);
    return { status: 201, body: toPriceBody(scope, price) };
  };

  const createPricesBulk: RouteHandler = async ({ caller: { scope, keyId }, body }) => {
    const change = { by: keyId, at: now() };
    const { items } = parseBody(createPricesBulkSchema(change.at), body);
    const catalog = await readCatalog(scope);
    const prices = items.map((fields, index) =>
      preparePrice(catalog, fields, idFromUlid('price', newUlid()), change, `items[${String(index)}].`),
    );
    refuseTooMany(catalog, prices, change.at);
    refuseRepeatedKeys(prices);
    const owners = await findOwners(deps, scope, prices);
    for (const [index, price] of prices.entries()) {
      refuseGrantedPrice(catalog, grantorOf(price, owners), price, `items[${String(index)}].bucket_size`);
    }
    if (isAnyKeyHeld(catalog, prices)) {
      await store.raiseVersion(scope);
      throw new ApiError('already_exists', heldMessage);
    }
    await writeInOrder(prices, (price) => ownerOf(price).create(scope, price, change));
    return { status: 201, body: { items: prices.map((price) => toPriceBody(scope, price)) } };
  };

  const startNext = async (scope: Scope, price: Price, sent: UpdatePriceRequest, change: Change): Promise<Price> => {
    const owners = await findOwners(deps, scope, [price]);
    const catalog = await readCatalog(scope);
    const terms = changedTerms(catalog, price, sent);
    refuseGrantedPrice(catalog, grantorOf(price, owners), { ...price, ...terms }, 'bucket_size');
    const id = idFromUlid('price', newUlid());
    const start = { ...change, from: sent.effective_from ?? change.at };
    const lineage = await ownerOf(price).revise(scope, price, [id], change, (present) =>
      lineageOf(
        startVersion(present, price.id, start, (version) => ({
          ...withTerms(version, terms),
          ...toDescription(sent, version),
          ...newEntity(id, change),
        })),
        'effective_from',
      ),
    );
    return versionOf(lineage, id);
  };

  const describe = async (scope: Scope, price: Price, sent: UpdatePriceRequest, change: Change): Promise<Price> => {
    const lineage = await ownerOf(price).revise(scope, price, [], change, (present) =>
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
    return versionOf(lineage, price.id);
  };

  const updatePrice: RouteHandler = async ({ caller: { scope, keyId }, path, body }) => {
    const sent = parseBody(updatePriceSchema, body);
    const change = { by: keyId, at: now() };
    const price = await find(scope, path['id'] ?? '');
    if (price.entityType === 'SUBSCRIPTION' && sent.lookup_key) {
      throw validationError(new Map([['lookup_key', 'only for prices of plans']]));
    }
    const written = changesTerms(sent)
      ? await startNext(scope, price, sent, change)
      : await describe(scope, price, sent, change);
    return { status: 200, body: toPriceBody(scope, written) };
  };

  const deletePrice: RouteHandler = async ({ caller: { scope, keyId }, path, body }) => {
    const sent = parseBody(deletePriceSchema, body || '{}');
    const change = { by: keyId, at: now() };
    const price = await find(scope, path['id'] ?? '');
    const end = { ...change, endDate: sent.end_date ?? change.at };
    await ownerOf(price).revise(scope, price, [], change, (present) =>
      lineageOf(endVersion(present, price.id, end), 'end_date'),
    );
    return { status: 200, body: { message: 'price deleted successfully' } };
  };

  /** Of the subscriptions that a list names, or that have the prices it names. */
  const pricesOfNamed = async (scope: Scope, catalog: Catalog, request: ListRequest): Promise<readonly Price[]> => {
    const named = ['entity_id', 'id'].flatMap((field) => namedValues(request, field) ?? []);
    const ids = named.filter((id) => !catalog.plans.has(id) && !catalog.prices.has(id));
    if (ids.length === 0) return [];
    const accounts = await listAccounts(deps, scope, 'SUBSCRIPTION', { ids });
    const subscriptions = accounts
      .flatMap((account) => account.subscriptions)
      .filter(({ status }) => status === 'published');
    return subscriptions.flatMap((one) => one.prices.flatMap(({ versions }) => versions));
  };

  const list = async ({ caller: { scope } }: ApiRequest, request: ListRequest): Promise<ApiResponse> => {
    const catalog = await readCatalog(scope);
    const at = now();
    const prices = [...catalog.prices.values(), ...(await pricesOfNamed(scope, catalog, request))].filter(
      ({ endDate }) => endDate === undefined || endDate > at || request.flags.has('allow_expired_prices'),
    );
    const embed = { hasMeter: wantsMeter(request), hasPlan: wantsPlan(request), hasUnit: wantsUnit(request) };
    const bodies = prices.map((price) => priceBody(scope, catalog, price, embed));
    return { status: 200, body: toListBody(bodies, request) };
  };

  const show = async (scope: Scope, price: Price): Promise<ApiResponse> => {
    const catalog = await readCatalog(scope);
    return { status: 200, body: priceBody(scope, catalog, price, { hasMeter: true, hasPlan: true, hasUnit: true }) };
  };

  return {
    createPrice,
    createPricesBulk,
    listPrices: (request) => list(request, parseQuery(listQuerySchema(priceListSpec), request.query)),
    searchPrices: (request) => list(request, parseBody(searchSchema(priceListSpec), request.body)),
    getPriceByLookupKey: async ({ caller: { scope }, path }) => {
      const key = path['lookup_key'] ?? '';
      const { prices } = await readCatalog(scope);
      const price = [...prices.values()].find(({ lookupKey, endDate }) => lookupKey === key && endDate === undefined);
      if (key === '' || price === undefined) throw notFound('Price');
      return show(scope, price);
    },
    getPrice: async ({ caller: { scope }, path }) => show(scope, await find(scope, path['id'] ?? '')),
    updatePrice,
    deletePrice,
  } satisfies Record<string, RouteHandler>;
};
