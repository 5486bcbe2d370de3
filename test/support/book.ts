// The maintainers' book: one event, one question and one invoice on a system in this process, and what is there at each step.
// docs/one-event.md, one-question.md and one-invoice.md show these values, and docs/bills.md those of its examples: `npm run book`
// writes them there, and a test holds them to it.
import * as v from 'valibot';
import { decodeFrame } from '../../shared/domain/codec/segment-frame.ts';
import { openSegment, toContents } from '../../shared/domain/codec/segment.ts';
import type { AggregationType } from '../../shared/domain/meters/meter.ts';
import { formatInstant } from '../../shared/domain/time/instant.ts';
import { decodeDayPage } from '../../shared/domain/usage/day-page.ts';
import { decodeOwner } from '../../shared/store/events/claim-owner.ts';
import { parseDayPageKey } from '../../shared/store/table/keys.ts';
import type { StoredItem } from '../../shared/store/table/table.ts';
import { aDefinition } from './builders/definitions.ts';
import { createClient, hours, idOf, objectOf } from './drivers/client.ts';
import { openInProcessDriver } from './drivers/driver-in-process.ts';
import { createMemoryTable, type TableOperation } from './drivers/memory-table.ts';
import { describePage } from './oracles/usage-states.ts';
import { writeBills } from './worked-bills.ts';

const json = (value: unknown): string => JSON.stringify(value, undefined, 2);

const ulid = /[0-7][0-9A-HJKMNP-TV-Z]{25}/g;

/** ULIDs have a time and chance in them: each becomes the number of its first appearance. */
const createNaming = (): ((text: string) => string) => {
  const names = new Map<string, string>();
  const nameOf = (id: string): string => {
    const name = names.get(id) ?? `01K7KTMS8T${String(names.size + 1).padStart(16, '0')}`;
    names.set(id, name);
    return name;
  };
  return (text) => text.replace(ulid, nameOf);
};

const operationText = ({ name, pk, sk }: TableOperation): string => [name.padEnd(5), pk, sk ?? ''].join(' ').trimEnd();

/** Returns the blocks of the chapters by the name above each. */
export const writeBook = async (): Promise<ReadonlyMap<string, string>> => {
  const named = createNaming();
  const values = new Map<string, string>(await writeBills());
  const show = (name: string, text: string): void => {
    values.set(name, named(text));
  };
  let operations: TableOperation[] = [];
  const table = createMemoryTable({
    intercept: (operation, apply) => {
      operations.push(operation);
      return Promise.resolve().then(apply);
    },
  });
  const messages: string[] = [];
  const driver = await openInProcessDriver({
    table,
    watchQueue: (queue) => ({
      ...queue,
      sendMessages: (sent) => {
        messages.push(...sent.map(({ text }) => text));
        return queue.sendMessages(sent);
      },
    }),
  });
  const { call } = createClient(driver);
  /** The items of a kind, in the order of their keys. */
  const items = (prefix: string): readonly StoredItem[] =>
    [...table.partitions].flatMap(([pk, items]) => (pk.startsWith(prefix) ? [...items.values()] : []));
  const only = (prefix: string): StoredItem => {
    const [item, another] = items(prefix);
    if (item === undefined || another !== undefined) throw new Error(`not one item of ${prefix}`);
    return item;
  };
  const bytesOf = (item: StoredItem): Uint8Array => v.parse(v.instance(Uint8Array), item['b']);
  /** Runs `act` and records its reads and writes in `operations`, in order. */
  const watched = async (act: () => Promise<unknown>): Promise<unknown> => {
    operations = [];
    return act();
  };

  // The catalog.
  await call('POST', '/v1/customers', { external_id: 'acme', name: 'Acme Inc.' });
  const meterId = idOf(
    await call('POST', '/v1/meters', {
      name: 'Tokens',
      event_name: 'model.usage',
      aggregation: { type: 'SUM', field: 'tokens' },
      reset_usage: 'BILLING_PERIOD',
    }),
  );
  const planId = idOf(await call('POST', '/v1/plans', { name: 'Pay as you go' }));
  await call('POST', '/v1/prices', {
    entity_type: 'PLAN',
    entity_id: planId,
    type: 'USAGE',
    meter_id: meterId,
    currency: 'usd',
    amount: '0.002',
    billing_model: 'FLAT_FEE',
    billing_period: 'MONTHLY',
    billing_period_count: 1,
    invoice_cadence: 'ARREAR',
    start_date: '2025-10-01T00:00:00Z',
  });
  const featureId = idOf(await call('POST', '/v1/features', { name: 'Tokens', type: 'metered', meter_id: meterId }));
  await call('POST', '/v1/entitlements', {
    plan_id: planId,
    feature_id: featureId,
    feature_type: 'metered',
    usage_limit: 1_000,
    usage_reset_period: 'MONTHLY',
  });
  const subscriptionId = idOf(
    await call('POST', '/v1/subscriptions', {
      external_customer_id: 'acme',
      plan_id: planId,
      currency: 'usd',
      billing_period: 'MONTHLY',
      start_date: '2025-10-01T00:00:00Z',
    }),
  );

  // One event.
  const event = {
    event_id: 'call-1',
    event_name: 'model.usage',
    external_customer_id: 'acme',
    timestamp: '2025-10-15T11:20:00Z',
    properties: { tokens: 1_250, model: 'large' },
  };
  show('request', json(event));
  show('accepted', json(await call('POST', '/v1/events', event)));
  show('message', messages.join('\n'));
  await watched(() => driver.drain());
  show('processing', operations.map(operationText).join('\n'));
  const { o: owner, ...claim } = only('E#');
  show(
    'claim',
    json({
      ...claim,
      o: decodeOwner(v.parse(v.instance(Uint8Array), owner)),
      h: Buffer.from(v.parse(v.instance(Uint8Array), claim['h'])).toString('hex'),
    }),
  );
  const segment = only('S#');
  show('segment key', json({ pk: segment.pk, sk: segment.sk }));
  show('segment lines', decodeFrame(bytesOf(segment)).lines.join('\n'));
  const [decided] = toContents(openSegment(bytesOf(segment)), { customer: 'acme', name: 'model.usage' }).entries;
  show('decision', json(decided?.decision));

  // One question.
  const question = {
    event_name: 'model.usage',
    external_customer_id: 'acme',
    aggregation_type: 'SUM',
    property_name: 'tokens',
    start_time: '2025-10-15T00:00:00Z',
    end_time: '2025-10-16T00:00:00Z',
  };
  show('question', json(question));
  await driver.passTime(hours(24));
  const ask = () => call('POST', '/v1/events/usage', question);
  await watched(ask);
  show('first reads', operations.map(operationText).join('\n'));
  const page = only('D#');
  const type: AggregationType = 'SUM';
  const definition = aDefinition({ eventName: 'model.usage', type, field: 'tokens' });
  const { hours: folded, slots } = decodeDayPage(bytesOf(page), parseDayPageKey(page).day, definition);
  show('page key', json({ pk: page.pk, sk: page.sk }));
  const { slots: states } = describePage({ day: 0, hours: folded, slots });
  show(
    'page',
    json({
      hours: folded.size,
      counters: [...new Set(folded.values())],
      slots: Object.fromEntries(Object.entries(states).map(([slot, state]) => [formatInstant(Number(slot)), state])),
    }),
  );
  const answer = await watched(ask);
  show('second reads', operations.map(operationText).join('\n'));
  show('answer', json(answer));

  // One invoice.
  const preview = objectOf(await call('POST', '/v1/invoices/preview', { subscription_id: subscriptionId }));
  const [line] = v.parse(v.array(v.record(v.string(), v.unknown())), preview['line_items']);
  const { display_name, period_start, period_end, quantity, amount, explanation } = line ?? {};
  show('line', json({ display_name, period_start, period_end, quantity, amount, explanation }));
  show('total', json({ subtotal: preview['subtotal'], currency: preview['currency'] }));
  return values;
};
