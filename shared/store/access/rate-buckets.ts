// Rate-limit buckets: one token bucket per API key, from which running functions lease tokens in slices. A bucket is stored
// as the time at which it will be full, which every lease moves ahead: so it is its own revision.
import * as v from 'valibot';
import type { RateLimit } from '../../domain/api-key.ts';
import { rateBucketKey } from '../table/keys.ts';
import { retryOnConflict, type Wait } from '../table/retry.ts';
import type { Table } from '../table/table.ts';

/** Whole tokens. */
export interface Lease {
  /** 0 to what was wanted. */
  readonly granted: number;
  /** What is left in the bucket after it. */
  readonly remaining: number;
  /** Milliseconds until the bucket is full again. */
  readonly fullInMs: number;
}

export interface RateBucketStore {
  /**
   * Takes up to `wanted` tokens. `now` in UTC milliseconds. A lease whose response is lost is lost too: never more tokens than
   * the limit allows are granted. Throws DependencyError, also transient when other functions won too many races in a row.
   */
  readonly lease: (keyId: string, limit: RateLimit, wanted: number, now: number) => Promise<Lease>;
}

const microsecondsPerSecond = 1_000_000;
const secondsPerDay = 86_400;

/** Microseconds since the epoch, whole. */
const ItemSchema = v.object({ fullAt: v.number() });

/** `wait` is set by tests. */
export const createRateBucketStore = (table: Table, wait?: Wait): RateBucketStore => ({
  lease: (keyId, { perSecond, burst }, wanted, now) => {
    const key = rateBucketKey(keyId);
    const nowMicroseconds = now * 1_000;
    return retryOnConflict(async () => {
      const item = await table.get(key);
      const seen = item === undefined ? undefined : v.parse(ItemSchema, item).fullAt;
      const missing = Math.max(0, (seen ?? 0) - nowMicroseconds);
      const available = Math.max(0, Math.floor(burst - (missing * perSecond) / microsecondsPerSecond));
      const granted = Math.min(wanted, available);
      const taken = Math.ceil((granted * microsecondsPerSecond) / perSecond);
      const lease = { granted, remaining: available - granted, fullInMs: Math.ceil((missing + taken) / 1_000) };
      if (granted === 0) return lease;
      const fullAt = nowMicroseconds + missing + taken;
      const outcome = await table.put(
        { ...key, fullAt, ttl: Math.ceil(fullAt / microsecondsPerSecond) + secondsPerDay },
        seen === undefined ? { kind: 'absent' } : { kind: 'equals', attribute: 'fullAt', value: seen },
      );
      return outcome === 'written' ? lease : undefined;
    }, wait);
  },
});
