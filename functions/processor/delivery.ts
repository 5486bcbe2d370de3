// The batches of one invocation on their way through the write protocol, and which of them have failed.
import { DependencyError } from '../../shared/dependency-error.ts';
import type { Pause } from '../../shared/domain/matching/matcher.ts';
import type { Delivery } from './turns.ts';

/** One batch under way. */
export interface Work {
  readonly batch: Delivery;
  /** Batch indexes whose claim holds exactly this batch and index, ascending. */
  readonly owned: number[];
  duplicates: number;
  conflicts: number;
}

/** Requests to one store under way at once. */
export const concurrency = 32;

export interface Run {
  readonly works: readonly Work[];
  /** Batch id to the first cause. */
  readonly failures: ReadonlyMap<string, unknown>;
  readonly hasFailed: (work: Work) => boolean;
  readonly fail: (concerned: readonly Work[], cause: unknown) => void;
  /** Runs an effect on behalf of batches. When it fails, or time is up, all of them have failed and the answer is undefined. */
  readonly attempt: <T>(concerned: readonly Work[], effect: () => Promise<T>) => Promise<T | undefined>;
}

const restEveryMs = 20;

/** Asked between events: fails once the turn is over, and rests now and then. */
export const createPause = ({
  timeLeft,
  isOver,
  rest,
}: {
  readonly timeLeft: () => number;
  readonly isOver: () => boolean;
  readonly rest: () => Promise<unknown>;
}): Pause => {
  let restAt = timeLeft() - restEveryMs;
  return () => {
    if (isOver()) throw new DependencyError('transient', 'the share of its scope of this invocation is spent');
    const left = timeLeft();
    if (left > restAt) return undefined;
    restAt = left - restEveryMs;
    return rest();
  };
};

/** Runs tasks one after the other, in the order asked; one that fails holds up none. */
export const inSequence = (): (<T>(task: () => Promise<T>) => Promise<T>) => {
  let before: Promise<unknown> = Promise.resolve();
  return (task) => {
    const mine = before.then(task);
    before = mine.catch(() => undefined);
    return mine;
  };
};

/** The batches are distinct. */
export const startRun = (batches: readonly Delivery[], isExpired: () => boolean): Run => {
  const failures = new Map<string, unknown>();
  const hasFailed = ({ batch }: Work): boolean => failures.has(batch.id);
  const fail = (concerned: readonly Work[], cause: unknown): void => {
    for (const { batch } of concerned) if (!failures.has(batch.id)) failures.set(batch.id, cause);
  };
  return {
    works: batches.map((batch) => ({ batch, owned: [], duplicates: 0, conflicts: 0 })),
    failures,
    hasFailed,
    fail,
    attempt: async (concerned, effect) => {
      if (concerned.every(hasFailed)) return undefined;
      try {
        if (isExpired()) throw new DependencyError('transient', 'the invocation is running out of time');
        return await effect();
      } catch (cause) {
        fail(concerned, cause);
        return undefined;
      }
    },
  };
};
