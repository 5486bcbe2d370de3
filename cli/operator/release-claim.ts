// Frees an event id whose batch was lost, so that the event can be sent again: the one way in which a claim ends before its
// time. Nothing else could repair it: a redelivery of another batch never takes over a claim.
import { decodeTime } from 'ulid';
import type { Scope } from '../../shared/domain/ids.ts';
import { msPerDay } from '../../shared/domain/time/instant.ts';
import { maxBatchAgeMs } from '../../shared/domain/events/retention.ts';
import type { ClaimStore } from '../../shared/store/events/claims.ts';
import type { SegmentStore } from '../../shared/store/events/segments.ts';

export type ReleaseOutcome =
  | { readonly kind: 'released'; readonly batchId: string }
  | { readonly kind: 'no_claim' }
  /** The batch may still be processed. */
  | { readonly kind: 'too_young'; readonly batchId: string; readonly ageMs: number }
  /** The event is in a segment: it counts. */
  | { readonly kind: 'stored'; readonly batchId: string }
  /** Another batch took the id meanwhile. */
  | { readonly kind: 'taken' };

export interface ReleaseDeps {
  readonly claims: Pick<ClaimStore, 'read' | 'release'>;
  readonly segments: Pick<SegmentStore, 'findEntry'>;
  /** UTC milliseconds. */
  readonly now: () => number;
}

/** A day more than the processor's limit: far more than clocks differ and an invocation lasts. */
export const releasableAgeMs = maxBatchAgeMs + msPerDay;

/**
 * Releases the claim of a batch that can own nothing any more. The processor sets aside a batch older than 30 days before it
 * looks at a claim, however often its message comes back, so nobody can write the segment between the look and the deletion;
 * and the deletion holds only for the owner that was looked at. Safe to repeat and to run twice at once.
 */
export const releaseClaim = async (deps: ReleaseDeps, scope: Scope, eventId: string): Promise<ReleaseOutcome> => {
  const claim = await deps.claims.read(scope, eventId);
  if (claim === undefined) return { kind: 'no_claim' };
  const { owner, customer, name, timestamp } = claim;
  const { batchId } = owner;
  const ageMs = deps.now() - decodeTime(batchId);
  if (ageMs < releasableAgeMs) return { kind: 'too_young', batchId, ageMs };
  const entry = await deps.segments.findEntry(scope, { customer, name, timestamp, ...owner }, eventId);
  if (entry !== undefined) return { kind: 'stored', batchId };
  const outcome = await deps.claims.release(scope, eventId, owner);
  return outcome === 'written' ? { kind: 'released', batchId } : { kind: 'taken' };
};
