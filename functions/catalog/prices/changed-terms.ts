// Changes the terms of a price: in its unit when it has one, else in its currency.
import { completeTerms, type SentTerms, type SentUnitTerms } from '../../../shared/api/prices/price-terms.ts';
import { brokenUnitChange, statedByChange } from '../../../shared/api/prices/price-unit-terms.ts';
import { validationError } from '../../../shared/api/http/problem.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { Price } from '../../../shared/domain/pricing/price.ts';
import type { PriceTerms } from '../../../shared/domain/pricing/price-lineage.ts';
import { statedTerms, termsOfUnits } from '../../../shared/domain/pricing/price-unit.ts';
import { checkBuckets } from './new-prices.ts';

type ChangedTerms = PriceTerms & Pick<Price, 'bucketSize'>;

/** Returns the terms of the price with those that were sent. Throws ApiError when they are incomplete. `path`: path of `sent` in its body. */
export const changedTerms = (
  catalog: Catalog,
  price: Price,
  sent: SentTerms & SentUnitTerms,
  path = '',
): ChangedTerms => {
  const buckets = sent.bucket_size ? { bucketSize: sent.bucket_size } : {};
  checkBuckets(catalog, { type: price.type, meterId: price.meterId, ...buckets }, path);
  const { priceUnitType, priceUnit } = price;
  const broken = brokenUnitChange(priceUnitType, sent);
  if (broken.length > 0) throw validationError(new Map(broken.map(([field, rule]) => [`${path}${field}`, rule])));
  const stated = statedByChange(priceUnitType, sent);
  const completed = completeTerms(sent.billing_model ?? price.billingModel, stated, statedTerms(price));
  if (completed.kind === 'terms') {
    return { ...(priceUnit ? termsOfUnits(completed.terms, priceUnit) : completed.terms), ...buckets };
  }
  const fields = completed.names.map((name) =>
    priceUnit && ['amount', 'tiers'].includes(name) ? `price_unit_${name}` : name,
  );
  throw validationError(new Map(fields.map((field) => [`${path}${field}`, 'required'])));
};
