// Reads lists to their end on `npm start`: more events than one request may read, sparse over many hours and dense within two.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { formatInstant } from '../../shared/domain/time/instant.ts';
import { hours } from '../support/drivers/client.ts';
import { type RunningTollgate, runTollgate, startTollgate } from '../support/drivers/running-tollgate.ts';

// The embedded table takes some hundred events per second.
jest.setTimeout(600_000);

const PageSchema = v.object({
  events: v.array(v.looseObject({ id: v.string() })),
  has_more: v.boolean(),
  iter_last_key: v.optional(v.string()),
});
const ExplanationSchema = v.object({
  events: v.array(v.object({ event_id: v.string(), quantity: v.string() })),
  has_more: v.boolean(),
  iter_last_key: v.optional(v.string()),
});
const BacklogSchema = v.object({ in_flight: v.nullable(v.object({ queue: v.number() })) });
interface Page {
  readonly ids: readonly string[];
  readonly has_more: boolean;
  readonly iter_last_key?: string | undefined;
}

const now = Math.floor(Date.now() / hours(1)) * hours(1);
/** Evenly over the time; `from` hours ago. */
const crowd = (customer: string, count: number, from: number, length: number) =>
  Array.from({ length: count }, (_, index) => ({
    event_id: `${customer}-${String(index).padStart(5, '0')}`,
    event_name: 'call',
    external_customer_id: customer,
    timestamp: formatInstant(now - hours(from) + Math.floor((index * hours(length)) / count)),
    properties: { gb: 2 },
  }));
const span = (from: number, length: number) => ({
  start_time: formatInstant(now - hours(from)),
  end_time: formatInstant(now - hours(from - length) - 1),
});
const crowds = {
  thin: { range: span(120, 100), events: crowd('thin', 12_000, 120, 100) },
  thick: { range: span(10, 2), events: crowd('thick', 11_020, 10, 2) },
} as const;
const rest = crowd('rest', 980, 5, 1);
const all = [...crowds.thin.events, ...crowds.thick.events, ...rest];
const whole = span(120, 120);

let system: RunningTollgate;
const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
  const response = await fetch(system.url + path, {
    method,
    headers: { 'x-api-key': system.apiKey, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  // The embedded table has its hands full.
  if (response.status === 503) return delay(500).then(() => call(method, path, body));
  if (response.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
};
const usage = { event_name: 'call', aggregation_type: 'SUM', property_name: 'gb', ...whole };

beforeAll(async () => {
  system = await startTollgate(['--port', '0', '--no-demo']);
  for (let at = 0; at < all.length; at += 1_000) {
    await call('POST', '/v1/events/bulk', { events: all.slice(at, at + 1_000) });
  }
  // Cheap to ask: of nobody.
  const idle = { event_name: 'none', aggregation_type: 'COUNT', external_customer_id: 'nobody' };
  for (let left = 1; left > 0;) {
    await delay(200);
    left = v.parse(BacklogSchema, await call('POST', '/v1/events/usage', idle)).in_flight?.queue ?? 1;
  }
});
afterAll(async () => {
  await system.end('SIGTERM');
});

const follow = async (ask: (cursor: object) => Promise<Page>): Promise<string[]> => {
  const ids: string[] = [];
  for (let cursor: { readonly iter_last_key?: string } = {}; ;) {
    const page = await ask(cursor);
    ids.push(...page.ids);
    if (!page.has_more) return ids;
    if (page.iter_last_key === undefined || page.iter_last_key === cursor.iter_last_key) throw new Error('no end');
    cursor = { iter_last_key: page.iter_last_key };
  }
};
const toPage = (answer: unknown): Page => {
  const page = v.parse(PageSchema, answer);
  return { ...page, ids: page.events.map(({ id }) => id) };
};
const idsOf = (events: readonly { readonly event_id: string }[]) => events.map((event) => event.event_id);

describe.each([
  ['12,000 events over 100 hours', 'thin'],
  ['11,020 events in two hours', 'thick'],
] as const)('%s', (_, name) => {
  const { events, range } = crowds[name];

  test.each([
    ['GET', 50, {}],
    ['GET', 50, { external_customer_id: name }],
    ['POST', 0, {}],
    ['POST', 999, { external_customer_id: name }],
    ['POST', 10_000, {}],
    ['POST', 5_000, { external_customer_id: name, order: 'asc' }],
    ['POST', 777, { order: 'asc' }],
  ] as const)('%s lists every event once, in pages of %i: %j', async (method, size, filter) => {
    const ids = await follow(async (cursor) => {
      const asked = { ...range, ...filter, ...cursor };
      if (method === 'POST') return toPage(await call('POST', '/v1/events/query', { ...asked, page_size: size }));
      const query = new URLSearchParams({ ...asked, page_size: String(size), count_total: 'false' });
      return toPage(await call('GET', `/v1/events?${String(query)}`));
    });
    const wanted = idsOf(events);
    expect(ids).toEqual('order' in filter ? wanted : wanted.toReversed());
  });

  test('tollgate events list lists every event once', async () => {
    const options = ['--from', range.start_time, '--to', range.end_time, '--limit', '20000', '--json'];
    const { exitCode, stdout, stderr } = await runTollgate(['events', 'list', ...system.connection, ...options]);
    expect([exitCode, stderr]).toEqual([0, '']);
    const lines = stdout.trim().split('\n');
    expect(lines.map((line) => v.parse(v.object({ id: v.string() }), JSON.parse(line)).id)).toEqual(
      idsOf(events).reverse(),
    );
  });
});

test('the explanation of 24,000 events of all customers adds up to the value', async () => {
  const number = v.parse(
    v.object({ value: v.number(), counted: v.number() }),
    await call('POST', '/v1/events/usage', usage),
  );
  expect(number).toEqual({ value: 48_000, counted: 24_000 });
  let sum = 0;
  const ids = await follow(async (cursor) => {
    const body = { ...usage, ...cursor, page_size: 1_000 };
    const page = v.parse(ExplanationSchema, await call('POST', '/v1/events/usage/explain', body));
    for (const { quantity } of page.events) sum += Number(quantity);
    return { ...page, ids: page.events.map(({ event_id: id }) => id) };
  });
  expect(sum).toBe(number.value);
  expect(ids).toEqual(idsOf(all).reverse());
});
