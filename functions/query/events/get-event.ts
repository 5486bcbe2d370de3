// Explains one event: whether the catalog of now bills it, and what was found when it came.
import { decodeTime } from 'ulid';
import type { EventLookupBody } from '../../../shared/api/bodies/event-lookup.ts';
import { pendingTracker, toDebugTracker } from '../../../shared/api/events/debug-tracker.ts';
import { toEventBody, toWarningBody } from '../../../shared/api/events/event-bodies.ts';
import {
  type EventLookupRequest,
  toChanges,
  toDecisionBody,
  toProcessedEvents,
} from '../../../shared/api/events/event-lookup.ts';
import { ApiError } from '../../../shared/api/http/problem.ts';
import type { AcceptedEvent, Event } from '../../../shared/domain/events/event.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { arrivalWarnings, toDecision } from '../../../shared/domain/matching/decision.ts';
import { type MatcherDeps, openMatcher } from '../../../shared/domain/matching/matcher.ts';
import type { Warning } from '../../../shared/domain/matching/warnings.ts';
import { formatInstant } from '../../../shared/domain/time/instant.ts';
import type { Claim, ClaimStore } from '../../../shared/store/events/claims.ts';
import type { SegmentStore } from '../../../shared/store/events/segments.ts';
import { warningsOf } from './verdicts.ts';

export interface ExplainDeps extends MatcherDeps {
  /** UTC milliseconds. */
  readonly now: () => number;
}

export interface GetEventDeps extends ExplainDeps {
  readonly claims: Pick<ClaimStore, 'read'>;
  readonly segments: Pick<SegmentStore, 'findEntry'>;
}

const maxIdBytes = 512;

const notFound = (eventId: string, unmet: Readonly<Record<string, string>> = {}): ApiError =>
  new ApiError('not_found', 'Event not found', { event_id: eventId.slice(0, maxIdBytes), ...unmet });

/** Returns the conditions of the request that the event does not meet; none when it is the one asked for. */
const unmetOf = ({ externalCustomerId, range }: EventLookupRequest, { customer, timestamp }: Claim) => ({
  ...(externalCustomerId !== '' &&
    externalCustomerId !== customer && { external_customer_id: 'the event has another' }),
  ...(timestamp < range.start && { start_time: 'the event is before it' }),
  ...(timestamp > range.end && { end_time: 'the event is after it' }),
});

/** Explains how billing treats the event now. `arrival`: what is known about its arrival, with all warnings stored. */
const explain = async (
  deps: ExplainDeps,
  scope: Scope,
  event: Event,
  arrival: { readonly warnings: readonly Warning[]; readonly processedAt: number; readonly ingestedAt?: number },
) => {
  const matcher = await openMatcher(deps, scope, [event.externalCustomerId]);
  const match = matcher.matchEvent(event);
  const isProcessed = match.verdict === 'processed';
  const similarNames = await matcher.similarNameWarnings(event, match);
  const warnings = warningsOf(event, match, { similarNames, stored: arrival.warnings }).map(toWarningBody);
  const body = toEventBody(scope, event, { ingestedAt: arrival.ingestedAt });
  return {
    decision: toDecision(match, []),
    body: {
      event: body,
      events: [body],
      status: isProcessed ? ('processed' as const) : ('failed' as const),
      ...(isProcessed
        ? {
            processed_events: toProcessedEvents(match, matcher.catalog, {
              timestamp: event.timestamp,
              processedAt: arrival.processedAt,
              now: deps.now(),
            }),
          }
        : { debug_tracker: toDebugTracker(scope, event, match) }),
      ...(warnings.length > 0 && { warnings }),
    },
  };
};

const conflictBodies = ({ conflicts, hasMoreConflicts }: Claim): Partial<EventLookupBody> => ({
  ...(conflicts.length > 0 && {
    conflicts: conflicts.map(({ receivedAt, fields }) => ({ received_at: formatInstant(receivedAt), fields })),
  }),
  ...(hasMoreConflicts && { more_conflicts: true }),
});

/** Writes an event whose claim exists and whose segment does not: accepted, on its way. Only the claim is known. */
const toProcessingBody = (scope: Scope, id: string, claim: Claim): EventLookupBody => {
  const { name, customer: externalCustomerId, timestamp, owner } = claim;
  const known = { id, name, externalCustomerId, customerId: '', timestamp, source: '', properties: null };
  const event = toEventBody(scope, known, { ingestedAt: decodeTime(owner.batchId) });
  return {
    event,
    events: [event],
    status: 'processing',
    debug_tracker: pendingTracker,
    ...conflictBodies(claim),
  };
};

/** Creates the lookup. It throws ApiError `not_found` until the event is claimed, or if the request means another; and DependencyError. */
export const createGetEvent =
  (deps: GetEventDeps) =>
  async (scope: Scope, request: EventLookupRequest): Promise<EventLookupBody> => {
    const eventId = request.id;
    // Longer ids are never accepted, and would make a key that DynamoDB refuses.
    if (Buffer.byteLength(eventId) > maxIdBytes || !eventId.isWellFormed()) throw notFound(eventId);
    const claim = await deps.claims.read(scope, eventId);
    if (claim === undefined) throw notFound(eventId);
    const unmet = unmetOf(request, claim);
    if (Object.keys(unmet).length > 0) throw notFound(eventId, unmet);
    const address = { customer: claim.customer, name: claim.name, timestamp: claim.timestamp, ...claim.owner };
    const entry = await deps.segments.findEntry(scope, address, eventId);
    if (entry === undefined) return toProcessingBody(scope, eventId, claim);
    const { body, decision } = await explain(deps, scope, entry.event, {
      warnings: entry.decision.warnings,
      processedAt: entry.decidedAt,
      ingestedAt: decodeTime(claim.owner.batchId),
    });
    const changes = toChanges(entry.decision, decision);
    return {
      ...body,
      decision: toDecisionBody(entry.decision, entry.catalogVersion, entry.decidedAt),
      ...(changes.length > 0 && { changed_since: changes }),
      ...conflictBodies(claim),
    };
  };

/** Creates the preview: the decision and its warnings for an event that is not sent. Nothing is stored. */
export const createPreviewEvent =
  (deps: ExplainDeps) =>
  async (scope: Scope, accepted: AcceptedEvent): Promise<EventLookupBody> => {
    const now = deps.now();
    const { event } = accepted;
    const warnings = arrivalWarnings(accepted, now);
    return (await explain(deps, scope, event, { warnings, processedAt: now })).body;
  };
