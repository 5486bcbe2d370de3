// Processes the batches of one invocation: scopes take turns, and each group of a scope's batches goes through the whole write protocol.
import { setImmediate } from 'node:timers/promises';
import { DependencyError } from '../../shared/dependency-error.ts';
import type { Verdict } from '../../shared/domain/matching/decision.ts';
import { createPause, type Delivery, startProgress } from './delivery.ts';
import { type StoredScope, storeScope, type StoreScopeDeps } from './store-scope.ts';
import { takeTurns } from './turns.ts';

export interface ProcessorDeps extends StoreScopeDeps {
  /** How many events a turn takes at most; set by tests. */
  readonly eventsAtOnce?: number;
  /** Lets timers and sockets have their turn between events; set by tests. */
  readonly rest?: () => Promise<unknown>;
}

/** Events per group. Small, so that a timeout loses at most one group's work. */
const defaultEventsAtOnce = 1_000;

/** Counts of acknowledged batches; a failed batch is counted when it succeeds. */
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

/** Counts what was stored of the batches that have not failed. */
const countStored = (stored: readonly StoredScope[], failures: ProcessingReport['failures']): ProcessingCounts => {
  const verdicts: Partial<Record<Verdict, number>> = {};
  const counts = { stored: 0, duplicates: 0, conflicts: 0, late: 0, verdicts };
  for (const { batch, owned, duplicates, conflicts } of stored.flatMap(({ batches }) => batches)) {
    if (failures.has(batch.id)) continue;
    counts.stored += owned.length;
    counts.duplicates += duplicates;
    counts.conflicts += conflicts;
  }
  const parts = stored.flatMap((scope) => scope.parts).filter(({ batch }) => !failures.has(batch.id));
  for (const { decision } of parts.flatMap(({ contents }) => contents.entries)) {
    verdicts[decision.verdict] = (verdicts[decision.verdict] ?? 0) + 1;
    if (decision.warnings.some(({ code }) => code === 'late_event')) counts.late += 1;
  }
  return counts;
};

/**
 * Stores what of the batches is not stored yet. Idempotent: any number of deliveries, concurrent ones too, have the same
 * result. It never throws for a fault of a dependency; the batches concerned are reported as failed. `timeLeft`: milliseconds until
 * shortly before the deadline of the invocation, finite; nothing new is begun after that. Batches go through the protocol in groups:
 * a delivery that runs out of time has stored its first groups. A batch whose turn did not come, or whose decisions took more than
 * the share of its scope, has failed; its next delivery finds what of it is stored.
 */
export const createBatchProcessor =
  (deps: ProcessorDeps) =>
  async (deliveries: readonly Delivery[], timeLeft: () => number): Promise<ProcessingReport> => {
    const { eventsAtOnce = defaultEventsAtOnce, rest = setImmediate } = deps;
    const progress = startProgress(() => timeLeft() <= 0);
    const stored: StoredScope[] = [];
    const unserved = await takeTurns(deliveries, { eventsAtOnce, timeLeft }, async (scope, group, isOver) => {
      const pause = createPause({ timeLeft, isOver, rest });
      stored.push(await storeScope(deps, scope, group, { progress, pause }));
    });
    progress.fail(unserved, new DependencyError('transient', 'its turn did not come in this invocation'));
    return { failures: progress.failures, counts: countStored(stored, progress.failures) };
  };
