// Costs the items of analytics. Exact: only an invoice rounds, and deducts the allowances of entitlements first.
import type { AnalyticsBody, AnalyticsItemBody } from '../../../shared/api/bodies/analytics.ts';
import { toCommitmentInfo, toComputedBody, toTimeBody } from '../../../shared/api/charges/commitment-info.ts';
import { sumOfOutcomes } from '../../../shared/domain/commitments/commitment-charge.ts';
import { decimal, formatQuantity, sumOf } from '../../../shared/domain/numbers/quantity.ts';
import type { Point, Row } from './analytics-rows.ts';

type BucketSummaryBody = NonNullable<AnalyticsItemBody['bucket_summaries']>[number];

/** Sums the points by time bucket of the commitment, in the order of their appearance. */
export const summariesByBucket = (points: readonly Point[]): BucketSummaryBody[] => {
  const inBuckets = points.flatMap(({ usage, cost }) =>
    cost?.timeBucket ? [{ ...cost, usage, timeBucket: cost.timeBucket }] : [],
  );
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
  { version, cost: charge, outcome, points }: Row,
  isPartial: boolean,
): Partial<AnalyticsItemBody> => {
  if (version === undefined || charge === undefined) return {};
  const cost = formatQuantity(charge);
  const summaries = summariesByBucket(points);
  const { commitment } = version.item;
  return {
    subtotal: cost,
    total_discount: '0',
    total_cost: cost,
    currency: version.price.currency,
    ...(commitment && !isPartial && { commitment_info: toCommitmentInfo(commitment, outcome) }),
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
