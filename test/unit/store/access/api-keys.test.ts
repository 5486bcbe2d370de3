import { describe, expect, test } from '@jest/globals';
import { hashSecret } from '../../../../shared/domain/api-key.ts';
import { createApiKeyStore } from '../../../../shared/store/access/api-keys.ts';
import { apiKeyItemKey } from '../../../../shared/store/table/keys.ts';
import { anApiKey } from '../../../support/builders/builders.ts';
import { createMemoryTable } from '../../../support/drivers/memory-table.ts';

const secretHash = hashSecret('sk_secret');
const open = () => {
  const table = createMemoryTable();
  return { table, store: createApiKeyStore(table) };
};

describe('API keys', () => {
  test('the secret of an API key is not in the table', async () => {
    const { table, store } = open();
    await store.create(secretHash, anApiKey());
    expect(JSON.stringify([...table.partitions.values()].map((items) => [...items.values()]))).not.toContain(
      'sk_secret',
    );
  });

  test('a repeated creation of a key is no conflict, another key with its secret is', async () => {
    const { store } = open();
    await store.create(secretHash, anApiKey());
    expect(await store.create(secretHash, anApiKey())).toBe('written');
    expect(await store.create(secretHash, anApiKey({ id: 'secret_2' }))).toBe('refused');
    expect(await store.read(secretHash)).toMatchObject({ key: { id: 'secret_1' }, rev: 1 });
  });

  test('a change of a key is refused when another came first', async () => {
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
