// Creates API keys. The secret is shown once and stored as a hash. Pointer and directory row are written first, and count only
// once the key exists.
import { randomBytes } from 'node:crypto';
import type { Role } from '../../../shared/api/http/routes.ts';
import { type ApiKey, apiKeyTypes, hashSecret } from '../../../shared/domain/api-key.ts';
import { idFromUlid } from '../../../shared/domain/ids.ts';
import type { ApiKeyStore } from '../../../shared/store/access/api-keys.ts';
import type { DirectoryStore } from '../../../shared/store/customers/directory.ts';
import type { PointerStore } from '../../../shared/store/customers/pointers.ts';
import type { ScopeStore } from '../../../shared/store/catalog/scopes.ts';
import { newEntity } from '../changes/catalog-changes.ts';

export interface ApiKeyDeps {
  readonly apiKeys: ApiKeyStore;
  readonly pointers: PointerStore;
  readonly directory: DirectoryStore;
  readonly scopes: ScopeStore;
  readonly newUlid: () => string;
  /** UTC milliseconds. */
  readonly now: () => number;
}

export interface NewApiKey extends Pick<ApiKey, 'scope' | 'name' | 'type' | 'expiresAt' | 'rateLimit'> {
  readonly secret: string;
  readonly roles: readonly Role[];
  /** Id of the key that creates it; "" for the first key. */
  readonly createdBy: string;
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const secretCharacters = 26;
const prefixes = { private_key: 'sk_', publishable_key: 'pk_' } as const satisfies Record<
  (typeof apiKeyTypes)[number],
  string
>;

/** Returns a new secret: 130 random bits that look like a ULID but, unlike one, cannot be guessed. */
export const newSecret = (type: ApiKey['type'], random: (bytes: number) => Uint8Array = randomBytes): string =>
  prefixes[type] + Array.from(random(secretCharacters), (byte) => crockford.charAt(byte % crockford.length)).join('');

/** Masks a secret: what is shown helps nobody to guess the rest. */
const mask = (secret: string): string =>
  secret.length > secretCharacters ? `${secret.slice(0, 5)}***${secret.slice(-2)}` : '***';

/** Creates a key. Throws an Error when the secret belongs to another key. */
export const createKey = async (deps: ApiKeyDeps, { secret, createdBy, ...fields }: NewApiKey): Promise<ApiKey> => {
  const at = deps.now();
  const hash = hashSecret(secret);
  const id = idFromUlid('apiKey', deps.newUlid());
  const key: ApiKey = { ...newEntity(id, { by: createdBy || id, at }), ...fields, displayId: mask(secret) };
  await Promise.all([
    deps.scopes.ensure(key.scope, at),
    deps.pointers.record(key.scope, [id], hash),
    deps.directory.record(key.scope, 'API_KEY', { id, place: hash }),
  ]);
  if ((await deps.apiKeys.create(hash, key)) === 'refused') throw new Error('the secret belongs to another key');
  return key;
};

/**
 * Creates the first key of a system, with a secret chosen by the operator, unless it exists. Idempotent; an existing key keeps its
 * roles.
 */
export const bootstrapApiKey = async (
  deps: ApiKeyDeps,
  request: Omit<NewApiKey, 'createdBy' | 'type'>,
): Promise<ApiKey> => {
  const present = await deps.apiKeys.read(hashSecret(request.secret));
  return present?.key ?? createKey(deps, { ...request, type: 'private_key', createdBy: '' });
};
