// One event explained: billed or not by the catalog of now, and what was found when it came.
import type { EventLookupBody } from '../../shared/api/bodies/event-lookup.ts';
import { toChanges, toDecisionBody, toProcessedEvents, toWarningBody } from '../../shared/api/event-lookup.ts';
import { pendingTracker, toDebugTracker } from '../../shared/api/debug-tracker.ts';
import { toEventBody } from '../../shared/api/event-bodies.ts';
import { ApiError } from '../../shared/api/problem.ts';
import { type DeciderDeps, openDecider } from '../../shared/domain/decider.ts';
import { quantityNotes, toDecision, type Warning, timeWarnings } from '../../shared/domain/decision.ts';
import type { Event } from '../../shared/domain/event.ts';
import type { Scope } from '../../shared/domain/ids.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import type { Claim, ClaimStore } from '../../shared/store/claims.ts';
import type { SegmentStore } from '../../shared/store/segments.ts';

export interface ExplainDeps extends DeciderDeps {
  /** UTC milliseconds. */
  readonly now: () => number;
}

export interface GetEventDeps extends ExplainDeps {
  readonly claims: Pick<ClaimStore, 'read'>;
  readonly segments: Pick<SegmentStore, 'findEntry'>;
}

const maxIdBytes = 512;

const notFound = (eventId: string): ApiError =>
  new ApiError('not_found', 'Event not found', { event_id: eventId.slice(0, maxIdBytes) });

/** What billing makes of the event now. `arrival` are the warnings of when it came: late, or in the future. */
const explain = async (
  deps: DeciderDeps,
  scope: Scope,
  event: Event,
  arrival: { readonly warnings: readonly Warning[]; readonly processedAt: number },
) => {
  const decider = await openDecider(deps, scope, [event.externalCustomerId]);
  const attribution = decider.attribute(event);
  const isProcessed = attribution.verdict === 'processed';
  const warnings = [
    ...attribution.warnings,
    ...(await decider.nearMisses(event, attribution)),
    ...arrival.warnings,
    ...quantityNotes(event, attribution),
  ].map(toWarningBody);
  return {
    decision: toDecision(attribution, []),
    body: {
      event: toEventBody(scope, event),
      status: isProcessed ? ('processed' as const) : ('failed' as const),
      ...(isProcessed
        ? {
            processed_events: toProcessedEvents(attribution, decider.catalog, {
              timestamp: event.timestamp,
              processedAt: arrival.processedAt,
            }),
          }
        : { debug_tracker: toDebugTracker(scope, event, attribution) }),
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

/** The claim exists and the segment does not: accepted, on its way. Only what the claim holds is known. */
const toProcessingBody = (scope: Scope, eventId: string, claim: Claim): EventLookupBody => ({
  event: toEventBody(scope, {
    id: eventId,
    name: claim.name,
    externalCustomerId: claim.customer,
    customerId: '',
    timestamp: claim.timestamp,
    source: '',
    properties: null,
  }),
  status: 'processing',
  debug_tracker: pendingTracker,
  ...conflictBodies(claim),
});

/** Throws ApiError not_found until the event is claimed, DependencyError. */
export const createGetEvent =
  (deps: GetEventDeps) =>
  async (scope: Scope, eventId: string): Promise<EventLookupBody> => {
    // Longer ids are never accepted, and would make a key that DynamoDB refuses.
    if (Buffer.byteLength(eventId) > maxIdBytes || !eventId.isWellFormed()) throw notFound(eventId);
    const claim = await deps.claims.read(scope, eventId);
    if (claim === undefined) throw notFound(eventId);
    const address = { customer: claim.customer, name: claim.name, timestamp: claim.timestamp, ...claim.owner };
    const entry = await deps.segments.findEntry(scope, address, eventId);
    if (entry === undefined) return toProcessingBody(scope, eventId, claim);
    const arrivalWarnings = entry.decision.warnings.filter(
      ({ code }) => code === 'late_event' || code === 'future_timestamp',
    );
    const { body, decision } = await explain(deps, scope, entry.event, {
      warnings: arrivalWarnings,
      processedAt: entry.decidedAt,
    });
    const changes = toChanges(entry.decision, decision);
    return {
      ...body,
      decision: toDecisionBody(entry.decision, entry.catalogVersion, entry.decidedAt),
      ...(changes.length > 0 && { changed_since: changes }),
      ...conflictBodies(claim),
    };
  };

/** The decision and its warnings for an event that is not sent; nothing is stored. */
export const createPreviewEvent =
  (deps: ExplainDeps) =>
  async (scope: Scope, event: Event): Promise<EventLookupBody> => {
    const now = deps.now();
    const warnings = timeWarnings(event.timestamp, now);
    return (await explain(deps, scope, event, { warnings, processedAt: now })).body;
  };
