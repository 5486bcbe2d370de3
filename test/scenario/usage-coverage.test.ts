// How far a number can be trusted: what is accepted and not yet processed, and what waits in the dead-letter queue.
import { expect, test } from '@jest/globals';
import { DependencyError } from '../../shared/dependency-error.ts';
import { formatInstant } from '../../shared/domain/time/instant.ts';
import { createClient, minutes } from '../support/drivers/client.ts';
import { openInProcessDriver } from '../support/drivers/driver-in-process.ts';
import { setUpBilling } from './steps/catalog-steps.ts';

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

  await driver.drain();
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

test.each([
  ['is away', new DependencyError('transient', 'SQS is away')],
  ['refuses', new DependencyError('permanent', 'denied')],
])('an SQS that %s withholds no number, and none looks verified', async (_, error) => {
  const away = { readDepth: () => Promise.reject(error) };
  const client = createClient(await openInProcessDriver({ queueDepth: away, deadLetters: away }));
  const unknown = { in_flight: null, verified_through: null };
  expect(await client.call('POST', '/v1/events/usage', usage)).toMatchObject({ ...unknown, counted: 0 });
  expect(await client.call('POST', '/v1/events/analytics', {})).toMatchObject(unknown);
  const { subscriptionId } = await setUpBilling(client);
  expect(await client.call('POST', '/v1/invoices/preview', { subscription_id: subscriptionId })).toMatchObject(unknown);
  expect(await client.call('GET', '/v1/events/monitoring')).toEqual({ total_count: 0 });
});
