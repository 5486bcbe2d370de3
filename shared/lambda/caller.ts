// Who calls: the key behind `x-api-key`. Known keys are remembered for 30 seconds; unknown ones never, so a new key works at once.
import { roles } from '../api/routes.ts';
import type { Caller } from '../api/caller.ts';
import { ApiError } from '../api/problem.ts';
import { type ApiKey, hashSecret, isSameHash, isUsable, type RateLimit } from '../domain/api-key.ts';
import type { StoredApiKey } from '../store/api-keys.ts';

export interface AuthenticatedCaller {
  readonly caller: Caller;
  readonly rateLimit?: RateLimit;
}

/** Throws ApiError `unauthorized` for a missing, unknown, expired or archived key, DependencyError. */
export type Authenticate = (secret: string | undefined) => Promise<AuthenticatedCaller>;

export interface AuthenticatorDeps {
  readonly readKey: (secretHash: string) => Promise<StoredApiKey | undefined>;
  /** UTC milliseconds. */
  readonly now: () => number;
}

const cachedMs = 30_000;
const maxCached = 1_000;

interface Cached {
  readonly key: ApiKey;
  readonly readAt: number;
}

const toCaller = ({ id, scope, roles: granted, rateLimit }: ApiKey): AuthenticatedCaller => ({
  caller: { keyId: id, scope, roles: roles.filter((role) => granted.includes(role)) },
  ...(rateLimit && { rateLimit }),
});

/** One per process. */
export const createAuthenticator = ({ readKey, now }: AuthenticatorDeps): Authenticate => {
  const cache = new Map<string, Cached>();

  const find = async (secretHash: string): Promise<ApiKey | undefined> => {
    const cached = cache.get(secretHash);
    const readAt = now();
    if (cached && readAt - cached.readAt < cachedMs) return cached.key;
    cache.delete(secretHash);
    const stored = await readKey(secretHash);
    if (!stored || !isSameHash(stored.secretHash, secretHash)) return undefined;
    const [oldest] = cache.keys();
    if (cache.size >= maxCached && oldest !== undefined) cache.delete(oldest);
    cache.set(secretHash, { key: stored.key, readAt });
    return stored.key;
  };

  return async (secret = '') => {
    const key = secret === '' ? undefined : await find(hashSecret(secret));
    if (!key || !isUsable(key, now())) {
      throw new ApiError('unauthorized', 'The x-api-key header holds no valid API key');
    }
    return toCaller(key);
  };
};
