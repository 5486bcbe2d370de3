// What the bodies that commit to something are made of, and what the names of their fields do not say.
import { timeBucketSchema } from '../subscriptions/commitment-times.ts';
import { commitmentConfigSchema } from '../subscriptions/commitments.ts';
import type { Component } from './values.ts';

const factor = 'What usage beyond the commitment costs, as a multiple: 1 or more. Required with a commitment.';
const sharedFields = {
  commitment_amount:
    'In currency units, for each billing period; 0 commits to nothing. This, or `commitment_quantity`.',
  commitment_quantity: 'In units of the meter: it commits to what they cost.',
  commitment_type: 'Follows from what is sent.',
  commitment_duration: 'Only the billing period of the price.',
  commitment_time_buckets: 'Must not overlap; only when windowed.',
};
const trueUp = 'Whether what is not used is charged too.';
const windowed = 'Whether it applies to each bucket of the meter by itself; only for a meter with `bucket_size`.';

/** Notes on the fields of a line item. */
export const commitmentFields = {
  ...sharedFields,
  commitment_overage_factor: factor,
  commitment_true_up_enabled: trueUp,
  commitment_windowed: windowed,
};

/** Notes on the fields of a subscription. */
export const subscriptionCommitmentFields = {
  commitment_amount: 'In currency units; 0 commits to nothing. Then no line item commits to anything.',
  commitment_duration:
    'The billing period when left out, or a longer one, whose windows take in whole billing periods.',
  overage_factor:
    'What usage beyond the commitment costs, as a multiple: 1 or more. At 1 the commitment changes nothing.',
  enable_true_up: trueUp,
  line_item_commitments: 'By the id of a price of the plan.',
};

export const commitmentRequests = {
  CommitmentTimeBucket: {
    schema: timeBucketSchema,
    description:
      'A range of the UTC day, of whole buckets of the meter, whose usage has a price and a commitment of its own, by bucket.',
    fields: {
      id: 'Only of a time bucket that the line item has. It keeps its price where no other is sent.',
      end: 'Exclusive; one before the start is on the next day.',
      price: 'What a unit costs. What is not said is as in the price of the line item.',
      commitment_value: 'Greater than 0.',
    },
  },
  LineItemCommitment: {
    schema: commitmentConfigSchema,
    fields: { ...sharedFields, overage_factor: factor, enable_true_up: trueUp, is_window_commitment: windowed },
  },
} satisfies Record<string, Component>;
