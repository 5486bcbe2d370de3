// Cause 4B: a key that is missing, unknown, expired or archived is 401; a key without the role for a route is 403.
import { describe, expect, test } from '@jest/globals';
import packageJson from '../../package.json' with { type: 'json' };
import { formatInstant } from '../../shared/domain/time/instant.ts';
import { createClient, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { setUpBilling } from './steps/catalog-steps.ts';
import { lookUp, sendEvent } from './steps/event-steps.ts';
import { createKey } from './steps/key-steps.ts';

const unauthorized = { status: 401, body: { code: 'unauthorized', http_status_code: 401 } };
const forbidden = { status: 403, body: { code: 'permission_denied', http_status_code: 403 } };

describe('an API key', () => {
  const client = createClient(useDriver());
  const { driver } = client;
  const event = () => ({ event_name: 'x', external_customer_id: 'acme', event_id: unique('evt') });

  test('that is missing or unknown is 401, before anything of the request is read', async () => {
    for (const apiKey of [null, '', 'sk_unknown', ' ']) {
      expect(await driver.request('POST', '/v1/events', '{', { apiKey })).toMatchObject(unauthorized);
      expect(await driver.request('GET', '/v1/events', undefined, { apiKey })).toMatchObject(unauthorized);
    }
    const bearer = { apiKey: null, headers: { authorization: 'Bearer x' } };
    expect(await driver.request('GET', '/v1/meters', undefined, bearer)).toMatchObject(unauthorized);
  });

  test('that has expired is 401', async () => {
    const expiresAt = formatInstant(driver.now() + 2_000);
    const key = await createKey(client, { expires_at: expiresAt });
    expect(await key.client.driver.request('GET', '/v1/meters')).toMatchObject({ status: 200 });
    await driver.passTime(2_001);
    expect(await key.client.driver.request('GET', '/v1/meters')).toMatchObject(unauthorized);
  });

  test('that is archived is 401', async () => {
    const key = await createKey(client);
    expect(await driver.request('DELETE', `/v1/secrets/api/keys/${key.id}`)).toMatchObject({ status: 204 });
    expect(await key.client.driver.request('POST', '/v1/events', event())).toMatchObject(unauthorized);
  });

  test('is shown once and never again', async () => {
    const { id, secret } = await createKey(client);
    const { body } = await driver.request('GET', '/v1/secrets/api/keys?limit=1000');
    expect(body).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ id })]) });
    expect(JSON.stringify(body)).not.toContain(secret);
  });

  test.each([
    ['event_ingestor', { ingest: 202, read: 403, readCatalog: 403, writeCatalog: 403 }],
    ['event_reader', { ingest: 403, read: 200, readCatalog: 200, writeCatalog: 403 }],
    ['catalog_admin', { ingest: 403, read: 403, readCatalog: 200, writeCatalog: 201 }],
  ])('with the role %s may do what its role allows', async (role, expected) => {
    const { request } = (await createKey(client, { roles: [role] })).client.driver;
    const answers = {
      ingest: await request('POST', '/v1/events', event()),
      read: await request('POST', '/v1/events/query', {}),
      readCatalog: await request('GET', '/v1/meters'),
      writeCatalog: await request('POST', '/v1/plans', { name: 'Plan' }),
    };
    expect(Object.fromEntries(Object.entries(answers).map(([name, { status }]) => [name, status]))).toEqual(expected);
    for (const answer of Object.values(answers)) if (answer.status === 403) expect(answer).toMatchObject(forbidden);
  });

  test('tells any caller what it stands for, and which deployment answers', async () => {
    const limits = { expires_at: formatInstant(driver.now() + 3_600_000), rate_limit: { per_second: 50, burst: 90 } };
    const environment = unique('asked');
    for (const role of ['event_ingestor', 'event_reader', 'catalog_admin', 'super_admin']) {
      const key = await createKey(client, { name: 'worker', roles: [role], environment_id: environment, ...limits });
      const { status, body } = await key.client.driver.request('GET', '/v1/whoami');
      expect({ status, body }).toEqual({
        status: 200,
        body: {
          key_id: key.id,
          name: 'worker',
          tenant_id: 'default',
          environment_id: environment,
          roles: [role],
          ...limits,
          stage: 'local',
          live: true,
          version: packageJson.version,
        },
      });
    }
    const { body } = await (await createKey(client)).client.driver.request('GET', '/v1/whoami');
    expect(body).not.toHaveProperty('expires_at');
    expect(body).not.toHaveProperty('rate_limit');
    expect(await driver.request('GET', '/v1/whoami', undefined, { apiKey: 'sk_unknown' })).toMatchObject(unauthorized);
    expect(await driver.request('GET', '/v1/whoami?verbose=true')).toMatchObject({
      status: 400,
      body: { details: { verbose: expect.any(String) } },
    });
  });

  test('creates no key that may do more than itself', async () => {
    const admin = (await createKey(client, { roles: ['catalog_admin'] })).client.driver;
    const body = { name: 'more', type: 'private_key', roles: ['super_admin'] };
    expect(await admin.request('POST', '/v1/secrets/api/keys', body)).toMatchObject(forbidden);
    const elsewhere = { name: 'elsewhere', type: 'private_key', tenant_id: 'somebody-else' };
    expect(await driver.request('POST', '/v1/secrets/api/keys', elsewhere)).toMatchObject(forbidden);
  });

  test('that another key creates expires no later and allows no higher rate than that one', async () => {
    const limits = {
      expires_at: formatInstant(driver.now() + 3_600_000),
      rate_limit: { per_second: 1_000, burst: 2_000 },
    };
    const maker = (await createKey(client, limits)).client.driver;
    const body = { name: 'made', type: 'private_key' };
    const make = (fields: object) => maker.request('POST', '/v1/secrets/api/keys', { ...body, ...fields });
    expect(await make({})).toMatchObject({ status: 201, body: { secret: limits } });
    const refused = (field: string) => ({
      status: 400,
      body: { details: { [field]: expect.stringContaining('at most') } },
    });
    const later = formatInstant(driver.now() + 7_200_000);
    expect(await make({ expires_at: later })).toMatchObject(refused('expires_at'));
    expect(await make({ rate_limit: { per_second: 1_001 } })).toMatchObject(refused('rate_limit.per_second'));
    expect(await make({ rate_limit: { per_second: 1, burst: 2_001 } })).toMatchObject(refused('rate_limit.burst'));
  });

  test('that is the last usable super_admin key is revoked only by force', async () => {
    const environment = unique('lonely');
    const last = await createKey(client, { environment_id: environment });
    const path = `/v1/secrets/api/keys/${last.id}`;
    const own = last.client.driver;
    expect(await own.request('DELETE', path)).toMatchObject({ status: 400, body: { code: 'invalid_operation' } });
    expect(await own.request('GET', '/v1/meters')).toMatchObject({ status: 200 });
    expect(await own.request('DELETE', `${path}?force=true`)).toMatchObject({ status: 204 });
  });

  test('belongs to one environment, and other environments see nothing of it', async () => {
    const { customer, eventName } = await setUpBilling(client);
    const id = await sendEvent(client, { event_name: eventName, external_customer_id: customer });
    const environment = unique('staging');
    const other = await createKey(client, { environment_id: environment });
    expect(await other.client.driver.request('GET', `/v1/events/${id}`)).toMatchObject({ status: 404 });
    expect(await other.client.call('GET', '/v1/meters')).toMatchObject({ items: [] });

    await sendEvent(other.client, { event_id: id, event_name: eventName, external_customer_id: customer });
    expect(await lookUp(other.client, id)).toMatchObject({
      event: { environment_id: environment },
      status: 'failed',
      debug_tracker: { failure_point: { failure_point_type: 'customer_lookup' } },
    });
    expect(await lookUp(client, id)).toMatchObject({ status: 'processed' });
    const ask = (id: string) => driver.request('GET', '/v1/meters', undefined, { headers: { 'x-environment-id': id } });
    expect(await ask(environment)).toMatchObject(forbidden);
  });

  test('gets an X-Request-ID with every answer, the one it sent if that is sane', async () => {
    const ask = (headers: Readonly<Record<string, string>>) =>
      driver.request('GET', '/v1/plans', undefined, { headers });
    expect((await ask({})).headers['x-request-id']).toMatch(/.{10}/);
    expect((await ask({ 'X-Request-ID': 'mine-1' })).headers['x-request-id']).toBe('mine-1');
    expect((await ask({ 'X-Request-ID': 'a b<script>' })).headers['x-request-id']).not.toContain('script');
  });
});
