// Drives a stream: asks, waits, asks again. While the page is hidden it rests; it asks at once when the page is visible again.
import type { LiveAnswer, LiveStream } from './live-stream.ts';

/** What a failed question means for the next one. */
export type FailureKind =
  | { readonly kind: 'off' }
  | { readonly kind: 'cursor' }
  | { readonly kind: 'final' }
  | { readonly kind: 'passing'; readonly retryAfterMs?: number };

export interface RunnerDeps<Event> {
  readonly stream: LiveStream<Event>;
  /** Asks for what was stored after the cursor; for the newest events without one. */
  readonly askLive: (cursor: string | undefined, signal: AbortSignal) => Promise<LiveAnswer<Event>>;
  /** Reads the newest page. */
  readonly askPage: (signal: AbortSignal) => Promise<LiveAnswer<Event>>;
  readonly kindOf: (failure: Error) => FailureKind;
  readonly isHidden: () => boolean;
  /** Runs something later; returns how to cancel it. */
  readonly later: (run: () => void, ms: number) => () => void;
  readonly now: () => number;
}

export interface LiveRunner {
  /** Asks at once, unless a question is on its way. */
  readonly wake: () => void;
  readonly stop: () => void;
}

export const startLiveRunner = <Event>(deps: RunnerDeps<Event>): LiveRunner => {
  const { stream, askLive, askPage, kindOf, isHidden, later, now } = deps;
  const controller = new AbortController();
  const { signal } = controller;
  let isAsking = false;
  let cancel = (): void => undefined;

  const heed = (failure: Error): void => {
    const told = kindOf(failure);
    if (told.kind === 'off') stream.poll();
    else if (told.kind === 'cursor') stream.restart();
    else stream.fail(failure, told.kind === 'final', told.kind === 'passing' ? told.retryAfterMs : undefined);
  };

  const ask = async (): Promise<void> => {
    try {
      const answer = stream.store.get().isPolled ? await askPage(signal) : await askLive(stream.cursor(), signal);
      if (!signal.aborted) stream.take(answer, now());
    } catch (error) {
      if (!signal.aborted) heed(error instanceof Error ? error : new Error(String(error)));
    }
  };

  const wake = (): void => {
    cancel();
    if (isAsking || signal.aborted || isHidden()) return;
    isAsking = true;
    void ask().then(() => {
      isAsking = false;
      if (signal.aborted || stream.store.get().phase === 'refused') return;
      cancel = later(wake, stream.delayMs(now()));
    });
  };
  wake();
  return {
    wake,
    stop: () => {
      cancel();
      controller.abort();
    },
  };
};
