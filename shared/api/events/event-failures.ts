// Parses requests for the failures of a time range by cause.
import * as v from 'valibot';
import { type EventPosition, parseCursor } from '../../domain/events/event-order.ts';
import { type FailurePoint, failurePoints } from '../../domain/matching/decision.ts';
import { closedObject } from '../http/known-fields.ts';
import { parseBody } from '../http/parse-request.ts';
import { arraySchema, requiredInstant, textSchema, wholeNumberSchema } from '../http/primitives.ts';
import { validationError } from '../http/problem.ts';

/** Request of failures; "" means any. */
export interface EventFailuresRequest {
  /** Inclusive at both ends, UTC milliseconds. */
  readonly range: { readonly start: number; readonly end: number };
  readonly externalCustomerId: string;
  readonly eventName: string;
  /** undefined: all, and the warnings that zero a quantity. */
  readonly failurePoints: readonly FailurePoint[] | undefined;
  /** Most groups of an answer. */
  readonly pageSize: number;
  /** Only events after it in list order, newest first. */
  readonly from?: EventPosition;
}

const maxPageSize = 100;

/** Body of `POST /v1/events/failures`. */
export const EventFailuresSchema = closedObject({
  start_time: requiredInstant,
  end_time: requiredInstant,
  external_customer_id: v.nullish(textSchema(512), ''),
  event_name: v.nullish(textSchema(512), ''),
  failure_point_types: v.nullish(arraySchema(v.picklist(failurePoints), 0, failurePoints.length)),
  page_size: v.nullish(wholeNumberSchema(1, maxPageSize), maxPageSize),
  cursor: v.nullish(v.string(), ''),
});

/** Throws ApiError `validation_error`. */
export const parseEventFailures = (body: string): EventFailuresRequest => {
  const parsed = parseBody(EventFailuresSchema, body);
  const { start_time: start, end_time: end, failure_point_types: points, cursor } = parsed;
  if (end < start) throw validationError(new Map([['end_time', 'must not be before start_time']]));
  const from = cursor === '' ? undefined : parseCursor(cursor);
  if (cursor !== '' && !from) throw validationError(new Map([['cursor', 'must be a cursor of this operation']]));
  return {
    // The end of the request is exclusive.
    range: { start, end: end - 1 },
    externalCustomerId: parsed.external_customer_id,
    eventName: parsed.event_name,
    failurePoints: points && points.length > 0 ? points : undefined,
    pageSize: parsed.page_size,
    ...(from && { from: { timestamp: from.timestamp, id: from.id } }),
  };
};
