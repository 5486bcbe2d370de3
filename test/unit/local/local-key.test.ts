import { afterEach, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKey } from '../../../functions/catalog/access/new-api-key.ts';
import { openLocalKey } from '../../../lib/local/local-key.ts';
import { hashSecret } from '../../../shared/domain/api-key.ts';
import { createApiKeyStore } from '../../../shared/store/access/api-keys.ts';
import { createDirectoryStore } from '../../../shared/store/customers/directory.ts';
import { createPointerStore } from '../../../shared/store/customers/pointers.ts';
import { createScopeStore } from '../../../shared/store/catalog/scopes.ts';
import { createUlids } from '../../support/drivers/api-request.ts';
import { aScope, someInstant } from '../../support/builders/builders.ts';
import { createMemoryTable } from '../../support/drivers/memory-table.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

const prepare = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tollgate-key-'));
  folders.push(folder);
  const table = createMemoryTable();
  const apiKeys = createApiKeyStore(table);
  const deps = {
    apiKeys,
    pointers: createPointerStore(table),
    directory: createDirectoryStore(table),
    scopes: createScopeStore(table),
    newUlid: createUlids(),
    now: () => someInstant,
  };
  const revoke = async (secret: string): Promise<void> => {
    const stored = await apiKeys.read(hashSecret(secret));
    if (stored) await apiKeys.replace(stored, { ...stored.key, status: 'archived' });
  };
  const open = (given?: string) => openLocalKey(deps, { folder, given });
  return { deps, folder, file: join(folder, 'api-key'), open, revoke };
};

describe('the local key', () => {
  test('is created once, kept for its owner alone, and works', async () => {
    const { deps, folder, file, open } = await prepare();
    const made = await open();
    expect(made).toEqual({ secret: expect.stringMatching(/^sk_.{26}$/), origin: 'made' });
    expect(await open()).toEqual({ ...made, origin: 'kept' });
    expect(await readFile(file, 'utf8')).toBe(`${made.secret}\n`);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['api-key']);
    expect((await deps.apiKeys.read(hashSecret(made.secret)))?.key.roles).toEqual(['super_admin']);
  });

  test('is created again once it was revoked', async () => {
    const { open, file, revoke } = await prepare();
    const { secret: before } = await open();
    await revoke(before);
    const after = await open();
    expect(after).toEqual({ secret: expect.not.stringMatching(before), origin: 'replaced' });
    expect(await readFile(file, 'utf8')).toBe(`${after.secret}\n`);
    expect(await open()).toEqual({ ...after, origin: 'kept' });
  });

  test('is created again when the table does not know it', async () => {
    const { open, file } = await prepare();
    await writeFile(file, 'sk_01ABCDEFGHJKMNPQRSTVWXYZ99');
    expect(await open()).toEqual({ secret: 'sk_01ABCDEFGHJKMNPQRSTVWXYZ99', origin: 'kept' });
  });

  test.each([
    '',
    '\n',
    'sk_01ABC',
    'sk_01ABCDEFGHJKMNPQRSTVWXYZ99\nmore',
    'sk_01ABCDEFGHJKMNPQRSTVWXYZ9\u00e9',
    '{"key":1}',
  ])('is refused when it is in a damaged file: %j', async (text) => {
    const { open, file, deps } = await prepare();
    await writeFile(file, text);
    await expect(open()).rejects.toMatchObject({ code: 'ERR_KEY_FILE' });
    expect(await readFile(file, 'utf8')).toBe(text);
    expect(await deps.directory.list(aScope, 'API_KEY', 9)).toEqual([]);
  });

  test('is refused when a folder is in place of its file', async () => {
    const { open, file } = await prepare();
    await mkdir(file);
    await expect(open()).rejects.toMatchObject({ code: 'ERR_KEY_FILE' });
  });

  test('is used but not stored when it is given, and refused when it is revoked or may not do everything', async () => {
    const { deps, folder, open, revoke } = await prepare();
    expect(await open('sk_mine')).toEqual({ secret: 'sk_mine', origin: 'given' });
    expect(await readdir(folder)).toEqual([]);
    await revoke('sk_mine');
    await expect(open('sk_mine')).rejects.toMatchObject({ code: 'ERR_KEY_UNUSABLE' });
    await createKey(deps, {
      secret: 'sk_reader',
      scope: aScope,
      name: 'reader',
      type: 'private_key',
      roles: ['event_reader'],
      createdBy: '',
    });
    await expect(open('sk_reader')).rejects.toMatchObject({ code: 'ERR_KEY_UNUSABLE' });
  });
});
