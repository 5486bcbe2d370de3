import { describe, expect, test } from '@jest/globals';
import { hashSecret } from '../../../shared/domain/api-key.ts';
import { createApiKeyStore } from '../../../shared/store/api-keys.ts';
import { apiKeyItemKey } from '../../../shared/store/keys.ts';
import { anApiKey } from '../../support/builders.ts';
import { createMemoryTable } from '../../support/memory-table.ts';

const secretHash = hashSecret('sk_secret');
const open = () => {
  const table = createMemoryTable();
  return { table, store: createApiKeyStore(table) };
};

describe('API keys', () => {
  test('are found by the hash of their secret, with all they have', async () => {
    const { table, store } = open();
    const key = anApiKey({ expiresAt: 5, rateLimit: { perSecond: 5, burst: 9 } });
    expect(await store.create(secretHash, key)).toBe('written');
    expect(await store.read(secretHash)).toEqual({ key, secretHash, rev: 1 });
    expect(await store.read(hashSecret('sk_other'))).toBeUndefined();
    expect(JSON.stringify([...table.partitions.values()].map((items) => [...items.values()]))).not.toContain(
      'sk_secret',
    );
  });

  test('several at once, in the order of the hashes', async () => {
    const { store } = open();
    await store.create(secretHash, anApiKey());
    const found = await store.readMany([hashSecret('sk_other'), secretHash]);
    expect(found.map((stored) => stored?.key.id)).toEqual([undefined, 'secret_1']);
  });

  test('a repeated create is no conflict, another key with the secret is', async () => {
    const { store } = open();
    await store.create(secretHash, anApiKey());
    expect(await store.create(secretHash, anApiKey())).toBe('written');
    expect(await store.create(secretHash, anApiKey({ id: 'secret_2' }))).toBe('refused');
    expect(await store.read(secretHash)).toMatchObject({ key: { id: 'secret_1' }, rev: 1 });
  });

  test('a change is refused when another came first', async () => {
    const { store } = open();
    await store.create(secretHash, anApiKey());
    const seen = await store.read(secretHash);
    if (!seen) throw new Error('the key is gone');
    expect(await store.replace(seen, anApiKey({ status: 'archived' }))).toBe('written');
    expect(await store.replace(seen, anApiKey({ name: 'late' }))).toBe('refused');
    expect(await store.read(secretHash)).toEqual({ key: anApiKey({ status: 'archived' }), secretHash, rev: 2 });
  });

  test('an item that is no key is an error, never a key', async () => {
    const { table, store } = open();
    await table.put({ ...apiKeyItemKey(secretHash), rev: 1, key: '{}' }, { kind: 'none' });
    await expect(store.read(secretHash)).rejects.toThrow();
  });
});
