// Changes prices. Terms never change in place, because line items bill by the version that they name: a change of terms ends the last
// version and starts the next at the same instant. Names and texts change in place.
import { type Price, type PriceLineage, startOfPrice } from './price.ts';
import { hasSameTerms } from './same-terms.ts';

const maxVersions = 100;

/** `superseded`: there is a later version. `ended`: the version has ended by the time of the change. */
export type LineageRefusal = 'superseded' | 'ended' | 'before_start' | 'after_end' | 'too_many_versions';
export type LineageChange =
  | { readonly kind: 'changed'; readonly lineage: PriceLineage }
  | { readonly kind: 'refused'; readonly refusal: LineageRefusal };

/** Fields of a price that determine its cost. */
export type PriceTerms = Pick<
  Price,
  'amount' | 'billingModel' | 'tierMode' | 'tiers' | 'transformQuantity' | 'priceUnit'
>;

/** Replaces the terms of a price, for a version or a copy that starts at another time. */
export const withTerms = (price: Price, terms: PriceTerms): Price => {
  const rest = { ...price };
  delete rest.startDate;
  delete rest.formerStart;
  delete rest.tierMode;
  delete rest.tiers;
  delete rest.transformQuantity;
  delete rest.priceUnit;
  return { ...rest, ...terms };
};

const refused = (refusal: LineageRefusal): LineageChange => ({ kind: 'refused', refusal });
const withVersions = ({ id, versions }: PriceLineage, last: readonly Price[]): LineageChange => ({
  kind: 'changed',
  lineage: { id, versions: [...versions.slice(0, -1), ...last] },
});

/** Returns the last version, if it has this id and has not ended at `at` (UTC milliseconds). */
const openVersion = ({ versions }: PriceLineage, priceId: string, at: number): Price | LineageRefusal => {
  const last = versions.at(-1);
  if (last?.id !== priceId) return 'superseded';
  return last.endDate !== undefined && last.endDate <= at ? 'ended' : last;
};

/** Changes fields in place that do not change the cost. `at`: UTC milliseconds. */
export const describeVersion = (
  lineage: PriceLineage,
  priceId: string,
  at: number,
  describe: (price: Price) => Price,
): LineageChange => {
  const version = openVersion(lineage, priceId, at);
  return typeof version === 'string' ? refused(version) : withVersions(lineage, [describe(version)]);
};

/** Returns the version with the texts of another: it states the same terms. */
const restated = (version: Price, { lookupKey, displayName, description, metadata }: Price): Price => ({
  ...version,
  lookupKey,
  displayName,
  description,
  metadata,
});

/**
 * Ends the last version at `from` and starts `next(version)` there, with the end the version had. If that states the terms which
 * the version has already, only its texts change. `at` is the time of the change; all UTC milliseconds.
 */
export const startVersion = (
  lineage: PriceLineage,
  priceId: string,
  { at, by, from }: { readonly at: number; readonly by: string; readonly from: number },
  next: (price: Price) => Price,
): LineageChange => {
  const version = openVersion(lineage, priceId, at);
  if (typeof version === 'string') return refused(version);
  if (from < startOfPrice(version)) return refused('before_start');
  if (version.endDate !== undefined && from >= version.endDate) return refused('after_end');
  const change = { updatedAt: at, updatedBy: by };
  const started = { ...next(version), startDate: from, parentPriceId: lineage.id };
  if (hasSameTerms(version, started)) return withVersions(lineage, [{ ...restated(version, started), ...change }]);
  if (lineage.versions.length >= maxVersions) return refused('too_many_versions');
  const ended = { ...version, endDate: from, ...change };
  return withVersions(lineage, [ended, started]);
};

/** Ends the last version at `endDate` (UTC milliseconds); its line items go on. */
export const endVersion = (
  lineage: PriceLineage,
  priceId: string,
  { at, by, endDate }: { readonly at: number; readonly by: string; readonly endDate: number },
): LineageChange => {
  const version = openVersion(lineage, priceId, at);
  if (typeof version === 'string') return refused(version);
  if (endDate < startOfPrice(version)) return refused('before_start');
  return withVersions(lineage, [{ ...version, endDate, updatedAt: at, updatedBy: by }]);
};
