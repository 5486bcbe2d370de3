// Schema of the answer of GET /v1/events/lookup, as far as the explanation needs it; other fields pass through.
import * as v from 'valibot';

const ErrorSchema = v.object({ message: v.string() });
const step = { status: v.string(), error: v.nullish(ErrorSchema) };
const many = <const S extends v.GenericSchema>(schema: S) => v.nullish(v.array(schema), []);

const TrackerSchema = v.object({
  customer_lookup: v.object({ ...step, customer: v.nullish(v.object({ id: v.string(), name: v.string() })) }),
  meter_matching: v.object({
    ...step,
    matched_meters: many(v.object({ meter_id: v.string(), meter: v.nullish(v.object({ name: v.string() })) })),
  }),
  price_lookup: v.object({ ...step, matched_prices: many(v.object({ price_id: v.string() })) }),
  subscription_line_item_lookup: v.object({
    ...step,
    matched_line_items: many(v.object({ sub_line_item_id: v.string(), is_active_for_event: v.boolean() })),
  }),
  failure_point: v.nullish(v.object({ failure_point_type: v.string(), error: v.nullish(ErrorSchema) })),
});
export type Tracker = v.InferOutput<typeof TrackerSchema>;

const WarningSchema = v.object({ code: v.string(), subject: v.nullish(v.string(), ''), message: v.string() });
export type ShownWarning = v.InferOutput<typeof WarningSchema>;

const DecisionSchema = v.object({
  status: v.string(),
  failure_point_type: v.nullish(v.string(), ''),
  decided_at: v.string(),
  warnings: many(WarningSchema),
});
const valueSchema = v.union([v.string(), v.array(v.string())]);
const ChangeSchema = v.object({ field: v.string(), from: valueSchema, to: valueSchema });
export type ShownChange = v.InferOutput<typeof ChangeSchema>;

export const EventAnswerSchema = v.object({
  event: v.object({
    id: v.string(),
    event_name: v.string(),
    external_customer_id: v.string(),
    timestamp: v.string(),
    source: v.string(),
    properties: v.nullable(v.record(v.string(), v.unknown())),
  }),
  status: v.string(),
  processed_events: many(
    v.object({
      meter_id: v.string(),
      subscription_id: v.string(),
      sub_line_item_id: v.string(),
      price_id: v.string(),
      qty_total: v.string(),
      period_start: v.optional(v.string()),
      period_end: v.optional(v.string()),
      is_trial: v.optional(v.boolean(), false),
      line_version: v.optional(v.object({ number: v.number(), of: v.number() })),
      allowance: v.optional(
        v.object({
          usage_limit: v.nullable(v.number()),
          window_start: v.string(),
          window_end: v.optional(v.string()),
        }),
      ),
    }),
  ),
  debug_tracker: v.nullish(TrackerSchema),
  warnings: many(WarningSchema),
  decision: v.nullish(DecisionSchema),
  changed_since: many(ChangeSchema),
  conflicts: many(v.object({ received_at: v.string(), fields: v.array(v.string()) })),
  more_conflicts: v.nullish(v.boolean(), false),
});
export type BilledEvent = v.InferOutput<typeof EventAnswerSchema>['processed_events'][number];
export type EventAnswer = v.InferOutput<typeof EventAnswerSchema>;
