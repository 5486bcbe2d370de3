// Fixed fees: what a part of a period costs, however it came about, through changes of price, ends and trials.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { type Client, createClient, hours, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createCustomer, createPlan, createSubscription } from './steps/catalog-steps.ts';

type Fields = Readonly<Record<string, unknown>>;

const PreviewSchema = v.object({
  period_start: v.string(),
  period_end: v.string(),
  total: v.string(),
  line_items: v.array(
    v.object({
      amount: v.string(),
      quantity: v.string(),
      period_start: v.string(),
      period_end: v.string(),
      subscription_line_item_id: v.string(),
      explanation: v.object({
        versions: v.optional(v.array(v.object({ sub_line_item_id: v.string(), amount: v.string() }))),
        steps: v.array(v.object({ kind: v.string(), amount: v.string(), message: v.string() })),
      }),
    }),
  ),
});
const ItemsSchema = v.object({ line_items: v.array(v.object({ id: v.string(), price_id: v.string() })) });

/** Subscribes a new customer to a new plan with one FIXED price, of 30 a month in arrear unless told otherwise. */
const subscribeToFee = async (client: Client, price: Fields, subscription: Fields): Promise<string> => {
  const [customer, planId] = [unique('acme'), await createPlan(client)];
  await createCustomer(client, customer);
  await client.call('POST', '/v1/prices', {
    entity_type: 'PLAN',
    entity_id: planId,
    type: 'FIXED',
    currency: 'usd',
    amount: '30',
    billing_model: 'FLAT_FEE',
    billing_period: 'MONTHLY',
    billing_period_count: 1,
    invoice_cadence: 'ARREAR',
    start_date: '2020-01-01T00:00:00Z',
    ...price,
  });
  return createSubscription(client, customer, planId, subscription);
};

const preview = async ({ call }: Client, id: string, start: string, end?: string) =>
  v.parse(
    PreviewSchema,
    await call('POST', '/v1/invoices/preview', {
      subscription_id: id,
      period_start: start,
      ...(end !== undefined && { period_end: end }),
    }),
  );

const firstItem = async ({ call }: Client, id: string): Promise<{ readonly id: string; readonly price_id: string }> => {
  const [item] = v.parse(ItemsSchema, await call('GET', `/v1/subscriptions/${id}`)).line_items;
  if (!item) throw new Error('no line item');
  return item;
};

const [january, february, march] = ['2025-01-01T00:00:00Z', '2025-02-01T00:00:00Z', '2025-03-01T00:00:00Z'];

describe('a fixed fee', () => {
  const client = createClient(useDriver());

  test('costs the same for the same end, whether it is cancelled, ends, or only its line item ends', async () => {
    const [start, end] = [client.ago(hours(24 * 10)), client.ago(hours(24 * 4))];
    const totals: string[] = [];
    for (const way of ['immediate', 'scheduled_date', 'end_date', 'line item']) {
      const id = await subscribeToFee(client, {}, { start_date: start, ...(way === 'end_date' && { end_date: end }) });
      if (way === 'immediate' || way === 'scheduled_date') {
        await client.call('POST', `/v1/subscriptions/${id}/cancel`, { cancellation_type: way, cancel_at: end });
      }
      if (way === 'line item') {
        const item = await firstItem(client, id);
        await client.call('DELETE', `/v1/subscriptions/lineitems/${item.id}`, { effective_from: end });
      }
      totals.push((await preview(client, id, start)).total);
    }
    expect(new Set(totals).size).toBe(1);
    expect(Number(totals[0])).toBeGreaterThan(0);
    expect(Number(totals[0])).toBeLessThan(30);
  });

  test('that begins within a calendar month costs its share of the whole month', async () => {
    const start = '2025-01-11T00:00:00Z';
    const id = await subscribeToFee(client, { amount: '310' }, { start_date: start, billing_cycle: 'calendar' });
    const { period_end: end, line_items: lines } = await preview(client, id, start);
    expect(end).toBe(february);
    expect(lines).toMatchObject([
      {
        amount: '210',
        quantity: '1',
        explanation: {
          steps: [
            { kind: 'price', amount: '310' },
            { kind: 'partial_period', amount: '-100', message: '1814400 of 2678400 seconds of the period' },
          ],
        },
      },
    ]);
  });

  test('costs the same when its price is stated again, as versions of one line that are rounded together', async () => {
    const id = await subscribeToFee(client, { amount: '10' }, { start_date: january });
    const item = await firstItem(client, id);
    await client.call('DELETE', `/v1/subscriptions/lineitems/${item.id}`, { effective_from: '2025-01-11T00:00:00Z' });
    for (const [from, to] of [
      ['2025-01-11T00:00:00Z', '2025-01-21T00:00:00Z'],
      ['2025-01-21T00:00:00Z', undefined],
    ]) {
      await client.call('POST', `/v1/subscriptions/${id}/lineitems`, {
        price_id: item.price_id,
        start_date: from,
        ...(to !== undefined && { end_date: to }),
      });
    }
    const { total, line_items: lines } = await preview(client, id, january);
    expect(total).toBe('10');
    expect(lines.map(({ amount }) => amount)).toEqual(['3.23', '3.22', '3.55']);
    for (const { explanation } of lines) {
      expect(explanation.versions?.map(({ sub_line_item_id: of }) => of)).toEqual(
        lines.map((line) => line.subscription_line_item_id),
      );
    }
    expect((await preview(client, id, february)).line_items).toMatchObject([{ amount: '10' }]);
  });

  test('with a longer period than its subscription costs each version its part of that period', async () => {
    const id = await subscribeToFee(client, {}, { start_date: january });
    const added = v.parse(
      v.object({ id: v.string() }),
      await client.call('POST', `/v1/subscriptions/${id}/lineitems`, {
        start_date: january,
        price: {
          type: 'FIXED',
          currency: 'usd',
          amount: '90',
          billing_model: 'FLAT_FEE',
          billing_period: 'QUARTERLY',
          billing_period_count: 1,
          invoice_cadence: 'ARREAR',
        },
      }),
    );
    const changed = v.parse(
      v.object({ id: v.string() }),
      await client.call('PUT', `/v1/subscriptions/lineitems/${added.id}`, { amount: '180', effective_from: march }),
    );
    const quarter = async (start: string) =>
      (await preview(client, id, start)).line_items
        .filter((line) => [added.id, changed.id].includes(line.subscription_line_item_id))
        .map(({ amount, period_start: from }) => `${amount} from ${from.slice(0, 10)}`);
    expect(await quarter(february)).toEqual([]);
    expect(await quarter(march)).toEqual(['59 from 2025-01-01', '62 from 2025-03-01']);
    expect(await quarter('2025-06-01T00:00:00Z')).toEqual(['180 from 2025-04-01']);
    await client.call('DELETE', `/v1/subscriptions/lineitems/${changed.id}`, {
      effective_from: '2025-05-13T00:00:00Z',
    });
    // 42 of 91 days.
    expect(await quarter('2025-05-01T00:00:00Z')).toEqual(['83.08 from 2025-04-01']);
  });

  test('of several months costs what each of them costs', async () => {
    const id = await subscribeToFee(client, {}, { start_date: january });
    const { line_items: lines } = await preview(client, id, january, '2025-04-16T00:00:00Z');
    expect(lines).toMatchObject([
      {
        amount: '105',
        explanation: {
          steps: [
            { kind: 'price', amount: '30' },
            { kind: 'periods', amount: '75', message: '3 whole periods + 1296000 of 2592000 seconds' },
          ],
        },
      },
    ]);
  });
});

describe('a trial', () => {
  const client = createClient(useDriver());
  const trial = { start_date: '2025-06-15T00:00:00Z', trial_period_days: 30 };

  test('charges nothing for its own time, and shows what it would have been', async () => {
    const id = await subscribeToFee(client, { amount: '149' }, trial);
    expect(await preview(client, id, trial.start_date)).toMatchObject({
      period_end: '2025-07-15T00:00:00Z',
      total: '0',
      line_items: [
        {
          amount: '0',
          quantity: '1',
          explanation: {
            steps: [
              { kind: 'price', amount: '149' },
              { kind: 'trial', amount: '-149', message: 'Nothing is charged in a trial' },
            ],
          },
        },
      ],
    });
    expect((await preview(client, id, '2025-07-15T00:00:00Z')).total).toBe('149');
  });

  test('is followed by the fee of the period after it, which is due in advance, and by a fee that is due once', async () => {
    const advance = await subscribeToFee(client, { invoice_cadence: 'ADVANCE' }, trial);
    expect((await preview(client, advance, trial.start_date)).line_items).toMatchObject([
      { amount: '30', period_start: '2025-07-15T00:00:00Z', period_end: '2025-08-15T00:00:00Z' },
    ]);
    const once = await subscribeToFee(client, { invoice_cadence: 'ADVANCE', billing_period: 'ONETIME' }, trial);
    expect((await preview(client, once, trial.start_date)).line_items).toMatchObject([
      { amount: '30', period_start: '2025-07-15T00:00:00Z' },
    ]);
    expect((await preview(client, once, '2025-07-15T00:00:00Z')).line_items).toEqual([]);
  });
});
