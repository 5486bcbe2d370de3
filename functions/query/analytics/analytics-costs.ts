// Costs the items of analytics. Exact: only an invoice rounds, and deducts the allowances of entitlements first.
import type { AnalyticsRequest } from '../../../shared/api/usage/analytics.ts';
import type { AnalyticsBody, AnalyticsItemBody } from '../../../shared/api/bodies/analytics.ts';
import { toCommitmentInfo, toComputedBody, toTimeBody } from '../../../shared/api/charges/commitment-info.ts';
import type { BillableItem } from '../../../shared/domain/matching/billable-items.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import { sumOfOutcomes } from '../../../shared/domain/commitments/commitment-charge.ts';
import { decimal, formatQuantity, sumOf } from '../../../shared/domain/numbers/quantity.ts';
import type { CostedPoint, CostedUsage, CostingTerms } from '../../../shared/domain/charges/breakdown-cost.ts';
import { priceOfId } from '../../../shared/domain/charges/usage-line.ts';
import type { AnalyticsTarget } from './analytics-targets.ts';

type BucketSummaryBody = NonNullable<AnalyticsItemBody['bucket_summaries']>[number];

/** Returns whether only a part of a line item's usage is asked for: a commitment is to all of it. */
const isPartial = ({ filters, sources, groupBy }: AnalyticsRequest): boolean =>
  filters.length + sources.length + groupBy.length > 0;

/** Returns the terms of a target; undefined where nothing bills. */
export const costingTerms = (
  request: AnalyticsRequest,
  { item, meter, start, end, bucketAnchorDay }: AnalyticsTarget,
  catalog: Catalog,
  now: number,
): CostingTerms | undefined =>
  item && {
    price: item.price,
    commitment: isPartial(request) ? undefined : item.lineItem.commitment,
    priceOf: ({ priceId }) => priceOfId(item.subscription, catalog, priceId),
    start,
    end,
    now,
    bucketSize: meter.aggregation.bucketSize,
    bucketAnchorDay,
  };

/** Sums the points by time bucket of the commitment, in the order of their appearance. */
export const summariesByBucket = (points: readonly CostedPoint[]): BucketSummaryBody[] => {
  const inBuckets = points.flatMap((point) => (point.timeBucket ? [{ ...point, timeBucket: point.timeBucket }] : []));
  const byBucket = Map.groupBy(inBuckets, ({ timeBucket }) => timeBucket);
  return Array.from(byBucket, ([bucket, some]) => ({
    id: bucket.id,
    start_time: toTimeBody(bucket.startMinute),
    end_time: toTimeBody(bucket.endMinute),
    usage: formatQuantity(sumOf(some.map(({ usage }) => usage))),
    base_cost: formatQuantity(sumOf(some.map(({ cost }) => cost))),
    cost: formatQuantity(sumOf(some.map(({ charge }) => charge))),
    ...toComputedBody(sumOfOutcomes(some.map(({ outcome }) => outcome))),
  }));
};

export const costBody = (
  { price }: BillableItem,
  { charge, outcome, points }: CostedUsage,
  { commitment }: CostingTerms,
): Partial<AnalyticsItemBody> => {
  const cost = formatQuantity(charge);
  const summaries = summariesByBucket(points);
  return {
    subtotal: cost,
    total_discount: '0',
    total_cost: cost,
    currency: price.currency,
    ...(commitment && { commitment_info: toCommitmentInfo(commitment, outcome) }),
    ...(summaries.length > 0 && { bucket_summaries: summaries }),
  };
};

/** Sums items in one currency. Amounts in several currencies have no sum: then it is left out. */
export const totalBody = (
  items: readonly AnalyticsItemBody[],
): Pick<AnalyticsBody, 'subtotal' | 'total_discount' | 'total_cost' | 'currency'> => {
  const [currency = '', ...others] = new Set(items.flatMap((item) => item.currency ?? []));
  if (others.length > 0) return {};
  const cost = formatQuantity(sumOf(items.flatMap(({ total_cost: ofItem }) => (ofItem ? [decimal(ofItem)] : []))));
  return { subtotal: cost, total_discount: '0', total_cost: cost, currency };
};
