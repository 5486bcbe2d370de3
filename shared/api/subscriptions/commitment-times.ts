// Parses time buckets of commitments: ranges of the UTC day with their own price and terms.
import * as v from 'valibot';
import { type CommitmentTerms, commitmentTypes } from '../../domain/commitments/commitment.ts';
import { decimal, oneQuantity } from '../../domain/numbers/quantity.ts';
import type { PriceTerms } from '../../domain/pricing/price-lineage.ts';
import { billingModels } from '../../domain/pricing/price.ts';
import { firstOverlap, minutesOfRange, type TimeOfDayRange } from '../../domain/time/time-of-day.ts';
import { readsAs } from '../http/described.ts';
import { brokenOf, fieldRules } from '../http/field-rules.ts';
import {
  amountSchema,
  arraySchema,
  ignoredField,
  isObject,
  metadataSchema,
  refusedField,
  shortText,
  textSchema,
  wholeNumberSchema,
} from '../http/primitives.ts';
import { completeTerms, costEntries } from '../prices/price-terms.ts';

const maxTimeBuckets = 100;
const minutesPerHour = 60;
const lastHour = 24;

/** An exact decimal, 1 or more: the multiple of the price that usage beyond a commitment costs. */
export const factorSchema = v.pipe(
  amountSchema,
  v.check((factor) => decimal(factor).gte(oneQuantity), 'must be 1 or more'),
);

// `v.object` accepts an array as an object without the fields, and here no field is required.
const sentTimeSchema = v.object({
  hour: v.nullish(wholeNumberSchema(0, lastHour), 0),
  minute: v.nullish(wholeNumberSchema(0, minutesPerHour - 1), 0),
});
const timeSchema = v.pipe(
  readsAs(v.custom<object>(isObject, 'must be an object'), sentTimeSchema),
  sentTimeSchema,
  fieldRules(({ hour, minute }) => brokenOf([hour === lastHour && minute > 0, 'minute', 'must be 0 with hour 24'])),
  v.transform(({ hour, minute }) => hour * minutesPerHour + minute),
);

const ofLineItem = ignoredField('As in the price of the line item.');
const onlyOfLineItem = refusedField('only in the price of the line item');

/** Price of a unit in a time bucket; omitted fields are as in the price of the line item. */
const bucketPriceSchema = v.pipe(
  v.object({
    currency: v.nullish(v.pipe(v.string(), v.toLowerCase())),
    meter_id: v.nullish(textSchema(512)),
    display_name: v.nullish(shortText(255)),
    description: v.nullish(textSchema(10_000)),
    metadata: v.nullish(metadataSchema),
    ...costEntries,
    billing_model: v.picklist(billingModels),
    price_unit_type: v.nullish(v.picklist(['FIAT', ''], 'must be FIAT')),
    price_unit_config: refusedField(),
    // Models of clients require some of these fields.
    billing_cadence: ofLineItem,
    billing_period: ofLineItem,
    billing_period_count: ofLineItem,
    entity_id: ofLineItem,
    entity_type: ofLineItem,
    invoice_cadence: ofLineItem,
    type: ofLineItem,
    bucket_size: onlyOfLineItem,
    end_date: onlyOfLineItem,
    filter_values: onlyOfLineItem,
    group_id: onlyOfLineItem,
    lookup_key: onlyOfLineItem,
    min_quantity: onlyOfLineItem,
    start_date: onlyOfLineItem,
    trial_period_days: onlyOfLineItem,
  }),
  fieldRules((sent) => {
    const completed = completeTerms(sent.billing_model, sent);
    return completed.kind === 'missing' ? completed.names.map((name) => [name, 'required'] as const) : [];
  }),
);
export type BucketPrice = v.InferOutput<typeof bucketPriceSchema>;

export const termsOfBucketPrice = (sent: BucketPrice): PriceTerms => {
  const completed = completeTerms(sent.billing_model, sent);
  if (completed.kind === 'missing') throw new Error('the rules of the fields were not checked');
  return completed.terms;
};

export interface TimeBucketRequest extends CommitmentTerms, TimeOfDayRange {
  /** Id of an existing time bucket, which keeps its price if no other is sent. */
  readonly id?: string;
  readonly price?: BucketPrice;
}

export const timeBucketSchema = v.pipe(
  v.object({
    id: v.nullish(textSchema(64)),
    start: timeSchema,
    end: timeSchema,
    price: v.nullish(bucketPriceSchema),
    commitment_type: v.picklist(commitmentTypes),
    commitment_value: amountSchema,
    overage_factor: factorSchema,
    true_up_enabled: v.nullish(v.boolean(), false),
    // The names that these fields have in the surrounding objects.
    enable_true_up: refusedField('is not supported: use true_up_enabled'),
    commitment_true_up_enabled: refusedField('is not supported: use true_up_enabled'),
  }),
  fieldRules((sent) =>
    brokenOf(
      [minutesOfRange({ startMinute: sent.start, endMinute: sent.end }) === 0, 'end', 'must differ from start'],
      [sent.commitment_value === '0', 'commitment_value', 'must be greater than 0'],
      [!sent.id && !sent.price, 'price', 'required'],
    ),
  ),
  v.transform((sent): TimeBucketRequest => ({
    ...(sent.id && { id: sent.id }),
    ...(sent.price && { price: sent.price }),
    startMinute: sent.start,
    endMinute: sent.end,
    type: sent.commitment_type,
    value: sent.commitment_value,
    overageFactor: sent.overage_factor,
    hasTrueUp: sent.true_up_enabled,
  })),
);

/** Time buckets that do not overlap; adjacent ones are allowed. */
export const timeBucketsSchema = v.pipe(
  arraySchema(timeBucketSchema, 0, maxTimeBuckets),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const index = firstOverlap(dataset.value);
    const bucket = dataset.value[index];
    if (!bucket) return;
    addIssue({
      message: 'must not overlap a time bucket before it',
      path: [
        { type: 'array', origin: 'value', input: dataset.value, key: index, value: bucket },
        {
          type: 'object',
          origin: 'value',
          input: { start: bucket.startMinute },
          key: 'start',
          value: bucket.startMinute,
        },
      ],
    });
  }),
);
