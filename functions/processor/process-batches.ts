// The write protocol: claims, segments, customer markers, feed, scope markers, acknowledgement, in this order. A crash at
// any point is repaired by the redelivery, which finds the same owned entries and writes the same parts.
import type { Batch } from '../../shared/domain/batch.ts';
import type { Verdict } from '../../shared/domain/decision.ts';
import { type ClaimDeps, claimEvents } from './claim-events.ts';
import { type StoreDeps, type StoredPart, storeParts } from './store-parts.ts';
import { type Run, startRun } from './work.ts';

export type ProcessorDeps = ClaimDeps & StoreDeps;

/** What acknowledged batches came to; a failed batch is counted when it succeeds. */
export interface ProcessingCounts {
  readonly stored: number;
  readonly duplicates: number;
  readonly conflicts: number;
  /** Stored events that came after their hour. */
  readonly late: number;
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>;
}

export interface ProcessingReport {
  /** Batch id to its first cause. Every other batch is stored completely and may be acknowledged. */
  readonly failures: ReadonlyMap<string, unknown>;
  readonly counts: ProcessingCounts;
}

const countSound = (run: Run, parts: readonly StoredPart[]): ProcessingCounts => {
  const verdicts: Partial<Record<Verdict, number>> = {};
  let late = 0;
  for (const { work, contents } of parts) {
    if (run.hasFailed(work)) continue;
    for (const { decision } of contents.entries) {
      verdicts[decision.verdict] = (verdicts[decision.verdict] ?? 0) + 1;
      if (decision.warnings.some(({ code }) => code === 'late_event')) late += 1;
    }
  }
  const sound = run.works.filter((work) => !run.hasFailed(work));
  const sum = (count: (work: (typeof sound)[number]) => number): number =>
    sound.reduce((total, work) => total + count(work), 0);
  return {
    stored: sum(({ owned }) => owned.length),
    duplicates: sum(({ duplicates }) => duplicates),
    conflicts: sum(({ conflicts }) => conflicts),
    late,
    verdicts,
  };
};

/**
 * Stores what of the batches is not stored yet. Idempotent: any number of deliveries, concurrent ones too, come to the
 * same. Never throws for a fault of a dependency; the batches concerned are reported as failed. `isExpired` turns true
 * shortly before the deadline of the invocation; nothing new is begun after that.
 */
export const createBatchProcessor =
  (deps: ProcessorDeps) =>
  async (deliveries: readonly Batch[], isExpired: () => boolean): Promise<ProcessingReport> => {
    const run = startRun(deliveries, isExpired);
    await claimEvents(deps, run);
    const parts = await storeParts(deps, run);
    return { failures: run.failures, counts: countSound(run, parts) };
  };
