// Golden vectors of usage over HTTP: the answers of the upstream, and our deliberate differences.
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { formatInstant } from '../../shared/domain/time/instant.ts';
import { type Client, createClient, hours, minutes, objectOf } from '../support/drivers/client.ts';
import { readVectors } from '../support/builders/golden.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createMeter } from '../scenario/steps/catalog-steps.ts';
import { sendBulk } from '../scenario/steps/event-steps.ts';
import { inNewEnvironment } from '../scenario/steps/key-steps.ts';

const file = 'usage.json';
const Properties = v.record(v.string(), v.unknown());
const number = (value: unknown): number => Number(JSON.stringify(value));

const root = createClient(useDriver());
let client: Client = root;
const newEnvironment = async (): Promise<void> => {
  client = await inNewEnvironment(root);
};
const event = (fields: Readonly<Record<string, unknown>>) => ({
  event_name: 'used',
  external_customer_id: 'cust-1',
  ...fields,
});
const usage = async (fields: object) =>
  objectOf(
    await client.call('POST', '/v1/events/usage', {
      event_name: 'used',
      external_customer_id: 'cust-1',
      aggregation_type: 'COUNT',
      ...fields,
    }),
  );

describe('aggregates', () => {
  /** Answers that differ on purpose, with the reason. */
  const ours: ReadonlyMap<string, { readonly value: number; readonly why: string }> = new Map([
    ['agg-swm-dup', { value: 5, why: 'of two events with one id the first counts, everywhere' }],
    ['agg-sum-dup-bucketed', { value: 9, why: 'of two events with one id the first counts, everywhere' }],
    ['agg-sum-replay-meter-usage', { value: 9, why: 'of two events with one id the first counts, everywhere' }],
    ['agg-count-unique-missing-events', { value: 0, why: 'COUNT_UNIQUE leaves out events without the property' }],
    ['agg-avg-negative-meter-usage', { value: 16.5, why: 'only a negative result becomes 0, no single quantity' }],
  ]);
  const At = v.looseObject({ id: v.exactOptional(v.string()), ts: v.exactOptional(v.string()) });
  const Input = v.object({
    type: v.string(),
    property: v.exactOptional(v.string()),
    multiplier: v.exactOptional(v.string()),
    expression: v.exactOptional(v.string()),
    bucket_size: v.exactOptional(v.string()),
    group_by: v.exactOptional(v.string()),
    start: v.exactOptional(v.string(), '2024-01-15T00:00:00Z'),
    end: v.exactOptional(v.string(), '2024-01-16T00:00:00Z'),
    events: v.exactOptional(v.array(At)),
    values: v.exactOptional(v.array(v.number())),
    ids: v.exactOptional(v.array(v.string())),
  });
  const Expected = v.object({
    value: v.exactOptional(v.union([v.number(), v.pipe(v.string(), v.transform(Number))])),
    value_approx: v.exactOptional(v.number()),
    results: v.exactOptional(v.array(v.unknown())),
    per_bucket: v.exactOptional(v.array(v.number())),
  });
  type Sent = v.InferOutput<typeof Input>;
  const at = '2024-01-15T10:00:00Z';

  const eventsOf = ({ events, values, ids, expression }: Sent) => [
    ...(events ?? []).map(({ id, ts, ...properties }) => ({
      ...(id !== undefined && { event_id: id }),
      timestamp: ts ?? at,
      properties,
    })),
    ...(values ?? []).map((value) => ({
      timestamp: at,
      properties: { [expression === undefined ? 'v' : 'duration_ms']: value },
    })),
    ...(ids ?? []).map((id) => ({ event_id: id, timestamp: at })),
  ];
  /** The only property that the events of a vector have besides the ones it is grouped by. */
  const fieldOf = ({ property, events, group_by: group }: Sent): string => {
    const [first] = events ?? [];
    const names = Object.keys(first ?? {}).filter((name) => !['id', 'ts', group].includes(name));
    return property ?? names[0] ?? 'v';
  };
  const ask = async (sent: Sent) => {
    const range = { start_time: sent.start, end_time: sent.end };
    if (sent.expression !== undefined) {
      const id = await createMeter(client, 'used', { aggregation: { type: sent.type, expression: sent.expression } });
      return objectOf(await client.call('POST', '/v1/events/usage/meter', { meter_id: id, ...range }));
    }
    return usage({
      aggregation_type: sent.type,
      ...(sent.type !== 'COUNT' && { property_name: fieldOf(sent) }),
      ...(sent.multiplier !== undefined && { multiplier: sent.multiplier }),
      ...(sent.bucket_size !== undefined && { bucket_size: sent.bucket_size }),
      ...(sent.group_by !== undefined && { group_by: [`properties.${sent.group_by}`] }),
      ...range,
    });
  };

  const vectors = ['events_aggregate', 'meter_usage_aggregate'].flatMap((op) => readVectors(file, op, Input, Expected));
  test.each(vectors)('$id', async ({ id, input, expected }) => {
    await newEnvironment();
    const events = eventsOf(input);
    if (events.length > 0) await sendBulk(client, events.map(event));
    const answer = await ask(input);
    const { value = expected.value ?? 0 } = ours.get(id) ?? {};
    expect(number(answer['value'])).toBe(value);
    if (expected.results) expect(answer['results']).toEqual(expected.results);
    if (expected.per_bucket) {
      const Rows = v.array(v.object({ window_size: v.string(), value: v.number() }));
      const sums = new Map<string, number>();
      for (const { window_size: start, value: part } of v.parse(Rows, answer['results'])) {
        sums.set(start, (sums.get(start) ?? 0) + part);
      }
      expect([...sums.values()]).toEqual(expected.per_bucket);
    }
  });

  test('every listed exception really differs from the upstream', () => {
    const known = new Map(vectors.map(({ id, expected }) => [id, expected]));
    for (const [id, { value }] of ours) {
      expect(known.has(id)).toBe(true);
      expect(known.get(id)?.value ?? known.get(id)?.value_approx).not.toBe(value);
    }
  });
});

describe('usage of events', () => {
  const Sent = v.object({ event_id: v.string(), at: v.string(), properties: Properties });
  const Input = v.looseObject({
    event_name: v.string(),
    external_customer_id: v.string(),
    base_time: v.string(),
    start: v.string(),
    end: v.string(),
    events: v.array(Sent),
  });
  const Expected = v.object({ value: v.number(), results_non_empty: v.exactOptional(v.boolean()) });
  /** The current UTC hour at half past, `B-60m` before it. */
  const instantOf = (text: string): string => {
    const base = Math.floor(client.driver.now() / hours(1)) * hours(1) + minutes(30);
    return formatInstant(base - minutes(Number(/^B-(\d+)m$/.exec(text)?.[1] ?? 0)));
  };
  test.each(readVectors(file, 'events_usage', Input, Expected))('$id', async ({ input, expected }) => {
    await newEnvironment();
    const { events, start, end, base_time: said, event_name: name, external_customer_id: customer, ...asked } = input;
    expect(said).toMatch(/^B = current UTC hour at :30:00$/);
    const base = { event_name: name, external_customer_id: customer };
    await sendBulk(
      client,
      events.map(({ at, ...sent }) => ({ ...base, ...sent, timestamp: instantOf(at) })),
    );
    const answer = await usage({ ...base, ...asked, start_time: instantOf(start), end_time: instantOf(end) });
    expect(answer['value']).toBe(expected.value);
    if (expected.results_non_empty === true) expect(answer['results']).toHaveProperty('length', 2);
  });
});

describe('usage of a meter', () => {
  const Input = v.object({
    meter: v.looseObject({ event_name: v.string() }),
    request: v.looseObject({ external_customer_id: v.string() }),
    events: v.array(Properties),
  });
  const Expected = v.object({ value: v.number(), event_name: v.string(), type: v.string() });
  test.each(readVectors(file, 'events_usage_by_meter', Input, Expected))('$id', async ({ input, expected }) => {
    await newEnvironment();
    const { event_name: name, ...fields } = input.meter;
    const meterId = await createMeter(client, name, fields);
    const { external_customer_id: customer } = input.request;
    const base = { event_name: name, external_customer_id: customer, timestamp: client.ago(minutes(30)) };
    await sendBulk(
      client,
      input.events.map((properties) => ({ ...base, properties })),
    );
    const answer = await client.call('POST', '/v1/events/usage/meter', { meter_id: meterId, ...input.request });
    expect(answer).toMatchObject(expected);
  });
});

describe('a property as a number', () => {
  const Explained = v.object({ events: v.array(v.object({ event_id: v.string(), quantity: v.string() })) });
  const vectors = readVectors(
    file,
    'events_property_float',
    v.object({ value: v.unknown() }),
    v.object({ float: v.number() }),
  );
  test.each(vectors)('$id', async ({ id, input, expected }) => {
    await newEnvironment();
    const properties = input.value === '<missing>' ? {} : { v: input.value };
    await sendBulk(client, [event({ event_id: id, timestamp: client.ago(minutes(4)), properties })]);
    const sum = { aggregation_type: 'SUM', property_name: 'v' };
    const explained = await client.call('POST', '/v1/events/usage/explain', { event_name: 'used', ...sum });
    expect(v.parse(Explained, explained).events).toEqual([{ event_id: id, quantity: String(expected.float) }]);
    expect(number((await usage(sum))['value'])).toBe(Math.max(0, expected.float));
  });
});

describe('windows', () => {
  beforeAll(async () => {
    await newEnvironment();
    await sendBulk(
      client,
      [hours(50), hours(26), minutes(90), minutes(89.5), minutes(7)].map((age) =>
        event({ timestamp: client.ago(age) }),
      ),
    );
  });
  const windows = async (fields: object): Promise<readonly (readonly [number, unknown])[]> => {
    const Rows = v.array(v.object({ window_size: v.pipe(v.string(), v.transform(Date.parse)), value: v.unknown() }));
    return v.parse(Rows, (await usage(fields))['results']).map((row) => [row.window_size, row.value]);
  };
  const Zones = v.object({ window_size: v.string(), timezones: v.array(v.string()) });
  test.each(readVectors(file, 'window_timezone', Zones, v.object({ all_equal: v.literal(true) })))(
    '$id',
    async ({ input: { timezones, ...asked } }) => {
      const answers = await Promise.all(timezones.map((timezone) => windows({ ...asked, timezone })));
      expect(answers[0]).toHaveLength(5);
      for (const answer of answers) expect(answer).toEqual(answers[0]);
    },
  );
  const Anchored = v.object({ window_size: v.string(), billing_anchor: v.string() });
  test.each(readVectors(file, 'window_anchor', Anchored, v.object({ anchor_used: v.literal(false) })))(
    '$id',
    async ({ input }) => {
      expect(await windows(input)).toEqual(await windows({ window_size: input.window_size }));
    },
  );
});

test.each(
  readVectors(file, 'group_by_property_name', v.object({ name: v.string() }), v.object({ valid: v.boolean() })),
)('$id', async ({ input, expected }) => {
  const { status } = await root.driver.request('POST', '/v1/events/usage', {
    event_name: 'used',
    aggregation_type: 'MAX',
    property_name: 'v',
    bucket_size: 'HOUR',
    group_by: [`properties.${input.name}`],
  });
  expect(status).toBe(expected.valid ? 200 : 400);
});
