// What GET /v1/events/lookup answers, as far as the explanation needs it; anything else in it is left alone.
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

const WarningSchema = v.object({
  code: v.string(),
  subject: v.nullish(v.string(), ''),
  detail: v.nullish(v.string(), ''),
});
export type ShownWarning = v.InferOutput<typeof WarningSchema>;

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
    }),
  ),
  debug_tracker: v.nullish(TrackerSchema),
  warnings: many(WarningSchema),
  decision: v.nullish(
    v.object({ verdict: v.string(), decided_at: v.nullish(v.string()), warnings: many(WarningSchema) }),
  ),
  changed_since: v.nullish(v.unknown()),
  conflicts: many(v.object({ received_at: v.nullish(v.string(), ''), differing_fields: many(v.string()) })),
});
export type EventAnswer = v.InferOutput<typeof EventAnswerSchema>;
