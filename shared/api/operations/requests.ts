// The bodies that the API takes, by the names they have in its description; and what the names of their fields do not say.
import * as v from 'valibot';
import { AnalyticsSchema } from '../usage/analytics.ts';
import { createApiKeySchema } from '../access/api-keys.ts';
import { createCustomerSchema, customerListSpec, updateCustomerSchema } from '../customers/customers.ts';
import { EventListSchema } from '../events/event-lists.ts';
import { BulkSchema, EventSchema } from '../events/events.ts';
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
import { MeterUsageSchema, UsageSchema } from '../usage/usage.ts';
import { UsageExplanationSchema } from '../usage/usage-explanation.ts';
import { priceUnitRequests } from './price-unit-components.ts';
import { subscriptionUpdateRequests } from './subscription-updates.ts';
import { commitmentFields, commitmentRequests, subscriptionCommitmentFields } from './commitment-requests.ts';
import { listKeys } from './list-keys.ts';
import type { Component } from './values.ts';

// What depends on the time or the currency are defaults: the shape does not.
const now = 0;
const currency = 'usd';

const effectiveFrom = 'When the change takes effect; now, when left out. Only with a change of what it costs.';
const search = 'What a list takes, in one object. `filters` must all be met.';

const usageFields = {
  external_customer_id: 'Everybody, when left out.',
  customer_id: 'Only events that were sent with it.',
  start_time: 'Inclusive; 7 days before the end when left out.',
  end_time: 'Exclusive; now, when left out.',
  window_size: 'Divides the range. Weeks begin on Sunday.',
  filters: 'By property, the values one of which it must have; "" matches a missing one too.',
  billing_anchor:
    'Its day of the month is where a MONTH begins, or the last day of a shorter one: the day in `timezone` for windows, in UTC for buckets.',
  timezone: 'An IANA name, for windows; UTC when left out.',
};

export const requests = {
  ...priceUnitRequests,
  ...subscriptionUpdateRequests,
  Event: {
    schema: EventSchema,
    fields: {
      event_name: 'What happened: at most 256 bytes once trimmed. Meters compare it exactly.',
      external_customer_id: 'The `external_id` of a customer, who may be made later.',
      event_id: 'Counts once, ever, however often it is sent. Made when left out.',
      customer_id: 'Kept as it is; billing goes by `external_customer_id`.',
      timestamp: 'When it happened; the time of receipt when left out.',
      source: 'Where it comes from.',
      properties: 'What meters read: at most 64 KB of JSON, nested at most 64 deep, finite numbers.',
    },
  },
  Events: { schema: BulkSchema, fields: { events: 'At most 4 MB in all.' } },
  EventListRequest: {
    schema: EventListSchema,
    fields: {
      start_time: 'Inclusive; 7 days before the end when left out.',
      end_time: 'Inclusive; now, when left out.',
      iter_first_key: listKeys.first,
      iter_last_key: listKeys.last,
      property_filters: 'By property, the values one of which it must have; "" matches a missing one too.',
      page_size: '50 when 0 or less.',
      offset: 'At most 10,000; page on with `iter_last_key`, as where a range is long and sparse.',
      sort: '`event_name` only where one request reads the whole range, of at most 10,000 events; paged by `offset`.',
    },
  },
  UsageRequest: {
    schema: UsageSchema,
    fields: {
      ...usageFields,
      aggregation_type: 'In any case of letters.',
      property_name: 'The property that is aggregated; required but for COUNT.',
      multiplier: 'Greater than 0; SUM_WITH_MULTIPLIER only; 1 when left out.',
      bucket_size:
        'MAX and SUM only: `value` is the sum over buckets, in UTC, weeks from Monday. It wins over `window_size`.',
      group_by: 'At most one `properties.<name>`, for MAX with `bucket_size`: `value` is the sum over groups, too.',
      group_by_property: 'The name alone, where `group_by` is empty.',
    },
  },
  MeterUsageRequest: {
    schema: MeterUsageSchema,
    fields: { ...usageFields, bucket_size: "Ignored: the meter's own counts, and wins over `window_size`." },
  },
  AnalyticsRequest: {
    schema: AnalyticsSchema,
    fields: {
      external_customer_id:
        'Of a customer with subscriptions the answer has an item per line item. Else, or when left out, an item per meter.',
      feature_ids: 'Only meters of these features.',
      start_time: 'Inclusive; 7 days before the end when left out.',
      end_time: 'Exclusive; now when left out.',
      group_by: 'An item per source, and per value of each `properties.<name>`. Meters are always apart.',
      window_size:
        'Gives `points`. Coarser than the buckets of a meter it rolls them up; finer it has no effect on them.',
      expand: 'Any of price, meter, feature, subscription_line_item, plan, source.',
      property_filters: usageFields.filters,
    },
  },
  UsageExplanationRequest: {
    schema: UsageExplanationSchema,
    description:
      'With `meter_id` the body of a query of a meter and no other field, else that of a query of usage; and which page.',
    fields: { ...usageFields, iter_last_key: listKeys.last },
  },

  Aggregation: {
    schema: createMeterSchema.entries.aggregation,
    description: 'Either `field` or `expression`, except for COUNT.',
    fields: {
      field: 'A property.',
      expression: 'CEL over the names of properties; SUM, AVG, MAX, MIN and LATEST only.',
      multiplier: 'Greater than 0; SUM_WITH_MULTIPLIER only.',
      bucket_size: 'MAX and SUM only.',
      group_by: 'A property; MAX with `bucket_size` only.',
    },
  },
  MeterFilters: { schema: filtersSchema, description: 'All must match; each matches one of its values.' },
  CreateMeter: { schema: createMeterSchema, fields: { event_name: 'Trimmed, at most 256 bytes.' } },
  UpdateMeter: {
    schema: updateMeterSchema,
    description: 'At least one field.',
    fields: { filters: 'Added to those there are.' },
  },

  CreateFeature: {
    schema: createFeatureSchema,
    fields: {
      lookup_key: 'Unique; made of the name when left out.',
      meter_id: 'For a metered feature: this, or `meter`.',
      meter: 'Made with the feature, and archived with it.',
      unit_plural: 'Both units or none.',
    },
  },
  UpdateFeature: {
    schema: updateFeatureSchema,
    fields: {
      filters: 'Added to those of its meter.',
      status: 'It cannot be archived while entitlements of plans grant it.',
    },
  },
  FeatureSearch: { schema: searchSchema(featureListSpec), description: search },

  CreateCustomer: {
    schema: createCustomerSchema,
    fields: {
      external_id: 'What events name as `external_customer_id`. It never changes.',
      address_country: 'ISO 3166-1 alpha-2.',
      timezone: 'An IANA name; UTC when left out.',
    },
  },
  UpdateCustomer: {
    schema: updateCustomerSchema,
    fields: { external_id: 'May only repeat what it is.', timezone: 'An IANA name.' },
  },
  CustomerSearch: { schema: searchSchema(customerListSpec), description: search },

  CreatePlan: { schema: createPlanSchema, fields: { lookup_key: 'Unique.' } },
  UpdatePlan: { schema: updatePlanSchema, fields: { status: 'An archived plan takes no new subscriptions.' } },
  PlanSearch: { schema: searchSchema(planListSpec), description: search },

  PriceTiers: {
    schema: termEntries.tiers.wrapped,
    description: 'In any order; the bounds differ, and one tier is open: `up_to` null.',
  },
  TransformQuantity: { schema: termEntries.transform_quantity.wrapped, description: 'For PACKAGE.' },
  CreatePrice: {
    schema: createPriceSchema(now),
    description:
      'FLAT_FEE needs `amount`, PACKAGE also `transform_quantity`, TIERED `tier_mode` and `tiers`. A USAGE price needs a meter and the cadence ARREAR.',
    fields: {
      currency: 'ISO 4217.',
      meter_id: 'For USAGE only.',
      min_quantity: 'For FIXED only: how many a line item has.',
      trial_period: 'The same as `trial_period_days`.',
      lookup_key: 'Unique among the prices of plans that have not ended.',
      start_date: 'Now, when left out; may be back-dated.',
      end_date: 'Exclusive.',
    },
  },
  CreatePrices: { schema: createPricesBulkSchema(now) },
  InlinePrice: {
    schema: sentInlinePriceSchema,
    description: 'A price of this subscription alone, in its currency.',
  },
  UpdatePrice: {
    schema: updatePriceSchema,
    description:
      'A change of what it costs starts a new version: amount, billing_model, tier_mode, tiers, transform_quantity; of a CUSTOM price price_unit_amount and price_unit_tiers.',
    fields: { effective_from: effectiveFrom },
  },
  DeletePrice: { schema: deletePriceSchema, fields: { end_date: 'Exclusive; now, when left out.' } },
  PriceSearch: { schema: searchSchema(priceListSpec), description: search },

  ...commitmentRequests,
  AddLineItem: {
    schema: addLineItemSchema(now, currency),
    description: 'Either `price_id` or `price`.',
    fields: { ...commitmentFields, end_date: 'Exclusive; after the start.' },
  },
  CreateSubscription: {
    schema: v.intersect([createSubscriptionSchema, additionalItemsSchema(now, currency)]),
    fields: {
      customer_id: 'This, or `external_customer_id`.',
      start_date: 'Now, when left out; may be back-dated.',
      billing_anchor: 'Only with `billing_cycle` anniversary.',
      override_line_items: 'Other terms or quantities for prices of the plan.',
      line_items: 'Beside those of the plan.',
      ...subscriptionCommitmentFields,
    },
  },
  ActivateSubscription: { schema: activateSubscriptionSchema },
  CancelSubscription: {
    schema: cancelSubscriptionSchema,
    fields: { cancel_at: 'For scheduled_date.' },
  },
  SubscriptionSearch: { schema: searchSchema(subscriptionListSpec), description: search },
  ChangeLineItem: {
    schema: changeLineItemSchema,
    description: 'A change of what it costs ends the line item and starts another, which is the answer.',
    fields: { ...commitmentFields, effective_from: effectiveFrom },
  },
  EndLineItem: { schema: endLineItemSchema, fields: { effective_from: 'Now, when left out.' } },

  CreateApiKey: {
    schema: createApiKeySchema,
    fields: {
      roles: "Some of the caller's own. By default all of them, of a `publishable_key` `event_ingestor` alone.",
      expires_at: 'At most when the key that makes it ends; that, when left out.',
      rate_limit:
        'Requests; at most those of the key that makes it, and those when left out. `burst` is `per_second` when left out, at most that of the maker.',
      environment_id: "The caller's own; another one for super_admin only.",
    },
  },
} satisfies Record<string, Component>;
