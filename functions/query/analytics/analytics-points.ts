// Writes the points of an analytics item: its windows, or the buckets of its meter, with their costs.
import type { AnalyticsItemBody } from '../../../shared/api/bodies/analytics.ts';
import { toComputedBody } from '../../../shared/api/charges/commitment-info.ts';
import type { AnalyticsRequest } from '../../../shared/api/usage/analytics.ts';
import { sumOfOutcomes } from '../../../shared/domain/commitments/commitment-charge.ts';
import { formatQuantity, sumOf } from '../../../shared/domain/numbers/quantity.ts';
import { formatInZone } from '../../../shared/domain/time/civil-time.ts';
import { type WindowSize, windowSizes, windowStart } from '../../../shared/domain/time/usage-window.ts';
import { rollUp } from '../../../shared/domain/usage/usage-breakdown.ts';
import { summariesByBucket } from './analytics-costs.ts';
import type { Point } from './analytics-rows.ts';
import type { AnalyticsTarget } from './analytics-targets.ts';

type PointBody = NonNullable<AnalyticsItemBody['points']>[number];

/** A point as it is shown, and what it is made of. */
interface ShownPoint {
  readonly point: Point;
  readonly of: readonly Point[];
}

const isCoarser = (size: WindowSize, other: WindowSize): boolean =>
  windowSizes.indexOf(size) > windowSizes.indexOf(other);

/** Returns the distance between the points of a target: for a meter with buckets never less than a bucket. */
export const pointSize = ({ windowSize }: AnalyticsRequest, { meter }: AnalyticsTarget): WindowSize | undefined => {
  const { bucketSize } = meter.aggregation;
  if (bucketSize === undefined) return windowSize;
  return windowSize !== undefined && isCoarser(windowSize, bucketSize) ? windowSize : bucketSize;
};

const costOfPoint = ({ breakdownBucket }: AnalyticsRequest, { point, of }: ShownPoint): Partial<PointBody> => {
  if (point.cost === undefined) return {};
  const charge = formatQuantity(point.cost.charge);
  const buckets = breakdownBucket ? summariesByBucket(of) : [];
  return {
    subtotal: charge,
    discount: '0',
    cost: charge,
    ...toComputedBody(point.cost.outcome),
    ...(buckets.length > 0 && { buckets }),
  };
};

const rolledUp = (
  points: readonly Point[],
  { meter: { aggregation }, timezone, anchorDay }: AnalyticsTarget,
  size: WindowSize,
): readonly ShownPoint[] => {
  const windowOf = (instant: number): number => windowStart(size, instant, { timezone, anchorDay });
  const byWindow = Map.groupBy(points, ({ start }) => windowOf(start));
  return rollUp(points, aggregation.type, windowOf).map((point) => {
    const of = byWindow.get(point.start) ?? [];
    const costs = of.flatMap(({ cost }) => cost ?? []);
    const cost = {
      cost: sumOf(costs.map((one) => one.cost)),
      charge: sumOf(costs.map(({ charge }) => charge)),
      outcome: sumOfOutcomes(costs.map(({ outcome }) => outcome)),
      timeBucket: undefined,
    };
    return { point: { ...point, cost: costs.length === 0 ? undefined : cost }, of };
  });
};

export const pointsBody = (
  request: AnalyticsRequest,
  target: AnalyticsTarget,
  points: readonly Point[],
): Pick<AnalyticsItemBody, 'points'> => {
  const { windowSize } = request;
  if (windowSize === undefined) return {};
  const { bucketSize } = target.meter.aggregation;
  const areBuckets = bucketSize !== undefined && !isCoarser(windowSize, bucketSize);
  const shown =
    bucketSize === undefined || areBuckets
      ? points.map((point) => ({ point, of: [point] }))
      : rolledUp(points, target, windowSize);
  return {
    points: shown.map((one) => ({
      timestamp: formatInZone(one.point.start, areBuckets ? 'UTC' : target.timezone),
      usage: formatQuantity(one.point.usage),
      ...costOfPoint(request, one),
      event_count: one.point.eventCount,
    })),
  };
};
