// A meter as a price bills it. Bills and the analytics of a customer take the buckets of the price, where it has some; the usage of
// a meter by itself takes those of the meter. What an entitlement grants comes to the same either way: it is no bucketed maximum.
import { canHaveBuckets } from '../aggregations/aggregators.ts';
import type { Meter } from '../meters/meter.ts';
import type { Price } from '../pricing/price.ts';
import type { WindowSize } from '../time/usage-window.ts';

export interface Buckets {
  readonly size: WindowSize;
  /** Whose they are. */
  readonly of: 'price' | 'meter';
}

/** undefined: what is billed is the aggregate of the period. A size that the meter's aggregation cannot take any more says nothing. */
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

/** Whether it is billed as a maximum per bucket: then it has no quantity that an allowance could take units from. */
export const isBucketedMaximum = (meter: Meter | undefined, price: Pick<Price, 'bucketSize'> = {}): boolean =>
  meter?.aggregation.type === 'MAX' && billedBuckets(meter, price) !== undefined;
