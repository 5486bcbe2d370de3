// What is answered about many events: that they were accepted, lists, counts.
import * as v from 'valibot';
import type { JsonObject } from '../../domain/json-text.ts';
import { warningCodes } from '../../domain/matching/warnings.ts';
import { described } from '../http/described.ts';
import { isObject } from '../http/primitives.ts';
import { type BodyOf, instantText, wholeNumber } from './body.ts';

export const EventAcceptedBodySchema = v.object({
  message: v.literal('Event accepted for processing'),
  event_id: v.string(),
});
export type EventAcceptedBody = BodyOf<typeof EventAcceptedBodySchema>;

export const EventsAcceptedBodySchema = v.object({
  message: v.literal('Events accepted for processing'),
  event_ids: v.exactOptional(
    v.pipe(v.array(v.string()), v.description('With `include=event_ids` only; in the order sent.')),
  ),
});
export type EventsAcceptedBody = BodyOf<typeof EventsAcceptedBodySchema>;

const properties = described(
  v.custom<JsonObject>((value) => isObject(value)),
  { type: 'object', additionalProperties: true },
);

export const WarningBodySchema = v.object({
  code: v.picklist([...warningCodes, 'numeric_string']),
  subject: v.exactOptional(
    v.pipe(
      v.string(),
      v.description(
        'The meter a quantity warning is about, the stored name that is close, or the field that is not known.',
      ),
    ),
  ),
  message: v.string(),
});
export type WarningBody = BodyOf<typeof WarningBodySchema>;

export const EventBodySchema = v.object({
  id: v.pipe(v.string(), v.description('The `event_id`.')),
  external_customer_id: v.string(),
  customer_id: v.pipe(v.string(), v.description('As it was sent.')),
  event_name: v.string(),
  timestamp: instantText,
  properties: v.nullable(properties),
  source: v.string(),
  environment_id: v.string(),
  ingested_at: v.exactOptional(v.pipe(instantText, v.description('When it was received.'))),
  warnings: v.exactOptional(
    v.pipe(v.array(WarningBodySchema), v.description('In lists: fields that were sent and that events do not have.')),
  ),
});
export type EventBody = BodyOf<typeof EventBodySchema>;

export const EventListBodySchema = v.object({
  events: v.array(EventBodySchema),
  has_more: v.boolean(),
  iter_first_key: v.exactOptional(
    v.pipe(v.string(), v.description('The first event of the page; newest first, the cursor to what is newer.')),
  ),
  iter_last_key: v.exactOptional(
    v.pipe(
      v.string(),
      v.description(
        'Where the list goes on, in its order: older events, or newer ones with `order` asc, also such as come later. There whenever `has_more`, and with `order` asc whenever there are events; but not in a list by name.',
      ),
    ),
  ),
  total_count: v.exactOptional(
    v.pipe(
      wholeNumber,
      v.description('Left out when it is 0, with a cursor, and when not all events of the range were read.'),
    ),
  ),
  offset: v.exactOptional(
    v.pipe(
      wholeNumber,
      v.description(
        'Where the next page begins, for lists by offset; left out with a cursor. It is 400 where only `iter_last_key` leads on.',
      ),
    ),
  ),
});
export type EventListBody = BodyOf<typeof EventListBodySchema>;

export const MonitoringBodySchema = v.object({
  total_count: v.pipe(wholeNumber, v.description('Distinct events.')),
  consumption_lag: v.exactOptional(
    v.pipe(
      wholeNumber,
      v.description('Messages of the queue that wait, as SQS estimates. Left out while SQS cannot tell.'),
    ),
  ),
  post_processing_lag: v.exactOptional(
    v.pipe(wholeNumber, v.description('Messages that are being processed. Left out while SQS cannot tell.')),
  ),
  points: v.exactOptional(
    v.pipe(
      v.array(v.object({ timestamp: instantText, event_count: wholeNumber })),
      v.description('With `window_size`: by start of the window; empty windows are left out.'),
    ),
  ),
});
export type MonitoringBody = BodyOf<typeof MonitoringBodySchema>;
