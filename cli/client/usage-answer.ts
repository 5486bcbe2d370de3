// Schemas of the answers of the usage endpoints, as far as they are shown; other fields pass through.
import * as v from 'valibot';
import { isJsonNumber, type JsonNumber } from '../../shared/domain/numbers/long-number.ts';
import { readAs } from './answer.ts';

/** Fields that say how complete an answer is. */
export const coverageEntries = {
  /** null: SQS could not tell. */
  in_flight: v.nullable(v.object({ queue: v.number(), dead_letter_queue: v.number() })),
  verified_through: v.nullable(v.string()),
};

const valueSchema = v.custom<JsonNumber>(isJsonNumber);
const groupSchema = v.optional(v.record(v.string(), v.string()));

const UsageAnswerSchema = v.object({
  event_name: v.string(),
  type: v.string(),
  value: valueSchema,
  /** Whether rows of `results` were left out; the value covers all of them. */
  has_more: v.optional(v.boolean(), false),
  results: v.optional(v.array(v.object({ window_size: v.string(), group: groupSchema, value: valueSchema })), []),
  counted: v.number(),
  counted_as_zero: v.record(v.string(), v.number()),
  excluded: v.record(v.string(), v.number()),
  ...coverageEntries,
});
export type UsageAnswer = v.InferOutput<typeof UsageAnswerSchema>;

/** Explanation of one event, kept whole for --json. */
const ExplainedSchema = v.looseObject({
  event_id: v.string(),
  external_customer_id: v.string(),
  timestamp: v.string(),
  window_start: v.optional(v.string()),
  group: groupSchema,
  status: v.string(),
  quantity: v.optional(v.string()),
  unique_value: v.optional(v.string()),
  seconds: v.optional(v.number()),
  reason: v.optional(v.string()),
  message: v.optional(v.string()),
});
export type ExplainedEvent = v.InferOutput<typeof ExplainedSchema>;

const ExplanationPageSchema = v.object({
  event_name: v.string(),
  type: v.string(),
  total_seconds: v.optional(v.number()),
  events: v.array(ExplainedSchema),
  has_more: v.boolean(),
  iter_last_key: v.optional(v.string()),
});
export type ExplanationPage = v.InferOutput<typeof ExplanationPageSchema>;

/** Parses a usage answer. Throws CliFailure. */
export const readUsageAnswer = (answer: unknown): UsageAnswer => readAs(UsageAnswerSchema, answer, 'usage');
/** Parses a page of an explanation. Throws CliFailure. */
export const readExplanationPage = (answer: unknown): ExplanationPage => readAs(ExplanationPageSchema, answer, 'usage');
