// Stores API keys by the hash of their secret. Reads are fresh; only the authenticator's cache may be 30 seconds old.
import * as v from 'valibot';
import { type ApiKey, apiKeyTypes } from '../../domain/api-key.ts';
import { apiKeyItemKey } from '../table/keys.ts';
import { entityEntries } from '../catalog/stored-entities.ts';
import type { PutOutcome, StoredItem, Table } from '../table/table.ts';

export interface StoredApiKey {
  readonly key: ApiKey;
  /** Hash as stored; compare it with that of the secret in constant time. */
  readonly secretHash: string;
  /** Grows with every change. */
  readonly rev: number;
}

/** `secretHash`: from `hashSecret`. Every operation throws DependencyError. */
export interface ApiKeyStore {
  readonly read: (secretHash: string) => Promise<StoredApiKey | undefined>;
  /** Reads keys in the order of the hashes, undefined for an unknown one. */
  readonly readMany: (secretHashes: readonly string[]) => Promise<readonly (StoredApiKey | undefined)[]>;
  /** Puts the key if absent. A repeat with the same id is `written` too; `refused`: the secret belongs to another key. */
  readonly create: (secretHash: string, key: ApiKey) => Promise<PutOutcome>;
  /** Replaces the key that was read; `refused`: it has changed since, read it again. */
  readonly replace: (seen: StoredApiKey, key: ApiKey) => Promise<PutOutcome>;
}

const KeySchema = v.object({
  ...entityEntries,
  scope: v.object({ tenantId: v.string(), environmentId: v.string() }),
  name: v.string(),
  type: v.picklist(apiKeyTypes),
  displayId: v.string(),
  roles: v.array(v.string()),
  expiresAt: v.exactOptional(v.number()),
  rateLimit: v.exactOptional(v.object({ perSecond: v.number(), burst: v.number() })),
}) satisfies v.GenericSchema<unknown, ApiKey>;
const ItemSchema = v.object({ pk: v.string(), rev: v.number(), key: v.pipe(v.string(), v.parseJson(), KeySchema) });

const fromItem = (item: unknown): StoredApiKey | undefined => {
  if (item === undefined) return undefined;
  const { pk, rev, key } = v.parse(ItemSchema, item);
  return { key, rev, secretHash: pk.slice(apiKeyItemKey('').pk.length) };
};

const toItem = (secretHash: string, key: ApiKey, rev: number): StoredItem => ({
  ...apiKeyItemKey(secretHash),
  rev,
  key: JSON.stringify(key),
});

export const createApiKeyStore = (table: Table): ApiKeyStore => {
  const read = async (secretHash: string): Promise<StoredApiKey | undefined> =>
    fromItem(await table.get(apiKeyItemKey(secretHash)));
  return {
    read,
    readMany: async (secretHashes) => (await table.getMany(secretHashes.map(apiKeyItemKey))).map(fromItem),
    create: async (secretHash, key) => {
      const outcome = await table.put(toItem(secretHash, key, 1), { kind: 'absent' });
      if (outcome === 'written') return outcome;
      return (await read(secretHash))?.key.id === key.id ? 'written' : 'refused';
    },
    replace: ({ secretHash, rev }, key) =>
      table.put(toItem(secretHash, key, rev + 1), { kind: 'equals', attribute: 'rev', value: rev }),
  };
};
