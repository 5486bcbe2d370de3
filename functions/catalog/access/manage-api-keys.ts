// Creates, lists and revokes API keys. A key creates keys with no more rights than its own, and sees those it created; super_admin
// sees all. A key that was revoked a moment ago creates and revokes none, though it may still read.
import {
  apiKeyListSpec,
  createApiKeySchema,
  revokeApiKeyQuerySchema,
  toApiKeyBody,
} from '../../../shared/api/access/api-keys.ts';
import type { CreatedApiKeyBody } from '../../../shared/api/bodies/api-keys.ts';
import type { Caller } from '../../../shared/api/http/caller.ts';
import type { RouteHandler } from '../../../shared/api/http/exchange.ts';
import { toListBody } from '../../../shared/api/entities/list-page.ts';
import { listQuerySchema } from '../../../shared/api/entities/lists.ts';
import { lastValues, parseBody, parseQuery } from '../../../shared/api/http/parse-request.ts';
import { ApiError } from '../../../shared/api/http/problem.ts';
import { type ApiKey, isSameHash, isUsable } from '../../../shared/domain/api-key.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { StoredApiKey } from '../../../shared/store/access/api-keys.ts';
import type { Handler } from '../changes/catalog-changes.ts';
import { notFound } from '../changes/find-accounts.ts';
import { grantedExpiry, grantedRate, grantedRoles, grantedScope } from './key-grants.ts';
import { type ApiKeyDeps, createKey } from './new-api-key.ts';

export interface ManageApiKeysDeps extends ApiKeyDeps {
  readonly newSecret: (type: ApiKey['type']) => string;
}

const maxAttempts = 5;
const listedRows = 10_000;
/** Keys per read; the other super_admin is mostly among the newest. */
const keysAtOnce = 100;

const isVisible = ({ roles, keyId }: Caller, key: ApiKey): boolean =>
  roles.includes('super_admin') || key.id === keyId || key.createdBy === keyId;

const lastSuperAdmin = (): ApiError =>
  new ApiError(
    'invalid_operation',
    'No other usable super_admin key of its tenant and environment is valid for as long: create another first, or use force',
    { force: 'must be true to revoke it' },
  );

const readById = async (
  { apiKeys, pointers }: ApiKeyDeps,
  scope: Scope,
  id: string,
): Promise<StoredApiKey | undefined> => {
  const hash = await pointers.find(scope, id);
  const stored = hash === undefined ? undefined : await apiKeys.read(hash);
  const isThere = stored && hash !== undefined && isSameHash(stored.secretHash, hash) && stored.key.id === id;
  return isThere ? stored : undefined;
};

/** Reads the caller's key as it is now: the authenticator's copy may be 30 seconds old. */
const readOwn = async (deps: ApiKeyDeps, { scope, keyId }: Caller): Promise<StoredApiKey> => {
  const own = await readById(deps, scope, keyId);
  if (own && isUsable(own.key, deps.now())) return own;
  throw new ApiError('unauthorized', 'The x-api-key header does not contain a valid API key');
};

/** Returns the bounds of a new key; an operator with access to the table has no key, and so no bounds. */
const boundsOf = async (deps: ApiKeyDeps, caller: Caller): Promise<Pick<ApiKey, 'expiresAt' | 'rateLimit'>> =>
  caller.keyId === '' ? {} : (await readOwn(deps, caller)).key;

const createApiKey: Handler<ManageApiKeysDeps> = async (deps, { caller, body }) => {
  const sent = parseBody(createApiKeySchema, body);
  const maker = await boundsOf(deps, caller);
  const expiresAt = grantedExpiry(maker.expiresAt, sent.expires_at, deps.now());
  const rateLimit = grantedRate(maker.rateLimit, sent.rate_limit ?? undefined);
  const secret = deps.newSecret(sent.type);
  const key = await createKey(deps, {
    secret,
    scope: grantedScope(caller, {
      tenantId: sent.tenant_id ?? caller.scope.tenantId,
      environmentId: sent.environment_id ?? caller.scope.environmentId,
    }),
    name: sent.name,
    type: sent.type,
    roles: grantedRoles(caller, sent.type, sent.roles ?? undefined),
    createdBy: caller.keyId,
    ...(expiresAt !== undefined && { expiresAt }),
    ...(rateLimit && { rateLimit }),
  });
  return { status: 201, body: { secret: toApiKeyBody(key), api_key: secret } satisfies CreatedApiKeyBody };
};

const listApiKeys: Handler<ApiKeyDeps> = async ({ apiKeys, directory }, { caller, query }) => {
  const request = parseQuery(listQuerySchema(apiKeyListSpec), query);
  const rows = await directory.list(caller.scope, 'API_KEY', listedRows);
  const stored = await apiKeys.readMany(rows.map(({ place }) => place));
  const keys = stored.flatMap((one, position) => (one && one.key.id === rows[position]?.id ? [one.key] : []));
  const bodies = keys.filter((key) => isVisible(caller, key)).map(toApiKeyBody);
  return { status: 200, body: toListBody(bodies, request) };
};

const isUsableSuperAdmin = ({ key }: StoredApiKey, now: number): boolean =>
  isUsable(key, now) && key.roles.includes('super_admin');

/** Finds another usable super_admin key that ends no earlier: the caller's own, or else the newest. */
const findOther = async (
  { apiKeys, directory, now }: ApiKeyDeps,
  scope: Scope,
  own: StoredApiKey,
  { id, expiresAt = Infinity }: ApiKey,
): Promise<StoredApiKey | undefined> => {
  const isOther = (stored: StoredApiKey): boolean =>
    stored.key.id !== id && isUsableSuperAdmin(stored, now()) && (stored.key.expiresAt ?? Infinity) >= expiresAt;
  if (isOther(own)) return own;
  const rows = await directory.list(scope, 'API_KEY', listedRows);
  for (let first = 0; first < rows.length; first += keysAtOnce) {
    const places = rows.slice(first, first + keysAtOnce).map(({ place }) => place);
    const other = (await apiKeys.readMany(places)).find((stored) => stored !== undefined && isOther(stored));
    if (other) return other;
  }
  return undefined;
};

/**
 * Archives the key; an archived key stays archived. Another usable super_admin key that lasts as long remains, also when two
 * requests revoke at the same time: each gives the other key a new revision after reading its own, so that of two requests
 * which rely on each other's key one finds its own changed.
 */
const deleteApiKey: Handler<ApiKeyDeps> = async (deps, { caller, path, query }) => {
  const { apiKeys, now } = deps;
  const { force } = parseQuery(revokeApiKeyQuerySchema, lastValues(query));
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const own = await readOwn(deps, caller);
    const stored = await readById(deps, caller.scope, path['id'] ?? '');
    if (!stored || !isVisible(caller, stored.key)) throw notFound('API key');
    if (stored.key.status !== 'published') return { status: 204 };
    if (force !== 'true' && isUsableSuperAdmin(stored, now())) {
      const other = await findOther(deps, caller.scope, own, stored.key);
      if (!other) throw lastSuperAdmin();
      if ((await apiKeys.replace(other, other.key)) === 'refused') continue;
    }
    const archived: ApiKey = { ...stored.key, status: 'archived', updatedAt: now(), updatedBy: caller.keyId };
    if ((await apiKeys.replace(stored, archived)) === 'written') return { status: 204 };
  }
  throw new ApiError('version_conflict', 'The key is being changed by another request');
};

export const manageApiKeys = (deps: ManageApiKeysDeps) =>
  ({
    createApiKey: (request) => createApiKey(deps, request),
    listApiKeys: (request) => listApiKeys(deps, request),
    deleteApiKey: (request) => deleteApiKey(deps, request),
  }) satisfies Record<string, RouteHandler>;
