// API keys. The secret itself is never stored, only its SHA-256.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Entity } from './entity.ts';
import type { Scope } from './ids.ts';

/** A token bucket of requests: holds at most `burst`, gains `perSecond` a second. Both whole numbers from 1. */
export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

export const apiKeyTypes = ['private_key', 'publishable_key'] as const;

export interface ApiKey extends Entity {
  readonly scope: Scope;
  readonly name: string;
  readonly type: (typeof apiKeyTypes)[number];
  /** The secret with its middle masked. */
  readonly displayId: string;
  readonly roles: readonly string[];
  /** UTC milliseconds, exclusive; absent: never. */
  readonly expiresAt?: number;
  /** Absent: none. */
  readonly rateLimit?: RateLimit;
}

/** Returns the SHA-256 of a secret in lower-case hex, under which the key is stored. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Compares two hashes in constant time. */
export const isSameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** Returns whether the key is valid at a time (UTC milliseconds). */
export const isUsable = ({ status, expiresAt }: ApiKey, at: number): boolean =>
  status === 'published' && (expiresAt === undefined || at < expiresAt);
