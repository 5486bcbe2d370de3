// What the live page has seen: a state machine without a clock, a network or a document. Whatever is answered, in whatever order:
// `seen` is the number of distinct events, and the rows are the newest of them, each once.
import { createStore, type Store } from '../../base/store.ts';
import { backoffMs, createRateMeter, pollDelayMs } from './live-cadence.ts';

/** What was decided when events came, by the words of the verdict vocabulary. */
export interface CauseCounts {
  readonly billed: number;
  readonly customer: number;
  readonly meter: number;
  readonly price: number;
  readonly subscription: number;
}
export type Cause = keyof CauseCounts;
export const causes = ['billed', 'customer', 'meter', 'price', 'subscription'] as const satisfies readonly Cause[];
export const noCounts: CauseCounts = { billed: 0, customer: 0, meter: 0, price: 0, subscription: 0 };

export interface LiveAnswer<Event> {
  /** In the order in which they were stored. */
  readonly events: readonly Event[];
  /** undefined: the newest page of a stage that cannot be followed. */
  readonly cursor: string | undefined;
  readonly hasMore: boolean;
  readonly lagMs: number;
  /** All events that were passed, also those that the filters leave out. */
  readonly counts: CauseCounts;
  /** Events may be missing before these. */
  readonly isMissed: boolean;
}

export interface LiveSnapshot<Event> {
  readonly phase: 'opening' | 'live' | 'reconnecting' | 'refused';
  readonly isPaused: boolean;
  /** Newest first. While paused, those that were there when the reader paused. */
  readonly rows: readonly Event[];
  /** Events that came while paused. */
  readonly waiting: number;
  /** Distinct events that match the filters. */
  readonly seen: number;
  /** By cause, all that were passed. */
  readonly counts: CauseCounts;
  /** One in so many is a row; 1: each is. */
  readonly oneIn: number;
  /** How long the oldest event that is not seen yet has been stored. */
  readonly lagMs: number;
  /** Between these times (UTC milliseconds) events may have been missed. */
  readonly gap: { readonly from: number; readonly to: number } | undefined;
  /** Why the last attempt failed, while reconnecting or refused. */
  readonly failure: Error | undefined;
  /** Whether only the newest page can be read. */
  readonly isPolled: boolean;
}

interface StreamDeps<Event> {
  readonly idOf: (event: Event) => string;
  /** What was decided when the event came. */
  readonly causeOf: (event: Event) => Cause;
  /** Whether to show the event; the API cannot exclude. */
  readonly isKept: (event: Event) => boolean;
  /** UTC milliseconds. */
  readonly openedAt: number;
  readonly isPolled?: boolean;
}

/** @internal */
export const mostRows = 500;
/**
 * Ids that are remembered to drop repeated events, which come within minutes: more than a quarter of an hour at ten events a second.
 *
 * @internal
 */
export const rememberedIds = 10_000;

export interface LiveStream<Event> {
  readonly store: Store<LiveSnapshot<Event>>;
  /** Where to go on; undefined: at the newest. */
  readonly cursor: () => string | undefined;
  readonly take: (answer: LiveAnswer<Event>, now: number) => void;
  readonly fail: (failure: Error, isFinal: boolean, retryAfterMs?: number) => void;
  /** Goes on at the newest event, because the cursor cannot be used or the reader does not want to wait. */
  readonly restart: () => void;
  /** Reads the newest page from now on, since the stage cannot be followed. */
  readonly poll: () => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly forgetGap: () => void;
  /** Milliseconds until the next attempt. */
  readonly delayMs: (now: number) => number;
}

export const createLiveStream = <Event>(deps: StreamDeps<Event>): LiveStream<Event> => {
  const { idOf, causeOf, isKept, openedAt } = deps;
  const known = new Set<string>();
  const meter = createRateMeter();
  let ring: readonly Event[] = [];
  let cursor: string | undefined;
  let [lastAnswerAt, lastEventAt, failures] = [openedAt, openedAt, 0];
  let [hasAnswered, hasMore, isRestarted] = [false, false, false];
  let retryAfterMs: number | undefined;
  let numbered = 0;
  const store = createStore<LiveSnapshot<Event>>({
    phase: 'opening',
    isPaused: false,
    rows: [],
    waiting: 0,
    seen: 0,
    counts: noCounts,
    oneIn: 1,
    lagMs: 0,
    gap: undefined,
    failure: undefined,
    isPolled: deps.isPolled ?? false,
  });
  const change = (patch: Partial<LiveSnapshot<Event>>): void => {
    store.set({ ...store.get(), ...patch });
  };

  const isFirstTime = (event: Event): boolean => {
    const id = idOf(event);
    if (known.has(id)) return false;
    known.add(id);
    const [oldest] = known;
    if (known.size > rememberedIds && oldest !== undefined) known.delete(oldest);
    return true;
  };

  const countsAfter = (counts: CauseCounts, passed: CauseCounts, repeated: readonly Event[]): CauseCounts => {
    const sum = { ...counts };
    for (const cause of causes) sum[cause] += passed[cause];
    for (const event of repeated) sum[causeOf(event)] -= 1;
    return sum;
  };

  return {
    store,
    cursor: () => cursor,
    take: (answer, now) => {
      const before = store.get();
      const [fresh, repeated]: [Event[], Event[]] = [[], []];
      for (const event of answer.events) (isFirstTime(event) ? fresh : repeated).push(event);
      const kept = fresh.filter(isKept);
      if (hasAnswered) meter.add(kept.length, now);
      const oneIn = meter.oneIn(now);
      const chosen = kept.filter(() => numbered++ % oneIn === 0);
      if (chosen.length > 0) ring = [...chosen.toReversed(), ...ring].slice(0, mostRows);
      if (fresh.length > 0) lastEventAt = now;
      const isGap = (answer.isMissed || isRestarted) && hasAnswered;
      const { isPaused } = before;
      store.set({
        ...before,
        failure: undefined,
        phase: 'live',
        rows: isPaused ? before.rows : ring,
        waiting: isPaused ? before.waiting + kept.length : 0,
        seen: before.seen + kept.length,
        counts: countsAfter(before.counts, answer.counts, repeated),
        oneIn,
        lagMs: answer.hasMore ? answer.lagMs : 0,
        gap: isGap ? { from: before.gap?.from ?? lastAnswerAt - before.lagMs, to: now } : before.gap,
      });
      ({ cursor, hasMore } = answer);
      [lastAnswerAt, failures, hasAnswered, isRestarted] = [now, 0, true, false];
    },
    fail: (failure, isFinal, afterMs) => {
      failures += 1;
      retryAfterMs = afterMs;
      change({ phase: isFinal ? 'refused' : 'reconnecting', failure });
    },
    restart: () => {
      [cursor, isRestarted, hasMore] = [undefined, true, true];
    },
    poll: () => {
      [cursor, hasMore] = [undefined, true];
      change({ isPolled: true });
    },
    pause: () => {
      if (!store.get().isPaused) change({ isPaused: true, waiting: 0 });
    },
    resume: () => {
      if (store.get().isPaused) change({ isPaused: false, waiting: 0, rows: ring });
    },
    forgetGap: () => {
      change({ gap: undefined });
    },
    delayMs: (now) => {
      if (failures > 0) return retryAfterMs ?? backoffMs(failures);
      return hasMore ? 0 : pollDelayMs(now - lastEventAt);
    },
  };
};
