// Ingests events, all or nothing: a request is acknowledged only once its events are durable in the queue.
import type { EventAcceptedBody, EventsAcceptedBody } from '../../shared/api/bodies/events.ts';
import type { RouteHandler } from '../../shared/api/http/exchange.ts';
import {
  parseBulkQuery,
  parseSentEvent,
  parseSentEvents,
  type SentEvent,
  toAcceptedEvent,
} from '../../shared/api/events/events.ts';
import { ApiError, validationError } from '../../shared/api/http/problem.ts';
import type { RouteIdOf } from '../../shared/api/http/routes.ts';
import type { AcceptedEvent } from '../../shared/domain/events/event.ts';
import type { Scope } from '../../shared/domain/ids.ts';
import { msPerDay } from '../../shared/domain/time/instant.ts';
import type { EventQueue } from '../../shared/queue/event-queue.ts';
import type { Metrics } from '../../shared/telemetry/metrics.ts';

export interface IngestDeps {
  readonly enqueue: EventQueue['enqueue'];
  readonly metrics: Pick<Metrics, 'count'>;
  /** UTC milliseconds. */
  readonly now: () => number;
  /** Returns a ULID of a time, UTC milliseconds. */
  readonly newUlid: (time: number) => string;
  /** Days; 0: forever. */
  readonly retentionDays: number;
}

/** Returns the JSON path of the event at an index of a request. */
type PathOf = (index: number) => string;

const retryAfterSeconds = 2;
const idOf = ({ event }: AcceptedEvent): string => event.id;

const tooLarge = (indexes: readonly number[], pathOf: PathOf): ApiError =>
  validationError(new Map(indexes.map((index) => [pathOf(index) || 'body', 'must be at most 64 KB of JSON'])));

/** Refuses events that are older than the retention. Throws ApiError `validation_error`. */
const refuseExpired = (events: readonly AcceptedEvent[], oldest: number, days: number, pathOf: PathOf): void => {
  const rules = new Map<string, string>();
  for (const [index, { event }] of events.entries()) {
    const path = pathOf(index);
    const rule = `must be within the last ${String(days)} days`;
    if (event.timestamp < oldest) rules.set(path === '' ? 'timestamp' : `${path}.timestamp`, rule);
  }
  if (rules.size > 0) throw validationError(rules);
};

export const createIngestEvents = (deps: IngestDeps) => {
  /** Returns the accepted events once all of them are durable. */
  const ingest = async (
    scope: Scope,
    sent: readonly SentEvent[],
    pathOf: PathOf,
  ): Promise<readonly AcceptedEvent[]> => {
    const { now, newUlid, retentionDays, metrics } = deps;
    const receivedAt = now();
    const events = sent.map((event) => toAcceptedEvent(event, receivedAt, () => newUlid(receivedAt)));
    if (retentionDays > 0) refuseExpired(events, receivedAt - retentionDays * msPerDay, retentionDays, pathOf);
    const outcome = await deps.enqueue(scope, receivedAt, events);
    if (outcome.kind === 'too_large') throw tooLarge(outcome.indexes, pathOf);
    const { isConfirmed, messages, cause } = outcome;
    metrics.count('events_accepted', isConfirmed.filter(Boolean).length);
    metrics.count('batches_sent', messages);
    if (isConfirmed.includes(false)) {
      const state = events.map(({ event }, index) => ({ index, event_id: event.id, durable: isConfirmed[index] }));
      throw new ApiError(
        'service_unavailable',
        'Not every event is durable: send the others again with the same event_id',
        { events: state },
        retryAfterSeconds,
        { cause },
      );
    }
    return events;
  };

  return {
    ingestEvent: async ({ caller, body }) => {
      const sent = parseSentEvent(body);
      const [event_id = ''] = (await ingest(caller.scope, [sent], () => '')).map(idOf);
      return { status: 202, body: { message: 'Event accepted for processing', event_id } satisfies EventAcceptedBody };
    },
    ingestEventsBulk: async ({ caller, query, body }) => {
      const areIdsWanted = parseBulkQuery(query).include === 'event_ids';
      const events = parseSentEvents(body);
      const accepted = await ingest(caller.scope, events, (index) => `events[${String(index)}]`);
      return {
        status: 202,
        body: {
          message: 'Events accepted for processing',
          // Official SDKs read the answer as a map of strings.
          ...(areIdsWanted && { event_ids: accepted.map(idOf) }),
        } satisfies EventsAcceptedBody,
      };
    },
  } satisfies Record<RouteIdOf<'ingest'>, RouteHandler>;
};
