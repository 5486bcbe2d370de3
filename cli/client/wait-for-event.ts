// Polls for an event until it is stored. An event is accepted before it is stored, and at first the lookup does not find it.
import { Refusal } from '../process/failure.ts';

export interface WaitDeps {
  /** Returns the body of the lookup; throws Refusal `not_found` for an unknown id. */
  readonly get: () => Promise<unknown>;
  readonly timeoutMs: number;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly delay: (ms: number) => Promise<unknown>;
}

export type Waited =
  | { readonly kind: 'stored' | 'processing'; readonly answer: unknown }
  | { readonly kind: 'unknown'; readonly refusal: Refusal };

const [shortestMs, longestMs] = [100, 2_000];

const isProcessing = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'status' in answer && answer.status === 'processing';

/** Polls until the event is stored or the time is up; with `timeoutMs` 0, asks once. */
export const waitForEvent = async ({ get, timeoutMs, now, delay }: WaitDeps): Promise<Waited> => {
  const until = now() + timeoutMs;
  const look = async (): Promise<Waited> => {
    try {
      const answer = await get();
      return { kind: isProcessing(answer) ? 'processing' : 'stored', answer };
    } catch (error) {
      if (error instanceof Refusal && error.code === 'not_found') return { kind: 'unknown', refusal: error };
      throw error;
    }
  };
  for (let waitMs = shortestMs; ; waitMs = Math.min(waitMs * 1.5, longestMs)) {
    const waited = await look();
    const leftMs = until - now();
    if (waited.kind === 'stored' || leftMs <= 0) return waited;
    await delay(Math.min(waitMs, leftMs));
  }
};
