// A range that is too much for one request: each request folds a part, keeps it, says how far it came, and the next goes on.
import { expect, test } from '@jest/globals';
import { createFoldBudget } from '../../functions/query/fold/read-budget.ts';
import { type Client, createClient, hours, objectOf } from '../support/drivers/client.ts';
import { openInProcessDriver } from '../support/drivers/driver-in-process.ts';
import { sendBulk } from './steps/event-steps.ts';

const days = 12;
const perDay = 20;

/** A client of a system where one request folds about so many events, with some days of events long ago. */
const openCold = async (events: number): Promise<Client> => {
  const bounds = { events, softMs: Infinity, hardMs: Infinity };
  const driver = await openInProcessDriver({ startBudget: () => createFoldBudget(() => 0, bounds) });
  const client = createClient(driver);
  const sent = Array.from({ length: days * perDay }, (_, index) => ({
    event_name: 'call',
    external_customer_id: 'acme',
    timestamp: client.ago(hours(48 + index * (24 / perDay))),
    properties: { ms: index, user: String(index) },
  }));
  await sendBulk(client, sent);
  return client;
};

const range = ({ ago }: Client) => ({ start_time: ago(hours(24 * 20)), end_time: ago(0) });
const usage = (client: Client, fields: object) =>
  client.driver.request('POST', '/v1/events/usage', {
    event_name: 'call',
    aggregation_type: 'SUM',
    property_name: 'ms',
    ...range(client),
    ...fields,
  });

/** Asks again until there is an answer; what each unfinished answer said. */
const askUntilDone = async (ask: () => ReturnType<typeof usage>) => {
  const progress: (readonly [number, number])[] = [];
  for (;;) {
    const { status, headers, body } = await ask();
    if (status === 200) return { progress, body: objectOf(body) };
    expect({ status, body }).toMatchObject({ status: 503, body: { code: 'service_unavailable' } });
    expect(headers['retry-after']).toBe('1');
    const { folded_days: folded, of_days: all } = objectOf(objectOf(body)['details']);
    progress.push([Number(folded), Number(all)]);
    if (progress.length > 100) throw new Error('no end');
  }
};

test.each([
  ['of a customer', { external_customer_id: 'acme' }],
  ['of everybody', {}],
  ['by distinct values', { aggregation_type: 'COUNT_UNIQUE', property_name: 'user' }],
  ['by windows', { external_customer_id: 'acme', window_size: '6HOUR', timezone: 'Asia/Kathmandu' }],
])(
  'a query over a cold range %s continues where it stopped, and gives the same answer as one fold',
  async (_, fields) => {
    const client = await openCold(2 * perDay);
    const { progress, body } = await askUntilDone(() => usage(client, fields));
    expect(progress.length).toBeGreaterThan(2);
    const folded = progress.map(([done]) => done);
    expect(folded).toEqual([...folded].sort((a, b) => a - b));
    expect(new Set(folded).size).toBe(folded.length);
    for (const [done, all] of progress) expect(done).toBeLessThan(all);

    const atOnce = await usage(await openCold(Infinity), fields);
    expect(atOnce).toMatchObject({ status: 200, body });
    expect(objectOf(body)).toMatchObject({ counted: days * perDay });
    // What was folded stays folded: one request is enough now, with less than a day's events to spend.
    expect(await usage(client, fields)).toMatchObject({ status: 200, body });
  },
);

test('a query over a cold range includes events that arrive between its retries', async () => {
  const client = await openCold(2 * perDay);
  expect(await usage(client, { external_customer_id: 'acme' })).toMatchObject({ status: 503 });
  await sendBulk(client, [
    {
      event_name: 'call',
      external_customer_id: 'acme',
      timestamp: client.ago(hours(24 * 13)),
      properties: { ms: 1e6 },
    },
    { event_name: 'call', external_customer_id: 'acme', timestamp: client.ago(hours(49)), properties: { ms: 2e6 } },
  ]);
  const { body } = await askUntilDone(() => usage(client, { external_customer_id: 'acme' }));
  const sum = (days * perDay * (days * perDay - 1)) / 2;
  expect(body).toMatchObject({ value: sum + 3e6, counted: days * perDay + 2 });
});

test('analytics over a cold range continue where they stopped, too', async () => {
  const client = await openCold(2 * perDay);
  await client.call('POST', '/v1/meters', {
    name: 'Calls',
    event_name: 'call',
    aggregation: { type: 'SUM', field: 'ms' },
    reset_usage: 'BILLING_PERIOD',
  });
  const { progress, body } = await askUntilDone(() =>
    client.driver.request('POST', '/v1/events/analytics', range(client)),
  );
  expect(progress.length).toBeGreaterThan(2);
  expect(body).toMatchObject({ items: [{ name: 'Calls', event_count: days * perDay }] });
});
