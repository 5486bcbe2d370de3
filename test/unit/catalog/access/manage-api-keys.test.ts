// API keys: shown once, stored as hashes, and with no more rights than their creator.
import { describe, expect, test } from '@jest/globals';
import { manageApiKeys } from '../../../../functions/catalog/access/manage-api-keys.ts';
import { bootstrapApiKey, newSecret } from '../../../../functions/catalog/access/new-api-key.ts';
import { hashSecret, isUsable } from '../../../../shared/domain/api-key.ts';
import { createApiKeyStore } from '../../../../shared/store/access/api-keys.ts';
import { createDirectoryStore } from '../../../../shared/store/customers/directory.ts';
import { createPointerStore } from '../../../../shared/store/customers/pointers.ts';
import { createScopeStore } from '../../../../shared/store/catalog/scopes.ts';
import { aCaller, call, createUlids, idsOf } from '../../../support/drivers/api-request.ts';
import type { ApiKey } from '../../../../shared/domain/api-key.ts';
import { anApiKey, aScope, someInstant } from '../../../support/builders/builders.ts';
import { createMemoryTable } from '../../../support/drivers/memory-table.ts';

const secret = 'sk_01ABCDEFGHJKMNPQRSTVWXYZ99';

/** Opens a store with the keys of the callers: a super_admin, and one with two roles. */
const open = async () => {
  const table = createMemoryTable();
  const deps = {
    apiKeys: createApiKeyStore(table),
    pointers: createPointerStore(table),
    directory: createDirectoryStore(table),
    scopes: createScopeStore(table),
    newUlid: createUlids(),
    now: () => someInstant,
  };
  const secrets = [secret, `${secret.slice(0, -1)}8`, `${secret.slice(0, -1)}7`].values();
  const keys = manageApiKeys({ ...deps, newSecret: () => secrets.next().value ?? '' });
  const store = async (fields: Partial<ApiKey> = {}): Promise<void> => {
    const key = anApiKey(fields);
    await deps.apiKeys.create(hashSecret(key.id), key);
    await deps.pointers.record(aScope, [key.id], hashSecret(key.id));
    await deps.directory.record(aScope, 'API_KEY', { id: key.id, place: hashSecret(key.id) });
  };
  await store();
  await store({ id: 'secret_7', roles: ['catalog_admin', 'event_ingestor'] });
  return { ...deps, table, keys, store };
};
const body = { name: 'billing worker', type: 'private_key' };
const callers = ['secret_7', 'secret_1'];
const ingestor = aCaller({ keyId: 'secret_7', roles: ['catalog_admin', 'event_ingestor'] });

describe('API keys', () => {
  test('the secret of an API key is shown once', async () => {
    const { keys, apiKeys, table } = await open();
    const created = await call(keys.createApiKey, {
      body: {
        ...body,
        expires_at: '2026-01-01T00:00:00Z',
        roles: ['event_ingestor'],
        rate_limit: { per_second: 100, burst: 200 },
      },
    });
    const shown = {
      id: 'secret_01K70000000000000000000001',
      name: 'billing worker',
      type: 'private_key',
      provider: 'flexprice',
      display_id: 'sk_01***99',
      roles: ['event_ingestor'],
      user_type: 'user',
      user_id: 'secret_1',
      expires_at: '2026-01-01T00:00:00Z',
      last_used_at: null,
      rate_limit: { per_second: 100, burst: 200 },
      tenant_id: 'default',
      environment_id: 'default',
      status: 'published',
      created_at: '2025-10-15T11:38:47.962Z',
      updated_at: '2025-10-15T11:38:47.962Z',
      created_by: 'secret_1',
      updated_by: 'secret_1',
    };
    expect(created).toEqual({ status: 201, body: { secret: shown, api_key: secret } });
    expect(await call(keys.listApiKeys)).toEqual({
      status: 200,
      body: { items: [expect.anything(), expect.anything(), shown], pagination: { total: 3, limit: 50, offset: 50 } },
    });
    const stored = await apiKeys.read(hashSecret(secret));
    expect(stored?.key).toMatchObject({ scope: aScope, rateLimit: { perSecond: 100, burst: 200 } });
    expect(JSON.stringify([...table.partitions].map(([, items]) => [...items]))).not.toContain(secret);
  });

  test('a new key has a subset of the roles of its creator; by default all of them', async () => {
    const { keys } = await open();
    const create = (roles?: readonly string[]) =>
      call(keys.createApiKey, { caller: ingestor, body: { ...body, roles } });
    expect(await create()).toMatchObject({ body: { secret: { roles: ['catalog_admin', 'event_ingestor'] } } });
    expect(await create(['event_ingestor'])).toMatchObject({ body: { secret: { roles: ['event_ingestor'] } } });
    expect(await create(['event_ingestor', 'super_admin'])).toEqual({
      code: 'permission_denied',
      message: 'A key can only grant roles that it has itself',
      details: { roles: ['super_admin'] },
    });
  });

  test('a publishable key may only send events, unless more roles are requested', async () => {
    const { keys } = await open();
    const create = (fields: object) =>
      call(keys.createApiKey, { caller: aCaller(), body: { ...body, type: 'publishable_key', ...fields } });
    expect(await create({})).toMatchObject({ body: { secret: { roles: ['event_ingestor'] } } });
    expect(await create({ roles: ['event_reader'] })).toMatchObject({ body: { secret: { roles: ['event_reader'] } } });
  });

  test('no key creates keys of another tenant; super_admin creates keys of other environments', async () => {
    const { keys, scopes } = await open();
    const create = (fields: object, caller = aCaller()) =>
      call(keys.createApiKey, { caller, body: { ...body, ...fields } });
    const refused = { code: 'permission_denied' };
    expect(await create({ tenant_id: 'other' })).toMatchObject(refused);
    expect(await create({ environment_id: 'test' }, ingestor)).toMatchObject(refused);
    expect(await create({ environment_id: 'test' })).toMatchObject({ body: { secret: { environment_id: 'test' } } });
    expect((await scopes.read({ ...aScope, environmentId: 'test' })).createdAt).toBe(someInstant);
    expect(idsOf(await call(keys.listApiKeys))).toEqual(callers);
  });

  test.each([
    [{}, { name: 'required', type: 'required' }],
    [{ ...body, type: 'sk' }, { type: 'must be one of private_key, publishable_key' }],
    [{ ...body, expires_at: '2025-10-15T11:38:47.962Z' }, { expires_at: 'must be in the future' }],
    [
      { ...body, expires_at: 'soon' },
      { expires_at: 'must be an RFC 3339 timestamp with an offset, e.g. 2026-12-01T10:00:00Z' },
    ],
    [{ ...body, roles: [] }, { roles: 'must not be empty' }],
    [
      { ...body, rate_limit: { per_second: 0 } },
      { 'rate_limit.per_second': 'must be a whole number from 1 to 1000000' },
    ],
    [{ ...body, environment_id: 'a.b' }, { environment_id: 'must be 1 to 64 characters of A-Z a-z 0-9 _ -' }],
  ])('%j is refused', async (sent, details) => {
    const answer = await call((await open()).keys.createApiKey, { body: sent });
    expect(answer).toEqual({ code: 'validation_error', message: 'Request validation failed', details });
  });

  test('a revoked key is not usable, and revoking it again changes nothing', async () => {
    const { keys, apiKeys } = await open();
    await call(keys.createApiKey, { body });
    const path = { id: 'secret_01K70000000000000000000001' };
    expect(await call(keys.deleteApiKey, { path })).toEqual({ status: 204 });
    expect(await call(keys.deleteApiKey, { path })).toEqual({ status: 204 });
    const stored = await apiKeys.read(hashSecret(secret));
    expect(stored && isUsable(stored.key, someInstant)).toBe(false);
    expect(stored?.rev).toBe(2);
    expect(idsOf(await call(keys.listApiKeys))).toEqual(callers);
    expect(idsOf(await call(keys.listApiKeys, { query: { status: ['archived'] } }))).toEqual([path.id]);
    const unknown = { code: 'not_found', message: 'API key not found', details: {} };
    expect(await call(keys.deleteApiKey, { path: { id: 'secret_unknown' } })).toEqual(unknown);
  });

  test('a key sees itself and the keys it created; super_admin sees all', async () => {
    const { keys } = await open();
    await call(keys.createApiKey, { body });
    await call(keys.createApiKey, { caller: ingestor, body });
    const [first, second] = ['secret_01K70000000000000000000001', 'secret_01K70000000000000000000002'];
    expect(idsOf(await call(keys.listApiKeys))).toEqual([...callers, second, first]);
    expect(idsOf(await call(keys.listApiKeys, { caller: ingestor }))).toEqual(['secret_7', second]);
    expect(await call(keys.deleteApiKey, { caller: ingestor, path: { id: first } })).toMatchObject({
      code: 'not_found',
    });
    expect(await call(keys.deleteApiKey, { caller: ingestor, path: { id: second } })).toEqual({ status: 204 });
  });

  test('a key expires no later and has no higher rate than its creator', async () => {
    const { keys, store } = await open();
    const end = someInstant + 3_600_000;
    await store({ id: 'secret_8', expiresAt: end, rateLimit: { perSecond: 100, burst: 50 } });
    const create = (fields: object) =>
      call(keys.createApiKey, { caller: aCaller({ keyId: 'secret_8' }), body: { ...body, ...fields } });
    const bounds = { expires_at: '2025-10-15T12:38:47.962Z', rate_limit: { per_second: 100, burst: 50 } };
    expect(await create({})).toMatchObject({ body: { secret: bounds } });
    expect(await create({ ...bounds, expires_at: null })).toMatchObject({ body: { secret: bounds } });
    const less = { expires_at: '2025-10-15T12:38:47.961Z', rate_limit: { per_second: 80 } };
    expect(await create(less)).toMatchObject({
      body: { secret: { ...less, rate_limit: { per_second: 80, burst: 50 } } },
    });
    const refusedWith = (details: object) => ({ code: 'validation_error', details });
    expect(await create({ expires_at: '2025-10-15T12:38:47.963Z' })).toMatchObject(
      refusedWith({ expires_at: 'must be at most 2025-10-15T12:38:47.962Z, when the key that creates it expires' }),
    );
    expect(await create({ rate_limit: { per_second: 101 } })).toMatchObject(
      refusedWith({ 'rate_limit.per_second': 'must be at most 100, the limit of the key that creates it' }),
    );
    expect(await create({ rate_limit: { per_second: 1, burst: 51 } })).toMatchObject(
      refusedWith({ 'rate_limit.burst': 'must be at most 50, the limit of the key that creates it' }),
    );
  });

  test.each([
    ['archived', { status: 'archived' }],
    ['expired', { expiresAt: someInstant }],
  ] as const)('a key that is %s since it was remembered makes and revokes none', async (_, fields) => {
    const { keys, store } = await open();
    await store({ id: 'secret_8', ...fields });
    const caller = aCaller({ keyId: 'secret_8' });
    expect(await call(keys.createApiKey, { caller, body })).toMatchObject({ code: 'unauthorized' });
    expect(await call(keys.deleteApiKey, { caller, path: { id: 'secret_7' } })).toMatchObject({ code: 'unauthorized' });
  });

  test('the last usable super_admin key is revoked only with force', async () => {
    const { keys, store } = await open();
    await store({ id: 'secret_8', status: 'archived' });
    await store({ id: 'secret_9', expiresAt: someInstant });
    const path = { id: 'secret_1' };
    const revoke = (force?: string) =>
      call(keys.deleteApiKey, { path, query: { ...(force !== undefined && { force: [force] }) } });
    const refused = { code: 'invalid_operation', details: { force: expect.anything() } };
    expect(await revoke()).toMatchObject(refused);
    expect(await revoke('false')).toMatchObject(refused);
    expect(await revoke('yes')).toMatchObject({ details: { force: 'must be one of true, false' } });
    await store({ id: 'secret_10' });
    expect(await revoke()).toEqual({ status: 204 });
    const last = { caller: aCaller({ keyId: 'secret_10' }), path: { id: 'secret_10' } };
    expect(await call(keys.deleteApiKey, last)).toMatchObject(refused);
    expect(await call(keys.deleteApiKey, { ...last, query: { force: ['true'] } })).toEqual({ status: 204 });
  });

  test('a super_admin key is revoked only with force if the others expire before it', async () => {
    const { keys, store } = await open();
    const [soon, later] = [someInstant + 60_000, someInstant + 3_600_000];
    await store({ id: 'secret_8', expiresAt: soon });
    await store({ id: 'secret_9', expiresAt: later });
    const revoke = (id: string) => call(keys.deleteApiKey, { caller: aCaller({ keyId: 'secret_8' }), path: { id } });
    const refused = { code: 'invalid_operation', message: expect.stringContaining('is valid for as long') };
    expect(await revoke('secret_1')).toMatchObject(refused);
    expect(await revoke('secret_9')).toEqual({ status: 204 });
    await store({ id: 'secret_10', expiresAt: later });
    expect(await revoke('secret_1')).toMatchObject(refused);
    await store({ id: 'secret_11' });
    expect(await revoke('secret_1')).toEqual({ status: 204 });
    expect(await revoke('secret_11')).toMatchObject(refused);
    expect(await revoke('secret_10')).toEqual({ status: 204 });
  });

  test('the first key is created once, with its scope', async () => {
    const deps = await open();
    const request = {
      secret: 'my-key',
      scope: { tenantId: 't', environmentId: 'e' },
      name: 'first',
      roles: ['super_admin'] as const,
    };
    const made = await bootstrapApiKey(deps, request);
    expect(made).toMatchObject({ displayId: '***', createdBy: made.id, roles: ['super_admin'], type: 'private_key' });
    expect(await bootstrapApiKey(deps, { ...request, roles: ['event_reader'] })).toEqual(made);
    expect(await deps.scopes.read(request.scope)).toMatchObject({ createdAt: someInstant, feedShards: 1 });
  });

  test('secrets of API keys are random', () => {
    const first = newSecret('private_key');
    expect(first).toMatch(/^sk_[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(newSecret('publishable_key')).toMatch(/^pk_[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(newSecret('private_key')).not.toBe(first);
    expect(newSecret('private_key', () => new Uint8Array([0, 31, 32, 255]))).toBe('sk_0Z0Z');
  });
});
