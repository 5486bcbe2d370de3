// Usage: what events add up to, for a customer or everybody, whole or by window, and how far the number can be trusted.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { atOneInstant, type Client, createClient, hours, minutes, objectOf } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { sendBulk } from './steps/event-steps.ts';
import { inNewEnvironment } from './steps/key-steps.ts';

const root = createClient(useDriver());
let client: Client = root;

const event = (id: string, timestamp: string, properties: object, fields: object = {}) => ({
  event_id: id,
  event_name: 'call',
  external_customer_id: 'acme',
  timestamp,
  properties,
  ...fields,
});
const usage = (fields: object): Promise<unknown> =>
  client.call('POST', '/v1/events/usage', {
    event_name: 'call',
    external_customer_id: 'acme',
    aggregation_type: 'SUM',
    property_name: 'ms',
    ...fields,
  });

describe('usage of a customer', () => {
  beforeAll(async () => {
    client = atOneInstant(await inNewEnvironment(root));
    const { ago } = client;
    await sendBulk(client, [
      event('e1', ago(hours(30)), { ms: 0.1, region: 'eu', user: 'ann' }, { source: 'api' }),
      event('e2', ago(hours(2)), { ms: '150.2', region: 'us', user: 'bob' }, { customer_id: 'internal-7' }),
      event('e3', ago(minutes(6)), { region: 'eu', user: 'ann' }),
      event('e4', ago(minutes(5)), { ms: 'slow', region: 'eu' }),
      event('e5', ago(minutes(4)), { ms: -0.3, region: 'eu', user: null }),
      event('e6', ago(minutes(4)), { ms: 1000 }, { external_customer_id: 'globex' }),
      event('e7', ago(minutes(4)), { ms: 1 }, { event_name: 'other' }),
    ]);
  }, 20_000);

  test('adds up exactly, and shows what the number consists of', async () => {
    const answer = objectOf(await usage({}));
    expect(answer).toEqual({
      event_name: 'call',
      type: 'SUM',
      value: 150,
      counted: 5,
      counted_as_zero: { missing_property: 1, non_numeric_value: 1 },
      excluded: { filter: 0, expression_error: 0, missing_property: 0 },
      // Of the whole deployment, which other scenarios share: test/scenario/usage-coverage.test.ts has one for itself.
      in_flight: { queue: expect.any(Number), dead_letter_queue: expect.any(Number) },
      verified_through: answer['verified_through'],
    });
  });

  test.each([
    ['COUNT', {}, 5],
    ['sum', {}, 150],
    ['AVG', {}, 30],
    ['MAX', {}, 150.2],
    ['MIN', {}, 0],
    ['MIN', { filters: { region: ['us'] } }, 150.2],
    ['LATEST', {}, 0],
    ['COUNT_UNIQUE', { property_name: 'user' }, 2],
    ['SUM_WITH_MULTIPLIER', { multiplier: '0.001' }, 0.15],
  ])('by %s with %j is exact', async (type, fields, value) => {
    const answer = await usage({ aggregation_type: type, ...fields });
    expect(answer).toHaveProperty('value', value);
  });

  test('takes filters: any value of a key, all of several keys; "" is a missing value', async () => {
    expect(await usage({ filters: { region: ['us', 'none'] } })).toMatchObject({
      value: 150.2,
      counted: 1,
      excluded: { filter: 4 },
    });
    expect(await usage({ filters: { region: ['eu'], user: ['ann'] } })).toMatchObject({ value: 0.1, counted: 2 });
    expect(await usage({ filters: { user: ['', 'null'] }, aggregation_type: 'COUNT' })).toMatchObject({ value: 2 });
    expect(await usage({ filters: { region: [] }, customer_id: 'internal-7' })).toMatchObject({ value: 150.2 });
  });

  test('is half-open: the start counts, the end does not', async () => {
    const { ago } = client;
    const between = (start: number, end: number) =>
      usage({ start_time: ago(start), end_time: ago(end), aggregation_type: 'COUNT' });
    expect(await between(hours(30), hours(2))).toMatchObject({ value: 1 });
    expect(await between(hours(30), hours(2) - 1)).toMatchObject({ value: 2 });
    expect(await between(hours(30) - 1, minutes(6))).toMatchObject({ value: 1 });
    expect(await between(minutes(3), minutes(3))).toMatchObject({ value: 0 });
  });

  test('without a customer includes everybody', async () => {
    expect(await usage({ external_customer_id: '' })).toMatchObject({ value: 1150, counted: 6 });
  });

  test('is 0 when there is no event', async () => {
    const answer = await usage({ external_customer_id: 'nobody' });
    expect(answer).toMatchObject({ event_name: 'call', type: 'SUM', value: 0, counted: 0 });
    expect(answer).not.toHaveProperty('results');
  });

  test('leaves events without a value out of a count of distinct values', async () => {
    expect(await usage({ aggregation_type: 'COUNT_UNIQUE', property_name: 'user' })).toMatchObject({
      value: 2,
      counted: 3,
      excluded: { missing_property: 2 },
    });
  });

  test('is never negative, though single quantities may be', async () => {
    expect(await usage({ start_time: client.ago(minutes(4)) })).toMatchObject({ value: 0, counted: 1 });
  });
});

describe('usage by windows', () => {
  const day = '2025-03-30';
  beforeAll(async () => {
    client = atOneInstant(await inNewEnvironment(root));
    await sendBulk(client, [
      event('w1', `${day}T00:30:00Z`, { ms: 1 }),
      event('w2', `${day}T01:10:00Z`, { ms: 2 }),
      event('w3', `${day}T22:20:00Z`, { ms: 4 }),
      event('w4', '2025-03-31T18:14:59.999Z', { ms: 8 }),
      event('w5', '2025-03-31T18:15:00Z', { ms: 16 }),
    ]);
  }, 20_000);
  const windows = (window_size: string, fields: object = {}) =>
    usage({ start_time: '2025-03-01T00:00:00Z', end_time: '2025-05-01T00:00:00Z', window_size, ...fields });

  test.each([
    // The clock goes from 2 to 3: the day has 23 hours, and no hour of it is missing or double.
    [
      'HOUR',
      'Europe/Berlin',
      [
        ['2025-03-30T01:00:00+01:00', 1],
        ['2025-03-30T03:00:00+02:00', 2],
        ['2025-03-31T00:00:00+02:00', 4],
        ['2025-03-31T20:00:00+02:00', 24],
      ],
    ],
    [
      'DAY',
      'Europe/Berlin',
      [
        ['2025-03-30T00:00:00+01:00', 3],
        ['2025-03-31T00:00:00+02:00', 28],
      ],
    ],
    // Days begin at a quarter past: 18:15 is midnight.
    [
      'DAY',
      'Asia/Kathmandu',
      [
        ['2025-03-30T00:00:00+05:45', 3],
        ['2025-03-31T00:00:00+05:45', 12],
        ['2025-04-01T00:00:00+05:45', 16],
      ],
    ],
    [
      'MONTH',
      'Asia/Kathmandu',
      [
        ['2025-03-01T00:00:00+05:45', 15],
        ['2025-04-01T00:00:00+05:45', 16],
      ],
    ],
    [
      'DAY',
      'Asia/Kolkata',
      [
        ['2025-03-30T00:00:00+05:30', 3],
        ['2025-03-31T00:00:00+05:30', 28],
      ],
    ],
    ['WEEK', '', [['2025-03-30T00:00:00Z', 31]]],
    [
      '12HOUR',
      'UTC',
      [
        ['2025-03-30T00:00:00Z', 3],
        ['2025-03-30T12:00:00Z', 4],
        ['2025-03-31T12:00:00Z', 24],
      ],
    ],
    [
      '15MIN',
      'UTC',
      [
        ['2025-03-30T00:30:00Z', 1],
        ['2025-03-30T01:00:00Z', 2],
        ['2025-03-30T22:15:00Z', 4],
        ['2025-03-31T18:00:00Z', 8],
        ['2025-03-31T18:15:00Z', 16],
      ],
    ],
  ])('of %s in %s follows the local clock', async (size, timezone, expected) => {
    const results = expected.map(([start, value]) => ({ window_size: start, value }));
    const answer = await windows(size, { timezone });
    expect(answer).toMatchObject({ results, value: 31 });
    // Now from the pages that the first answer left.
    expect(await windows(size, { timezone })).toEqual(answer);
  });

  test('of MONTH begins on the billing anchor, whose day is taken in the time zone', async () => {
    const billing_anchor = '2025-01-30T18:15:00Z';
    expect(await windows('MONTH', { billing_anchor, timezone: 'Asia/Kathmandu' })).toMatchObject({
      results: [
        { window_size: '2025-02-28T00:00:00+05:45', value: 3 },
        { window_size: '2025-03-31T00:00:00+05:45', value: 28 },
      ],
    });
  });

  test('uses the buckets of a meter instead, which add up: UTC, weeks from Monday, groups apart', async () => {
    expect(await windows('DAY', { bucket_size: 'WEEK', timezone: 'Asia/Kathmandu' })).toMatchObject({
      results: [
        { window_size: '2025-03-24T00:00:00Z', value: 7 },
        { window_size: '2025-03-31T00:00:00Z', value: 24 },
      ],
      value: 31,
    });
    expect(await windows('', { bucket_size: 'DAY', aggregation_type: 'MAX' })).toMatchObject({ value: 4 + 16 });
    expect(
      await windows('', { bucket_size: 'DAY', aggregation_type: 'MAX', group_by: ['properties.ms'] }),
    ).toMatchObject({ value: 31 });
  });

  test('weighs a WEIGHTED_SUM by what is left of the range, and each window against the same range', async () => {
    const range = { start_time: '2025-03-30T00:00:00Z', end_time: '2025-04-01T00:00:00Z' };
    const answer = await usage({ aggregation_type: 'WEIGHTED_SUM', window_size: 'DAY', ...range });
    const weighted = (pairs: readonly (readonly [number, number])[]): number =>
      pairs.reduce((sum, [ms, seconds]) => sum + ms * seconds, 0) / 172_800;
    const first = weighted([
      [1, 171_000],
      [2, 168_600],
      [4, 92_400],
    ]);
    const second = weighted([
      [8, 20_701],
      [16, 20_700],
    ]);
    expect(JSON.parse(JSON.stringify(answer))).toMatchObject({
      results: [
        { window_size: '2025-03-30T00:00:00Z', value: expect.closeTo(first, 12) },
        { window_size: '2025-03-31T00:00:00Z', value: expect.closeTo(second, 12) },
      ],
      value: expect.closeTo(first + second, 12),
    });
  });
});

describe('usage', () => {
  test('includes events that came late, and counts an event that came twice once', async () => {
    client = atOneInstant(await inNewEnvironment(root));
    const at = client.ago(hours(40));
    const first = event('c1', at, { ms: 1 });
    await sendBulk(client, [first, event('c2', client.ago(hours(39)), { ms: 2 })]);
    expect(await usage({})).toMatchObject({ value: 3, counted: 2 });
    await sendBulk(client, [first, event('c2', at, { ms: 50 }), event('c3', at, { ms: 4 })]);
    expect(await usage({})).toMatchObject({ value: 7, counted: 3 });
    expect(await usage({ external_customer_id: '' })).toMatchObject({ value: 7, counted: 3 });
  });
});
