// Returns a meter as a price bills it. Bills and the analytics of a customer use the buckets of the price, if it has any; the usage
// of a meter by itself uses those of the meter. For entitlements both give the same, because none grants a bucketed maximum.
import { canHaveBuckets } from '../aggregations/aggregators.ts';
import type { Meter } from '../meters/meter.ts';
import type { Price } from '../pricing/price.ts';
import type { WindowSize } from '../time/usage-window.ts';

export interface Buckets {
  readonly size: WindowSize;
  /** Owner of the buckets. */
  readonly of: 'price' | 'meter';
}

/** Returns the buckets that are billed; undefined: the aggregate of the period is billed. A size that the aggregation cannot have is ignored. */
export const billedBuckets = ({ aggregation }: Meter, price: Pick<Price, 'bucketSize'>): Buckets | undefined => {
  if (price.bucketSize !== undefined && canHaveBuckets(aggregation.type))
    return { size: price.bucketSize, of: 'price' };
  return aggregation.bucketSize && { size: aggregation.bucketSize, of: 'meter' };
};

export const billedMeter = (meter: Meter, price: Pick<Price, 'bucketSize'>): Meter => {
  const buckets = billedBuckets(meter, price);
  return buckets?.of === 'price'
    ? { ...meter, aggregation: { ...meter.aggregation, bucketSize: buckets.size } }
    : meter;
};

/** Reports whether the meter is billed as a maximum per bucket, without a quantity that an allowance could take units from. */
export const isBucketedMaximum = (meter: Meter | undefined, price: Pick<Price, 'bucketSize'> = {}): boolean =>
  meter?.aggregation.type === 'MAX' && billedBuckets(meter, price) !== undefined;
