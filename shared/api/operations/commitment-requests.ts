// Notes on the fields of commitments in requests.
import { timeBucketSchema } from '../subscriptions/commitment-times.ts';
import { commitmentConfigSchema } from '../subscriptions/commitments.ts';
import type { Component } from './values.ts';

const factor =
  'The multiple of the price that usage beyond the commitment costs: 1 or more. Required with a commitment.';
const sharedFields = {
  commitment_amount:
    'In currency units, for each billing period; 0 means no commitment. Either this or `commitment_quantity`.',
  commitment_quantity: 'In units of the meter; the commitment is what these cost.',
  commitment_type: 'Derived from the other fields.',
  commitment_duration: 'Only the billing period of the price is accepted.',
  commitment_time_buckets: 'Must not overlap; only for a windowed commitment.',
};
const trueUp = 'Whether the unused part is charged, too.';
const windowed = 'Whether it applies to each bucket of the meter separately; only for a meter with `bucket_size`.';

/** Notes on the fields of a line item. */
export const commitmentFields = {
  ...sharedFields,
  commitment_overage_factor: factor,
  commitment_true_up_enabled: trueUp,
  commitment_windowed: windowed,
};

/** Notes on the fields of a subscription. */
export const subscriptionCommitmentFields = {
  commitment_amount: 'In currency units; 0 means no commitment. Excludes commitments of line items.',
  commitment_duration: 'Defaults to the billing period; a longer duration must consist of whole billing periods.',
  overage_factor:
    'The multiple of the price that usage beyond the commitment costs: 1 or more. At 1 the commitment has no effect.',
  enable_true_up: trueUp,
  line_item_commitments: 'Commitments by id of a price of the plan.',
};

export const commitmentRequests = {
  CommitmentTimeBucket: {
    schema: timeBucketSchema,
    description:
      'A range of the UTC day, of whole buckets of the meter, with its own price and a commitment per bucket.',
    fields: {
      id: 'Only for a time bucket that the line item already has. It keeps its price unless another one is sent.',
      end: 'Exclusive; a time before the start is on the next day.',
      price: 'The cost of a unit. Omitted fields are as in the price of the line item.',
      commitment_value: 'Greater than 0.',
    },
  },
  LineItemCommitment: {
    schema: commitmentConfigSchema,
    fields: { ...sharedFields, overage_factor: factor, enable_true_up: trueUp, is_window_commitment: windowed },
  },
} satisfies Record<string, Component>;
