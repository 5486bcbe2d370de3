// Cause 4C: a key that sends more than its limit is told 429, when to come again, and what its limit is.
import { describe, expect, test } from '@jest/globals';
import { createClient, unique } from '../support/drivers/client.ts';
import type { Answer, Driver } from '../support/drivers/driver.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createKey } from './steps/key-steps.ts';

const send = ({ request }: Driver): Promise<Answer> =>
  request('POST', '/v1/events', { event_name: 'x', external_customer_id: 'acme', event_id: unique('evt') });

/** The answers up to the first refusal, which comes last. */
const sendUntilRefused = async (driver: Driver): Promise<readonly Answer[]> => {
  const answers = [await send(driver)];
  while (answers.at(-1)?.status === 202 && answers.length < 100) answers.push(await send(driver));
  return answers;
};

describe('a rate limit', () => {
  const client = createClient(useDriver());

  test('lets the burst through, then answers 429 until Retry-After has passed', async () => {
    const { driver } = (await createKey(client, { rate_limit: { per_second: 1, burst: 3 } })).client;
    const startedAt = driver.now();
    const answers = await sendUntilRefused(driver);
    const gainedMeanwhile = Math.floor((driver.now() - startedAt) / 1_000);
    const accepted = answers.length - 1;
    expect(accepted).toBeGreaterThanOrEqual(3);
    expect(accepted).toBeLessThanOrEqual(3 + gainedMeanwhile);

    const [first, refused] = [answers[0], answers.at(-1)];
    expect(first?.headers).toMatchObject({ 'x-ratelimit-limit': '3', 'x-ratelimit-remaining': '2' });
    expect(refused).toMatchObject({
      status: 429,
      body: { code: 'too_many_requests', message: 'Rate limit exceeded', http_status_code: 429 },
      headers: { 'x-ratelimit-limit': '3', 'x-ratelimit-remaining': '0' },
    });
    expect(Number(refused?.headers['x-ratelimit-reset'])).toBeGreaterThan(0);
    const retryAfter = Number(refused?.headers['retry-after']);
    expect(retryAfter).toBe(1);
    await driver.passTime(retryAfter * 1_000);
    expect(await send(driver)).toMatchObject({ status: 202 });
  });

  test('applies to one key, and does not slow down others', async () => {
    const limited = (await createKey(client, { rate_limit: { per_second: 1 } })).client.driver;
    expect((await sendUntilRefused(limited)).at(-1)).toMatchObject({ status: 429 });
    const free = await send(client.driver);
    expect(free.status).toBe(202);
    expect(free.headers).not.toHaveProperty('x-ratelimit-limit');
  });

  test('counts the requests that it refused', async () => {
    const throttled = async () => (await client.driver.metrics()).throttled_requests ?? 0;
    const before = await throttled();
    const { driver } = (await createKey(client, { rate_limit: { per_second: 1, burst: 1 } })).client;
    await sendUntilRefused(driver);
    expect((await throttled()) - before).toBe(1);
  });
});
