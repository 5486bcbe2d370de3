// What is answered about usage.
import * as v from 'valibot';
import { aggregationTypes } from '../../domain/meter.ts';
import { type BodyOf, instantText, wholeNumber } from './body.ts';

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
    v.object({ queue: wholeNumber, dead_letter_queue: wholeNumber }),
    v.description(
      'Messages that are accepted and not yet processed, of the whole deployment: approximate, as SQS tells it, and up to 5 seconds old.',
    ),
  ),
  verified_through: v.pipe(
    v.nullable(instantText),
    v.description(
      'Everything accepted before is in the answer, as far as SQS tells: a minute ago when nothing is in flight. null while messages wait whose age is not known, or are in the dead-letter queue.',
    ),
  ),
};

export const UsageBodySchema = v.object({
  results: v.exactOptional(
    v.pipe(
      v.array(
        v.object({
          window_size: v.pipe(v.string(), v.description('Start of the window or bucket, in the time zone asked for.')),
          value: v.number(),
        }),
      ),
      v.description('By start; windows without events are left out. With groups a row per group.'),
    ),
  ),
  value: v.exactOptional(v.pipe(v.number(), v.description('Left out when it is 0.'))),
  event_name: v.string(),
  type: v.picklist(aggregationTypes),
  ...coverageEntries,
});
export type UsageBody = BodyOf<typeof UsageBodySchema>;
