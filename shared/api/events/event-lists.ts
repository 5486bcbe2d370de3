// Parses requests for event lists and monitoring; a list is requested by a query (GET) or by a body (POST).
import * as v from 'valibot';
import {
  comparePositions,
  type Cursor,
  type EventOrder,
  type EventPosition,
  parseCursor,
} from '../../domain/events/event-order.ts';
import { msPerDay } from '../../domain/time/instant.ts';
import { type WindowSize, windowSizes } from '../../domain/time/usage-window.ts';
import { closedObject } from '../http/known-fields.ts';
import { lastValues, parseBody, parseQuery, type Query, splitValues } from '../http/parse-request.ts';
import { optionalInstant, textSchema } from '../http/primitives.ts';
import { ApiError, validationError } from '../http/problem.ts';
import { filtersSchema, filtersText, type PropertyFilters } from './property-filters.ts';
import {
  brokenByFilter,
  decidedField,
  hasVerdictFilter,
  toVerdictQuestion,
  type VerdictQuestion,
  verdictLists,
} from './verdict-question.ts';

/** The events that a list shows; "" and empty mean any. */
export interface EventFilter {
  readonly externalCustomerId: string;
  readonly eventName: string;
  readonly eventId: string;
  readonly source: string;
  /** AND over keys, OR over the values of a key; the value "" also matches a missing key. */
  readonly propertyFilters: PropertyFilters;
}

/** Request of a list. */
export interface EventListRequest extends EventFilter {
  /** Inclusive at both ends, UTC milliseconds. */
  readonly range: { readonly start: number; readonly end: number };
  /** `iter_last_key`: only events after it in list order. With either key there is no offset and no total. */
  readonly from?: EventPosition;
  /** `iter_first_key`: only newer events, in either order. */
  readonly newerThan?: EventPosition;
  /** UTC milliseconds; set if the clock determines the end of the range, which a cursor must keep because the default start depends on it. */
  readonly asOf?: number;
  readonly pageSize: number;
  readonly offset: number;
  readonly sort: 'timestamp' | 'event_name';
  readonly order: EventOrder;
  /** Whether to count the events of the whole range. */
  readonly isTotalWanted: boolean;
  /** Its question about verdicts, if it asks any. */
  readonly question?: VerdictQuestion;
}

const defaultPageSize = 50;
const maxPageSize = 10_000;
const defaultRangeMs = 7 * msPerDay;

const filterText = v.nullish(textSchema(512), '');
const fields = {
  external_customer_id: filterText,
  event_name: filterText,
  event_id: filterText,
  source: filterText,
  start_time: optionalInstant,
  end_time: optionalInstant,
  iter_first_key: v.nullish(v.string(), ''),
  iter_last_key: v.nullish(v.string(), ''),
  sort: v.nullish(v.picklist(['timestamp', 'event_name']), 'timestamp'),
  order: v.nullish(v.picklist(['asc', 'desc']), 'desc'),
  ...verdictLists,
  decided: decidedField,
};

/** Body of `POST /v1/events/query`. */
export const EventListSchema = closedObject({
  ...fields,
  property_filters: v.nullish(filtersSchema, {}),
  page_size: v.nullish(
    v.pipe(
      v.number(),
      v.integer('must be a whole number'),
      v.maxValue(maxPageSize, `must be at most ${String(maxPageSize)}`),
    ),
    0,
  ),
  offset: v.nullish(v.pipe(v.number(), v.integer('must be a whole number')), 0),
  conflicts_only: v.nullish(v.boolean(), false),
});

const wholeText = v.pipe(
  v.nullish(v.string(), '0'),
  v.regex(/^-?\d{1,15}$/, 'must be a whole number'),
  v.transform(Number),
);
/** Query of `GET /v1/events`. */
export const EventListQuerySchema = closedObject({
  ...fields,
  property_filters: filtersText,
  page_size: wholeText,
  offset: wholeText,
  count_total: v.nullish(v.picklist(['true', 'false'])),
  conflicts_only: v.nullish(v.picklist(['true', 'false']), 'false'),
});

/** Parses a cursor, if there is one. Throws ApiError `validation_error` that names the field. */
export const parseListKey = (field: string, text: string): Cursor | undefined => {
  if (text === '') return undefined;
  const position = parseCursor(text);
  if (position === undefined) {
    throw new ApiError('validation_error', 'Invalid cursor key format', { [field]: 'must be a cursor from a list' });
  }
  return position;
};

type Parsed = Omit<v.InferOutput<typeof EventListSchema>, 'conflicts_only'>;

interface Asked {
  readonly question: VerdictQuestion;
  /** Whether the request says that it wants the total; undefined: it says nothing. */
  readonly isTotalAsked: boolean | undefined;
}

export const toEventFilter = (
  parsed: Pick<Parsed, 'external_customer_id' | 'event_name' | 'event_id' | 'source' | 'property_filters'>,
): EventFilter => ({
  externalCustomerId: parsed.external_customer_id,
  eventName: parsed.event_name,
  eventId: parsed.event_id,
  source: parsed.source,
  propertyFilters: parsed.property_filters,
});

const toRequest = (parsed: Parsed, { question, isTotalAsked }: Asked, now: number): EventListRequest => {
  const broken = brokenByFilter(question, { ...parsed, isTotalAsked: isTotalAsked === true });
  if (broken.length > 0) throw validationError(new Map(broken));
  const last = parseListKey('iter_last_key', parsed.iter_last_key);
  const first = parseListKey('iter_first_key', parsed.iter_first_key);
  if (parsed.sort === 'event_name' && (first ?? last)) {
    throw validationError(
      new Map([[first ? 'iter_first_key' : 'iter_last_key', 'must be absent with sort event_name']]),
    );
  }
  const asOf = last?.asOf ?? now;
  // Oldest first, events received since the first page come later in the list, so a cursor reaches them.
  const end = parsed.end_time ?? (parsed.order === 'asc' ? Math.max(asOf, now) : asOf);
  const start = parsed.start_time ?? (parsed.end_time ?? asOf) - defaultRangeMs;
  if (end < start) throw validationError(new Map([['end_time', 'must not be before start_time']]));
  // Nothing lies between the two keys of one page, so the first key alone is used.
  const isBetween = !first || !last || parsed.order === 'asc' || comparePositions(first, last) < 0;
  return {
    ...toEventFilter(parsed),
    range: { start, end },
    ...(first && { newerThan: first }),
    ...(last && isBetween && { from: last }),
    ...(parsed.end_time === undefined && { asOf }),
    pageSize: parsed.page_size > 0 ? parsed.page_size : defaultPageSize,
    offset: Math.max(0, parsed.offset),
    sort: parsed.sort,
    order: parsed.order,
    isTotalWanted: isTotalAsked ?? !hasVerdictFilter(question),
    ...((question.isExpanded || hasVerdictFilter(question)) && { question }),
  };
};

/** Parses the query of a list; `now` (UTC milliseconds) is the default end. Throws ApiError `validation_error`. */
export const parseEventListQuery = (query: Query, now: number): EventListRequest => {
  const lists = splitValues(
    Object.fromEntries(Object.entries(query).filter(([name]) => Object.hasOwn(verdictLists, name))),
  );
  const parsed = parseQuery(EventListQuerySchema, { ...lastValues(query), ...lists });
  const pageSize = parsed.page_size <= defaultPageSize ? parsed.page_size : defaultPageSize;
  const question = toVerdictQuestion({ ...parsed, conflicts_only: parsed.conflicts_only === 'true' });
  const isTotalAsked = parsed.count_total ? parsed.count_total === 'true' : undefined;
  return toRequest({ ...parsed, page_size: pageSize }, { question, isTotalAsked }, now);
};

export const parseEventListBody = (body: string, now: number): EventListRequest => {
  const parsed = parseBody(EventListSchema, body);
  return toRequest(parsed, { question: toVerdictQuestion(parsed), isTotalAsked: undefined }, now);
};

/** Request of monitoring; half-open [start, end), UTC milliseconds. "" means any. */
export interface MonitoringRequest {
  readonly externalCustomerId: string;
  readonly eventName: string;
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly windowSize?: WindowSize;
}

export const MonitoringQuerySchema = closedObject({
  start_time: optionalInstant,
  end_time: optionalInstant,
  window_size: v.nullish(v.picklist(windowSizes)),
  external_customer_id: filterText,
  event_name: filterText,
  source: filterText,
});

export const parseMonitoringQuery = (query: Query, now: number): MonitoringRequest => {
  const parsed = parseQuery(MonitoringQuerySchema, lastValues(query));
  const { start_time: start, end_time: end } = parsed;
  const windowSize = parsed.window_size ?? undefined;
  if ((start === undefined) !== (end === undefined)) {
    throw new ApiError('validation_error', 'Please provide both start_time and end_time, or neither', {
      [start === undefined ? 'start_time' : 'end_time']: 'required',
    });
  }
  const range = { start: start ?? now - msPerDay, end: end ?? now };
  if (range.end < range.start) throw validationError(new Map([['end_time', 'must not be before start_time']]));
  return {
    ...range,
    externalCustomerId: parsed.external_customer_id,
    eventName: parsed.event_name,
    source: parsed.source,
    ...(windowSize !== undefined && { windowSize }),
  };
};
