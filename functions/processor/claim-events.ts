// Step 1: who owns each event id. First write wins; every later entry with that id is a duplicate, or a conflict.
import { mapConcurrently } from '../../shared/domain/concurrency.ts';
import { contentHashes, differingFields } from '../../shared/domain/events/content-hash.ts';
import type { AcceptedEvent } from '../../shared/domain/events/event.ts';
import { expiresAt, maxBatchAgeMs } from '../../shared/domain/events/retention.ts';
import type { ClaimStore } from '../../shared/store/events/claims.ts';
import { concurrency, type Run, type Work } from './delivery.ts';

export interface ClaimDeps {
  readonly claims: Pick<ClaimStore, 'claim' | 'noteConflict'>;
  /** UTC milliseconds. */
  readonly now: () => number;
  /** Days; 0: for ever. */
  readonly retentionDays: number;
}

interface Entry {
  readonly work: Work;
  readonly accepted: AcceptedEvent;
  readonly index: number;
}

/** Fills in what each batch owns. A batch with an unresolved claim has failed: its parts would not be complete. */
export const claimEvents = async (deps: ClaimDeps, run: Run): Promise<void> => {
  const oldest = deps.now() - maxBatchAgeMs;
  run.fail(
    run.works.filter(({ batch }) => batch.receivedAt < oldest),
    new Error('set aside: the batch is older than 30 days'),
  );
  const entries = run.works
    .filter((work) => !run.hasFailed(work))
    .flatMap((work) => work.batch.events.map((accepted, index): Entry => ({ work, accepted, index })));
  const outcomes = await run.attempt(run.works, () =>
    deps.claims.claim(
      entries.map(({ work: { batch }, accepted, index }) => ({
        scope: batch.scope,
        accepted,
        owner: { batchId: batch.id, index },
        expiresAt: expiresAt(deps.retentionDays, batch.receivedAt, accepted.event.timestamp),
      })),
    ),
  );
  const conflicts: { entry: Entry; fields: readonly string[] }[] = [];
  for (const [position, outcome] of (outcomes ?? []).entries()) {
    const entry = entries[position];
    if (entry === undefined) throw new Error('more claim outcomes than entries');
    if (outcome.kind === 'unresolved') run.fail([entry.work], outcome.cause);
    else if (outcome.kind === 'owned') entry.work.owned.push(entry.index);
    else {
      const fields = differingFields(contentHashes(entry.accepted), outcome.claim.hashes);
      entry.work[fields.length === 0 ? 'duplicates' : 'conflicts'] += 1;
      if (fields.length > 0) conflicts.push({ entry, fields });
    }
  }
  await mapConcurrently(conflicts, concurrency, async ({ entry: { work, accepted, index }, fields }) => {
    const { id: batchId, scope, receivedAt } = work.batch;
    const conflict = { batchId, index, receivedAt, fields };
    // Shown by the lookup, counted as a metric, and no reason to fail a batch: the event that counts is stored either way.
    await deps.claims.noteConflict(scope, accepted.event.id, conflict).catch(() => undefined);
  });
};
