// Releases the claim of an event whose batch was lost, so that the event can be sent again. Nothing else deletes a claim before
// it expires, and no other batch ever takes one over.
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

/** One day more than the processor's limit, which covers clock differences and the length of an invocation. */
export const releasableAgeMs = maxBatchAgeMs + msPerDay;

/**
 * Releases the claim of a batch that is too old to be processed. The processor sets aside batches older than 30 days before it
 * reads their claims, so nobody can write the segment between this check and the deletion. The deletion is conditional on the
 * owner that was read. Safe to repeat and to run concurrently.
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
