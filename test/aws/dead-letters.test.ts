// A deployment that cannot store, and a message that is none: both end in the dead-letter queue, are listed by the command
// line, and what can be stored is redriven and counted once.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SendMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { createQueueClient } from '../../shared/queue/sqs-client.ts';
import { createKey } from '../scenario/steps/key-steps.ts';
import { eventIdsOf, lookUp } from '../scenario/steps/event-steps.ts';
import { createClient, unique } from '../support/drivers/client.ts';
import type { Driver } from '../support/drivers/driver.ts';
import { runTollgate } from '../support/drivers/running-tollgate.ts';
import { openDeployedStack } from './deployed-stack.ts';
import { deployment, outputOf, withEnvironment } from './deployment.ts';

const { stack } = deployment();
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
let driver: Driver;
let queueUrl = '';
let deadLetterQueueUrl = '';

/** Eight receives at the stack's own visibility timeout would take 24 minutes. */
const setVisibilityTimeout = (seconds: number) =>
  sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes: { VisibilityTimeout: String(seconds) } }));

beforeAll(async () => {
  queueUrl = await outputOf(stack, 'queueUrl');
  deadLetterQueueUrl = await outputOf(stack, 'deadLetterQueueUrl');
  await setVisibilityTimeout(1);
  driver = await openDeployedStack();
  await driver.drain();
});
afterAll(async () => {
  await setVisibilityTimeout(180);
  sqs.destroy();
  await driver.close();
});

const untilDeadLetters = async (wanted: number): Promise<void> => {
  const { readDepth } = createQueueClient(sqs, deadLetterQueueUrl);
  const deadline = Date.now() + 90_000;
  while (Date.now() < deadline) {
    if ((await readDepth()).waiting === wanted) return;
    await delay(250);
  }
  throw new Error(`no ${String(wanted)} messages in the dead-letter queue: ${JSON.stringify(await readDepth())}`);
};

const LetterSchema = v.looseObject({
  message_id: v.string(),
  readable: v.boolean(),
  batch_id: v.optional(v.string()),
  environment_id: v.optional(v.string()),
  receive_count: v.number(),
});
const listed = async () => {
  const { stdout, exitCode } = await runTollgate(['dlq', 'list', '--json']);
  expect(exitCode).toBe(0);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => v.parse(LetterSchema, JSON.parse(line)));
};

describe('poison messages', () => {
  test('are set aside, listed, redriven, and counted once', async () => {
    const environmentId = unique('env');
    const { client, secret } = await createKey(createClient(driver), { environment_id: environmentId });
    const event = { event_id: unique('evt'), event_name: 'api_call', external_customer_id: 'acme' };
    const before = await driver.metrics();
    const emptyBefore = await listed();

    await withEnvironment(`${stack}-processor`, { TABLE_NAME: 'none-of-that-name' }, async () => {
      await client.call('POST', '/v1/events', event);
      // The sender's retry is another batch.
      await client.call('POST', '/v1/events', event);
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: 'no batch' }));
      await untilDeadLetters(emptyBefore.length + 3);
    });

    const letters = (await listed()).filter(
      ({ message_id: id }) => !emptyBefore.some(({ message_id: known }) => known === id),
    );
    expect(letters.map(({ readable }) => readable).sort()).toEqual([false, true, true]);
    const ours = letters.filter(({ environment_id: found }) => found === environmentId);
    expect(ours).toHaveLength(2);
    const { stdout: shown } = await runTollgate(['dlq', 'show', ours[0]?.batch_id ?? '', '--json']);
    expect(JSON.parse(shown)).toMatchObject({ events: [{ event_id: event.event_id }] });
    const unseen = await driver.request('GET', `/v1/events/${event.event_id}`, undefined, { apiKey: secret });
    expect(unseen.status).toBe(404);

    // A delivery that is not done within the timeout comes once more, and is counted once more.
    await setVisibilityTimeout(5);
    const ids = letters.flatMap(({ message_id: id }) => ['--id', id]);
    const redriven = await runTollgate(['dlq', 'redrive', ...ids, '--json']);
    expect(JSON.parse(redriven.stdout)).toMatchObject({ moved: 3, failed: 0, not_found: [] });

    // What is no batch comes back; the rest is stored.
    await untilDeadLetters(emptyBefore.length + 1);
    await driver.drain();
    expect(await lookUp(client, event.event_id)).toMatchObject({ event: { id: event.event_id }, status: 'failed' });
    expect(eventIdsOf(await client.call('POST', '/v1/events/query', {}))).toEqual([event.event_id]);
    const { events_stored: stored = 0, duplicates = 0 } = await driver.metrics();
    expect(stored - (before.events_stored ?? 0)).toBe(1);
    expect(duplicates - (before.duplicates ?? 0)).toBe(1);
  }, 240_000);
});
