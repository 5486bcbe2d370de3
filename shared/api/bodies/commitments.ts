// Bodies of commitments of subscriptions and line items.
import * as v from 'valibot';
import { commitmentTypes } from '../../domain/commitments/commitment.ts';
import { recurringPeriods } from '../../domain/time/billing-period.ts';
import { type BodyOf, decimalText, wholeNumber } from './body.ts';

const TimeBodySchema = v.object({ hour: v.pipe(wholeNumber, v.description('0 to 24, UTC.')), minute: wholeNumber });

export const TimeBucketBodySchema = v.object({
  id: v.string(),
  start: TimeBodySchema,
  end: v.pipe(TimeBodySchema, v.description('Exclusive; a time before the start is on the next day.')),
  price_id: v.pipe(v.string(), v.description('A price of the subscription.')),
  commitment_type: v.picklist(commitmentTypes),
  commitment_value: decimalText,
  overage_factor: decimalText,
  true_up_enabled: v.boolean(),
});
export type TimeBucketBody = BodyOf<typeof TimeBucketBodySchema>;

export const lineItemCommitmentEntries = {
  commitment_amount: v.exactOptional(decimalText),
  commitment_quantity: v.exactOptional(decimalText),
  commitment_type: v.exactOptional(v.picklist(commitmentTypes)),
  commitment_overage_factor: v.exactOptional(decimalText),
  commitment_true_up_enabled: v.boolean(),
  commitment_windowed: v.pipe(v.boolean(), v.description('Whether it applies to each bucket of the meter separately.')),
  commitment_duration: v.exactOptional(v.picklist(recurringPeriods)),
  commitment_time_buckets: v.exactOptional(v.array(TimeBucketBodySchema)),
};
export type LineItemCommitmentBody = BodyOf<v.ObjectSchema<typeof lineItemCommitmentEntries, undefined>>;

export const subscriptionCommitmentEntries = {
  commitment_amount: v.exactOptional(decimalText),
  commitment_duration: v.exactOptional(v.picklist(recurringPeriods)),
  overage_factor: v.exactOptional(decimalText),
  enable_true_up: v.boolean(),
};
export type SubscriptionCommitmentBody = BodyOf<v.ObjectSchema<typeof subscriptionCommitmentEntries, undefined>>;
