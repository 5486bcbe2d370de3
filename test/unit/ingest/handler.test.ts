import { expect, test } from '@jest/globals';
import { createHandler } from '../../../functions/ingest/handler.ts';
import { lambdaContext } from '../../../lib/local/http/lambda-context.ts';
import { readConfig } from '../../../shared/config.ts';
import { hashSecret } from '../../../shared/domain/api-key.ts';
import { readMessage } from '../../../shared/queue/event-message.ts';
import { createApiKeyStore } from '../../../shared/store/access/api-keys.ts';
import { createUlids } from '../../support/drivers/api-request.ts';
import { anApiKey, someInstant } from '../../support/builders/builders.ts';
import { createMemoryTable } from '../../support/drivers/memory-table.ts';
import { aProxyEvent } from '../../support/drivers/proxy-event.ts';

test('an event goes from HTTP to the queue, with the scope of the key', async () => {
  const table = createMemoryTable();
  const scope = { tenantId: 'acme', environmentId: 'prod' };
  await createApiKeyStore(table).create(
    hashSecret('sk_secret'),
    anApiKey({ scope, roles: ['event_ingestor'], rateLimit: { perSecond: 1, burst: 1 } }),
  );
  const texts: string[] = [];
  const lines: string[] = [];
  const config = readConfig('ingest', { AWS_REGION: 'local', TABLE_NAME: 'events', QUEUE_URL: 'http://127.0.0.1/q' });
  const handler = createHandler(config, {
    table,
    now: () => someInstant,
    newUlid: createUlids(),
    write: (line) => lines.push(line),
    queue: {
      sendMessages: (messages) => {
        texts.push(...messages.map(({ text }) => text));
        return Promise.resolve(new Set(messages.map(({ id }) => id)));
      },
    },
  });
  const body = '{"event_name":"llm.call","external_customer_id":"acme","event_id":"e1"}';
  const post = () => handler(aProxyEvent({ body }), lambdaContext('ingest', 29_000));

  expect(await post()).toMatchObject({
    statusCode: 202,
    headers: { 'X-RateLimit-Limit': '1', 'X-RateLimit-Remaining': '0' },
    body: '{"message":"Event accepted for processing","event_id":"e1"}',
  });
  expect(texts.map(readMessage)).toMatchObject([
    { scope, receivedAt: someInstant, events: [{ event: { id: 'e1', name: 'llm.call' } }] },
  ]);
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([{ events_accepted: 1, batches_sent: 1 }]);
  expect((await post()).statusCode).toBe(429);
  expect(texts).toHaveLength(1);
});
