// Prepares prices: checks all prices of a request before the first is written.
import type { PriceFields } from '../../../shared/api/prices/prices.ts';
import { ApiError, validationError } from '../../../shared/api/http/problem.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import { canHaveBuckets } from '../../../shared/domain/aggregations/aggregators.ts';
import type { Price } from '../../../shared/domain/pricing/price.ts';
import type { PriceTerms } from '../../../shared/domain/pricing/price-lineage.ts';
import { termsOfUnits } from '../../../shared/domain/pricing/price-unit.ts';
import { type Change, newEntity } from '../changes/catalog-changes.ts';
import { notFound } from '../changes/find-accounts.ts';
import { unitOfCode } from './manage-price-units.ts';

type BucketedPrice = Pick<Price, 'type' | 'meterId' | 'bucketSize'>;

const maxActivePrices = 5_000;

const isOpen = ({ status, endDate }: Price, at: number): boolean =>
  status === 'published' && (endDate === undefined || endDate > at);

/** Returns the terms that were stated in a price unit, with their amounts in the currency. Throws ApiError. */
const termsIn = (catalog: Catalog, code: string, fields: Omit<PriceFields, 'unitCode'>, path: string): PriceTerms => {
  const unit = unitOfCode(catalog, code);
  if (unit === undefined) throw notFound('Price unit', `${path}price_unit_config.price_unit`);
  const invalid = (rule: string): ApiError => validationError(new Map([[`${path}price_unit_config.price_unit`, rule]]));
  if (unit.status !== 'published') throw invalid('must be a published price unit');
  if (unit.baseCurrency !== fields.currency) throw invalid('must have the currency of the price as its base_currency');
  return termsOfUnits(fields, unit);
};

/** Throws ApiError for buckets of a price that cannot have any. `path`: path of the price in its body. */
export const checkBuckets = (catalog: Catalog, { type, meterId, bucketSize }: BucketedPrice, path = ''): void => {
  if (bucketSize === undefined) return;
  const invalid = (rule: string): ApiError => validationError(new Map([[`${path}bucket_size`, rule]]));
  if (type !== 'USAGE') throw invalid('only for USAGE');
  const meter = catalog.meters.get(meterId);
  if (meter && !canHaveBuckets(meter.aggregation.type)) throw invalid('only for MAX and SUM meters');
};

/**
 * Returns a new price. Throws ApiError: 404 for an unknown plan, meter or price unit. The display name falls back to the meter's
 * or plan's. `path`: path of the price in its body, for the details of an error.
 */
export const preparePrice = (
  catalog: Catalog,
  { unitCode, ...fields }: PriceFields,
  id: string,
  change: Change,
  path = '',
): Price => {
  const plan = catalog.plans.get(fields.entityId);
  if (fields.entityType === 'PLAN' && plan === undefined) throw notFound('Plan', `${path}entity_id`);
  const meter = fields.type === 'USAGE' ? catalog.meters.get(fields.meterId) : undefined;
  if (fields.type === 'USAGE' && meter === undefined) throw notFound('Meter', `${path}meter_id`);
  checkBuckets(catalog, fields, path);
  const displayName = fields.displayName || (meter?.name ?? plan?.name ?? '');
  const terms = unitCode === undefined ? fields : termsIn(catalog, unitCode, fields, path);
  return { ...newEntity(id, change), ...fields, ...terms, displayName, parentPriceId: '' };
};

/** Throws ApiError when a plan would have more than 5,000 active prices. */
export const refuseTooMany = (catalog: Catalog, prices: readonly Price[], at: number): void => {
  const entityIds = new Set(prices.map(({ entityId }) => entityId));
  const open = [...catalog.prices.values(), ...prices].filter((price) => isOpen(price, at));
  for (const entityId of entityIds) {
    if (open.filter((price) => price.entityId === entityId).length <= maxActivePrices) continue;
    throw new ApiError('invalid_operation', `A plan may have at most ${String(maxActivePrices)} active prices`);
  }
};

/** Throws ApiError when prices of one request share a lookup key. */
export const refuseRepeatedKeys = (prices: readonly Price[]): void => {
  const repeated = new Map<string, string>();
  for (const [index, { lookupKey }] of prices.entries()) {
    const isRepeated = lookupKey !== '' && prices.slice(0, index).some((price) => price.lookupKey === lookupKey);
    if (isRepeated) repeated.set(`items[${String(index)}].lookup_key`, 'must be unique');
  }
  if (repeated.size > 0) throw validationError(repeated);
};

/** Reports whether an existing price has taken the lookup key of one of these. */
export const isAnyKeyTaken = (catalog: Catalog, prices: readonly Price[]): boolean => {
  const wanted = new Set(prices.map(({ lookupKey }) => lookupKey).filter(Boolean));
  return [...catalog.prices.values()].some(({ lookupKey, endDate }) => endDate === undefined && wanted.has(lookupKey));
};
