// The write protocol: claims, segments, customer markers, feed, scope markers, acknowledgement, in this order. A crash at
// any point is repaired by the redelivery, which finds the same owned entries and writes the same parts.
import { setImmediate } from 'node:timers/promises';
import { DependencyError } from '../../shared/dependency-error.ts';
import type { Verdict } from '../../shared/domain/matching/decision.ts';
import { type ClaimDeps, claimEvents } from './claim-events.ts';
import { type StoreDeps, type WrittenPart, storeParts } from './store-parts.ts';
import { type Delivery, takeTurns } from './turns.ts';
import { createPause, type Run, startRun } from './delivery.ts';

export interface ProcessorDeps extends ClaimDeps, StoreDeps {
  /** Of a turn; set by tests. */
  readonly eventsAtOnce?: number;
  /** Lets timers and sockets have their turn between events; set by tests. */
  readonly rest?: () => Promise<unknown>;
}

/** However much came, and however slow the table is: what is claimed is soon stored, and the next delivery has less to do. */
const defaultEventsAtOnce = 1_000;

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

/** One group of batches, through the protocol. */
interface Round {
  readonly run: Run;
  readonly parts: readonly WrittenPart[];
}

const countSound = (rounds: readonly Round[]): ProcessingCounts => {
  const verdicts: Partial<Record<Verdict, number>> = {};
  const counts = { stored: 0, duplicates: 0, conflicts: 0, late: 0, verdicts };
  for (const { run, parts } of rounds) {
    for (const work of run.works.filter((one) => !run.hasFailed(one))) {
      counts.stored += work.owned.length;
      counts.duplicates += work.duplicates;
      counts.conflicts += work.conflicts;
    }
    for (const { decision } of parts.flatMap(({ work, contents }) => (run.hasFailed(work) ? [] : contents.entries))) {
      verdicts[decision.verdict] = (verdicts[decision.verdict] ?? 0) + 1;
      if (decision.warnings.some(({ code }) => code === 'late_event')) counts.late += 1;
    }
  }
  return counts;
};

/**
 * Stores what of the batches is not stored yet. Idempotent: any number of deliveries, concurrent ones too, come to the
 * same. Never throws for a fault of a dependency; the batches concerned are reported as failed. `timeLeft`: milliseconds until
 * shortly before the deadline of the invocation, finite; nothing new is begun after that. The batches go in groups of some, each
 * through the whole protocol: a delivery that runs out of time has stored its first groups. A batch whose turn did not come, or
 * whose decisions took more than the share of its scope, has failed: what of it is stored, its next delivery finds.
 */
export const createBatchProcessor =
  (deps: ProcessorDeps) =>
  async (deliveries: readonly Delivery[], timeLeft: () => number): Promise<ProcessingReport> => {
    const { eventsAtOnce = defaultEventsAtOnce, rest = setImmediate } = deps;
    const rounds: Round[] = [];
    const unserved = await takeTurns(deliveries, { eventsAtOnce, timeLeft }, async (group, isOver) => {
      const run = startRun(group, () => timeLeft() <= 0);
      await claimEvents(deps, run);
      rounds.push({ run, parts: await storeParts(deps, run, createPause({ timeLeft, isOver, rest })) });
    });
    const cause = new DependencyError('transient', 'its turn did not come in this invocation');
    const failures = new Map(rounds.flatMap(({ run }) => [...run.failures]));
    for (const { id } of unserved) failures.set(id, cause);
    return { failures, counts: countSound(rounds) };
  };
