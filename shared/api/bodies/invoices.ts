// Bodies of invoice previews, which are never stored.
import * as v from 'valibot';
import { usageResetPeriods } from '../../domain/catalog/entitlement.ts';
import { commitmentTypes } from '../../domain/commitments/commitment.ts';
import { aggregationTypes, resetUsages } from '../../domain/meters/meter.ts';
import { otherStepKinds } from '../../domain/pricing/charge-steps.ts';
import { priceTypes } from '../../domain/pricing/price.ts';
import { billingPeriods } from '../../domain/time/billing-period.ts';
import { windowSizes } from '../../domain/time/usage-window.ts';
import { type BodyOf, decimalText, EntityBodySchema, instantText, metadata, wholeNumber } from './body.ts';
import { CustomerBodySchema } from './customers.ts';
import { SubscriptionBodySchema } from './subscriptions.ts';
import { UnbilledEventsSchema } from './unbilled-events.ts';
import { coverageEntries } from './usage.ts';

const { counted, counted_as_zero, excluded, in_flight, verified_through } = coverageEntries;

const QuantitySchema = v.object({
  meter_id: v.string(),
  event_name: v.string(),
  aggregation_type: v.picklist(aggregationTypes),
  reset_usage: v.pipe(
    v.picklist(resetUsages),
    v.description('In both cases a charge counts the usage of its period; a level that is never reset lasts.'),
  ),
  start: v.pipe(instantText, v.description('Inclusive.')),
  end: v.pipe(instantText, v.description('Exclusive.')),
  value: decimalText,
  cumulative_value: v.exactOptional(
    v.pipe(decimalText, v.description('For a meter that is never reset: usage from the beginning of time to the end.')),
  ),
  message: v.exactOptional(v.pipe(v.string(), v.description('For a meter that is never reset: what a charge counts.'))),
  buckets: v.exactOptional(v.pipe(wholeNumber, v.description('Buckets with events; each is priced separately.'))),
  bucket_size: v.exactOptional(v.picklist(windowSizes)),
  bucket_size_of: v.exactOptional(
    v.pipe(
      v.picklist(['price', 'meter']),
      v.description('Where `bucket_size` comes from; that of the price takes precedence.'),
    ),
  ),
  counted,
  counted_as_zero,
  excluded,
});

const AllowanceSchema = v.object({
  feature_id: v.string(),
  entitlement_ids: v.array(v.string()),
  usage_limit: v.pipe(v.nullable(v.number()), v.description('null means unlimited.')),
  usage_reset_period: v.picklist(usageResetPeriods),
  granted_per: v.pipe(
    v.picklist(['window', 'billing_period']),
    v.description('COUNT, sums and levels are granted by window; any other usage once per billing period.'),
  ),
  taken: v.pipe(decimalText, v.description('Free units of this version of the line.')),
  billable_quantity: decimalText,
  windows: v.pipe(
    v.array(
      v.object({
        start: instantText,
        end: v.exactOptional(v.pipe(instantText, v.description('Left out: it never ends.'))),
        used_before: v.pipe(decimalText, v.description('Usage of the window before the period.')),
        used: v.pipe(decimalText, v.description('Usage of the window up to the end of the period, or its own.')),
      }),
    ),
    v.description(
      'The windows that the version looks into, each granted once, by time: the last 100 with usage, or without any the last one.',
    ),
  ),
  more_windows: v.exactOptional(v.pipe(wholeNumber, v.description('How many windows with usage are left out.'))),
});

const StepSchema = v.object({
  kind: v.picklist(['price', ...otherStepKinds]),
  amount: decimalText,
  message: v.string(),
  units: v.exactOptional(decimalText),
  unit_amount: v.exactOptional(decimalText),
  flat_amount: v.exactOptional(decimalText),
  flat_count: v.exactOptional(
    v.pipe(wholeNumber, v.description('How often the flat amount is charged: once per bucket that reaches the tier.')),
  ),
  up_to: v.exactOptional(v.nullable(v.number())),
});

const VersionSchema = v.object({
  sub_line_item_id: v.string(),
  start: v.pipe(instantText, v.description('Inclusive.')),
  end: v.pipe(instantText, v.description('Exclusive.')),
  value: v.exactOptional(v.pipe(decimalText, v.description('Of usage: its part of the measured quantity.'))),
  billed_quantity: v.exactOptional(v.pipe(decimalText, v.description('Of usage: its part after the allowance.'))),
  amount: v.pipe(decimalText, v.description('Before what a commitment of the subscription makes of it.')),
});

const RestartSchema = v.object({
  subscription_id: v.string(),
  sub_line_item_id: v.string(),
  ended_at: instantText,
  message: v.string(),
});

export const ExplanationSchema = v.object({
  quantity: v.exactOptional(QuantitySchema),
  billed_before: v.exactOptional(
    v.pipe(decimalText, v.description('Units that earlier versions of the line were billed; tiers go on from there.')),
  ),
  allowance: v.exactOptional(AllowanceSchema),
  restarted_after: v.exactOptional(
    v.pipe(
      RestartSchema,
      v.description('The earlier subscription that billed this meter; its usage does not count here.'),
    ),
  ),
  versions: v.exactOptional(
    v.pipe(
      v.array(VersionSchema),
      v.description(
        'If changes have made several versions of this line in the period: the first 20 by time, or for a later version the 20 up to it. Each has a line of its own. Only their sum is rounded, so a line is what its version adds to the rounded sum of those before.',
      ),
    ),
  ),
  more_versions: v.exactOptional(v.pipe(wholeNumber, v.description('How many versions are left out.'))),
  steps: v.pipe(v.array(StepSchema), v.description('Their amounts add up to the amount of the line.')),
});
export type ExplanationBody = BodyOf<typeof ExplanationSchema>;

export const computedEntries = {
  computed_true_up_amount: decimalText,
  computed_overage_amount: decimalText,
  computed_commitment_utilized_amount: decimalText,
};

export const CommitmentInfoSchema = v.object({
  type: v.picklist(commitmentTypes),
  amount: decimalText,
  quantity: decimalText,
  duration: v.exactOptional(v.picklist(billingPeriods)),
  overage_factor: v.exactOptional(decimalText),
  true_up_enabled: v.boolean(),
  is_windowed: v.boolean(),
  ...computedEntries,
});
export type CommitmentInfoBody = BodyOf<typeof CommitmentInfoSchema>;

const InvoiceLineSchema = v.object({
  id: v.string(),
  invoice_id: v.string(),
  customer_id: v.string(),
  subscription_id: v.string(),
  entity_id: v.string(),
  entity_type: v.string(),
  plan_display_name: v.string(),
  price_id: v.exactOptional(v.pipe(v.string(), v.description('Left out of lines that do not come from a price.'))),
  price_type: v.picklist(priceTypes),
  meter_id: v.exactOptional(v.string()),
  meter_display_name: v.exactOptional(v.string()),
  price_unit_id: v.exactOptional(v.string()),
  price_unit: v.exactOptional(v.string()),
  price_unit_amount: v.exactOptional(decimalText),
  display_name: v.string(),
  amount: decimalText,
  quantity: v.pipe(decimalText, v.description('The billed quantity, after the allowance.')),
  currency: v.string(),
  period_start: instantText,
  period_end: instantText,
  metadata,
  commitment_info: v.exactOptional(CommitmentInfoSchema),
  adjusted_entitlement_quantity: v.exactOptional(
    v.pipe(
      decimalText,
      v.description('The quantity that is not billed; present whenever an allowance applies, even if it takes 0.'),
    ),
  ),
  cumulative_quantity: v.exactOptional(
    v.pipe(
      decimalText,
      v.description('For a meter that is never reset. A charge counts what its period adds, but a level as a whole.'),
    ),
  ),
  subscription_line_item_id: v.exactOptional(v.string()),
  prepaid_credits_applied: v.literal('0'),
  line_item_discount: v.literal('0'),
  invoice_level_discount: v.literal('0'),
  explanation: ExplanationSchema,
  ...EntityBodySchema.entries,
});
export type InvoiceLineBody = BodyOf<typeof InvoiceLineSchema>;

const zero = v.literal('0');
export const InvoicePreviewBodySchema = v.object({
  id: v.string(),
  customer_id: v.string(),
  subscription_id: v.string(),
  subscription_customer_id: v.string(),
  invoice_type: v.literal('SUBSCRIPTION'),
  invoice_status: v.literal('DRAFT'),
  payment_status: v.literal('PENDING'),
  billing_reason: v.literal('SUBSCRIPTION_CYCLE'),
  currency: v.string(),
  subtotal: v.pipe(decimalText, v.description('The sum of the rounded lines.')),
  total_discount: zero,
  total_tax: zero,
  total: decimalText,
  amount_due: decimalText,
  amount_paid: zero,
  amount_remaining: decimalText,
  adjustment_amount: zero,
  refunded_amount: zero,
  overpaid_amount: zero,
  total_prepaid_credits_applied: zero,
  description: v.string(),
  due_date: instantText,
  billing_period: v.picklist(billingPeriods),
  period_start: instantText,
  period_end: instantText,
  metadata,
  version: wholeNumber,
  is_manually_edited: v.boolean(),
  line_items: v.array(InvoiceLineSchema),
  unbilled_events: v.exactOptional(
    v.pipe(
      UnbilledEventsSchema,
      v.description('If `include` asks for it: the events of the customer in the period that no line item bills.'),
    ),
  ),
  subscription: SubscriptionBodySchema,
  customer: CustomerBodySchema,
  in_flight,
  verified_through,
  ...EntityBodySchema.entries,
});
export type InvoicePreviewBody = BodyOf<typeof InvoicePreviewBodySchema>;
