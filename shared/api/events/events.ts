// Parses events as clients send them. The schema runs for every event of every request, so each field costs only one check.
import * as v from 'valibot';
import { type AcceptedEvent, eventFields } from '../../domain/events/event.ts';
import { idFromUlid } from '../../domain/ids.ts';
import { zeroInstant } from '../../domain/time/instant.ts';
import { readsAs } from '../http/described.ts';
import { closedObject } from '../http/known-fields.ts';
import { lastValues, parseBody, parseQuery, type Query } from '../http/parse-request.ts';
import {
  arraySchema,
  eventNameSchema,
  instantSchema,
  jsonObjectSchema,
  requiredTextSchema,
  textSchema,
} from '../http/primitives.ts';

const maxEventsPerRequest = 1000;

/** Body of `POST /v1/events`, and item of a bulk request. "" and the zero time count as absent. */
const sentEventSchema = v.object({
  event_name: eventNameSchema,
  external_customer_id: requiredTextSchema(512),
  event_id: v.nullish(textSchema(512)),
  customer_id: v.nullish(textSchema(512)),
  timestamp: v.nullish(instantSchema),
  source: v.nullish(textSchema(256)),
  properties: v.nullish(jsonObjectSchema),
});

/** An event with its unknown fields, so that they can be reported. */
export const EventSchema = readsAs(v.looseObject(sentEventSchema.entries), sentEventSchema);
export type SentEvent = v.InferOutput<typeof EventSchema>;

export const BulkSchema = v.object({ events: arraySchema(EventSchema, 1, maxEventsPerRequest) });

export const BulkQuerySchema = closedObject({ include: v.nullish(v.picklist(['event_ids'])) });

/** Parses what the answer to a bulk request should include besides its message. Throws ApiError `validation_error`. */
export const parseBulkQuery = (query: Query): v.InferOutput<typeof BulkQuerySchema> =>
  parseQuery(BulkQuerySchema, lastValues(query));

export const parseSentEvent = (body: string): SentEvent =>
  parseBody(EventSchema, body, 'must be one event, a JSON object: send an array to /v1/events/bulk as {"events": […]}');

export const parseSentEvents = (body: string): readonly SentEvent[] =>
  parseBody(BulkSchema, body, 'must be {"events": […]}, not the array alone').events;

const known: ReadonlySet<string> = new Set(eventFields);
const maxUnknownFields = 10;
const maxUnknownLength = 64;

/** Returns the names of unknown fields of a sent event. */
export const unknownFieldsOf = (sent: object): readonly string[] => {
  const unknown: string[] = [];
  for (const name in sent) {
    if (known.has(name)) continue;
    unknown.push(name.slice(0, maxUnknownLength).toWellFormed());
    if (unknown.length === maxUnknownFields) break;
  }
  return unknown;
};

/** Fills in, once, what the client omitted: the id, and the receive time (UTC milliseconds) as the timestamp. */
export const toAcceptedEvent = (sent: SentEvent, receivedAt: number, newUlid: () => string): AcceptedEvent => {
  const timestamp = sent.timestamp === zeroInstant ? undefined : (sent.timestamp ?? undefined);
  const unknownFields = unknownFieldsOf(sent);
  return {
    ...(unknownFields.length > 0 && { unknownFields }),
    isTimestampSent: timestamp !== undefined,
    event: {
      id: sent.event_id ? sent.event_id : idFromUlid('event', newUlid()),
      name: sent.event_name,
      externalCustomerId: sent.external_customer_id,
      customerId: sent.customer_id ?? '',
      timestamp: timestamp ?? receivedAt,
      source: sent.source ?? '',
      properties: sent.properties ?? null,
    },
  };
};

/** Parses the event of a preview, as it would be accepted; an omitted id is "". Throws ApiError `validation_error`. */
export const parseEvent = (body: string, receivedAt: number): AcceptedEvent => {
  const sent = parseSentEvent(body);
  const { event, ...accepted } = toAcceptedEvent(sent, receivedAt, () => '');
  return { ...accepted, event: { ...event, id: sent.event_id ?? '' } };
};
