import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { createKeyInTable } from '../../../../cli/operator/create-key.ts';
import { createAuthenticator } from '../../../../shared/lambda/authenticate.ts';
import { createApiKeyStore } from '../../../../shared/store/access/api-keys.ts';
import { createMemoryTable } from '../../../support/drivers/memory-table.ts';

const request = { name: 'first', type: 'private_key' };
const CreatedSchema = v.object({ secret: v.looseObject({ id: v.string() }), api_key: v.string() });

const create = async (fields: Readonly<Record<string, unknown>> = {}) => {
  const table = createMemoryTable();
  const { secret, api_key: apiKey } = v.parse(CreatedSchema, await createKeyInTable(table, { ...request, ...fields }));
  const authenticate = createAuthenticator({ readKey: createApiKeyStore(table).read, now: Date.now });
  return { secret, apiKey, authenticated: await authenticate(apiKey) };
};

describe('a key created in the table', () => {
  test('the key works, may do everything, and names itself as its creator', async () => {
    const { secret, apiKey, authenticated } = await create();
    expect(apiKey).toMatch(/^sk_[0-9A-Z]{26}$/);
    expect(authenticated).toEqual({
      keyId: secret.id,
      keyName: 'first',
      scope: { tenantId: 'default', environmentId: 'default' },
      roles: ['super_admin'],
    });
    expect(secret).toMatchObject({ name: 'first', status: 'published', user_id: secret.id, expires_at: null });
  });

  test('the key has the requested fields', async () => {
    const { authenticated } = await create({
      roles: ['event_ingestor'],
      tenant_id: 'acme',
      environment_id: 'live',
      rate_limit: { per_second: 5, burst: 10 },
      expires_at: '2999-01-01T00:00:00Z',
    });
    expect(authenticated).toMatchObject({
      scope: { tenantId: 'acme', environmentId: 'live' },
      roles: ['event_ingestor'],
      rateLimit: { perSecond: 5, burst: 10 },
    });
  });

  test.each([
    [{ tenant_id: 'a.b' }, 'tenant_id: must be 1 to 64 characters of A-Z a-z 0-9 _ -'],
    [{ environment_id: '' }, 'environment_id: must be 1 to 64 characters of A-Z a-z 0-9 _ -'],
    [{ roles: ['admin'] }, 'roles[0]: must be one of super_admin, event_ingestor, event_reader, catalog_admin'],
    [{ expires_at: '2020-01-01T00:00:00Z' }, 'expires_at: must be in the future'],
    [{ expires_at: 'tomorrow' }, 'expires_at: must be an RFC 3339 timestamp with an offset, e.g. 2026-12-01T10:00:00Z'],
    [{ name: ' ' }, 'name: required'],
  ])('%j is refused as over HTTP', async (fields, rule) => {
    const table = createMemoryTable();
    await expect(createKeyInTable(table, { ...request, ...fields })).rejects.toMatchObject({
      name: 'CliFailure',
      message: `Request validation failed (validation_error)\n  ${rule}`,
    });
    expect(table.partitions.size).toBe(0);
  });
});
