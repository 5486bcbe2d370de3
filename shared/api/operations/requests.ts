// Names the bodies that the API accepts in its description, and adds notes on their fields.
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
import { listKeys } from './list-cursors.ts';
import type { Component } from './values.ts';

// Time and currency affect only defaults, not the shape.
const now = 0;
const currency = 'usd';

const effectiveFrom = 'When the change takes effect; defaults to now. Only with a change of terms.';
const search = 'The parameters of the list in one object. All `filters` must match.';

const usageFields = {
  external_customer_id: 'Defaults to all customers.',
  customer_id: 'Only events sent with this `customer_id`.',
  start_time: 'Inclusive; defaults to 7 days before the end.',
  end_time: 'Exclusive; defaults to now.',
  window_size: 'Divides the range into windows. Weeks begin on Sunday.',
  filters: 'Values by property: each property must have one of its values; "" also matches a missing property.',
  billing_anchor:
    'Its day of the month is the day on which each MONTH begins, or the last day of a shorter month. The day is taken in `timezone` for windows, in UTC for buckets.',
  timezone: 'IANA name of the time zone of windows; defaults to UTC.',
};

export const requests = {
  ...priceUnitRequests,
  ...subscriptionUpdateRequests,
  Event: {
    schema: EventSchema,
    fields: {
      event_name: 'What happened: at most 256 bytes after trimming. Meters compare it exactly.',
      external_customer_id: 'The `external_id` of a customer, who may be created later.',
      event_id: 'Counts once, ever, however often it is sent. Generated if omitted.',
      customer_id: 'Stored unchanged; billing uses `external_customer_id`.',
      timestamp: 'When it happened; defaults to the time of receipt.',
      source: 'Where it comes from.',
      properties:
        'The values that meters read: at most 64 KB of JSON, nested at most 64 deep, with finite numbers only.',
    },
  },
  Events: { schema: BulkSchema, fields: { events: 'At most 4 MB in total.' } },
  EventListRequest: {
    schema: EventListSchema,
    fields: {
      start_time: 'Inclusive; defaults to 7 days before the end.',
      end_time: 'Inclusive; defaults to now.',
      iter_first_key: listKeys.first,
      iter_last_key: listKeys.last,
      property_filters:
        'Values by property: each property must have one of its values; "" also matches a missing property.',
      page_size: 'A value of 0 or less means 50.',
      offset: 'At most 10,000; beyond that, and for long sparse ranges, page with `iter_last_key`.',
      sort: '`event_name` works only if one request can read the whole range, of at most 10,000 events; it is paged by `offset`.',
    },
  },
  UsageRequest: {
    schema: UsageSchema,
    fields: {
      ...usageFields,
      aggregation_type: 'In upper or lower case.',
      property_name: 'The property to aggregate; required except for COUNT.',
      multiplier: 'Greater than 0; SUM_WITH_MULTIPLIER only; defaults to 1.',
      bucket_size:
        'MAX and SUM only: `value` is the sum over buckets, which are in UTC, with weeks from Monday. It takes precedence over `window_size`.',
      group_by:
        'At most one `properties.<name>`, for MAX with `bucket_size`: `value` is then the sum over groups, too.',
      group_by_property: 'The property name alone, used if `group_by` is empty.',
    },
  },
  MeterUsageRequest: {
    schema: MeterUsageSchema,
    fields: {
      ...usageFields,
      bucket_size: "Ignored: the meter's own size applies and takes precedence over `window_size`.",
    },
  },
  AnalyticsRequest: {
    schema: AnalyticsSchema,
    fields: {
      external_customer_id:
        'For a customer with subscriptions, the answer has an item per line item. For any other customer, or if omitted, it has an item per meter.',
      feature_ids: 'Only meters of these features.',
      start_time: 'Inclusive; defaults to 7 days before the end.',
      end_time: 'Exclusive; defaults to now.',
      group_by: 'One item per source, and per value of each `properties.<name>`. Meters are always separate.',
      window_size:
        'Adds `points`. A size coarser than the buckets of a meter combines them; a finer one has no effect on them.',
      expand: 'Any of price, meter, feature, subscription_line_item, plan, source.',
      property_filters: usageFields.filters,
    },
  },
  UsageExplanationRequest: {
    schema: UsageExplanationSchema,
    description: 'With `meter_id`, the body of a query by meter, otherwise that of an ad hoc query; and which page.',
    fields: { ...usageFields, iter_last_key: listKeys.last },
  },

  Aggregation: {
    schema: createMeterSchema.entries.aggregation,
    description: 'Either `field` or `expression`, except for COUNT.',
    fields: {
      field: 'The name of a property.',
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
