// Deliveries of batches in one invocation, and what has become of them: an effect that fails fails the batches it was for.
import { DependencyError } from '../../shared/dependency-error.ts';
import type { Batch } from '../../shared/domain/events/batch.ts';
import type { Pause } from '../../shared/domain/matching/matcher.ts';

/** A batch as it was received. */
export interface Delivery extends Batch {
  /** How often the batch was received, this time included; left out: once. */
  readonly receives?: number;
}

/** Requests to one store under way at once. */
export const concurrency = 32;

/** Which batches of an invocation have failed so far. Every step takes the others. */
export interface Progress {
  /** Batch id to the first cause. */
  readonly failures: ReadonlyMap<string, unknown>;
  readonly hasFailed: (batch: Batch) => boolean;
  readonly fail: (batches: readonly Batch[], cause: unknown) => void;
  /** Runs an effect on behalf of batches. If it fails, or time is up, all of them have failed and the answer is undefined. */
  readonly attempt: <T>(batches: readonly Batch[], effect: () => Promise<T>) => Promise<T | undefined>;
}

/** `isExpired`: there is no time left to begin anything new. */
export const startProgress = (isExpired: () => boolean): Progress => {
  const failures = new Map<string, unknown>();
  const hasFailed = ({ id }: Batch): boolean => failures.has(id);
  const fail = (batches: readonly Batch[], cause: unknown): void => {
    for (const { id } of batches) if (!failures.has(id)) failures.set(id, cause);
  };
  return {
    failures,
    hasFailed,
    fail,
    attempt: async (batches, effect) => {
      if (batches.every(hasFailed)) return undefined;
      try {
        if (isExpired()) throw new DependencyError('transient', 'the invocation is running out of time');
        return await effect();
      } catch (cause) {
        fail(batches, cause);
        return undefined;
      }
    },
  };
};

const restEveryMs = 20;

/** Builds the pause between events: it fails once the turn is over, and rests every 20 ms. */
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
