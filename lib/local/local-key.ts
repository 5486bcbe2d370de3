// Opens the API key of the local system: given by the user, or created once and kept next to the data it opens.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ApiKeyDeps, bootstrapApiKey, newSecret } from '../../functions/catalog/access/new-api-key.ts';
import { isUsable } from '../../shared/domain/api-key.ts';
import { hasCode } from './data-folder.ts';

export interface LocalKey {
  readonly secret: string;
  /** `replaced`: a new key was created because the kept one is no longer usable. */
  readonly origin: 'given' | 'kept' | 'made' | 'replaced';
}

/** Error of the key. `ERR_KEY_FILE`: the file contains no key. `ERR_KEY_UNUSABLE`: the given key exists, but may not do everything. */
class LocalKeyError extends Error {
  readonly code: 'ERR_KEY_FILE' | 'ERR_KEY_UNUSABLE';

  constructor(code: LocalKeyError['code']) {
    super(code === 'ERR_KEY_FILE' ? 'the file of the API key is damaged' : 'the API key cannot be used');
    this.name = 'LocalKeyError';
    this.code = code;
  }
}

const scope = { tenantId: 'default', environmentId: 'default' };
/** Form of a secret that `newSecret` creates. */
const keptSecret = /^sk_[0-9A-HJKMNP-TV-Z]{26}\n?$/;

export const keyFile = (folder: string): string => join(folder, 'api-key');

/** Reads the kept secret; undefined if there is none yet. */
const readKept = async (folder: string): Promise<string | undefined> => {
  try {
    const text = await readFile(keyFile(folder), 'latin1');
    if (keptSecret.test(text)) return text.trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    if (!hasCode(error, 'EISDIR')) throw error;
  }
  throw new LocalKeyError('ERR_KEY_FILE');
};

/** Replaces the file atomically: a kill leaves the old file or the complete new one. */
const keep = async (folder: string, secret: string): Promise<void> => {
  const file = keyFile(folder);
  await writeFile(`${file}.new`, `${secret}\n`, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
};

/** Opens the key. Without a folder every start has a new key, because a fixed one would let any web page in. Throws LocalKeyError. */
export const openLocalKey = async (
  deps: ApiKeyDeps,
  { folder, given }: { readonly folder: string | undefined; readonly given: string | undefined },
): Promise<LocalKey> => {
  /** Creates the key if it does not exist; returns whether it may do everything. */
  const open = async (secret: string): Promise<boolean> => {
    const key = await bootstrapApiKey(deps, { secret, scope, name: 'local', roles: ['super_admin'] });
    return isUsable(key, deps.now()) && key.roles.includes('super_admin');
  };
  if (given !== undefined) {
    if (!(await open(given))) throw new LocalKeyError('ERR_KEY_UNUSABLE');
    return { secret: given, origin: 'given' };
  }
  const kept = folder === undefined ? undefined : await readKept(folder);
  if (kept !== undefined && (await open(kept))) return { secret: kept, origin: 'kept' };
  const secret = newSecret('private_key');
  if (folder !== undefined) await keep(folder, secret);
  await open(secret);
  return { secret, origin: kept === undefined ? 'made' : 'replaced' };
};
