// Reads failures by cause: follows the cursor to the end, and adds up what each answer counts.
import * as v from 'valibot';
import { CliFailure } from '../process/failure.ts';
import { readAs } from './answer.ts';

export interface FailuresRequest {
  readonly start_time: string;
  readonly end_time: string;
  readonly external_customer_id?: string;
  readonly event_name?: string;
}

const FixSchema = v.object({
  action: v.string(),
  request: v.optional(v.object({ method: v.string(), path: v.string(), body: v.unknown() })),
});
const FailureSchema = v.looseObject({
  cause: v.string(),
  event_name: v.string(),
  external_customer_id: v.optional(v.string()),
  meter_id: v.optional(v.string()),
  sub_line_item_id: v.optional(v.string()),
  count: v.number(),
  first_timestamp: v.string(),
  last_timestamp: v.string(),
  sample_event_ids: v.array(v.string()),
  similar_names: v.array(v.string()),
  message: v.string(),
  fix: v.optional(FixSchema),
});
export type ShownFailure = v.InferOutput<typeof FailureSchema>;

const AnswerSchema = v.object({
  failures: v.array(FailureSchema),
  examined: v.number(),
  complete: v.boolean(),
  cursor: v.optional(v.string()),
});

const keyOf = ({ cause, event_name: name, external_customer_id: customer, meter_id, sub_line_item_id }: ShownFailure) =>
  JSON.stringify([cause, name, customer, meter_id, sub_line_item_id]);

/** Adds a group of older events to that of newer ones. What would bill all of them is said with the older ones. */
const joined = (newer: ShownFailure, older: ShownFailure): ShownFailure => ({
  ...older,
  count: newer.count + older.count,
  last_timestamp: newer.last_timestamp,
  sample_event_ids: newer.sample_event_ids,
  similar_names: newer.similar_names,
  message: newer.message,
});

export interface Failures {
  /** Those of the most events first. */
  readonly failures: readonly ShownFailure[];
  readonly examined: number;
}

/** Reads all failures of a range. `onExamined`: called with the number of events so far. Throws CliFailure. */
export const readFailures = async (
  ask: (body: unknown) => Promise<unknown>,
  request: FailuresRequest,
  onExamined: (count: number) => void = () => undefined,
): Promise<Failures> => {
  const groups = new Map<string, ShownFailure>();
  let examined = 0;
  let cursor: string | undefined;
  for (;;) {
    const body = { ...request, ...(cursor !== undefined && { cursor }) };
    const answer: v.InferOutput<typeof AnswerSchema> = readAs(AnswerSchema, await ask(body), 'failures');
    for (const failure of answer.failures) {
      const known = groups.get(keyOf(failure));
      groups.set(keyOf(failure), known ? joined(known, failure) : failure);
    }
    examined += answer.examined;
    onExamined(examined);
    if (answer.complete) return { failures: [...groups.values()].sort((a, b) => b.count - a.count), examined };
    if (answer.cursor === undefined || answer.cursor === cursor) {
      throw new CliFailure('The list cannot continue: the deployment says that there is more, but not where.');
    }
    cursor = answer.cursor;
  }
};
