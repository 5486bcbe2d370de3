// What event lists and monitoring take: the same list from a query (GET) or from a body (POST).
import * as v from 'valibot';
import {
  comparePositions,
  type Cursor,
  type EventOrder,
  type EventPosition,
  parseCursor,
} from '../domain/event-order.ts';
import { msPerDay } from '../domain/instant.ts';
import { type WindowSize, windowSizes } from '../domain/meter.ts';
import { described } from './described.ts';
import { lastValues, parseBody, parseQuery, type Query } from './parse-request.ts';
import { instantSchema, isObject, textSchema } from './primitives.ts';
import { ApiError, validationError } from './problem.ts';

/** What is asked; "" and empty mean any. */
export interface EventListRequest {
  readonly externalCustomerId: string;
  readonly eventName: string;
  readonly eventId: string;
  readonly source: string;
  /** AND over keys, OR over the values of one; the value "" matches a missing key too. */
  readonly propertyFilters: Readonly<Record<string, readonly string[]>>;
  /** Inclusive at both ends, UTC milliseconds. */
  readonly range: { readonly start: number; readonly end: number };
  /** `iter_last_key`: only what comes after it in list order. With either key there is no offset and no total. */
  readonly from?: EventPosition;
  /** `iter_first_key`: only what is newer, in either order. */
  readonly newerThan?: EventPosition;
  /** UTC milliseconds, where the clock gives the range its end: what a cursor must keep. */
  readonly asOf?: number;
  readonly pageSize: number;
  readonly offset: number;
  readonly sort: 'timestamp' | 'event_name';
  readonly order: EventOrder;
  /** Whether the events of the whole range are to be counted. */
  readonly isTotalWanted: boolean;
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
  start_time: v.nullish(instantSchema),
  end_time: v.nullish(instantSchema),
  iter_first_key: v.nullish(v.string(), ''),
  iter_last_key: v.nullish(v.string(), ''),
  sort: v.nullish(v.picklist(['timestamp', 'event_name']), 'timestamp'),
  order: v.nullish(v.picklist(['asc', 'desc']), 'desc'),
};

const maxFilterKeys = 100;
const maxFilterValues = 1_000;
const isShort = (filters: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(filters).length <= maxFilterKeys &&
  Object.values(filters).every((values) => !Array.isArray(values) || values.length <= maxFilterValues);
const isFilters = (value: unknown): boolean =>
  isObject(value) &&
  isShort(value) &&
  Object.values(value).every((values) => Array.isArray(values) && values.every((text) => typeof text === 'string'));

/** By property; each filter is looked at for every event, so there are bounds. */
export const filtersSchema = described(
  v.custom<EventListRequest['propertyFilters']>(isFilters, ({ input }) =>
    isObject(input) && !isShort(input)
      ? `must have at most ${String(maxFilterKeys)} keys, each with at most ${String(maxFilterValues)} values`
      : 'must be an object of arrays of strings',
  ),
  {
    type: 'object',
    maxProperties: maxFilterKeys,
    additionalProperties: { type: 'array', maxItems: maxFilterValues, items: { type: 'string' } },
  },
);

/** Of `POST /v1/events/query`. */
export const EventListSchema = v.object({
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
});

const wholeText = v.pipe(
  v.nullish(v.string(), '0'),
  v.regex(/^-?\d{1,15}$/, 'must be a whole number'),
  v.transform(Number),
);
/** Of `GET /v1/events`. */
export const EventListQuerySchema = v.object({
  ...fields,
  property_filters: v.nullish(v.string(), ''),
  page_size: wholeText,
  offset: wholeText,
  count_total: v.nullish(v.picklist(['true', 'false']), 'true'),
});

/** `k1:v1,v2;k2:v3`; a part without exactly one colon is left out. */
const parsePropertyFilters = (text: string): Record<string, string[]> =>
  Object.fromEntries(
    text
      .split(';')
      .map((part) => part.split(':'))
      .flatMap(([key, values, ...rest]) =>
        key !== undefined && values !== undefined && rest.length === 0 ? [[key, values.split(',')]] : [],
      ),
  );

/** A cursor, if there is one; throws ApiError `validation_error` that names the field. */
export const parseListKey = (field: string, text: string): Cursor | undefined => {
  if (text === '') return undefined;
  const position = parseCursor(text);
  if (position === undefined) {
    throw new ApiError('validation_error', 'Invalid cursor key format', { [field]: 'must be a key of a list' });
  }
  return position;
};

type Parsed = Omit<v.InferOutput<typeof EventListSchema>, 'page_size'> & { readonly page_size: number };

const toRequest = (parsed: Parsed, isTotalWanted: boolean, now: number): EventListRequest => {
  const last = parseListKey('iter_last_key', parsed.iter_last_key);
  const first = parseListKey('iter_first_key', parsed.iter_first_key);
  if (parsed.sort === 'event_name' && (first ?? last)) {
    throw validationError(
      new Map([[first ? 'iter_first_key' : 'iter_last_key', 'must be absent with sort event_name']]),
    );
  }
  const asOf = last?.asOf ?? now;
  const end = parsed.end_time ?? asOf;
  const start = parsed.start_time ?? end - defaultRangeMs;
  if (end < start) throw validationError(new Map([['end_time', 'must not be before start_time']]));
  // Both keys of one page leave nothing between them: the first one wins.
  const isBetween = !first || !last || parsed.order === 'asc' || comparePositions(first, last) < 0;
  return {
    externalCustomerId: parsed.external_customer_id,
    eventName: parsed.event_name,
    eventId: parsed.event_id,
    source: parsed.source,
    propertyFilters: parsed.property_filters,
    range: { start, end },
    ...(first && { newerThan: first }),
    ...(last && isBetween && { from: last }),
    ...(parsed.end_time == null && { asOf }),
    pageSize: parsed.page_size > 0 ? parsed.page_size : defaultPageSize,
    offset: Math.max(0, parsed.offset),
    sort: parsed.sort,
    order: parsed.order,
    isTotalWanted,
  };
};

/** `now` in UTC milliseconds, the default end. Throws ApiError `validation_error`. */
export const parseEventListQuery = (query: Query, now: number): EventListRequest => {
  const parsed = parseQuery(EventListQuerySchema, lastValues(query));
  const pageSize = parsed.page_size <= defaultPageSize ? parsed.page_size : defaultPageSize;
  const propertyFilters = parsePropertyFilters(parsed.property_filters);
  return toRequest(
    { ...parsed, page_size: pageSize, property_filters: propertyFilters },
    parsed.count_total === 'true',
    now,
  );
};

export const parseEventListBody = (body: string, now: number): EventListRequest =>
  toRequest(parseBody(EventListSchema, body), true, now);

/** Half-open [start, end), UTC milliseconds. */
export interface MonitoringRequest {
  readonly start: number;
  readonly end: number;
  readonly windowSize?: WindowSize;
}

export const MonitoringQuerySchema = v.object({
  start_time: v.nullish(instantSchema),
  end_time: v.nullish(instantSchema),
  window_size: v.nullish(v.picklist(windowSizes)),
});

export const parseMonitoringQuery = (query: Query, now: number): MonitoringRequest => {
  const parsed = parseQuery(MonitoringQuerySchema, lastValues(query));
  const [start, end, windowSize] = [
    parsed.start_time ?? undefined,
    parsed.end_time ?? undefined,
    parsed.window_size ?? undefined,
  ];
  if ((start === undefined) !== (end === undefined)) {
    throw new ApiError('validation_error', 'Please provide both start_time and end_time, or neither', {
      [start === undefined ? 'start_time' : 'end_time']: 'required',
    });
  }
  const range = { start: start ?? now - msPerDay, end: end ?? now };
  if (range.end < range.start) throw validationError(new Map([['end_time', 'must not be before start_time']]));
  return { ...range, ...(windowSize !== undefined && { windowSize }) };
};
