// Schema of an invoice preview, as far as it is shown; other fields pass through.
import * as v from 'valibot';
import { readAs } from './answer.ts';
import { coverageEntries } from './usage-answer.ts';

const counts = v.record(v.string(), v.number());

const ShownLineSchema = v.object({
  display_name: v.string(),
  quantity: v.string(),
  amount: v.string(),
  period_start: v.string(),
  period_end: v.string(),
  explanation: v.object({
    quantity: v.optional(
      v.object({
        event_name: v.string(),
        aggregation_type: v.string(),
        value: v.string(),
        counted: v.number(),
        counted_as_zero: counts,
        excluded: counts,
      }),
    ),
    allowance: v.optional(
      v.object({
        usage_limit: v.nullable(v.number()),
        usage_reset_period: v.string(),
        taken: v.string(),
        billable_quantity: v.string(),
        windows: v.optional(v.array(v.object({ start: v.string(), used_before: v.string(), used: v.string() })), []),
        more_windows: v.optional(v.number(), 0),
      }),
    ),
    versions: v.optional(v.array(v.object({ start: v.string(), end: v.string(), amount: v.string() })), []),
    more_versions: v.optional(v.number(), 0),
    billed_before: v.optional(v.string()),
    restarted_after: v.optional(v.object({ message: v.string() })),
    steps: v.array(v.object({ kind: v.string(), amount: v.string(), message: v.string() })),
  }),
});
export type ShownLine = v.InferOutput<typeof ShownLineSchema>;

const UnbilledSchema = v.object({
  complete: v.boolean(),
  groups: v.array(
    v.object({
      event_name: v.string(),
      count: v.number(),
      first_time: v.string(),
      last_time: v.string(),
      example_event_id: v.string(),
      message: v.string(),
    }),
  ),
  other_events: v.optional(v.number()),
  message: v.optional(v.string()),
});
export type ShownUnbilled = v.InferOutput<typeof UnbilledSchema>;

const PreviewSchema = v.object({
  subscription_id: v.string(),
  currency: v.string(),
  total: v.string(),
  due_date: v.string(),
  period_start: v.string(),
  period_end: v.string(),
  customer: v.object({ external_id: v.string() }),
  line_items: v.array(ShownLineSchema),
  unbilled_events: v.optional(UnbilledSchema),
  ...coverageEntries,
});
export type ShownPreview = v.InferOutput<typeof PreviewSchema>;

/** Parses a preview. Throws CliFailure. */
export const readPreview = (answer: unknown): ShownPreview => readAs(PreviewSchema, answer, 'charges');
