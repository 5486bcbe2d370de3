// Limits rates by leased tokens: as many as this function had requests in the last second, so that a busy function writes
// about once a second and an idle one keeps no tokens from the others.
import QuickLRU from 'quick-lru';
import type { RateLimit } from '../domain/api-key.ts';

/** The decision about a request, and the state of its key's limit. */
export interface RateDecision {
  readonly isAllowed: boolean;
  /** Requests that a full bucket allows at once, and those that remain, as far as this function knows. */
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

interface Lease {
  tokens: number;
  /** Requests let through since `since`, and in the second before it. */
  used: number;
  usedBefore: number;
  since: number;
  /** No lease is asked for before: the bucket was empty. */
  emptyUntil: number;
  remaining: number;
  fullAt: number;
}

const secondMs = 1_000;
/** The least time before an empty bucket is asked again, so that not every refusal costs a request to the table. */
const pauseMs = 250;
const maxKeys = 1_000;

/** Starts a new second. Tokens leased for demand that is gone are dropped: at most one second's worth is used later than it was granted. */
const startSecond = (leased: Lease, now: number): void => {
  leased.usedBefore = now - leased.since < 2 * secondMs ? leased.used : 0;
  leased.used = 0;
  leased.since = now;
  leased.tokens = Math.min(leased.tokens, leased.usedBefore);
};

/** Creates the limiter, one per process. It throws DependencyError when the bucket cannot be reached. */
export const createRateLimiter = ({ lease, now }: RateLimiterDeps): TakeToken => {
  const keys = new QuickLRU<string, Lease>({ maxSize: maxKeys });

  const leaseOf = (keyId: string, at: number): Lease => {
    const known = keys.get(keyId);
    if (known) return known;
    const leased = { tokens: 0, used: 0, usedBefore: 0, since: at, emptyUntil: 0, remaining: 0, fullAt: at };
    keys.set(keyId, leased);
    return leased;
  };

  const refill = async (keyId: string, limit: RateLimit, leased: Lease, at: number): Promise<void> => {
    const wanted = Math.min(limit.perSecond, Math.max(1, leased.usedBefore, leased.used));
    const { granted, remaining, fullInMs } = await lease(keyId, limit, wanted, at);
    leased.tokens += granted;
    leased.remaining = remaining;
    leased.fullAt = at + fullInMs;
    if (granted === 0) leased.emptyUntil = at + Math.max(pauseMs, Math.ceil(secondMs / limit.perSecond));
  };

  return async (keyId, limit) => {
    const at = now();
    const leased = leaseOf(keyId, at);
    if (at - leased.since >= secondMs) startSecond(leased, at);
    if (leased.tokens === 0 && at >= leased.emptyUntil) await refill(keyId, limit, leased, at);
    const isAllowed = leased.tokens > 0;
    if (isAllowed) {
      leased.tokens -= 1;
      leased.used += 1;
    }
    return {
      isAllowed,
      limit: limit.burst,
      remaining: leased.remaining + leased.tokens,
      resetSeconds: Math.max(0, Math.ceil((leased.fullAt - at) / secondMs)),
    };
  };
};
