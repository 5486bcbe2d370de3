// Body of the live feed: events in the order in which they were stored, each with its verdict.
import * as v from 'valibot';
import type { FailurePoint } from '../../domain/matching/decision.ts';
import { type BodyOf, wholeNumber } from './body.ts';
import { EventBodySchema } from './events.ts';

const byFailurePoint = v.object({
  customer_lookup: wholeNumber,
  meter_lookup: wholeNumber,
  price_lookup: wholeNumber,
  subscription_line_item_lookup: wholeNumber,
} satisfies Record<FailurePoint, unknown>);

export const LiveBodySchema = v.object({
  events: v.pipe(
    v.array(EventBodySchema),
    v.description('In the order in which they were stored, each with `verdict`.'),
  ),
  cursor: v.pipe(v.string(), v.description('Pass it as `after` to go on. It expires after 47 hours.')),
  has_more: v.pipe(v.boolean(), v.description('Whether more events are stored already: ask again at once.')),
  lag_ms: v.pipe(
    wholeNumber,
    v.description('How long the oldest of the events that are left has been stored; 0 if none are left.'),
  ),
  counts: v.pipe(
    v.object({ processed: wholeNumber, failed: wholeNumber, by_failure_point: byFailurePoint }),
    v.description(
      'What was decided when they came about all events that were passed, also those that the filters leave out.',
    ),
  ),
  missed: v.pipe(
    v.boolean(),
    v.description(
      'Whether the cursor could not be followed, because it had expired or is of another feed: events may have been missed, and these are the newest.',
    ),
  ),
});
export type LiveBody = BodyOf<typeof LiveBodySchema>;
