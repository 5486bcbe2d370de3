// Refuses entitlements of usage that is billed as a maximum per bucket: it is billed bucket by bucket, so it has no quantity that an
// allowance could take units from. It does not matter which of the two comes first. Concurrent requests do not see each other.
import { validationError } from '../../../shared/api/http/problem.ts';
import { isBucketedMaximum } from '../../../shared/domain/catalog/billed-meter.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { Entitlement } from '../../../shared/domain/catalog/entitlement.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { Meter } from '../../../shared/domain/meters/meter.ts';
import type { Price } from '../../../shared/domain/pricing/price.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { priceOfId } from '../../../shared/domain/charges/usage-line.ts';
import { type AccountDeps, listAccounts } from '../changes/find-accounts.ts';

/** Subscription, or a plan, as a subscription without entitlements of its own. */
export type Grantor = Pick<Subscription, 'planId' | 'entitlements'>;

/** Returns who grants the usage of a price. `owners`: the subscriptions that the prices of a body belong to. */
export const grantorOf = ({ entityId }: Price, owners: readonly Subscription[]): Grantor =>
  owners.find(({ id }) => id === entityId) ?? { planId: entityId, entitlements: [] };

const meterOf = ({ features, meters }: Catalog, { featureId }: Entitlement): Meter | undefined =>
  meters.get(features.get(featureId)?.meterId ?? '');

const isGranted = (catalog: Catalog, { planId, entitlements }: Grantor, meterId: string): boolean => {
  const ofPlan = [...catalog.entitlements.values()].filter(({ entityId }) => entityId === planId);
  return [...ofPlan, ...entitlements.filter(({ status }) => status === 'published')].some(
    (entitlement) => meterOf(catalog, entitlement)?.id === meterId,
  );
};

/** Throws ApiError when an entitlement grants usage that the price divides. `field`: the field with the price's buckets. */
export const refuseGrantedPrice = (catalog: Catalog, grantor: Grantor, price: Price, field: string): void => {
  if (price.type !== 'USAGE' || !isBucketedMaximum(catalog.meters.get(price.meterId), price)) return;
  if (!isGranted(catalog, grantor, price.meterId)) return;
  const rule = 'must not divide a MAX meter that an entitlement of the plan or subscription grants';
  throw validationError(new Map([[field, rule]]));
};

const isOpenAt =
  (at: number) =>
  ({ endDate }: { readonly endDate?: number }): boolean =>
    endDate === undefined || endDate > at;

/** Returns the prices that the subscription bills by, or could bill by, at `at` (UTC milliseconds) or later. */
const pricesOf = (catalog: Catalog, { prices, lineItems }: Subscription, at: number): readonly Price[] => [
  ...prices.flatMap(({ versions }) => versions.filter(isOpenAt(at))),
  ...lineItems.filter(isOpenAt(at)).flatMap(({ priceId }) => priceOfId({ prices }, catalog, priceId) ?? []),
];

const pricesOfPlan = ({ prices }: Catalog, planId: string, at: number): readonly Price[] =>
  [...prices.values()].filter(
    (price) => price.entityId === planId && price.status === 'published' && isOpenAt(at)(price),
  );

const isDivided = (meter: Meter, prices: readonly Price[]): boolean =>
  prices.some((price) => price.type === 'USAGE' && price.meterId === meter.id && isBucketedMaximum(meter, price));

/** Lists the published subscriptions, newest first, up to the limit of lists. */
const allSubscriptions = async (deps: AccountDeps, scope: Scope): Promise<readonly Subscription[]> =>
  (await listAccounts(deps, scope, 'SUBSCRIPTION', { ids: undefined, externalIds: undefined }))
    .flatMap(({ subscriptions }) => subscriptions)
    .filter(({ status }) => status === 'published');

/** Selects the subscriptions that an entitlement applies to. */
const reachedBy = ({ entityId }: Entitlement, subscriptions: readonly Subscription[]): readonly Subscription[] =>
  subscriptions.filter(({ id, planId }) => id === entityId || planId === entityId);

/**
 * Throws ApiError for new entitlements of meters that a price divides: a price of the plan, of one of its subscriptions, or of the
 * subscription. `owners`: the subscriptions among their owners; `pathOf`: the path of an entitlement in its body.
 */
export const refuseDividedGrants = async (
  deps: AccountDeps,
  scope: Scope,
  catalog: Catalog,
  entitlements: readonly Entitlement[],
  { owners, pathOf }: { readonly owners: readonly Subscription[]; readonly pathOf: (index: number) => string },
): Promise<void> => {
  const isOfMaximum = (one: Entitlement): boolean => meterOf(catalog, one)?.aggregation.type === 'MAX';
  const isAnyOfPlan = entitlements.some((one) => one.entityType === 'PLAN' && isOfMaximum(one));
  const subscriptions = isAnyOfPlan ? await allSubscriptions(deps, scope) : owners;
  const at = deps.now();
  for (const [index, entitlement] of entitlements.entries()) {
    const meter = meterOf(catalog, entitlement);
    if (meter?.aggregation.type !== 'MAX') continue;
    const prices = [
      ...pricesOfPlan(catalog, entitlement.entityId, at),
      ...reachedBy(entitlement, subscriptions).flatMap((one) => pricesOf(catalog, one, at)),
    ];
    if (!isDivided(meter, prices)) continue;
    const rule = 'must not have a MAX meter that a price of the plan or subscription divides into buckets';
    throw validationError(new Map([[`${pathOf(index)}feature_id`, rule]]));
  }
};

/** Throws ApiError when the change of a meter makes it both granted and divided, by itself or by a price. */
export const refuseDividedMeter = async (
  deps: AccountDeps,
  scope: Scope,
  catalog: Catalog,
  { before, wanted }: { readonly before: Meter; readonly wanted: Meter },
): Promise<void> => {
  const { type, bucketSize } = wanted.aggregation;
  const isAsBefore =
    type === before.aggregation.type && (bucketSize === undefined) === (before.aggregation.bucketSize === undefined);
  if (type !== 'MAX' || isAsBefore) return;
  const at = deps.now();
  const places = [
    ...Array.from(catalog.plans.keys(), (planId) => ({
      grantor: { planId, entitlements: [] },
      prices: pricesOfPlan(catalog, planId, at),
    })),
    ...(await allSubscriptions(deps, scope)).map((one) => ({ grantor: one, prices: pricesOf(catalog, one, at) })),
  ];
  const isWrong = places.some(
    ({ grantor, prices }) =>
      isGranted(catalog, grantor, wanted.id) && (bucketSize !== undefined || isDivided(wanted, prices)),
  );
  if (!isWrong) return;
  const field = bucketSize === undefined ? 'aggregation.type' : 'aggregation.bucket_size';
  throw validationError(new Map([[field, 'must not be set on a MAX meter that an entitlement grants']]));
};
