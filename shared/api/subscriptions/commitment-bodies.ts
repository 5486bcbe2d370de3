// Converts commitments to bodies.
import type {
  CommitmentTimeBucket,
  LineItemCommitment,
  SubscriptionCommitment,
} from '../../domain/commitments/commitment.ts';
import type { LineItemCommitmentBody, SubscriptionCommitmentBody, TimeBucketBody } from '../bodies/commitments.ts';

const minutesPerHour = 60;
const toTime = (minutes: number) => ({
  hour: Math.floor(minutes / minutesPerHour),
  minute: minutes % minutesPerHour,
});

const toTimeBucketBody = (bucket: CommitmentTimeBucket): TimeBucketBody => ({
  id: bucket.id,
  start: toTime(bucket.startMinute),
  end: toTime(bucket.endMinute),
  price_id: bucket.priceId,
  commitment_type: bucket.type,
  commitment_value: bucket.value,
  overage_factor: bucket.overageFactor,
  true_up_enabled: bucket.hasTrueUp,
});

export const toCommitmentBody = ({
  terms,
  isWindowed = false,
  duration,
  timeBuckets = [],
}: Partial<LineItemCommitment> = {}): LineItemCommitmentBody => ({
  ...(terms?.type === 'amount' && { commitment_amount: terms.value }),
  ...(terms?.type === 'quantity' && { commitment_quantity: terms.value }),
  ...(terms && { commitment_type: terms.type, commitment_overage_factor: terms.overageFactor }),
  commitment_true_up_enabled: terms?.hasTrueUp ?? false,
  commitment_windowed: isWindowed,
  ...(duration && { commitment_duration: duration }),
  ...(timeBuckets.length > 0 && { commitment_time_buckets: timeBuckets.map(toTimeBucketBody) }),
});

export const toSubscriptionCommitmentBody = (commitment?: SubscriptionCommitment): SubscriptionCommitmentBody => ({
  ...(commitment && {
    commitment_amount: commitment.amount,
    ...(commitment.duration && { commitment_duration: commitment.duration }),
    overage_factor: commitment.overageFactor,
  }),
  enable_true_up: commitment?.hasTrueUp ?? false,
});
