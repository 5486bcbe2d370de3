// What is answered about usage.
import * as v from 'valibot';
import { aggregationTypes } from '../../domain/meters/meter.ts';
import { type BodyOf, decimalText, instantText, wholeNumber } from './body.ts';

/** How far an answer can be trusted, beside the answer. */
export const coverageEntries = {
  counted: v.pipe(wholeNumber, v.description('Events that the value is made of, those that count as 0 included.')),
  counted_as_zero: v.pipe(
    v.object({ missing_property: wholeNumber, non_numeric_value: wholeNumber }),
    v.description('Of those, the ones that count as 0, by reason.'),
  ),
  excluded: v.pipe(
    v.object({
      filter: v.pipe(wholeNumber, v.description('Events of the name that a filter leaves out.')),
      expression_error: wholeNumber,
      missing_property: v.pipe(wholeNumber, v.description('COUNT_UNIQUE leaves out events without the property.')),
    }),
    v.description('Events of the name that do not count, by reason.'),
  ),
  in_flight: v.pipe(
    v.nullable(v.object({ queue: wholeNumber, dead_letter_queue: wholeNumber })),
    v.description(
      'Messages that are accepted and not yet processed, of the whole deployment: approximate, as SQS tells it, and up to 5 seconds old. null while SQS cannot tell.',
    ),
  ),
  verified_through: v.pipe(
    v.nullable(instantText),
    v.description(
      'Everything accepted before is in the answer, as far as SQS tells: a minute ago when nothing is in flight. null while messages wait whose age is not known, or are in the dead-letter queue, and while SQS cannot tell.',
    ),
  ),
};

const groupTexts = v.pipe(
  v.record(v.string(), v.string()),
  v.description('The texts that it is grouped by; "" for a missing one.'),
);

export const UsageBodySchema = v.object({
  results: v.exactOptional(
    v.pipe(
      v.array(
        v.object({
          window_size: v.pipe(v.string(), v.description('Start of the window or bucket, in the time zone asked for.')),
          group: v.exactOptional(groupTexts),
          value: v.number(),
        }),
      ),
      v.description('By start; windows without events are left out. With groups a row per group.'),
    ),
  ),
  has_more: v.exactOptional(
    v.pipe(v.boolean(), v.description('Only where there are more rows than fit into an answer. The value is of all.')),
  ),
  value: v.exactOptional(v.pipe(v.number(), v.description('Left out when it is 0.'))),
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
          v.pipe(v.string(), v.description('Of the window or bucket, in the time zone asked for.')),
        ),
        group: v.exactOptional(groupTexts),
        status: v.pipe(
          v.picklist(['counted', 'counted_as_zero', 'excluded']),
          v.description('`excluded`: it does not count at all, not even in the number of an average.'),
        ),
        quantity: v.exactOptional(
          v.pipe(decimalText, v.description('What it counts for; left out when it is excluded.')),
        ),
        unique_value: v.exactOptional(
          v.pipe(
            v.string(),
            v.description('COUNT_UNIQUE only: the text that counts once, however many events have it.'),
          ),
        ),
        seconds: v.exactOptional(
          v.pipe(wholeNumber, v.description('WEIGHTED_SUM only: from the event to the end, of `total_seconds`.')),
        ),
        reason: v.exactOptional(v.picklist(['filter', 'missing_property', 'non_numeric_value', 'expression_error'])),
        message: v.exactOptional(v.string()),
      }),
    ),
    v.description('Events of the name in the range, newest first.'),
  ),
  has_more: v.boolean(),
  iter_last_key: v.exactOptional(
    v.pipe(v.string(), v.description('Where the list goes on; there whenever `has_more`.')),
  ),
});
export type UsageExplanationBody = BodyOf<typeof UsageExplanationBodySchema>;
