// Rate limits: tokens are leased for as many requests as this function had in the last second, so that a busy one writes
// about once a second and an idle one holds nothing back from the others.
import QuickLRU from 'quick-lru';
import type { RateLimit } from '../domain/api-key.ts';

/** What a request is told about its key's limit. */
export interface RateDecision {
  readonly isAllowed: boolean;
  /** Requests that the full bucket allows at once, and those still left, as far as this function knows. */
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the bucket is full again. */
  readonly resetSeconds: number;
}

export type TakeToken = (keyId: string, limit: RateLimit) => Promise<RateDecision>;

export interface RateLimiterDeps {
  readonly lease: (
    keyId: string,
    limit: RateLimit,
    wanted: number,
    now: number,
  ) => Promise<{ readonly granted: number; readonly remaining: number; readonly fullInMs: number }>;
  /** UTC milliseconds. */
  readonly now: () => number;
}

interface Held {
  tokens: number;
  /** Requests let through since `since`, and in the second before it. */
  used: number;
  usedBefore: number;
  since: number;
  /** Nothing is leased before: the bucket was empty. */
  emptyUntil: number;
  remaining: number;
  fullAt: number;
}

const secondMs = 1_000;
/** An empty bucket is left alone for this long at least, so that refusing costs no request to the table each. */
const pauseMs = 250;
const maxKeys = 1_000;

/** What was leased for a demand that is gone is dropped: at most one second's worth is used later than it was granted. */
const startSecond = (held: Held, now: number): void => {
  held.usedBefore = now - held.since < 2 * secondMs ? held.used : 0;
  held.used = 0;
  held.since = now;
  held.tokens = Math.min(held.tokens, held.usedBefore);
};

/** One per process. Throws DependencyError when the bucket cannot be reached. */
export const createRateLimiter = ({ lease, now }: RateLimiterDeps): TakeToken => {
  const keys = new QuickLRU<string, Held>({ maxSize: maxKeys });

  const holdingOf = (keyId: string, at: number): Held => {
    const known = keys.get(keyId);
    if (known) return known;
    const held = { tokens: 0, used: 0, usedBefore: 0, since: at, emptyUntil: 0, remaining: 0, fullAt: at };
    keys.set(keyId, held);
    return held;
  };

  const refill = async (keyId: string, limit: RateLimit, held: Held, at: number): Promise<void> => {
    const wanted = Math.min(limit.perSecond, Math.max(1, held.usedBefore, held.used));
    const { granted, remaining, fullInMs } = await lease(keyId, limit, wanted, at);
    held.tokens += granted;
    held.remaining = remaining;
    held.fullAt = at + fullInMs;
    if (granted === 0) held.emptyUntil = at + Math.max(pauseMs, Math.ceil(secondMs / limit.perSecond));
  };

  return async (keyId, limit) => {
    const at = now();
    const held = holdingOf(keyId, at);
    if (at - held.since >= secondMs) startSecond(held, at);
    if (held.tokens === 0 && at >= held.emptyUntil) await refill(keyId, limit, held, at);
    const isAllowed = held.tokens > 0;
    if (isAllowed) {
      held.tokens -= 1;
      held.used += 1;
    }
    return {
      isAllowed,
      limit: limit.burst,
      remaining: held.remaining + held.tokens,
      resetSeconds: Math.max(0, Math.ceil((held.fullAt - at) / secondMs)),
    };
  };
};
