// Optimistic writes: an attempt that lost a race is made again, on what is there then.
import { DependencyError } from '../../dependency-error.ts';
import { pause } from './backoff.ts';

const maxAttempts = 10;
const longestWaitMs = 20;

/** Waits between two attempts; `delayMs` in milliseconds. */
export type Wait = (delayMs: number) => Promise<void>;

/** Repeats `attempt` (numbered from 1) until it has an answer. Throws a transient DependencyError when ten had none. */
export const settle = async <T>(
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
