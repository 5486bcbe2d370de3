// Step 1: claims each event id for its owner. The first write wins; every later entry with that id is a duplicate, or a conflict.
import { mapConcurrently } from '../../shared/domain/concurrency.ts';
import { contentHashes, differingFields } from '../../shared/domain/events/content-hash.ts';
import type { AcceptedEvent } from '../../shared/domain/events/event.ts';
import { expiresAt, maxBatchAgeMs } from '../../shared/domain/events/retention.ts';
import type { Scope } from '../../shared/domain/ids.ts';
import type { ClaimOutcome, ClaimStore } from '../../shared/store/events/claims.ts';
import { concurrency, type Delivery, type Progress } from './delivery.ts';

export interface ClaimDeps {
  readonly claims: Pick<ClaimStore, 'claim' | 'noteConflict'>;
  /** UTC milliseconds. */
  readonly now: () => number;
  /** Days; 0: forever. */
  readonly retentionDays: number;
}

/** A batch whose claims are all resolved. */
export interface ClaimedBatch {
  readonly batch: Delivery;
  /** Indexes of the entries that this batch owns, ascending. */
  readonly owned: readonly number[];
  readonly duplicates: number;
  readonly conflicts: number;
}

interface Entry {
  readonly batch: Delivery;
  readonly accepted: AcceptedEvent;
  readonly index: number;
}

interface AnsweredEntry extends Entry {
  readonly outcome: ClaimOutcome;
  /** Wire names of the fields in which it differs from the owner; none for a duplicate. */
  readonly differing: readonly string[];
}

const answer = (entry: Entry, outcome: ClaimOutcome | undefined): AnsweredEntry => {
  if (outcome === undefined) throw new Error('an entry without a claim outcome');
  const isTaken = outcome.kind === 'taken';
  return {
    ...entry,
    outcome,
    differing: isTaken ? differingFields(contentHashes(entry.accepted), outcome.claim.hashes) : [],
  };
};

const toClaimedBatch = (batch: Delivery, entries: readonly AnsweredEntry[]): ClaimedBatch => {
  const owned = entries.filter(({ outcome }) => outcome.kind === 'owned').map(({ index }) => index);
  const conflicts = entries.filter(({ differing }) => differing.length > 0).length;
  return { batch, owned, duplicates: entries.length - owned.length - conflicts, conflicts };
};

const refuseExpired = (progress: Progress, batches: readonly Delivery[], now: number): readonly Delivery[] => {
  const expired = batches.filter(({ receivedAt }) => receivedAt < now - maxBatchAgeMs);
  progress.fail(expired, new Error('set aside: the batch is older than 30 days'));
  return batches.filter((batch) => !progress.hasFailed(batch));
};

/**
 * Claims the events of batches of one scope. A batch that is older than 30 days, or with a claim that is not resolved, has failed:
 * its parts would not be complete.
 */
export const claimEvents = async (
  deps: ClaimDeps,
  progress: Progress,
  scope: Scope,
  batches: readonly Delivery[],
): Promise<readonly ClaimedBatch[]> => {
  const fresh = refuseExpired(progress, batches, deps.now());
  const entries = fresh.flatMap((batch) => batch.events.map((accepted, index): Entry => ({ batch, accepted, index })));
  const outcomes = await progress.attempt(fresh, () =>
    deps.claims.claim(
      entries.map(({ batch, accepted, index }) => ({
        scope,
        accepted,
        owner: { batchId: batch.id, index },
        expiresAt: expiresAt(deps.retentionDays, batch.receivedAt, accepted.event.timestamp),
      })),
    ),
  );
  if (outcomes === undefined) return [];
  const answered = entries.map((entry, position) => answer(entry, outcomes[position]));
  for (const { batch, outcome } of answered) if (outcome.kind === 'unresolved') progress.fail([batch], outcome.cause);
  const conflicts = answered.filter(({ differing }) => differing.length > 0);
  await mapConcurrently(conflicts, concurrency, async ({ batch, accepted, index, differing }) => {
    const conflict = { batchId: batch.id, index, receivedAt: batch.receivedAt, fields: differing };
    // Shown by the lookup, counted as a metric, and no reason to fail a batch: the event that counts is stored either way.
    await deps.claims.noteConflict(scope, accepted.event.id, conflict).catch(() => undefined);
  });
  const byBatch = Map.groupBy(answered, ({ batch }) => batch);
  return Array.from(byBatch, ([batch, ofBatch]) => toClaimedBatch(batch, ofBatch)).filter(
    ({ batch }) => !progress.hasFailed(batch),
  );
};
