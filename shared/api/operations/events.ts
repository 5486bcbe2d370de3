// Events: sending them, and asking what became of them.
import * as v from 'valibot';
import { EventListQuerySchema, MonitoringQuerySchema } from '../events/event-lists.ts';
import { BulkQuerySchema } from '../events/events.ts';
import { wholeNumberSchema } from '../http/primitives.ts';
import { type RouteId, routes } from '../http/routes.ts';
import { listKeys } from './list-keys.ts';
import type { Operation } from './operation.ts';

const tag = 'Events';
const { start_time, end_time, iter_first_key, iter_last_key, sort, order, ...filters } = EventListQuerySchema.entries;
/** What is below `/v1/events/` and no id. */
const namesOfRoutes = Object.values(routes).flatMap(({ path }) => /^\/v1\/events\/([^{]+)$/.exec(path)?.[1] ?? []);
const lookup = 'Not found until it is accepted; `processing` until it is stored.';
const otherPaths = [...new Set(namesOfRoutes)].map((name) => `\`${name}\``).join(', ');

const lookupFilters = {
  external_customer_id: {
    schema: EventListQuerySchema.entries.external_customer_id,
    description: 'Of the event; any, when left out.',
  },
  start_time: { schema: start_time, description: 'Inclusive: not found when the event is before it.' },
  end_time: { schema: end_time, description: 'Inclusive: not found when the event is after it.' },
};

export const eventOperations = {
  ingestEvent: {
    tag,
    summary: 'Send an event',
    description: 'The answer means that the event is durable. Sending it again changes nothing: the first one counts.',
    request: 'Event',
    status: 202,
    response: 'EventAccepted',
  },
  ingestEventsBulk: {
    tag,
    summary: 'Send many events',
    description:
      'All or nothing: one bad event refuses all, and is named. When the answer is 503, `details.events` tells which events are durable; send the others again with the same `event_id`.',
    request: 'Events',
    query: {
      include: {
        schema: BulkQuerySchema.entries.include,
        description: '`event_ids`: the answer holds the ids, in the order sent.',
      },
    },
    status: 202,
    response: 'EventsAccepted',
  },
  previewEvent: {
    tag,
    summary: 'Explain an event without sending it',
    description: 'Nothing is stored.',
    request: 'Event',
    status: 200,
    response: 'EventLookup',
  },
  listEvents: {
    tag,
    summary: 'List events',
    query: {
      external_customer_id: { schema: filters.external_customer_id },
      event_name: { schema: filters.event_name },
      event_id: { schema: filters.event_id },
      source: { schema: filters.source },
      property_filters: {
        schema: v.string(),
        description: '`key:value,other;key2:value`: all keys, one of the values, which may have colons. Each key once.',
      },
      start_time: { schema: start_time, description: 'Inclusive; 7 days before the end when left out.' },
      end_time: { schema: end_time, description: 'Inclusive; now, when left out.' },
      iter_first_key: { schema: iter_first_key, description: listKeys.first },
      iter_last_key: { schema: iter_last_key, description: listKeys.last },
      page_size: { schema: v.pipe(v.number(), v.integer()), description: '50 when it is more, or not there.' },
      offset: {
        schema: wholeNumberSchema(0, 10_000),
        description: 'Page on with `iter_last_key` beyond, and where a range is long and sparse.',
      },
      sort: {
        schema: sort,
        description:
          '`event_name` only where one request reads the whole range, of at most 10,000 events; paged by `offset`.',
      },
      order: { schema: order },
      count_total: { schema: v.optional(v.boolean(), true) },
    },
    status: 200,
    response: 'EventList',
  },
  queryEvents: {
    tag,
    summary: 'List events, asked for in a body',
    request: 'EventListRequest',
    status: 200,
    response: 'EventList',
  },
  lookUpEvent: {
    tag,
    summary: 'Explain an event',
    description: lookup,
    query: { id: { schema: v.string(), description: 'The `event_id`.', isRequired: true }, ...lookupFilters },
    status: 200,
    response: 'EventLookup',
    problems: ['not_found'],
  },
  getEvent: {
    tag,
    summary: 'Explain an event, by path',
    description: `${lookup} The paths ${otherPaths} are other operations: an event of such an id is found by \`GET /v1/events/lookup?id=\`, which takes every id. So is one whose id has \`.\` or \`..\` between slashes or ends in a slash, for clients and gateways change such paths.`,
    query: lookupFilters,
    path: { id: 'The `event_id`. It may contain slashes, encoded as `%2F` or as they are.' },
    status: 200,
    response: 'EventLookup',
    problems: ['not_found'],
  },
  monitorEvents: {
    tag,
    summary: 'Count events, and what waits to be processed',
    query: {
      start_time: { schema: MonitoringQuerySchema.entries.start_time, description: 'Both ends or none: the last day.' },
      end_time: { schema: MonitoringQuerySchema.entries.end_time, description: 'Exclusive.' },
      window_size: { schema: MonitoringQuerySchema.entries.window_size },
    },
    status: 200,
    response: 'Monitoring',
  },
} as const satisfies Partial<Record<RouteId, Operation>>;
