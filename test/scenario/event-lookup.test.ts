// The lookup takes any id, by path and by query, and shows the event word for word.
import { describe, expect, test } from '@jest/globals';
import { shadowedEventIds } from '../../shared/api/http/routes.ts';
import { createClient, hours, idOf, objectOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { eventIdsOf, lookUp, sendBulk, sendEvent } from './steps/event-steps.ts';
import { inNewEnvironment } from './steps/key-steps.ts';

const strangeIds = [
  'a/b/c',
  'a#b',
  'a%2Fb',
  '%',
  '%zz',
  'a::b',
  '*',
  '**',
  'a+b',
  'a b',
  'a?id=b',
  'a&id=b',
  '..',
  '.',
  '../../v1/meters',
  '__proto__',
  'constructor',
  'lookup',
  'monitoring',
  'query',
  'é',
  '日本',
  '😀',
  '\u0000',
  '\t\n',
  '\ufeffx',
  '\uffff',
  "'; DROP TABLE",
  '"',
  '\\',
  'x'.repeat(512),
];

describe('the lookup of an event', () => {
  const client = createClient(useDriver());
  const tail = unique('');
  const ids = strangeIds.map((id) => (id.length > 500 ? id.slice(tail.length) + tail : id + tail));

  test('finds one event of one customer and time, where they are given', async () => {
    const [customer, event_id] = [unique('acme'), unique('one')];
    const timestamp = client.ago(hours(1));
    await sendBulk(client, [{ event_id, event_name: 'x', external_customer_id: customer, timestamp }]);
    const find = (query: string) => client.driver.request('GET', `/v1/events/lookup?id=${event_id}${query}`);
    const { body } = await find('');
    expect(objectOf(body)['events']).toEqual([objectOf(body)['event']]);
    const range = `&start_time=${timestamp}&end_time=${timestamp}`;
    expect((await find(`&external_customer_id=${customer}${range}`)).body).toEqual(body);
    const beside = (ms: number) => new Date(Date.parse(timestamp) + ms).toISOString();
    for (const [query, unmet] of [
      ['&external_customer_id=other', { external_customer_id: 'the event has another' }],
      [`&start_time=${beside(1)}`, { start_time: 'the event is before it' }],
      [`&end_time=${beside(-1)}`, { end_time: 'the event is after it' }],
    ] as const) {
      expect(await find(query)).toMatchObject({
        status: 404,
        body: { message: 'Event not found', details: { event_id, ...unmet } },
      });
    }
    expect(await find('&customer=x')).toMatchObject({
      status: 400,
      body: { details: { customer: 'is not known; did you mean external_customer_id?' } },
    });
  });

  test('shows when the event was received, whatever its own time', async () => {
    const before = client.driver.now();
    const id = await sendEvent(client, {
      event_name: 'x',
      external_customer_id: 'acme',
      timestamp: client.ago(hours(9)),
    });
    const { ingested_at: at } = objectOf(objectOf(await lookUp(client, id))['event']);
    expect(at).toEqual(expect.any(String));
    const received = Date.parse(String(at));
    expect(received).toBeGreaterThanOrEqual(before - 2_000);
    expect(received).toBeLessThanOrEqual(client.driver.now() + 2_000);
  });

  test('names fields that events do not have, and the nearest that they do', async () => {
    const sent = { event_name: 'x', external_customer_id: 'acme', propertes: { n: 1 }, zzz: 1 };
    const warnings = expect.arrayContaining([
      {
        code: 'unknown_field',
        subject: 'propertes',
        message: 'propertes is not known; did you mean properties?',
      },
      { code: 'unknown_field', subject: 'zzz', message: 'zzz is not known' },
    ]);
    const found = await lookUp(client, await sendEvent(client, sent));
    expect(found).toMatchObject({ event: { properties: null }, warnings, decision: { warnings } });
    expect(await client.call('POST', '/v1/events/preview', sent)).toMatchObject({ warnings });
    const { events } = objectOf(await client.call('GET', `/v1/events?event_id=${idOf(objectOf(found)['event'])}`));
    const { ingested_at } = objectOf(objectOf(found)['event']);
    expect(events).toEqual([expect.objectContaining({ warnings, ingested_at })]);
  });

  test('finds ids of all kinds, and lists page over them', async () => {
    const customer = unique('acme');
    const event = { event_name: 'strange', external_customer_id: customer, timestamp: client.ago(0) };
    await sendBulk(
      client,
      ids.map((event_id) => ({ ...event, event_id })),
    );
    for (const id of ids) {
      const byQuery = await lookUp(client, id);
      expect(byQuery).toMatchObject({ event: { id, external_customer_id: customer } });
      expect(await client.call('GET', `/v1/events/${encodeURIComponent(id)}`)).toEqual(byQuery);
    }
    expect(await client.call('GET', `/v1/events/${ids[0] ?? ''}`)).toMatchObject({ event: { id: ids[0] } });

    const seen: string[] = [];
    let key: unknown;
    do {
      const body = { external_customer_id: customer, page_size: 1, ...(key !== undefined && { iter_last_key: key }) };
      const page = await client.call('POST', '/v1/events/query', body);
      seen.push(...eventIdsOf(page));
      key = objectOf(page)['iter_last_key'];
    } while (key !== undefined && seen.length <= ids.length);
    expect(seen).toEqual(ids.toSorted().reverse());
  });

  test('finds an event whose id is the path of another operation, though not by path', async () => {
    const own = await inNewEnvironment(client);
    const names = shadowedEventIds;
    expect(names).toEqual(expect.arrayContaining(['lookup', 'monitoring', 'preview', 'usage/meter']));
    const event = { event_name: 'strange', external_customer_id: 'acme', timestamp: client.ago(0) };
    await sendBulk(
      own,
      names.map((event_id) => ({ ...event, event_id })),
    );
    for (const id of names) {
      expect(await lookUp(own, id)).toMatchObject({ event: { id } });
      expect((await own.driver.request('GET', `/v1/events/${id}`)).body).not.toMatchObject({ event: { id } });
    }
  });

  test('shows what was sent, word for word; only the name is trimmed, and the time is UTC', async () => {
    const event = {
      event_id: unique('evt'),
      event_name: ' llm.call\u00a0',
      external_customer_id: ` ${unique('acme')} `,
      customer_id: ' any ',
      timestamp: '2025-10-15T17:08:47.9629+05:30',
      source: ' \ud83d\ude00 ',
      properties: {
        zero: -0,
        tiny: 5e-324,
        huge: 1.7976931348623157e308,
        whole: 9007199254740991,
        text: '\u0000\u2028\ufffe"\\',
        nested: [[{ '': [] }], null, true],
        '': 1,
        'a.b': {},
        '10': 1,
        '2': 2,
      },
    };
    await sendEvent(client, event);
    expect(await lookUp(client, event.event_id)).toMatchObject({
      event: {
        id: event.event_id,
        event_name: 'llm.call',
        external_customer_id: event.external_customer_id,
        customer_id: ' any ',
        timestamp: '2025-10-15T11:38:47.962Z',
        source: event.source,
        properties: { ...event.properties, zero: 0 },
      },
    });
  });

  test('keeps the keys that JavaScript treats specially', async () => {
    const id = unique('evt');
    const properties = '{"__proto__":{"a":1},"constructor":"c","toString":null,"hasOwnProperty":false}';
    const body = `{"event_id":"${id}","event_name":"x","external_customer_id":"acme","properties":${properties}}`;
    await client.call('POST', '/v1/events', body);
    await client.driver.drain();
    expect(JSON.stringify(await lookUp(client, id))).toContain(properties);
  });

  test('is 404 for an unknown id, and 400 without an id', async () => {
    expect(await client.driver.request('GET', '/v1/events/lookup?id=unknown')).toMatchObject({
      status: 404,
      body: { code: 'not_found', message: 'Event not found', details: { event_id: 'unknown' } },
    });
    for (const path of ['/v1/events/lookup', '/v1/events/lookup?id=']) {
      expect(await client.driver.request('GET', path)).toMatchObject({
        status: 400,
        body: { code: 'validation_error', message: 'Please provide a valid event ID: id: required' },
      });
    }
    const tooLong = 'x'.repeat(3_000);
    expect(await client.driver.request('GET', `/v1/events/${tooLong}`)).toMatchObject({ status: 404 });
  });

  test('shows the id and time that an event without them got at ingest', async () => {
    const from = client.driver.now();
    const event = { event_name: 'x', external_customer_id: 'acme', timestamp: '0001-01-01T00:00:00Z' };
    const accepted = await client.call('POST', '/v1/events', event);
    await client.driver.drain();
    const id = String(objectOf(accepted)['event_id']);
    expect(id).toMatch(/^event_[0-9A-HJKMNP-TV-Z]{26}$/);
    const found = await lookUp(client, id);
    expect(found).toMatchObject({ event: { id, properties: null, source: '', customer_id: '' } });
    const { timestamp } = objectOf(objectOf(found)['event']);
    expect(Date.parse(String(timestamp))).toBeGreaterThanOrEqual(from);
  });
});
