// How the system does, in a few words.
import { groupedDigits } from '../ui/digits.ts';

interface Queue {
  readonly consumption_lag?: number;
  readonly post_processing_lag?: number;
}

export interface Health {
  readonly level: 'good' | 'busy' | 'bad';
  readonly text: string;
}

/** Waiting messages above which the system is busy: each has up to some hundred events. */
const many = 1000;

export const health = (queue: Queue | undefined, failure: Error | null): Health => {
  if (failure) return { level: 'bad', text: 'API does not answer' };
  if (!queue) return { level: 'good', text: 'Asking for the state of the queue' };
  const waiting = (queue.consumption_lag ?? 0) + (queue.post_processing_lag ?? 0);
  if (waiting >= many) return { level: 'busy', text: `${groupedDigits(waiting)} messages waiting` };
  return {
    level: 'good',
    text:
      waiting === 0
        ? 'The API answers, nothing is waiting'
        : `The API answers, ${groupedDigits(waiting)} messages waiting`,
  };
};
