// Stores one token bucket per API key, from which running functions lease tokens. A bucket is stored as the time at which it will
// be full. Every lease moves that time ahead, so it also serves as the revision.
import * as v from 'valibot';
import type { RateLimit } from '../../domain/api-key.ts';
import { rateBucketKey } from '../table/keys.ts';
import { retryOnConflict, type Wait } from '../table/retry.ts';
import type { Table } from '../table/table.ts';

/** Tokens leased from a bucket; whole numbers. */
interface Lease {
  /** From 0 to `wanted`. */
  readonly granted: number;
  /** Tokens left in the bucket. */
  readonly remaining: number;
  /** Milliseconds until the bucket is full again. */
  readonly fullInMs: number;
}

export interface RateBucketStore {
  /**
   * Leases up to `wanted` tokens. `now` in UTC milliseconds. The tokens of a lease whose response was lost are lost too, so that
   * never more are granted than the limit allows. Throws DependencyError, also transient when other functions won too many races in a row.
   */
  readonly lease: (keyId: string, limit: RateLimit, wanted: number, now: number) => Promise<Lease>;
}

const microsecondsPerSecond = 1_000_000;
const secondsPerDay = 86_400;

/** `fullAt`: microseconds since the epoch, a whole number. */
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
