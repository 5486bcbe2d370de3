// The one retry loop of the store: for optimistic writes that lost a race, and for batches that DynamoDB left unfinished.
import { DependencyError } from '../../dependency-error.ts';

/** Waits between two attempts; `delayMs` in milliseconds. */
export type Wait = (delayMs: number) => Promise<void>;

const pause: Wait = (delayMs) =>
  new Promise((resolve) => {
    setTimeout(resolve, delayMs);
  });

/** Result of an attempt: `stuck` without any progress. */
type Attempt<T> = { readonly kind: 'done'; readonly answer: T } | { readonly kind: 'progress' | 'stuck' };

/**
 * Repeats `attempt`, numbered from 1, until it is done. `delayMs`: how long to wait after so many attempts in a row that were
 * stuck, where one with progress counts as the first of a new row; undefined: give up, and the result is undefined.
 */
const repeat = async <T>(
  attempt: (number: number) => Promise<Attempt<T>>,
  delayMs: (failures: number) => number | undefined,
  wait: Wait,
): Promise<{ readonly answer: T } | undefined> => {
  let failures = 0;
  for (let number = 1; ; number += 1) {
    const result = await attempt(number);
    if (result.kind === 'done') return result;
    failures = result.kind === 'progress' ? 1 : failures + 1;
    const delay = delayMs(failures);
    if (delay === undefined) return undefined;
    await wait(delay);
  }
};

const defaultRacesLost = 10;
const longestWaitMs = 20;

/**
 * Retries an optimistic write that lost a race, against the current revision: repeats `attempt`, numbered from 1, until it has
 * an answer. Throws a transient DependencyError after ten lost races, or so many.
 */
export const retryOnConflict = async <T>(
  attempt: (number: number) => Promise<T | undefined>,
  wait: Wait = pause,
  racesLost = defaultRacesLost,
): Promise<T> => {
  const result = await repeat<T>(
    async (number) => {
      const answer = await attempt(number);
      return answer === undefined ? { kind: 'stuck' } : { kind: 'done', answer };
    },
    (failures) => (failures < racesLost ? Math.random() * longestWaitMs * failures : undefined),
    wait,
  );
  if (result) return result.answer;
  throw new DependencyError('transient', 'an item is being changed by too many at once');
};

/** Upper bounds in milliseconds, of which at least a half is waited. */
const delaysMs = [50, 100, 200, 400, 800];

/**
 * Repeats a batch until nothing of it is `pending`: each attempt sends what is pending, and returns what is left. Returns what
 * is left after six attempts in a row that got nothing done.
 */
export const repeatUntilDone = async <T>(
  items: readonly T[],
  attempt: (pending: readonly T[]) => Promise<readonly T[]>,
  wait: Wait = pause,
): Promise<readonly T[]> => {
  let pending = items;
  await repeat(
    async () => {
      const before = pending.length;
      pending = await attempt(pending);
      if (pending.length === 0) return { kind: 'done', answer: true };
      return { kind: pending.length < before ? 'progress' : 'stuck' };
    },
    (failures) => {
      const delayMs = delaysMs[failures - 1];
      return delayMs === undefined ? undefined : delayMs * (0.5 + Math.random() / 2);
    },
    wait,
  );
  return pending;
};
