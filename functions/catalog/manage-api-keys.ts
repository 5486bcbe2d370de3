// API keys: a key makes keys with no more than its own roles, in its own tenant, and sees those it made; super_admin sees all.
import { apiKeyListSpec, createApiKeySchema, toApiKeyBody } from '../../shared/api/api-keys.ts';
import type { CreatedApiKeyBody } from '../../shared/api/bodies/api-keys.ts';
import type { Caller } from '../../shared/api/caller.ts';
import type { RouteHandler } from '../../shared/api/exchange.ts';
import { toListBody } from '../../shared/api/list-page.ts';
import { listQuerySchema } from '../../shared/api/lists.ts';
import { parseBody, parseQuery } from '../../shared/api/parse-request.ts';
import { ApiError, validationError } from '../../shared/api/problem.ts';
import type { Role } from '../../shared/api/routes.ts';
import { type ApiKey, isSameHash } from '../../shared/domain/api-key.ts';
import type { Scope } from '../../shared/domain/ids.ts';
import type { StoredApiKey } from '../../shared/store/api-keys.ts';
import { notFound } from './customer-cards.ts';
import { type ApiKeyDeps, makeApiKey } from './new-api-key.ts';

export interface ManageApiKeysDeps extends ApiKeyDeps {
  readonly newSecret: (type: ApiKey['type']) => string;
}

const maxAttempts = 5;
const listedRows = 10_000;

const isSuperAdmin = ({ roles }: Caller): boolean => roles.includes('super_admin');
const isVisible = (caller: Caller, key: ApiKey): boolean =>
  isSuperAdmin(caller) || key.id === caller.keyId || key.createdBy === caller.keyId;

/** What is published sends events, unless it is asked for more. */
const defaultRoles = ({ roles }: Caller, type: ApiKey['type']): readonly Role[] =>
  type === 'publishable_key' ? ['event_ingestor'] : roles;

const grantedRoles = (caller: Caller, asked: readonly Role[]): readonly Role[] => {
  const beyond = asked.filter((role) => !caller.roles.includes(role));
  if (isSuperAdmin(caller) || beyond.length === 0) return asked;
  throw new ApiError('permission_denied', 'A key can only give roles it has itself', { roles: beyond });
};

/** The environment may be another one of the tenant, for who may do everything in it. */
const grantedScope = (caller: Caller, asked: Scope): Scope => {
  const { scope } = caller;
  const isOwn = asked.tenantId === scope.tenantId && asked.environmentId === scope.environmentId;
  if (isOwn || (isSuperAdmin(caller) && asked.tenantId === scope.tenantId)) return asked;
  throw new ApiError('permission_denied', 'A key can only make keys of its own tenant and environment');
};

export const manageApiKeys = (deps: ManageApiKeysDeps) => {
  const { apiKeys, pointers, directory, newSecret, now } = deps;

  const createApiKey: RouteHandler = async ({ caller, body }) => {
    const sent = parseBody(createApiKeySchema, body);
    if (sent.expires_at !== undefined && sent.expires_at <= now()) {
      throw validationError(new Map([['expires_at', 'must be in the future']]));
    }
    const secret = newSecret(sent.type);
    const limit = sent.rate_limit;
    const key = await makeApiKey(deps, {
      secret,
      scope: grantedScope(caller, {
        tenantId: sent.tenant_id ?? caller.scope.tenantId,
        environmentId: sent.environment_id ?? caller.scope.environmentId,
      }),
      name: sent.name,
      type: sent.type,
      roles: grantedRoles(caller, sent.roles ?? defaultRoles(caller, sent.type)),
      createdBy: caller.keyId,
      ...(sent.expires_at !== undefined && { expiresAt: sent.expires_at }),
      ...(limit && { rateLimit: { perSecond: limit.per_second, burst: limit.burst ?? limit.per_second } }),
    });
    return { status: 201, body: { secret: toApiKeyBody(key), api_key: secret } satisfies CreatedApiKeyBody };
  };

  const listApiKeys: RouteHandler = async ({ caller, query }) => {
    const request = parseQuery(listQuerySchema(apiKeyListSpec), query);
    const rows = await directory.list(caller.scope, 'API_KEY', listedRows);
    const stored = await apiKeys.readMany(rows.map(({ place }) => place));
    const keys = stored.flatMap((one, position) => (one && one.key.id === rows[position]?.id ? [one.key] : []));
    const bodies = keys.filter((key) => isVisible(caller, key)).map(toApiKeyBody);
    return { status: 200, body: toListBody(bodies, request) };
  };

  const find = async (caller: Caller, id: string): Promise<StoredApiKey> => {
    const hash = await pointers.find(caller.scope, id);
    const stored = hash === undefined ? undefined : await apiKeys.read(hash);
    const isThere = stored && hash !== undefined && isSameHash(stored.secretHash, hash) && stored.key.id === id;
    if (!isThere || !isVisible(caller, stored.key)) throw notFound('API key');
    return stored;
  };

  /** Archives; a key that is archived already stays so. */
  const deleteApiKey: RouteHandler = async ({ caller, path }) => {
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const stored = await find(caller, path['id'] ?? '');
      if (stored.key.status !== 'published') return { status: 204 };
      const archived: ApiKey = { ...stored.key, status: 'archived', updatedAt: now(), updatedBy: caller.keyId };
      if ((await apiKeys.replace(stored, archived)) === 'written') return { status: 204 };
    }
    throw new ApiError('version_conflict', 'The key is being changed by another request');
  };

  return { createApiKey, listApiKeys, deleteApiKey } satisfies Record<string, RouteHandler>;
};
