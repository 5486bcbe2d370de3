// How far a number can be trusted: what is accepted and not yet processed, and what waits in the dead-letter queue.
import { expect, test } from '@jest/globals';
import { DependencyError } from '../../shared/dependency-error.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import { createClient, minutes } from '../support/client.ts';
import { openInProcessDriver } from '../support/driver-in-process.ts';

const cachedMs = 5_000;
const usage = { event_name: 'call', aggregation_type: 'COUNT' };

test('messages in flight are counted, and nothing is promised until they are processed', async () => {
  const driver = await openInProcessDriver();
  const client = createClient(driver);
  const ask = () => client.call('POST', '/v1/events/usage', usage);
  expect(await ask()).toMatchObject({
    in_flight: { queue: 0, dead_letter_queue: 0 },
    verified_through: formatInstant(driver.now() - minutes(1)),
  });

  await client.call('POST', '/v1/events', {
    event_name: 'call',
    external_customer_id: 'acme',
    timestamp: client.ago(minutes(4)),
  });
  await driver.passTime(cachedMs);
  const waiting = await ask();
  expect(waiting).toMatchObject({ counted: 0, in_flight: { queue: 1, dead_letter_queue: 0 }, verified_through: null });

  await driver.settle();
  // The counts of the queue are up to 5 seconds old; the events are not.
  expect(await ask()).toMatchObject({ value: 1, in_flight: { queue: 1 }, verified_through: null });
  await driver.passTime(cachedMs);
  expect(await ask()).toMatchObject({
    value: 1,
    in_flight: { queue: 0 },
    verified_through: formatInstant(driver.now() - minutes(1)),
  });
});

test('a message in the dead-letter queue leaves every number unverified', async () => {
  const driver = await openInProcessDriver({
    deadLetters: { readDepth: () => Promise.resolve({ waiting: 2, inFlight: 1 }) },
  });
  const client = createClient(driver);
  const unverified = { in_flight: { queue: 0, dead_letter_queue: 3 }, verified_through: null };
  expect(await client.call('POST', '/v1/events/usage', usage)).toMatchObject(unverified);
  expect(await client.call('POST', '/v1/events/analytics', {})).toMatchObject(unverified);
});

test('a queue that does not answer is a 503, not a number that looks verified', async () => {
  const driver = await openInProcessDriver({
    deadLetters: { readDepth: () => Promise.reject(new DependencyError('transient', 'SQS is away')) },
  });
  expect(await driver.request('POST', '/v1/events/usage', usage)).toMatchObject({
    status: 503,
    body: { code: 'service_unavailable' },
  });
});
