// Describes the routes of events.
import * as v from 'valibot';
import { EventListQuerySchema, MonitoringQuerySchema } from '../events/event-lists.ts';
import { EventNamesQuerySchema, maxNames } from '../events/event-names.ts';
import { LiveQuerySchema } from '../events/live-events.ts';
import { BulkQuerySchema } from '../events/events.ts';
import { wholeNumberSchema } from '../http/primitives.ts';
import { type RouteId, shadowedEventIds } from '../http/routes.ts';
import { listKeys } from './list-cursors.ts';
import type { Operation } from './operation.ts';
import { verdictNotes } from './verdict-notes.ts';

const tag = 'Events';
const { start_time, end_time, iter_first_key, iter_last_key, sort, order, ...filters } = EventListQuerySchema.entries;
const propertyFilters = {
  schema: v.string(),
  description:
    '`key:value,other;key2:value`: every key must have one of its values, which may contain colons. Name each key once.',
};
const live = LiveQuerySchema.entries;
const lookup = 'Not found until the event is accepted; `processing` until it is stored.';
const otherPaths = shadowedEventIds.map((id) => `\`${id}\``).join(', ');

const lookupFilters = {
  external_customer_id: {
    schema: EventListQuerySchema.entries.external_customer_id,
    description: 'The event must belong to this customer; defaults to any.',
  },
  start_time: { schema: start_time, description: 'Inclusive: not found if the event is earlier.' },
  end_time: { schema: end_time, description: 'Inclusive: not found if the event is later.' },
};

export const eventOperations = {
  ingestEvent: {
    tag,
    summary: 'Send an event',
    description:
      'Once answered with 202, the event is durable. Sending it again changes nothing: the first one counts.',
    request: 'Event',
    status: 202,
    response: 'EventAccepted',
  },
  ingestEventsBulk: {
    tag,
    summary: 'Send many events',
    description:
      'All or nothing: if one event is invalid, all are refused, and the error names it. After a 503, `details.events` tells which events are durable; send the others again with the same `event_id`.',
    request: 'Events',
    query: {
      include: {
        schema: BulkQuerySchema.entries.include,
        description: '`event_ids`: the answer contains the ids, in the order sent.',
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
      property_filters: propertyFilters,
      start_time: { schema: start_time, description: 'Inclusive; defaults to 7 days before the end.' },
      end_time: { schema: end_time, description: 'Inclusive; defaults to now.' },
      iter_first_key: { schema: iter_first_key, description: listKeys.first },
      iter_last_key: { schema: iter_last_key, description: listKeys.last },
      page_size: {
        schema: v.pipe(v.number(), v.integer()),
        description: 'Defaults to 50; a higher value also means 50.',
      },
      offset: {
        schema: wholeNumberSchema(0, 10_000),
        description: 'Beyond that, and for long sparse ranges, page with `iter_last_key`.',
      },
      sort: {
        schema: sort,
        description:
          '`event_name` works only if one request can read the whole range, of at most 10,000 events; it is paged by `offset`.',
      },
      order: { schema: order },
      count_total: {
        schema: v.optional(v.boolean(), true),
        description: 'Not with a filter by verdict: such a list has no total, no `offset` and no `sort` by name.',
      },
      status: { schema: filters.status, description: verdictNotes.status },
      failure_point_types: { schema: filters.failure_point_types, description: verdictNotes.failure_point_types },
      warning_codes: { schema: filters.warning_codes, description: verdictNotes.warning_codes },
      conflicts_only: { schema: v.optional(v.boolean(), false), description: verdictNotes.conflicts_only },
      decided: { schema: filters.decided, description: verdictNotes.decided },
      expand: { schema: filters.expand, description: verdictNotes.expand },
    },
    status: 200,
    response: 'EventList',
  },
  queryEvents: {
    tag,
    summary: 'List events by a body',
    request: 'EventListRequest',
    status: 200,
    response: 'EventList',
  },
  listEventFailures: {
    tag,
    summary: 'List why events are not billed, by cause',
    description:
      'Groups events that no line item bills, and those that count as zero because of a property, by the catalog as it is now, each with what would correct it. An answer examines at most 10,000 events of at most 1,000 customers, newest first; its `cursor` continues, and the counts of the answers add up.',
    request: 'EventFailuresRequest',
    status: 200,
    response: 'EventFailures',
  },
  listEventNames: {
    tag,
    summary: 'List event names',
    description: 'Names of the events of the last 24 hours, and those that published meters have.',
    query: {
      search: { schema: EventNamesQuerySchema.entries.search, description: 'Only names that contain it, in any case.' },
      limit: { schema: wholeNumberSchema(1, maxNames), description: 'Defaults to 100.' },
    },
    status: 200,
    response: 'EventNames',
  },
  followEvents: {
    tag,
    summary: 'Follow events',
    description:
      'The events in the order in which they were stored, late ones too, each with its verdict. Every stored event comes at least once; a second time, with the same id, only after a redelivery. Ask again with `after`: at once if `has_more`, else after a second. One answer passes at most 1,000 events and 5 MB. Where it is off, it answers 400 `invalid_operation`: a stage is deployed with `-c live=on`.',
    query: {
      after: { schema: live.after, description: 'The `cursor` of the answer before; left out: the newest 50 events.' },
      limit: { schema: wholeNumberSchema(1, 500), description: 'Defaults to 200.' },
      external_customer_id: { schema: filters.external_customer_id },
      event_name: { schema: filters.event_name },
      event_id: { schema: filters.event_id },
      source: { schema: filters.source },
      property_filters: propertyFilters,
      status: { schema: filters.status, description: verdictNotes.status },
      failure_point_types: { schema: filters.failure_point_types, description: verdictNotes.failure_point_types },
      warning_codes: { schema: filters.warning_codes, description: verdictNotes.warning_codes },
      conflicts_only: { schema: v.optional(v.boolean(), false), description: verdictNotes.conflicts_only },
      decided: { schema: filters.decided, description: verdictNotes.decided },
    },
    status: 200,
    response: 'LiveEvents',
    problems: ['invalid_operation'],
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
    summary: 'Explain an event by path',
    description: `${lookup} The paths ${otherPaths} are other operations: for an event with such an id use \`GET /v1/events/lookup?id=\`, which accepts every id. Use it also for ids that have \`.\` or \`..\` between slashes or end with a slash, because clients and gateways change such paths.`,
    query: lookupFilters,
    path: { id: 'The `event_id`. It may contain slashes, encoded as `%2F` or unencoded.' },
    status: 200,
    response: 'EventLookup',
    problems: ['not_found'],
  },
  monitorEvents: {
    tag,
    summary: 'Count events and the messages still to be processed',
    query: {
      start_time: {
        schema: MonitoringQuerySchema.entries.start_time,
        description: 'Give both ends or neither; defaults to the last day.',
      },
      end_time: { schema: MonitoringQuerySchema.entries.end_time, description: 'Exclusive.' },
      window_size: { schema: MonitoringQuerySchema.entries.window_size },
      external_customer_id: { schema: MonitoringQuerySchema.entries.external_customer_id },
      event_name: { schema: MonitoringQuerySchema.entries.event_name },
      source: {
        schema: MonitoringQuerySchema.entries.source,
        description: 'Events have to be read for it, at most 100,000.',
      },
    },
    status: 200,
    response: 'Monitoring',
  },
} as const satisfies Partial<Record<RouteId, Operation>>;
