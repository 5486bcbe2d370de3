// Names the bodies that the API accepts in its description, and adds notes on their fields.
import * as v from 'valibot';
import { createApiKeySchema } from '../access/api-keys.ts';
import { createCustomerSchema, customerListSpec, updateCustomerSchema } from '../customers/customers.ts';
import { createFeatureSchema, featureListSpec, updateFeatureSchema } from '../catalog/features.ts';
import { addLineItemSchema, changeLineItemSchema, endLineItemSchema } from '../subscriptions/line-items.ts';
import { searchSchema } from '../entities/lists.ts';
import { createMeterSchema, filtersSchema, updateMeterSchema } from '../catalog/meters.ts';
import { createPlanSchema, planListSpec, updatePlanSchema } from '../catalog/plans.ts';
import { priceListSpec } from '../prices/price-lists.ts';
import { termEntries } from '../prices/price-terms.ts';
import {
  createPriceSchema,
  createPricesBulkSchema,
  deletePriceSchema,
  sentInlinePriceSchema,
  updatePriceSchema,
} from '../prices/prices.ts';
import {
  activateSubscriptionSchema,
  additionalItemsSchema,
  cancelSubscriptionSchema,
  createSubscriptionSchema,
  subscriptionListSpec,
} from '../subscriptions/subscriptions.ts';
import { priceUnitRequests } from './price-unit-components.ts';
import { eventRequests } from './event-requests.ts';
import { subscriptionUpdateRequests } from './subscription-updates.ts';
import { commitmentFields, commitmentRequests, subscriptionCommitmentFields } from './commitment-requests.ts';
import type { Component } from './values.ts';

// Time and currency affect only defaults, not the shape.
const now = 0;
const currency = 'usd';

const effectiveFrom = 'When the change takes effect; defaults to now. Only with a change of terms.';
const search = 'The parameters of the list in one object. All `filters` must match.';

export const requests = {
  ...priceUnitRequests,
  ...subscriptionUpdateRequests,
  ...eventRequests,
  Aggregation: {
    schema: createMeterSchema.entries.aggregation,
    description: 'Either `field` or `expression`, except for COUNT.',
    fields: {
      field: 'The name of a property; dots lead into objects, as in `usage.tokens`.',
      expression: 'A CEL expression over property names; SUM, AVG, MAX, MIN and LATEST only.',
      multiplier: 'Greater than 0; SUM_WITH_MULTIPLIER only.',
      bucket_size: 'MAX and SUM only.',
      group_by: 'The name of a property; MAX with `bucket_size` only.',
    },
  },
  MeterFilters: { schema: filtersSchema, description: 'All filters must match; each matches any of its values.' },
  CreateMeter: { schema: createMeterSchema, fields: { event_name: 'Trimmed; at most 256 bytes.' } },
  UpdateMeter: {
    schema: updateMeterSchema,
    description: 'At least one field is required.',
    fields: { filters: 'Added to the existing filters.' },
  },

  CreateFeature: {
    schema: createFeatureSchema,
    fields: {
      lookup_key: 'Unique; defaults to a key made from the name.',
      meter_id: 'For a metered feature: either this or `meter`.',
      meter: 'A meter that is created, and archived, with the feature.',
      unit_plural: 'Both units or neither.',
    },
  },
  UpdateFeature: {
    schema: updateFeatureSchema,
    fields: {
      filters: 'Added to the filters of its meter.',
      status: 'A feature cannot be archived while entitlements of plans grant it.',
    },
  },
  FeatureSearch: { schema: searchSchema(featureListSpec), description: search },

  CreateCustomer: {
    schema: createCustomerSchema,
    fields: {
      external_id: 'The value that events send as `external_customer_id`. It never changes.',
      address_country: 'ISO 3166-1 alpha-2.',
      timezone: 'IANA name of a time zone; defaults to UTC.',
    },
  },
  UpdateCustomer: {
    schema: updateCustomerSchema,
    fields: { external_id: 'May only repeat the current value.', timezone: 'IANA name of a time zone.' },
  },
  CustomerSearch: { schema: searchSchema(customerListSpec), description: search },

  CreatePlan: { schema: createPlanSchema, fields: { lookup_key: 'Unique.' } },
  UpdatePlan: { schema: updatePlanSchema, fields: { status: 'An archived plan accepts no new subscriptions.' } },
  PlanSearch: { schema: searchSchema(planListSpec), description: search },

  PriceTiers: {
    schema: termEntries.tiers.wrapped,
    description: 'In any order; the bounds must differ, and one tier must be open: `up_to` null.',
  },
  TransformQuantity: { schema: termEntries.transform_quantity.wrapped, description: 'For PACKAGE only.' },
  CreatePrice: {
    schema: createPriceSchema(now),
    description:
      'FLAT_FEE needs `amount`, PACKAGE also `transform_quantity`, TIERED `tier_mode` and `tiers`. A USAGE price needs a meter and the cadence ARREAR.',
    fields: {
      currency: 'ISO 4217.',
      meter_id: 'For USAGE only.',
      min_quantity: 'For FIXED only: the default quantity of a line item.',
      trial_period: 'Same as `trial_period_days`.',
      lookup_key: 'Unique among the prices of plans that have not ended.',
      start_date: 'Defaults to now; may be back-dated.',
      end_date: 'Exclusive.',
    },
  },
  CreatePrices: { schema: createPricesBulkSchema(now) },
  InlinePrice: {
    schema: sentInlinePriceSchema,
    description: 'A price for this subscription only, in its currency.',
  },
  UpdatePrice: {
    schema: updatePriceSchema,
    description:
      'A change of terms starts a new version. Terms are amount, billing_model, tier_mode, tiers and transform_quantity, and for a CUSTOM price price_unit_amount and price_unit_tiers.',
    fields: { effective_from: effectiveFrom },
  },
  DeletePrice: { schema: deletePriceSchema, fields: { end_date: 'Exclusive; defaults to now.' } },
  PriceSearch: { schema: searchSchema(priceListSpec), description: search },

  ...commitmentRequests,
  AddLineItem: {
    schema: addLineItemSchema(now, currency),
    description: 'Either `price_id` or `price`.',
    fields: { ...commitmentFields, end_date: 'Exclusive; must be after the start.' },
  },
  CreateSubscription: {
    schema: v.intersect([createSubscriptionSchema, additionalItemsSchema(now, currency)]),
    fields: {
      customer_id: 'Either this or `external_customer_id`.',
      start_date: 'Defaults to now; may be back-dated.',
      billing_anchor: 'Only with `billing_cycle` anniversary.',
      override_line_items: 'Different terms or quantities for prices of the plan.',
      line_items: 'In addition to those of the plan.',
      ...subscriptionCommitmentFields,
    },
  },
  ActivateSubscription: { schema: activateSubscriptionSchema },
  CancelSubscription: {
    schema: cancelSubscriptionSchema,
    fields: { cancel_at: 'For scheduled_date only.' },
  },
  SubscriptionSearch: { schema: searchSchema(subscriptionListSpec), description: search },
  ChangeLineItem: {
    schema: changeLineItemSchema,
    description: 'A change of terms ends the line item and starts another one, which is returned.',
    fields: { ...commitmentFields, effective_from: effectiveFrom },
  },
  EndLineItem: { schema: endLineItemSchema, fields: { effective_from: 'Defaults to now.' } },

  CreateApiKey: {
    schema: createApiKeySchema,
    fields: {
      roles: "A subset of the caller's roles. Defaults to all of them, or to `event_ingestor` for a `publishable_key`.",
      expires_at: "Not after the caller's key expires; defaults to that time.",
      rate_limit:
        "Not above the limit of the caller's key, which is the default. `burst` defaults to `per_second`, or to the caller's `burst` if that is lower.",
      environment_id: "Defaults to the caller's; only super_admin may name another one.",
    },
  },
} satisfies Record<string, Component>;
