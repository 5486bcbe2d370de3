import { describe, expect, test } from '@jest/globals';
import { createIngestEvents } from '../../../functions/ingest/ingest-events.ts';
import type { AcceptedEvent } from '../../../shared/domain/events/event.ts';
import type { EnqueueOutcome } from '../../../shared/queue/event-queue.ts';
import { aRequest, call, createUlids } from '../../support/drivers/api-request.ts';
import { aScope, someInstant } from '../../support/builders/builders.ts';

const cause = new Error('throttled');
const sent = (isConfirmed: boolean[], messages = 1): EnqueueOutcome => ({ kind: 'sent', messages, isConfirmed, cause });
const open = (outcome?: EnqueueOutcome, retentionDays = 0) => {
  const enqueued: { scope: unknown; receivedAt: number; events: readonly AcceptedEvent[] }[] = [];
  const counts: unknown[] = [];
  const routes = createIngestEvents({
    now: () => someInstant,
    newUlid: createUlids(),
    retentionDays,
    metrics: { count: (name, amount) => counts.push([name, amount]) },
    enqueue: (scope, receivedAt, events) => {
      enqueued.push({ scope, receivedAt, events });
      return Promise.resolve(outcome ?? sent(events.map(() => true)));
    },
  });
  return { ...routes, enqueued, counts };
};
const minimal = { event_name: 'llm.call', external_customer_id: 'acme' };
const withId = (event_id: string) => ({ ...minimal, event_id });

describe('one event', () => {
  test('is accepted with its id', async () => {
    const { ingestEvent, enqueued, counts } = open();
    expect(await call(ingestEvent, { body: withId('e1') })).toEqual({
      status: 202,
      body: { message: 'Event accepted for processing', event_id: 'e1' },
    });
    expect(enqueued).toEqual([
      {
        scope: aScope,
        receivedAt: someInstant,
        events: [
          {
            isTimestampSent: false,
            event: {
              id: 'e1',
              name: 'llm.call',
              externalCustomerId: 'acme',
              customerId: '',
              timestamp: someInstant,
              source: '',
              properties: null,
            },
          },
        ],
      },
    ]);
    expect(counts).toEqual([
      ['events_accepted', 1],
      ['batches_sent', 1],
    ]);
  });

  test('gets an id when it has none, and is stored under that', async () => {
    const { ingestEvent, enqueued } = open();
    const event_id = 'event_01K70000000000000000000001';
    expect(await call(ingestEvent, { body: minimal })).toMatchObject({ body: { event_id } });
    expect(enqueued[0]?.events[0]?.event.id).toBe(event_id);
  });

  test('is refused when it is invalid, and nothing is sent', async () => {
    const { ingestEvent, enqueued } = open();
    expect(await call(ingestEvent, { body: { event_name: 'x' } })).toEqual({
      code: 'validation_error',
      message: 'Request validation failed',
      details: { external_customer_id: 'required' },
    });
    await expect(ingestEvent(aRequest())).rejects.toMatchObject({ code: 'validation_error' });
    expect(enqueued).toEqual([]);
  });

  test('is refused when it is over 64 KB', async () => {
    const { ingestEvent, counts } = open({ kind: 'too_large', indexes: [0] });
    expect(await call(ingestEvent, { body: minimal })).toMatchObject({
      code: 'validation_error',
      details: { body: 'must be at most 64 KB of JSON' },
    });
    expect(counts).toEqual([]);
  });
});

test('is refused as an array, with a hint to what to send', async () => {
  const { ingestEvent, ingestEventsBulk, enqueued } = open();
  expect(await call(ingestEvent, { body: [minimal] })).toMatchObject({
    message: 'Invalid request payload',
    details: { body: 'must be one event, a JSON object: send an array to /v1/events/bulk as {"events": […]}' },
  });
  expect(await call(ingestEventsBulk, { body: [minimal] })).toMatchObject({
    details: { body: 'must be {"events": […]}, not the array alone' },
  });
  expect(enqueued).toEqual([]);
});

describe('a bulk request', () => {
  const body = { events: [withId('e2'), minimal, withId('e2')] };
  const message = 'Events accepted for processing';

  test('is answered with only a message, a map of texts, as official SDKs read it', async () => {
    const { ingestEventsBulk } = open();
    expect(await call(ingestEventsBulk, { body })).toEqual({ status: 202, body: { message } });
  });

  test('is answered with all ids in the order sent, when it asks for them', async () => {
    const { ingestEventsBulk } = open();
    expect(await call(ingestEventsBulk, { body, query: { include: ['event_ids'] } })).toEqual({
      status: 202,
      body: { message, event_ids: ['e2', 'event_01K70000000000000000000001', 'e2'] },
    });
  });

  test('is refused when it asks for anything else, and nothing is sent', async () => {
    const { ingestEventsBulk, enqueued } = open();
    expect(await call(ingestEventsBulk, { body, query: { include: ['ids'] } })).toMatchObject({
      details: { include: 'must be one of event_ids' },
    });
    expect(enqueued).toEqual([]);
  });

  test('is refused as a whole for one invalid event', async () => {
    const { ingestEventsBulk, enqueued } = open();
    expect(await call(ingestEventsBulk, { body: { events: [minimal, { ...minimal, source: 1 }] } })).toMatchObject({
      details: { 'events[1].source': 'must be a string' },
    });
    expect(enqueued).toEqual([]);
  });

  test('is refused with the names of events over 64 KB', async () => {
    const { ingestEventsBulk } = open({ kind: 'too_large', indexes: [0, 2] });
    expect(await call(ingestEventsBulk, { body: { events: [minimal, minimal, minimal] } })).toMatchObject({
      details: { 'events[0]': 'must be at most 64 KB of JSON', 'events[2]': 'must be at most 64 KB of JSON' },
    });
  });

  test('is told event by event what SQS has not confirmed, including minted ids', async () => {
    const { ingestEventsBulk, counts } = open(sent([true, false, false], 2));
    const request = aRequest({ body: { events: [withId('e1'), withId('e2'), minimal] } });
    await expect(ingestEventsBulk(request)).rejects.toMatchObject({
      code: 'service_unavailable',
      retryAfterSeconds: 2,
      cause,
      details: {
        events: [
          { index: 0, event_id: 'e1', durable: true },
          { index: 1, event_id: 'e2', durable: false },
          { index: 2, event_id: 'event_01K70000000000000000000001', durable: false },
        ],
      },
    });
    expect(counts).toEqual([
      ['events_accepted', 1],
      ['batches_sent', 2],
    ]);
  });
});

describe('the timestamp of an event', () => {
  const at = (timestamp: string) => ({ ...minimal, timestamp });
  const limit = '2025-09-10T11:38:47.962Z';
  const tooOld = '2025-09-10T11:38:47.961Z';

  test('is refused by path when it is older than the retention', async () => {
    const { ingestEvent, ingestEventsBulk, enqueued } = open(undefined, 35);
    expect(await call(ingestEvent, { body: at(tooOld) })).toMatchObject({
      code: 'validation_error',
      details: { timestamp: 'must be within the last 35 days' },
    });
    expect(await call(ingestEventsBulk, { body: { events: [at(limit), at(tooOld)] } })).toMatchObject({
      details: { 'events[1].timestamp': 'must be within the last 35 days' },
    });
    expect(enqueued).toEqual([]);
    expect(await call(ingestEvent, { body: at(limit) })).toMatchObject({ status: 202 });
  });

  test('may be any time without a retention', async () => {
    const { ingestEvent } = open();
    for (const timestamp of ['0001-01-01T00:00:00.001Z', '9999-12-31T23:59:59.999Z']) {
      expect(await call(ingestEvent, { body: at(timestamp) })).toMatchObject({ status: 202 });
    }
  });
});
