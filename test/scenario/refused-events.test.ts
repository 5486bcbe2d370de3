// Cause 4A: what is wrong with a request is named by field; nothing of a refused request is taken.
import { describe, expect, test } from '@jest/globals';
import { createClient, objectOf, unique } from '../support/drivers/client.ts';
import type { Answer } from '../support/drivers/driver.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { setUpBilling } from './steps/catalog-steps.ts';

const detailsOf = ({ body }: Answer) => objectOf(objectOf(body)['details']);

const refusal = (details: Readonly<Record<string, unknown>>) => ({
  status: 400,
  body: {
    code: 'validation_error',
    message: expect.stringMatching(/^Request validation failed: ./),
    http_status_code: 400,
    details,
  },
});

describe('an event that is refused', () => {
  const client = createClient(useDriver());
  const post = (path: string, body: unknown) => client.driver.request('POST', path, body);

  test('has every missing or wrong field named', async () => {
    expect(await post('/v1/events', {})).toMatchObject(
      refusal({ event_name: 'required', external_customer_id: 'required' }),
    );
    const wrong = {
      event_name: '  ',
      external_customer_id: 7,
      timestamp: '2026-02-31T00:00:00Z',
      properties: [1],
      source: 'x'.repeat(257),
    };
    expect(Object.keys(detailsOf(await post('/v1/events', wrong))).sort()).toEqual([
      'event_name',
      'external_customer_id',
      'properties',
      'source',
      'timestamp',
    ]);
  });

  test.each([
    ['2025-11-05T10:00:00.123456+00:00', 202],
    ['2025-11-05T10:00:00+05:30', 202],
    ['2025-11-05T10:00:00', 400],
    ['2025-11-05T10:00:00+0000', 400],
    ['2025-11-05 10:00:00Z', 400],
    [1_762_336_800, 400],
    ['', 400],
  ])('has a timestamp with an offset, as RFC 3339 writes it, or is told: %j is %d', async (timestamp, status) => {
    const event = { event_name: unique('call'), external_customer_id: unique('acme'), timestamp };
    expect(await post('/v1/events', event)).toMatchObject({
      status,
      ...(status === 400 && { body: { details: { timestamp: expect.any(String) } } }),
    });
  });

  test('is told when it is no JSON object', async () => {
    for (const body of ['', '{', '[]', '"text"', 'null', '{}{}']) {
      expect(await post('/v1/events', body)).toMatchObject({
        status: 400,
        body: { code: 'validation_error', details: { body: expect.stringContaining('must be') } },
      });
    }
  });

  test('takes all of its bulk request with it, and every bad one is named', async () => {
    const { customer, eventName } = await setUpBilling(client);
    const good = { event_name: eventName, external_customer_id: customer };
    const ids = Array.from({ length: 5 }, (_, index) => unique(`bulk-${String(index)}`));
    const events: Record<string, unknown>[] = ids.map((event_id) => ({ ...good, event_id }));
    events[1] = { ...events[1], event_name: ' ' };
    events[3] = { event_id: ids[3], timestamp: 'yesterday' };
    expect(await post('/v1/events/bulk', { events })).toMatchObject(
      refusal({
        'events[1].event_name': 'required',
        'events[3].event_name': 'required',
        'events[3].external_customer_id': 'required',
        'events[3].timestamp': 'must be an RFC 3339 timestamp with an offset, e.g. 2026-12-01T10:00:00Z',
      }),
    );
    expect(objectOf((await post('/v1/events/bulk', { events })).body)['message']).toBe(
      'Request validation failed: events[1].event_name: required; events[3].event_name: required; events[3].external_customer_id: required; and 1 more',
    );
    await client.driver.drain();
    for (const id of ids) {
      const path = `/v1/events/lookup?id=${id}`;
      expect(await client.driver.request('GET', path)).toMatchObject({
        status: 404,
        body: { code: 'not_found', details: { event_id: id } },
      });
    }
  });

  test('has at most 100 bad fields named, with the number of the others', async () => {
    const events = Array.from({ length: 150 }, () => ({ external_customer_id: 'acme' }));
    const details = detailsOf(await post('/v1/events/bulk', { events }));
    expect(Object.keys(details)).toHaveLength(101);
    expect(details).toMatchObject({ 'events[0].event_name': 'required', more: 50 });
  });

  test('may be in a bulk request of no events, or of more than 1000', async () => {
    const event = { event_name: 'x', external_customer_id: 'acme' };
    const many = Array.from({ length: 1_001 }, () => event);
    const bulk = (events: readonly unknown[]) => post('/v1/events/bulk', { events });
    expect(await bulk([])).toMatchObject(refusal({ events: 'must not be empty' }));
    expect(await bulk(many)).toMatchObject(refusal({ events: 'must have at most 1000 items' }));
    expect(await post('/v1/events/bulk', {})).toMatchObject(refusal({ events: 'required' }));
    expect(await post('/v1/events/bulk', { events: [null] })).toMatchObject({ status: 400 });
  });

  test('is named when it is over 64 KB, and may be a body over 4 MB', async () => {
    const event = { event_name: 'x', external_customer_id: 'acme' };
    const large = { ...event, properties: { text: 'x'.repeat(65_536) } };
    expect(await post('/v1/events/bulk', { events: [event, large] })).toMatchObject(
      refusal({ 'events[1]': 'must be at most 64 KB of JSON' }),
    );
    const tooLarge = JSON.stringify({ ...event, source: 'x'.repeat(4 * 1024 * 1024) });
    expect(await post('/v1/events', tooLarge)).toMatchObject({ status: 400, body: { code: 'validation_error' } });
  });
});
