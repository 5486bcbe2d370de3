// Optimistic writes: an attempt that lost a race is made again, on what is there then.
import { DependencyError } from '../../dependency-error.ts';

const maxAttempts = 10;
const longestWaitMs = 20;

/** Waits between two attempts; `delayMs` in milliseconds. */
export type Wait = (delayMs: number) => Promise<void>;

/** Repeats `attempt` (numbered from 1) until it has an answer. Throws a transient DependencyError when ten had none. */
export const retryOnConflict = async <T>(
  attempt: (number: number) => Promise<T | undefined>,
  wait: Wait = pause,
): Promise<T> => {
  for (let number = 1; number <= maxAttempts; number += 1) {
    const answer = await attempt(number);
    if (answer !== undefined) return answer;
    await wait(Math.random() * longestWaitMs * number);
  }
  throw new DependencyError('transient', 'an item is being changed by too many at once');
};

/** Upper bounds in milliseconds; the first attempt does not wait. */
const delaysMs = [0, 50, 100, 200, 400, 800];

export const pause = (delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, delayMs);
  });

/**
 * Runs `attempt` until it says it is done: true, or false when the attempts are used up. Waits with jitter between them; an
 * attempt that made headway (`progress`) does not count.
 */
export const repeatWithBackoff = async (
  attempt: () => Promise<'done' | 'progress' | 'stuck'>,
  wait: (delayMs: number) => Promise<void> = pause,
): Promise<boolean> => {
  let failures = 0;
  for (;;) {
    const result = await attempt();
    if (result === 'done') return true;
    failures = result === 'progress' ? 1 : failures + 1;
    const delayMs = delaysMs[failures];
    if (delayMs === undefined) return false;
    await wait(delayMs * (0.5 + Math.random() / 2));
  }
};
