// Commitments as golden vectors write them.
import * as v from 'valibot';
import {
  type CommitmentTerms,
  commitmentTypes,
  type LineItemCommitment,
} from '../../../shared/domain/commitments/commitment.ts';
import type { PricedTerms } from '../../../shared/domain/pricing/price-cost.ts';
import type { TimeOfDayRange } from '../../../shared/domain/time/time-of-day.ts';
import { GoldenPrice } from './golden-price.ts';

const minuteOf = (clock: string): number => {
  const [hour, minute] = clock.split(':').map(Number);
  if (hour === undefined || minute === undefined) throw new Error(`no time of day: ${clock}`);
  return hour * 60 + minute;
};

export const rangeOf = (start: string, end: string): TimeOfDayRange => ({
  startMinute: minuteOf(start),
  endMinute: minuteOf(end),
});

const terms = {
  commitment_type: v.picklist(commitmentTypes),
  overage_factor: v.string(),
  true_up_enabled: v.boolean(),
};
const LineItem = v.object({
  ...v.partial(v.object({ ...terms, commitment_amount: v.string() })).entries,
  time_buckets: v.array(
    v.object({
      ...terms,
      id: v.string(),
      start: v.string(),
      end: v.string(),
      price: GoldenPrice,
      commitment_value: v.string(),
    }),
  ),
});

/** A windowed commitment with the prices of its time buckets, by their ids. */
export const GoldenCommitment = v.pipe(
  LineItem,
  v.transform((item) => {
    const { commitment_amount: value, overage_factor: overageFactor, true_up_enabled: hasTrueUp = false } = item;
    const commitment: LineItemCommitment = {
      isWindowed: true,
      ...(value !== undefined &&
        overageFactor !== undefined && {
          terms: { type: item.commitment_type ?? 'amount', value, overageFactor, hasTrueUp },
        }),
      timeBuckets: item.time_buckets.map((bucket) => ({
        ...rangeOf(bucket.start, bucket.end),
        id: bucket.id,
        priceId: `price_of_${bucket.id}`,
        type: bucket.commitment_type,
        value: bucket.commitment_value,
        overageFactor: bucket.overage_factor,
        hasTrueUp: bucket.true_up_enabled,
      })),
    };
    const prices = new Map<string, PricedTerms>(item.time_buckets.map(({ id, price }) => [`price_of_${id}`, price]));
    return { commitment, prices };
  }),
);

/** Amounts of 5 at a factor of 2 unless said otherwise; the time buckets are `bucket_0`, `bucket_1`, … */
export const aWindowedCommitment = ({
  hasTerms = true,
  hasTrueUp = false,
  timeBuckets = [],
}: {
  readonly hasTerms?: boolean;
  readonly hasTrueUp?: boolean;
  readonly timeBuckets?: readonly (TimeOfDayRange & Partial<CommitmentTerms>)[];
}): LineItemCommitment => {
  const someTerms = { type: 'amount', value: '5', overageFactor: '2', hasTrueUp } as const;
  return {
    isWindowed: true,
    ...(hasTerms && { terms: someTerms }),
    timeBuckets: timeBuckets.map(
      ({ startMinute, endMinute, type, value, overageFactor, hasTrueUp: hasOwnTrueUp }, index) => ({
        startMinute,
        endMinute,
        type: type ?? 'amount',
        value: value ?? '5',
        overageFactor: overageFactor ?? '2',
        hasTrueUp: hasOwnTrueUp ?? false,
        id: `bucket_${String(index)}`,
        priceId: `price_of_bucket_${String(index)}`,
      }),
    ),
  };
};
