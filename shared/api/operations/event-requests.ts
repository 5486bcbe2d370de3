// Notes on the fields of requests about events and their usage.
import { AnalyticsSchema } from '../usage/analytics.ts';
import { EventListSchema } from '../events/event-lists.ts';
import { EventFailuresSchema } from '../events/event-failures.ts';
import { BulkSchema, EventSchema } from '../events/events.ts';
import { MeterUsageSchema, UsageSchema } from '../usage/usage.ts';
import { UsageExplanationSchema } from '../usage/usage-explanation.ts';
import { listKeys } from './list-cursors.ts';
import { verdictNotes } from './verdict-notes.ts';
import type { Component } from './values.ts';

const usageFields = {
  external_customer_id: 'Defaults to all customers.',
  customer_id: 'Only events sent with this `customer_id`.',
  start_time: 'Inclusive; defaults to 7 days before the end.',
  end_time: 'Exclusive; defaults to now.',
  window_size: 'Divides the range into windows. Weeks begin on Sunday.',
  filters:
    'Values by property: each property must have one of its values; "" also matches a missing property and null.',
  billing_anchor:
    'Its day of the month is the day on which each MONTH begins, or the last day of a shorter month. The day is taken in `timezone` for windows, in UTC for buckets.',
  timezone: 'IANA name of the time zone of windows; defaults to UTC.',
};

export const eventRequests = {
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
        'Values by property: each property must have one of its values; "" also matches a missing property and null.',
      page_size: 'A value of 0 or less means 50.',
      offset: 'At most 10,000; beyond that, and for long sparse ranges, page with `iter_last_key`.',
      ...verdictNotes,
      sort: '`event_name` works only if one request can read the whole range, of at most 10,000 events; it is paged by `offset`.',
    },
  },
  EventFailuresRequest: {
    schema: EventFailuresSchema,
    fields: {
      start_time: 'Inclusive.',
      end_time: 'Exclusive.',
      external_customer_id: usageFields.external_customer_id,
      event_name: 'Defaults to all names.',
      failure_point_types: 'Only these; defaults to all, and events that count as zero because of a property.',
      page_size: 'Most groups of an answer; defaults to 100.',
      cursor: 'That of the answer before, with the same body.',
    },
  },
  UsageRequest: {
    schema: UsageSchema,
    fields: {
      ...usageFields,
      aggregation_type: 'In upper or lower case.',
      property_name: 'The property to aggregate, whose dots lead into objects; required except for COUNT.',
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
    description:
      'With `meter_id`, the body of a query by meter, otherwise that of an ad hoc query; which of its events, and which page.',
    fields: {
      ...usageFields,
      status: 'Only events that count so.',
      reasons: 'Only events that count as 0, or are excluded, for one of these reasons.',
      group:
        'Only events of this group, as a row of the usage shows it; some of what it is grouped by is enough. Excluded events are in no group.',
      iter_last_key: listKeys.last,
    },
  },
} satisfies Record<string, Component>;
