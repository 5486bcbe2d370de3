// Schemas and conversions of subscriptions. The status of a subscription depends on the time of the request.
import * as v from 'valibot';
import type { Scope } from '../../domain/ids.ts';
import { parseJson } from '../../domain/json-text.ts';
import { cancellationTypes } from '../../domain/subscriptions/cancellation.ts';
import {
  billingAnchorAt,
  currentPeriod,
  subscriptionStatusAt,
} from '../../domain/subscriptions/subscription-period.ts';
import type { Account, HistoryEntry, Subscription } from '../../domain/subscriptions/subscription.ts';
import { recurringPeriods } from '../../domain/time/billing-period.ts';
import { formatInstant } from '../../domain/time/instant.ts';
import type { HistoryEntryBody, SubscriptionBody } from '../bodies/subscriptions.ts';
import { overrideEntitlementSchema } from '../catalog/entitlements.ts';
import { timeOrNull, toEntityBody } from '../entities/entity-body.ts';
import { expandSchema, type ListSpec } from '../entities/lists.ts';
import { brokenOf, fieldRules } from '../http/field-rules.ts';
import { closedObject } from '../http/known-fields.ts';
import {
  amountSchema,
  arraySchema,
  ignoredField,
  requiredInstant,
  optionalInstant,
  optionalMetadata,
  refusedField,
  requiredTextSchema,
  textSchema,
  wholeNumberSchema,
} from '../http/primitives.ts';
import { termEntries } from '../prices/price-terms.ts';
import { changedUnitEntries } from '../prices/price-unit-terms.ts';
import { toSubscriptionCommitmentBody } from './commitment-bodies.ts';
import { addLineItemSchema } from './line-items.ts';
import { brokenSubscriptionCommitment, subscriptionCommitmentEntries } from './subscription-commitments.ts';

const paymentTerms = ['15 NET', '30 NET', '45 NET', '60 NET', '75 NET', '90 NET'] as const;
const idBytes = 64;
const keyBytes = 512;

const ofCustomer = ignoredField('Always that of the customer.');

/** Fields of the upstream that are not supported. */
const refused = {
  addons: refusedField(),
  auto_invoice_threshold: refusedField(),
  checkout: refusedField(),
  coupons: refusedField(),
  credit_grants: refusedField(),
  fx_rates: refusedField('is not supported: a subscription is billed in its currency'),
  gateway_payment_method_id: refusedField(),
  inheritance: refusedField(),
  invoice_billing: refusedField(),
  line_item_coupons: refusedField(),
  line_item_grouping: refusedField('is not supported: an invoice has a line per line item'),
  parent_subscription_id: refusedField(),
  phases: refusedField(),
  subscription_coupons: refusedField(),
  tax_rate_overrides: refusedField(),
  trial_end: refusedField('is not supported: use trial_period_days'),
  trial_start: refusedField('is not supported: a trial begins with the subscription'),
};

const overrideSchema = v.object({
  price_id: requiredTextSchema(idBytes),
  quantity: v.nullish(amountSchema),
  ...termEntries,
  ...changedUnitEntries,
});
export type LineItemOverride = v.InferOutput<typeof overrideSchema>;

export const createSubscriptionSchema = v.pipe(
  v.object({
    customer_id: v.nullish(textSchema(idBytes), ''),
    external_customer_id: v.nullish(textSchema(keyBytes), ''),
    plan_id: requiredTextSchema(idBytes),
    currency: v.pipe(v.string(), v.regex(/^[A-Za-z]{3}$/, 'must be a code of three letters'), v.toLowerCase()),
    billing_period: v.picklist(recurringPeriods),
    billing_period_count: v.nullish(wholeNumberSchema(0, 1_000), 1),
    billing_cycle: v.nullish(v.picklist(['anniversary', 'calendar']), 'anniversary'),
    billing_anchor: optionalInstant,
    start_date: optionalInstant,
    end_date: optionalInstant,
    trial_period_days: v.nullish(wholeNumberSchema(0, 3_650)),
    subscription_status: v.nullish(v.picklist(['active', 'draft'])),
    lookup_key: v.nullish(textSchema(keyBytes), ''),
    metadata: optionalMetadata,
    collection_method: v.nullish(v.picklist(['charge_automatically', 'send_invoice']), 'charge_automatically'),
    payment_behavior: v.nullish(v.picklist(['default_active'])),
    payment_terms: v.nullish(v.picklist(paymentTerms)),
    proration_behavior: v.nullish(v.picklist(['none'])),
    billing_cadence: ignoredField('Always RECURRING.'),
    timezone: ofCustomer,
    customer_timezone: ofCustomer,
    ...subscriptionCommitmentEntries,
    include_price_ids: v.optional(v.nullable(arraySchema(requiredTextSchema(idBytes), 0, 1_000))),
    override_entitlements: v.nullish(arraySchema(overrideEntitlementSchema, 0, 100), []),
    override_line_items: v.nullish(arraySchema(overrideSchema, 0, 100), []),
    ...refused,
  }),
  fieldRules((sent) =>
    brokenOf(
      [sent.customer_id === '' && sent.external_customer_id === '', 'customer_id', 'required, or external_customer_id'],
      [
        sent.billing_anchor !== undefined && sent.billing_cycle === 'calendar',
        'billing_anchor',
        'only with billing_cycle anniversary',
      ],
    ).concat(brokenSubscriptionCommitment(sent)),
  ),
);
export type SubscriptionFields = v.InferOutput<typeof createSubscriptionSchema>;

/** Line items in addition to those of the plan, in the same body. */
export const additionalItemsSchema = (now: number, currency: string) =>
  v.object({ line_items: v.nullish(arraySchema(addLineItemSchema(now, currency), 0, 100), []) });

export const activateSubscriptionSchema = v.object({
  start_date: requiredInstant,
});

// The upstream misspells the field of the invoice policy; both spellings are accepted, and no invoices are created.
const invoicePolicy = v.nullish(v.picklist(['skip']));
export const cancelSubscriptionSchema = v.pipe(
  v.object({
    cancellation_type: v.picklist(cancellationTypes),
    cancel_at: optionalInstant,
    reason: v.nullish(textSchema(1_024), ''),
    proration_behavior: v.nullish(v.picklist(['none'])),
    cancel_immediately_inovice_policy: invoicePolicy,
    cancel_immediately_invoice_policy: invoicePolicy,
  }),
  fieldRules(({ cancellation_type: type, cancel_at: at }) =>
    brokenOf([type === 'end_of_period' && at !== undefined, 'cancel_at', 'not with end_of_period']),
  ),
);

export const toHistoryEntryBody = ({ time, key, field, old, new: now }: HistoryEntry): HistoryEntryBody => ({
  time: formatInstant(time),
  key,
  field,
  old: parseJson(old),
  new: parseJson(now),
});

/** Converts a subscription as of `at` (UTC milliseconds); `version` is the revision of its customer's account. */
export const toSubscriptionBody = (
  scope: Scope,
  { customer, rev }: Account,
  subscription: Subscription,
  at: number,
): SubscriptionBody => {
  const period = currentPeriod(subscription, at);
  return {
    id: subscription.id,
    ...(subscription.lookupKey !== '' && { lookup_key: subscription.lookupKey }),
    customer_id: subscription.customerId,
    external_customer_id: customer.externalId,
    plan_id: subscription.planId,
    subscription_status: subscriptionStatusAt(subscription, at),
    currency: subscription.currency,
    billing_anchor: formatInstant(billingAnchorAt(subscription, at)),
    billing_cycle: subscription.billingCycle,
    start_date: formatInstant(subscription.startDate),
    ...(subscription.endDate !== undefined && { end_date: formatInstant(subscription.endDate) }),
    current_period_start: formatInstant(period.start),
    current_period_end: formatInstant(period.end),
    ...(subscription.cancelledAt !== undefined && { cancelled_at: formatInstant(subscription.cancelledAt) }),
    cancel_at: timeOrNull(subscription.cancelAt),
    cancel_at_period_end: subscription.cancelAtPeriodEnd,
    trial_start: timeOrNull(subscription.trialStart),
    trial_end: timeOrNull(subscription.trialEnd),
    billing_cadence: 'RECURRING',
    billing_period: subscription.billingPeriod,
    billing_period_count: subscription.billingPeriodCount,
    version: rev,
    metadata: subscription.metadata,
    pause_status: 'none',
    payment_behavior: 'default_active',
    collection_method: subscription.collectionMethod,
    timezone: subscription.timezone,
    customer_timezone: subscription.timezone,
    proration_behavior: 'none',
    ...toSubscriptionCommitmentBody(subscription.commitment),
    ...(subscription.paymentTerms !== '' && { payment_terms: subscription.paymentTerms }),
    subscription_type: 'standalone',
    ...toEntityBody(scope, subscription),
  };
};

/** Query of one subscription. */
export const subscriptionQuerySchema = closedObject({ expand: expandSchema });

export const subscriptionListSpec: ListSpec = {
  fields: {
    id: 'text',
    lookup_key: 'text',
    customer_id: 'text',
    external_customer_id: 'text',
    plan_id: 'text',
    subscription_status: 'text',
    currency: 'text',
    billing_period: 'text',
    billing_cycle: 'text',
    start_date: 'time',
    end_date: 'time',
    current_period_start: 'time',
    current_period_end: 'time',
    cancel_at: 'time',
    trial_end: 'time',
    status: 'text',
    updated_at: 'time',
  },
  parameters: {
    subscription_ids: { field: 'id', operator: 'in' },
    customer_id: { field: 'customer_id', operator: 'eq' },
    customer_ids: { field: 'customer_id', operator: 'in' },
    external_customer_id: { field: 'external_customer_id', operator: 'eq' },
    external_customer_ids: { field: 'external_customer_id', operator: 'in' },
    plan_id: { field: 'plan_id', operator: 'eq' },
    plan_ids: { field: 'plan_id', operator: 'in' },
    subscription_status: { field: 'subscription_status', operator: 'in' },
    lookup_key: { field: 'lookup_key', operator: 'eq' },
    billing_period: { field: 'billing_period', operator: 'in' },
    billing_cadence: { field: 'billing_cadence', operator: 'in' },
    subscription_type: { field: 'subscription_type', operator: 'in' },
    trial_end_due_lte: { field: 'trial_end', operator: 'lte' },
    active_at: { field: 'active_at', operator: 'eq', kind: 'time' },
    // No subscription has one.
    parent_subscription_ids: { field: 'parent_subscription_id', operator: 'in' },
    invoicing_customer_ids: { field: 'invoicing_customer_id', operator: 'in' },
  },
  // No subscription has a coupon to show.
  flags: ['with_line_items', 'with_coupon_associations'],
  refused: { effective_date_for_update: 'is not supported: periods follow from the time of the request' },
  statuses: ['published'],
};
