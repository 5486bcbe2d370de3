// Bad input is refused in the one error shape with its field named, or read back verbatim: never a 5xx, never a stall, and
// the next good request works.
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { createHandler } from '../../functions/ingest/handler.ts';
import { lambdaContext } from '../../lib/local/http/lambda-context.ts';
import { toEventBody } from '../../shared/api/events/event-bodies.ts';
import { readConfig } from '../../shared/config.ts';
import { hashSecret } from '../../shared/domain/api-key.ts';
import { readMessage } from '../../shared/queue/event-message.ts';
import { createApiKeyStore } from '../../shared/store/access/api-keys.ts';
import { badInputs } from '../support/builders/bad-input.ts';
import { anApiKey, aScope } from '../support/builders/builders.ts';
import { createMemoryTable } from '../support/drivers/memory-table.ts';
import { aProxyEvent } from '../support/drivers/proxy-event.ts';

const table = createMemoryTable();
const texts: string[] = [];
const config = readConfig('ingest', { AWS_REGION: 'local', TABLE_NAME: 'events', QUEUE_URL: 'http://127.0.0.1/q' });
const handler = createHandler(config, {
  table,
  write: () => undefined,
  queue: {
    sendMessages: (messages) => {
      texts.push(...messages.map(({ text }) => text));
      return Promise.resolve(new Set(messages.map(({ id }) => id)));
    },
  },
});
const ProblemSchema = v.strictObject({
  code: v.literal('validation_error'),
  message: v.string(),
  http_status_code: v.literal(400),
  details: v.record(v.string(), v.string()),
});

/** The answer, and what went into the queue, as the API would show it. */
const post = async (body: string, path = '/v1/events') => {
  texts.length = 0;
  const { statusCode, body: answer } = await handler(
    aProxyEvent({ resource: path, path, body }),
    lambdaContext('ingest', 29_000),
  );
  const events = texts.flatMap((text) => readMessage(text).events);
  const json: unknown = JSON.parse(answer);
  return { status: statusCode, json, seen: events.map(({ event }) => toEventBody(aScope, event)) };
};

/** `event_id` is answered as `id`. */
const asSeen = ({ event_id, ...fields }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  event_id === undefined ? fields : { ...fields, id: event_id };

beforeAll(async () => {
  await createApiKeyStore(table).create(hashSecret('sk_secret'), anApiKey());
});

test('the corpus of bad input has at least 150 requests, none of them twice', () => {
  expect(badInputs.length).toBeGreaterThanOrEqual(150);
  expect(new Set(badInputs.map(({ body }) => body)).size).toBe(badInputs.length);
});

describe('one event', () => {
  test.each(badInputs)('is refused by path, or accepted as it was sent: $name', async ({ body, expected }) => {
    const start = performance.now();
    const { status, json, seen } = await post(body);
    expect(performance.now() - start).toBeLessThan(1_000);
    if (expected.kind === 'refused') {
      expect(status).toBe(400);
      expect(Object.keys(v.parse(ProblemSchema, json).details)).toEqual(expected.paths);
      expect(seen).toEqual([]);
    } else {
      expect({ status, json }).toMatchObject({ status: 202, json: { message: 'Event accepted for processing' } });
      expect(seen).toHaveLength(1);
      const { properties, ...rest } = asSeen(expected.fields);
      expect(seen[0]).toMatchObject(rest);
      if (properties !== undefined) expect(JSON.stringify(seen[0]?.properties)).toBe(JSON.stringify(properties));
    }
  });

  test('is accepted after all of the bad ones', async () => {
    expect(await post('{"event_name":"x","external_customer_id":"c","event_id":"e"}')).toMatchObject({
      status: 202,
      seen: [{ id: 'e', event_name: 'x', external_customer_id: 'c' }],
    });
  });
});

test('one bad event in a bulk request refuses all of it, and is named', async () => {
  const good = '{"event_name":"x","external_customer_id":"c"}';
  for (const { body, expected } of badInputs) {
    if (expected.kind === 'accepted' || expected.paths.includes('body')) continue;
    const { status, json, seen } = await post(`{"events":[${good},${body},${good}]}`, '/v1/events/bulk');
    expect({ status, seen }).toEqual({ status: 400, seen: [] });
    expect(Object.keys(v.parse(ProblemSchema, json).details)).toEqual(
      expected.paths.map((path) => `events[1].${path}`),
    );
  }
});
