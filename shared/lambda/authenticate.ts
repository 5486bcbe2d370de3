// Authenticates the caller by the key in `x-api-key`. Known keys are remembered for 30 seconds; unknown ones never, so a new key
// works at once.
import QuickLRU from 'quick-lru';
import { roles } from '../api/http/routes.ts';
import type { Caller } from '../api/http/caller.ts';
import { ApiError } from '../api/http/problem.ts';
import { type ApiKey, hashSecret, isSameHash, isUsable } from '../domain/api-key.ts';
import type { StoredApiKey } from '../store/access/api-keys.ts';

/**
 * Finds the caller by the headers `x-api-key` and `Authorization`; the latter only explains a missing key. Throws ApiError
 * `unauthorized` for a missing, unknown, expired or archived key, DependencyError.
 */
export type Authenticate = (secret: string | undefined, authorization?: string) => Promise<Caller>;

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

const toCaller = ({ id, name, scope, roles: granted, expiresAt, rateLimit }: ApiKey): Caller => ({
  keyId: id,
  keyName: name,
  scope,
  roles: roles.filter((role) => granted.includes(role)),
  ...(expiresAt !== undefined && { expiresAt }),
  ...(rateLimit && { rateLimit }),
});

const unauthorized = (message: string): ApiError => new ApiError('unauthorized', message);

/** Explains why a request has no key: clients of other APIs send it elsewhere. */
const missingKey = (authorization: string | undefined): ApiError =>
  unauthorized(
    authorization === undefined
      ? 'The x-api-key header with the API key is missing'
      : 'Send the API key in the x-api-key header, by itself; Authorization and Bearer are not read',
  );

const unknownKey = (secret: string): ApiError =>
  unauthorized(
    /^bearer /i.test(secret)
      ? 'The x-api-key header must contain only the API key, without "Bearer"'
      : 'The API key in the x-api-key header is unknown, revoked or expired',
  );

/** Creates the authenticator, one per process. */
export const createAuthenticator = ({ readKey, now }: AuthenticatorDeps): Authenticate => {
  const cache = new QuickLRU<string, Cached>({ maxSize: maxCached });

  const find = async (secretHash: string): Promise<ApiKey | undefined> => {
    const cached = cache.get(secretHash);
    const readAt = now();
    if (cached && readAt - cached.readAt < cachedMs) return cached.key;
    cache.delete(secretHash);
    const stored = await readKey(secretHash);
    if (!stored || !isSameHash(stored.secretHash, secretHash)) return undefined;
    cache.set(secretHash, { key: stored.key, readAt });
    return stored.key;
  };

  return async (secret = '', authorization) => {
    if (secret === '') throw missingKey(authorization);
    const key = await find(hashSecret(secret));
    if (!key || !isUsable(key, now())) throw unknownKey(secret);
    return toCaller(key);
  };
};
