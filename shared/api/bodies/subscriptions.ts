// Bodies of subscriptions and their line items.
import * as v from 'valibot';
import { invoiceCadences, priceTypes } from '../../domain/pricing/price.ts';
import { cancellationTypes } from '../../domain/subscriptions/cancellation.ts';
import { subscriptionStatuses } from '../../domain/subscriptions/subscription.ts';
import { billingPeriods } from '../../domain/time/billing-period.ts';
import { type BodyOf, decimalText, EntityBodySchema, instantText, metadata, wholeNumber } from './body.ts';
import { MeterBodySchema, PlanBodySchema, PriceBodySchema } from './catalog.ts';
import { lineItemCommitmentEntries, subscriptionCommitmentEntries } from './commitments.ts';
import { CustomerBodySchema } from './customers.ts';
import { termWarningEntries } from './term-warnings.ts';

export const LineItemBodySchema = v.object({
  id: v.string(),
  subscription_id: v.string(),
  customer_id: v.string(),
  entity_id: v.string(),
  entity_type: v.picklist(['plan', 'subscription']),
  plan_display_name: v.string(),
  price_id: v.pipe(v.string(), v.description('The version of the price that the line item uses.')),
  price_type: v.picklist(priceTypes),
  meter_id: v.pipe(v.string(), v.description('Empty for FIXED.')),
  meter_display_name: v.string(),
  price_unit_id: v.nullable(v.string()),
  price_unit: v.pipe(v.nullable(v.string()), v.description('The code of the unit of its price.')),
  display_name: v.string(),
  quantity: v.pipe(decimalText, v.description('"0" for USAGE.')),
  currency: v.string(),
  billing_period: v.picklist(billingPeriods),
  billing_period_count: wholeNumber,
  invoice_cadence: v.picklist(invoiceCadences),
  start_date: instantText,
  end_date: v.pipe(instantText, v.description('Exclusive; `0001-01-01T00:00:00Z` if there is none.')),
  metadata,
  ...lineItemCommitmentEntries,
  ...EntityBodySchema.entries,
  price: v.exactOptional(PriceBodySchema),
  meter: v.exactOptional(MeterBodySchema),
  ...termWarningEntries,
});
export type LineItemBody = BodyOf<typeof LineItemBodySchema>;

const HistoryEntryBodySchema = v.object({
  time: instantText,
  key: v.pipe(v.string(), v.description('The id of an API key.')),
  field: v.string(),
  old: v.unknown(),
  new: v.unknown(),
});
export type HistoryEntryBody = BodyOf<typeof HistoryEntryBodySchema>;

export const SubscriptionBodySchema = v.object({
  id: v.string(),
  lookup_key: v.exactOptional(v.string()),
  customer_id: v.string(),
  external_customer_id: v.string(),
  plan_id: v.string(),
  subscription_status: v.picklist(subscriptionStatuses),
  currency: v.string(),
  billing_anchor: instantText,
  billing_cycle: v.picklist(['anniversary', 'calendar']),
  start_date: instantText,
  end_date: v.exactOptional(instantText),
  current_period_start: instantText,
  current_period_end: instantText,
  cancelled_at: v.exactOptional(instantText),
  cancel_at: v.nullable(instantText),
  cancel_at_period_end: v.boolean(),
  trial_start: v.nullable(instantText),
  trial_end: v.nullable(instantText),
  billing_cadence: v.literal('RECURRING'),
  billing_period: v.picklist(billingPeriods),
  billing_period_count: wholeNumber,
  version: v.pipe(wholeNumber, v.description("The revision of the customer's account.")),
  metadata,
  pause_status: v.literal('none'),
  payment_behavior: v.literal('default_active'),
  collection_method: v.picklist(['charge_automatically', 'send_invoice']),
  timezone: v.pipe(v.string(), v.description('The time zone of the customer when the subscription was created.')),
  customer_timezone: v.pipe(v.string(), v.description('Same as `timezone`; the name in the official SDK.')),
  proration_behavior: v.literal('none'),
  ...subscriptionCommitmentEntries,
  payment_terms: v.exactOptional(v.string()),
  subscription_type: v.literal('standalone'),
  ...EntityBodySchema.entries,
});
export type SubscriptionBody = BodyOf<typeof SubscriptionBodySchema>;

/** A subscription with the resources it refers to, as far as the route shows them. */
export const SubscriptionDetailsBodySchema = v.object({
  ...SubscriptionBodySchema.entries,
  line_items: v.exactOptional(v.array(LineItemBodySchema)),
  plan: v.exactOptional(v.nullable(PlanBodySchema)),
  customer: v.exactOptional(v.nullable(CustomerBodySchema)),
  history: v.exactOptional(v.pipe(v.array(HistoryEntryBodySchema), v.description('The last 50 changes, newest last.'))),
  ...termWarningEntries,
});
export type SubscriptionDetailsBody = BodyOf<typeof SubscriptionDetailsBodySchema>;

export const CancellationBodySchema = v.object({
  subscription_id: v.string(),
  cancellation_type: v.picklist(cancellationTypes),
  effective_date: instantText,
  status: v.picklist(subscriptionStatuses),
  reason: v.exactOptional(v.string()),
  proration_details: v.pipe(v.array(v.unknown()), v.maxLength(0)),
  total_credit_amount: v.literal('0'),
  message: v.string(),
  processed_at: instantText,
});
export type CancellationBody = BodyOf<typeof CancellationBodySchema>;
