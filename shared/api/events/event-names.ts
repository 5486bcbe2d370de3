// Parses requests for the names of events, and converts names to the body.
import * as v from 'valibot';
import { formatInstant } from '../../domain/time/instant.ts';
import type { EventNamesBody } from '../bodies/event-names.ts';
import { closedObject } from '../http/known-fields.ts';
import { lastValues, parseQuery, type Query } from '../http/parse-request.ts';
import { textSchema } from '../http/primitives.ts';

export const maxNames = 500;
const usualNames = 100;
const limitRule = `must be a whole number from 1 to ${String(maxNames)}`;

/** Query of `GET /v1/events/names`. */
export const EventNamesQuerySchema = closedObject({
  search: v.nullish(textSchema(256), ''),
  limit: v.pipe(
    v.nullish(v.string(), String(usualNames)),
    v.regex(/^\d{1,6}$/, limitRule),
    v.transform(Number),
    v.check((limit) => limit >= 1 && limit <= maxNames, limitRule),
  ),
});

export interface EventNamesRequest {
  /** Part of a name, in any case; "" means any. */
  readonly search: string;
  readonly limit: number;
}

export const parseEventNames = (query: Query): EventNamesRequest =>
  parseQuery(EventNamesQuerySchema, lastValues(query));

/** A name with what is known about its events; `last` (UTC milliseconds) only if there are any. */
export interface KnownName {
  readonly name: string;
  readonly hasMeter: boolean;
  readonly count: number;
  readonly last: number | undefined;
}

export const toEventNamesBody = (names: readonly KnownName[], isComplete: boolean): EventNamesBody => ({
  names: names.map(({ name, hasMeter, count, last }) => ({
    event_name: name,
    has_meter: hasMeter,
    ...(last !== undefined && { last_timestamp: formatInstant(last) }),
    count,
  })),
  complete: isComplete,
});
