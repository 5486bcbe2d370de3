import { describe, expect, test } from '@jest/globals';
import { BulkSchema, EventSchema, parseEvent, toAcceptedEvent } from '../../../../shared/api/events/events.ts';
import { parseBody } from '../../../../shared/api/http/parse-request.ts';
import { ApiError } from '../../../../shared/api/http/problem.ts';

const minimal = { event_name: 'llm.call', external_customer_id: 'acme' };
const receivedAt = 1_760_000_000_000;
const parse = (text: string) => toAcceptedEvent(parseBody(EventSchema, text), receivedAt, () => 'ULID');
const accept = (fields: object) => parse(JSON.stringify({ ...minimal, ...fields }));
const refusalOf = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    if (error instanceof ApiError) return error.details;
    throw error;
  }
  throw new Error('nothing was refused');
};
const nested = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);

describe('an accepted event', () => {
  test('has what is absent, null or empty filled in at ingest', () => {
    const fixed = {
      isTimestampSent: false,
      event: {
        id: 'event_ULID',
        name: 'llm.call',
        externalCustomerId: 'acme',
        customerId: '',
        timestamp: receivedAt,
        source: '',
        properties: null,
      },
    };
    const nothing = { event_id: null, customer_id: null, timestamp: null, source: null, properties: null };
    expect(accept({})).toEqual(fixed);
    expect(accept(nothing)).toEqual(fixed);
    expect(accept({ event_id: '', customer_id: '', source: '' })).toEqual(fixed);
    expect(accept({ timestamp: '0001-01-01T00:00:00Z' })).toEqual(fixed);
  });

  test('stays as it was sent, except that its name is trimmed', () => {
    const sent = {
      event_id: ' a/b#c ',
      event_name: ' llm.call ',
      external_customer_id: ' Acme ',
      customer_id: 'cust_9',
      timestamp: '2025-10-15T11:38:47.962Z',
      source: 'sdk',
      properties: { n: 1.5, s: '', list: [null, true, { deep: [] }] },
    };
    expect(accept(sent)).toEqual({
      isTimestampSent: true,
      event: {
        id: ' a/b#c ',
        name: 'llm.call',
        externalCustomerId: ' Acme ',
        customerId: 'cust_9',
        timestamp: 1_760_528_327_962,
        source: 'sdk',
        properties: sent.properties,
      },
    });
  });

  test('may have the instant next to the zero time as its time', () => {
    expect(accept({ timestamp: '0001-01-01T00:00:00.001Z' })).toMatchObject({
      isTimestampSent: true,
      event: { timestamp: -62_135_596_799_999 },
    });
  });

  test('tells which fields events do not have, at most 10 and at most 64 characters of each', () => {
    expect(accept({ propertes: { n: 1 }, Source: 'x' })).toMatchObject({ unknownFields: ['propertes', 'Source'] });
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`${'x'.repeat(63)}😀${String(index)}`, 1]),
    );
    const { unknownFields = [] } = accept(many);
    expect(unknownFields).toEqual(new Array(10).fill(`${'x'.repeat(63)}\ufffd`));
    expect(accept({ source: null })).not.toHaveProperty('unknownFields');
  });

  test('may have keys that are named like members of prototypes', () => {
    const { event } = parse(
      '{"event_name":"x","external_customer_id":"c","properties":{"__proto__":{"a":1},"constructor":2}}',
    );
    expect(JSON.stringify(event.properties)).toBe('{"__proto__":{"a":1},"constructor":2}');
  });
});

describe('properties', () => {
  const rule = { properties: 'must contain only numbers in the range of a double and be nested at most 64 deep' };
  const refused = (properties: string): unknown =>
    refusalOf(() => parse(`{"event_name":"x","external_customer_id":"c","properties":${properties}}`));

  test.each(['[]', '[{}]', '"text"', '5', 'true'])('are refused where they are no object: %s', (properties) => {
    expect(refused(properties)).toEqual({ properties: 'must be an object' });
  });

  test.each(['{"a":1e400}', '{"a":[-1e400]}', '{"a":{"b":[{"c":1e999}]}}', `{"a":-0.${'0'.repeat(400)}1}`])(
    'are refused with a number beyond the range of a double: %s',
    (properties) => {
      expect(refused(properties)).toEqual(rule);
    },
  );

  test('may be nested 64 levels deep, but not 65, in objects or arrays', () => {
    const properties: unknown = JSON.parse(nested(64));
    expect(accept({ properties })).toMatchObject({ isTimestampSent: false });
    expect(refused(nested(65))).toEqual(rule);
    expect(refused(`{"a":${'['.repeat(64)}${']'.repeat(64)}}`)).toEqual(rule);
    expect(refused(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).toEqual(rule);
  });
});

describe('refusals', () => {
  test('name every wrong field', () => {
    const wrong = {
      event_name: ' ',
      external_customer_id: 'x'.repeat(513),
      event_id: 5,
      customer_id: '\ud800',
      timestamp: '2026-02-31T00:00:00Z',
      source: 'ä'.repeat(129),
      properties: [],
    };
    expect(refusalOf(() => accept(wrong))).toEqual({
      event_name: 'required',
      external_customer_id: 'must be at most 512 bytes',
      event_id: 'must be a string',
      customer_id: 'must be well-formed Unicode',
      timestamp: 'must be an RFC 3339 timestamp with an offset, e.g. 2026-12-01T10:00:00Z',
      source: 'must be at most 256 bytes',
      properties: 'must be an object',
    });
    expect(refusalOf(() => parse('{}'))).toEqual({ event_name: 'required', external_customer_id: 'required' });
  });

  test('name the events of a bulk request by index, and a bulk request has 1 to 1000', () => {
    const bulk = (events: unknown): unknown => refusalOf(() => parseBody(BulkSchema, JSON.stringify({ events })));
    expect(parseBody(BulkSchema, JSON.stringify({ events: new Array(1000).fill(minimal) })).events).toHaveLength(1000);
    expect(bulk(new Array(1001).fill(minimal))).toEqual({ events: 'must have at most 1000 items' });
    expect(bulk([])).toEqual({ events: 'must not be empty' });
    expect(bulk(undefined)).toEqual({ events: 'required' });
    expect(bulk(null)).toEqual({ events: 'required' });
    expect(bulk(minimal)).toEqual({ events: 'must be an array' });
    expect(bulk([minimal, null, { ...minimal, event_name: '' }, []])).toEqual({
      'events[1]': 'required',
      'events[2].event_name': 'required',
      'events[3].event_name': 'required',
      'events[3].external_customer_id': 'required',
    });
  });
});

test('a preview of an event has the id that was sent, or none', () => {
  expect(parseEvent(JSON.stringify(minimal), receivedAt)).toMatchObject({ event: { id: '', timestamp: receivedAt } });
  expect(parseEvent(JSON.stringify({ ...minimal, event_id: 'e1' }), receivedAt)).toMatchObject({ event: { id: 'e1' } });
});
