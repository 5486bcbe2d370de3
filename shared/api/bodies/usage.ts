// Bodies of usage queries.
import * as v from 'valibot';
import { outcomeReasons, outcomes } from '../../domain/aggregations/measurement.ts';
import { aggregationTypes } from '../../domain/meters/meter.ts';
import { type BodyOf, decimalText, instantText, jsonNumber, wholeNumber } from './body.ts';

/** Fields that say how complete an answer is. */
export const coverageEntries = {
  counted: v.pipe(wholeNumber, v.description('Number of events behind the value, including those that count as 0.')),
  counted_as_zero: v.pipe(
    v.object({ missing_property: wholeNumber, non_numeric_value: wholeNumber }),
    v.description('How many of them count as 0, by reason.'),
  ),
  excluded: v.pipe(
    v.object({
      filter: v.pipe(wholeNumber, v.description('Events of the name that a filter leaves out.')),
      expression_error: wholeNumber,
      missing_property: v.pipe(
        wholeNumber,
        v.description('Events without the property, which COUNT_UNIQUE leaves out.'),
      ),
    }),
    v.description('Number of events of the name that do not count, by reason.'),
  ),
  in_flight: v.pipe(
    v.nullable(v.object({ queue: wholeNumber, dead_letter_queue: wholeNumber })),
    v.description(
      'Messages of the whole deployment that are accepted but not processed yet: approximate, as SQS reports it, and up to 5 seconds old. null while SQS cannot tell.',
    ),
  ),
  verified_through: v.pipe(
    v.nullable(instantText),
    v.description(
      'Everything accepted before this time is in the answer, as far as SQS can tell: a minute ago if nothing is in flight. null while messages of unknown age are waiting or messages are in the dead-letter queue, and while SQS cannot tell.',
    ),
  ),
};

const groupTexts = v.pipe(
  v.record(v.string(), v.string()),
  v.description('The values that the row is grouped by; "" for a missing one or null.'),
);

export const UsageBodySchema = v.object({
  results: v.exactOptional(
    v.pipe(
      v.array(
        v.object({
          window_size: v.pipe(v.string(), v.description('Start of the window or bucket, in the requested time zone.')),
          group: v.exactOptional(groupTexts),
          value: jsonNumber,
        }),
      ),
      v.description('Rows in order of start; windows without events are left out. With groups, one row per group.'),
    ),
  ),
  has_more: v.exactOptional(
    v.pipe(
      v.boolean(),
      v.description('Present only if there are more rows than fit into an answer. The value covers all of them.'),
    ),
  ),
  value: v.pipe(jsonNumber, v.description('Exact, with every digit; a client that reads a double may round it.')),
  event_name: v.string(),
  type: v.picklist(aggregationTypes),
  ...coverageEntries,
});
export type UsageBody = BodyOf<typeof UsageBodySchema>;

export const UsageExplanationBodySchema = v.object({
  event_name: v.string(),
  type: v.picklist(aggregationTypes),
  total_seconds: v.exactOptional(
    v.pipe(
      wholeNumber,
      v.description('WEIGHTED_SUM only: whole seconds of the range. Each event weighs `seconds` of them.'),
    ),
  ),
  events: v.pipe(
    v.array(
      v.object({
        event_id: v.string(),
        external_customer_id: v.string(),
        timestamp: instantText,
        window_start: v.exactOptional(
          v.pipe(v.string(), v.description('Start of the window or bucket, in the requested time zone.')),
        ),
        group: v.exactOptional(groupTexts),
        status: v.pipe(
          v.picklist(outcomes),
          v.description('`excluded`: it does not count at all, not even in the divisor of an average.'),
        ),
        quantity: v.exactOptional(
          v.pipe(decimalText, v.description('What the event counts for; left out if it is excluded.')),
        ),
        unique_value: v.exactOptional(
          v.pipe(
            v.string(),
            v.description('COUNT_UNIQUE only: the value that counts once, however many events have it.'),
          ),
        ),
        seconds: v.exactOptional(
          v.pipe(
            wholeNumber,
            v.description('WEIGHTED_SUM only: seconds from the event to the end, out of `total_seconds`.'),
          ),
        ),
        reason: v.exactOptional(v.picklist(outcomeReasons)),
        message: v.exactOptional(v.string()),
      }),
    ),
    v.description('Events of the name in the range, newest first.'),
  ),
  has_more: v.boolean(),
  iter_last_key: v.exactOptional(
    v.pipe(v.string(), v.description('The cursor to the next page; present if `has_more`.')),
  ),
});
export type UsageExplanationBody = BodyOf<typeof UsageExplanationBodySchema>;
