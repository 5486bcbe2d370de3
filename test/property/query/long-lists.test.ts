// Lists of more events than a request may read, with the bounds of the product: thin over many hours, and thick within two.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { explainUsage } from '../../../cli/usage-explanation.ts';
import { listEvents } from '../../../cli/event-list.ts';
import { parseEventListBody, parseEventListQuery } from '../../../shared/api/event-lists.ts';
import { parseUsageExplanation } from '../../../shared/api/usage-explanation.ts';
import type { Event } from '../../../shared/domain/event.ts';
import { formatInstant, msPerHour } from '../../../shared/domain/instant.ts';
import { anEvent, aScope } from '../../support/builders.ts';
import { now, openLists } from '../../support/listed-worlds.ts';

const perBatch = 1_000;
/** Evenly over some hours, oldest first; `from` hours ago. */
const crowd = (customer: string, count: number, from: number, length: number): Event[] =>
  Array.from({ length: count }, (_, place) =>
    anEvent({
      id: `${customer}-${String(place).padStart(5, '0')}`,
      name: 'call',
      externalCustomerId: customer,
      timestamp: now - from * msPerHour + Math.floor((place * length * msPerHour) / count),
      properties: { gb: 2 },
    }),
  );
const span = (from: number, length: number) => ({
  start_time: formatInstant(now - from * msPerHour),
  end_time: formatInstant(now - (from - length) * msPerHour - 1),
});
const crowds = {
  thin: { range: span(120, 100), events: crowd('thin', 12_000, 120, 100) },
  thick: { range: span(10, 2), events: crowd('thick', 11_020, 10, 2) },
} as const;
const all = [...crowds.thin.events, ...crowds.thick.events, ...crowd('rest', 980, 5, 1)];

let lists: Awaited<ReturnType<typeof openLists>>;
beforeAll(async () => {
  const batches = Array.from({ length: Math.ceil(all.length / perBatch) }, (_, number) => ({
    id: `01K7M3ZZZZ${String(number).padStart(16, '0')}`,
    events: all.slice(number * perBatch, (number + 1) * perBatch),
    shard: number % 2,
    deliveries: 1,
  }));
  lists = await openLists(batches);
}, 60_000);

const post = (_method: string, _path: string, body: unknown): Promise<unknown> =>
  lists.list(aScope, parseEventListBody(JSON.stringify(body), now));
const get = (query: Readonly<Record<string, string>>) =>
  lists.list(aScope, parseEventListQuery(Object.fromEntries(Object.entries(query).map(([k, v]) => [k, [v]])), now));
const idsOf = (events: readonly { readonly id: string }[]) => events.map(({ id }) => id);

describe.each([
  ['12,000 events over 100 hours', 'thin'],
  ['11,020 events in two hours', 'thick'],
] as const)('%s', (_, name) => {
  const { events, range } = crowds[name];

  test.each([
    ['GET', 50, {}],
    ['GET', 50, { external_customer_id: name }],
    ['POST', 999, {}],
    ['POST', 1_000, { external_customer_id: name }],
    ['POST', 10_000, {}],
    ['POST', 10_000, { external_customer_id: name }],
    ['POST', 777, { order: 'asc' }],
    ['POST', 5_000, { order: 'asc', external_customer_id: name }],
  ] as const)(
    'are listed by %s in pages of %i, once: %j',
    async (method, size, filter) => {
      const ids: string[] = [];
      for (let cursor = {}, pages = 0; ; pages += 1) {
        const asked = { ...range, ...filter, ...cursor };
        const body = JSON.stringify({ ...asked, page_size: size });
        const page = await (method === 'GET'
          ? get({ ...asked, page_size: String(size) })
          : lists.list(aScope, parseEventListBody(body, now)));
        ids.push(...idsOf(page.events));
        if (!page.has_more) break;
        if (pages > events.length) throw new Error('no end');
        cursor = { iter_last_key: page.iter_last_key };
      }
      const wanted = idsOf(events);
      expect(ids).toEqual('order' in filter ? wanted : wanted.toReversed());
    },
    60_000,
  );

  test('are listed by the command, once', async () => {
    const ids: string[] = [];
    for await (const { id } of listEvents(post, range, 20_000)) ids.push(id);
    expect(ids).toEqual(idsOf(events).reverse());
  }, 60_000);
});

test('the explanation of 24,000 events of everybody adds up', async () => {
  const ask = (body: unknown): Promise<unknown> =>
    lists.explain(aScope, parseUsageExplanation(JSON.stringify(body), now));
  const usage = { event_name: 'call', aggregation_type: 'SUM', property_name: 'gb', ...span(120, 120) };
  const ids: string[] = [];
  let sum = 0;
  for await (const page of explainUsage(ask, usage, 100_000)) {
    for (const { event_id: id, quantity } of page.events) {
      ids.push(id);
      sum += Number(quantity);
    }
  }
  expect(sum).toBe(48_000);
  expect(ids).toEqual(idsOf(all).reverse());
}, 60_000);
