// Bodies about many events: acceptance, lists and counts.
import * as v from 'valibot';
import type { JsonObject } from '../../domain/json-text.ts';
import { described } from '../http/described.ts';
import { isObject } from '../http/primitives.ts';
import { type BodyOf, instantText, wholeNumber } from './body.ts';
import { VerdictBodySchema, WarningBodySchema } from './verdict.ts';

export const EventAcceptedBodySchema = v.object({
  message: v.literal('Event accepted for processing'),
  event_id: v.string(),
});
export type EventAcceptedBody = BodyOf<typeof EventAcceptedBodySchema>;

export const EventsAcceptedBodySchema = v.object({
  message: v.literal('Events accepted for processing'),
  event_ids: v.exactOptional(
    v.pipe(v.array(v.string()), v.description('Only with `include=event_ids`; in the order sent.')),
  ),
});
export type EventsAcceptedBody = BodyOf<typeof EventsAcceptedBodySchema>;

const properties = described(
  v.custom<JsonObject>((value) => isObject(value)),
  { type: 'object', additionalProperties: true },
);

export const EventBodySchema = v.object({
  id: v.pipe(v.string(), v.description('The `event_id`.')),
  external_customer_id: v.string(),
  customer_id: v.pipe(v.string(), v.description('As it was sent.')),
  event_name: v.string(),
  timestamp: instantText,
  properties: v.nullable(properties),
  source: v.string(),
  environment_id: v.string(),
  ingested_at: v.exactOptional(v.pipe(instantText, v.description('When ingest received it.'))),
  warnings: v.exactOptional(
    v.pipe(v.array(WarningBodySchema), v.description('In lists: warnings about sent fields that events do not have.')),
  ),
  verdict: v.exactOptional(
    v.pipe(VerdictBodySchema, v.description('In lists, with `expand` verdict: whether the catalog of now bills it.')),
  ),
});
export type EventBody = BodyOf<typeof EventBodySchema>;

export const EventListBodySchema = v.object({
  events: v.array(EventBodySchema),
  has_more: v.boolean(),
  iter_first_key: v.exactOptional(
    v.pipe(
      v.string(),
      v.description('The first event of the page; in a list that is newest first, the cursor to newer events.'),
    ),
  ),
  iter_last_key: v.exactOptional(
    v.pipe(
      v.string(),
      v.description(
        'The cursor to the rest of the list, in its order: older events, or with `order` asc newer ones, including those received later. Present if `has_more`, and with `order` asc on every page with events; absent in a list by name.',
      ),
    ),
  ),
  total_count: v.exactOptional(
    v.pipe(
      wholeNumber,
      v.description('Left out if it is 0, with a cursor, and if not all events of the range were read.'),
    ),
  ),
  offset: v.exactOptional(
    v.pipe(
      wholeNumber,
      v.description(
        'The offset of the next page; left out with a cursor. It is refused with 400 where only `iter_last_key` can continue.',
      ),
    ),
  ),
  catalog_version: v.exactOptional(
    v.pipe(wholeNumber, v.description('The version of the catalog that decided; present in lists with verdicts.')),
  ),
  examined: v.exactOptional(
    v.pipe(
      wholeNumber,
      v.description(
        'How many events were decided, shown or not; present in lists with verdicts. One request examines at most 10,000, for at most 15 seconds: the cursor goes on after the last of them, so a page may be short, or empty, while there are more.',
      ),
    ),
  ),
});
export type EventListBody = BodyOf<typeof EventListBodySchema>;

const VerdictCountsSchema = v.pipe(
  v.object({
    processed: wholeNumber,
    customer_lookup: wholeNumber,
    meter_lookup: wholeNumber,
    price_lookup: wholeNumber,
    subscription_line_item_lookup: wholeNumber,
  }),
  v.description('Counts by what was decided when the events came: processed, or the step that found nothing.'),
);

export const MonitoringBodySchema = v.object({
  total_count: v.pipe(wholeNumber, v.description('Number of distinct events.')),
  consumption_lag: v.exactOptional(
    v.pipe(
      wholeNumber,
      v.description('Messages waiting in the queue, as SQS estimates. Left out while SQS cannot tell.'),
    ),
  ),
  post_processing_lag: v.exactOptional(
    v.pipe(wholeNumber, v.description('Messages being processed. Left out while SQS cannot tell.')),
  ),
  points: v.exactOptional(
    v.pipe(
      v.array(v.object({ timestamp: instantText, event_count: wholeNumber, verdicts: VerdictCountsSchema })),
      v.description('Counts by start of the window, with `window_size`; empty windows are left out.'),
    ),
  ),
});
export type MonitoringBody = BodyOf<typeof MonitoringBodySchema>;
