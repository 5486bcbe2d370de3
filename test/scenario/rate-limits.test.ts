// Cause 4C: a key that sends more than its limit is told 429, when to come again, and what its limit is.
import { describe, expect, test } from '@jest/globals';
import { createClient, unique } from '../support/client.ts';
import { useDriver } from '../support/use-driver.ts';
import { createKey } from './steps/key-steps.ts';

describe('a rate limit', () => {
  const client = createClient(useDriver());
  const event = () => ({ event_name: 'x', external_customer_id: 'acme', event_id: unique('evt') });

  test('lets the burst through, then answers 429 until Retry-After has passed', async () => {
    const { driver } = (await createKey(client, { rate_limit: { per_second: 1, burst: 3 } })).client;
    const send = () => driver.request('POST', '/v1/events', event());
    const first = await send();
    expect(first).toMatchObject({ status: 202, headers: { 'x-ratelimit-limit': '3', 'x-ratelimit-remaining': '2' } });
    const answers = [await send(), await send(), await send(), await send()];
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 429, 429]);
    const refused = answers[2];
    expect(refused).toMatchObject({
      body: { code: 'too_many_requests', message: 'Rate limit exceeded', http_status_code: 429 },
      headers: { 'x-ratelimit-limit': '3', 'x-ratelimit-remaining': '0' },
    });
    expect(Number(refused?.headers['x-ratelimit-reset'])).toBeGreaterThan(0);
    const retryAfter = Number(refused?.headers['retry-after']);
    expect(retryAfter).toBe(1);
    await driver.passTime(retryAfter * 1_000);
    expect(await send()).toMatchObject({ status: 202 });
  });

  test('is of one key: others are not slowed down', async () => {
    const limited = (await createKey(client, { rate_limit: { per_second: 1 } })).client.driver;
    const statuses = [];
    for (let count = 0; count < 3; count += 1) {
      statuses.push((await limited.request('POST', '/v1/events', event())).status);
    }
    expect(statuses).toContain(429);
    const free = await client.driver.request('POST', '/v1/events', event());
    expect(free.status).toBe(202);
    expect(free.headers).not.toHaveProperty('x-ratelimit-limit');
  });

  test('counts what it refused', async () => {
    const throttled = async () => (await client.driver.metrics()).throttled_requests ?? 0;
    const before = await throttled();
    const { driver } = (await createKey(client, { rate_limit: { per_second: 1, burst: 1 } })).client;
    await driver.request('POST', '/v1/events', event());
    expect(await driver.request('POST', '/v1/events', event())).toMatchObject({ status: 429 });
    expect((await throttled()) - before).toBe(1);
  });
});
