// A price that changes within a period: the period stays one line, measured, granted and tiered once, and each version prices its part.
import { describe, expect, test } from '@jest/globals';
import { type Billed, openBilled, type Preview } from '../support/drivers/billed.ts';
import { createClient, objectOf } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';

const [start, middle, end] = ['2025-06-01T00:00:00Z', '2025-06-16T00:00:00Z', '2025-07-01T00:00:00Z'];
const june = { start_date: start };
const early = '2025-06-05T00:00:00Z';
const late = '2025-06-25T00:00:00Z';
const thousandFree = [
  { up_to: 1000, unit_amount: '0' },
  { up_to: null, unit_amount: '1' },
];
const inTiers = { billing_model: 'TIERED', tier_mode: 'SLAB', tiers: thousandFree };

const linesOf = ({ line_items: lines }: Preview): string[] =>
  lines.map(({ quantity, amount }) => `${quantity} for ${amount}`);

describe('a price that changes within a period', () => {
  const client = createClient(useDriver());
  const { call } = client;
  const endItem = async ({ id, priceIds: [price] }: Billed, at: string, again: string): Promise<void> => {
    const { line_items: items } = objectOf(await call('GET', `/v1/subscriptions/${id}`));
    const [item] = Array.isArray(items) ? items.map(objectOf) : [];
    await call('DELETE', `/v1/subscriptions/lineitems/${String(item?.['id'])}`, { effective_from: at });
    await call('POST', `/v1/subscriptions/${id}/lineitems`, { price_id: price, start_date: again });
  };

  test('grants its allowance once, also when the same price ends and begins again', async () => {
    const allowance = { usage_limit: 1000, usage_reset_period: 'MONTHLY' };
    const billed = await openBilled(client, { prices: [{}], allowance, subscription: june });
    await billed.use([
      [early, 900],
      [late, 900],
    ]);
    expect((await billed.preview(start)).total).toBe('800');
    await endItem(billed, middle, middle);
    expect(linesOf(await billed.preview(start))).toEqual(['0 for 0', '800 for 800']);
  });

  test('grants its free tier once, whether the tiers are stated again or the item ends and begins again', async () => {
    for (const change of [
      ({ change }: Billed) => change({ tiers: thousandFree, effective_from: middle }),
      (billed: Billed) => endItem(billed, middle, middle),
      (billed: Billed) => endItem(billed, '2025-06-10T00:00:00Z', '2025-06-20T00:00:00Z'),
    ]) {
      const billed = await openBilled(client, { prices: [inTiers], subscription: june });
      await billed.use([
        [early, 900],
        [late, 900],
      ]);
      await change(billed);
      expect((await billed.preview(start)).total).toBe('800');
    }
  });

  test('counts what is used at each price, also after two changes, and one on the day of the start', async () => {
    const billed = await openBilled(client, { prices: [{}], subscription: june });
    await billed.change({ amount: '2', effective_from: '2025-06-10T00:00:00Z' });
    await billed.change({ amount: '3', effective_from: '2025-06-20T00:00:00Z' });
    await billed.use([
      [early, 1],
      ['2025-06-10T00:00:00Z', 10],
      ['2025-06-19T23:59:59Z', 100],
      ['2025-06-20T00:00:00Z', 1000],
    ]);
    expect(linesOf(await billed.preview(start))).toEqual(['1 for 1', '110 for 220', '1000 for 3000']);
    const fromStart = await openBilled(client, { prices: [{}], subscription: june });
    await fromStart.change({ amount: '5', effective_from: start });
    await fromStart.use([[start, 2]]);
    expect(linesOf(await fromStart.preview(start))).toEqual(['2 for 10']);
  });

  test('does not start a package again that has been started', async () => {
    const billed = await openBilled(client, {
      prices: [{ billing_model: 'PACKAGE', transform_quantity: { divide_by: 10 } }],
      subscription: june,
    });
    await billed.change({ amount: '8', transform_quantity: { divide_by: 100 }, effective_from: middle });
    await billed.use([
      [early, 15],
      [late, 15],
    ]);
    expect(linesOf(await billed.preview(start))).toEqual(['15 for 2', '15 for 0']);
  });

  test('charges by units each version its part of what all of the volume costs, flat amounts included', async () => {
    const flat = (amount: string) => [{ up_to: null, unit_amount: '1', flat_amount: amount }];
    const billed = await openBilled(client, {
      prices: [{ billing_model: 'TIERED', tier_mode: 'VOLUME', tiers: flat('10') }],
      subscription: june,
    });
    await billed.change({ tiers: flat('20'), effective_from: middle });
    await billed.use([
      [early, 30],
      [late, 70],
    ]);
    expect(linesOf(await billed.preview(start))).toEqual(['30 for 33', '70 for 84']);
  });

  test.each([
    [undefined, ['2 for 18', '2 for 30']],
    [{ usage_limit: 1, usage_reset_period: 'MONTHLY' }, ['1.5 for 13.5', '1.5 for 22.5']],
  ])('charges a maximum by time, after what is free of it', async (allowance, lines) => {
    const billed = await openBilled(client, {
      meter: { aggregation: { type: 'MAX', field: 'n' } },
      prices: [{ amount: '9' }],
      ...(allowance && { allowance }),
      subscription: june,
    });
    await billed.change({ amount: '15', effective_from: middle });
    await billed.use([[early, 4]]);
    expect(linesOf(await billed.preview(start))).toEqual(lines);
  });

  test('explains its versions, with the units that those before were billed', async () => {
    const billed = await openBilled(client, { prices: [inTiers], subscription: june });
    await billed.change({ tiers: [{ up_to: null, unit_amount: '2' }], effective_from: middle });
    await billed.use([
      [early, 1200],
      [late, 300],
    ]);
    const versions = [
      { start, end: middle, value: '1200', billed_quantity: '1200', amount: '200' },
      { start: middle, end, value: '300', billed_quantity: '300', amount: '600' },
    ];
    expect(await billed.preview(start)).toMatchObject({
      total: '800',
      line_items: [
        { amount: '200', explanation: { versions } },
        { amount: '600', explanation: { versions, billed_before: '1200' } },
      ],
    });
  });

  test('shows with each of many versions the twenty up to it, so that the answer does not grow with the square of them', async () => {
    const billed = await openBilled(client, { prices: [{}], subscription: june });
    const starts = Array.from({ length: 23 }, (_, day) => `2025-06-${String(day + 1).padStart(2, '0')}T00:00:00Z`);
    for (const [day, effective] of starts.entries()) {
      if (day > 0) await billed.change({ amount: String(day + 1), effective_from: effective });
    }
    await billed.use([[start, 7]]);
    const { line_items: lines } = await billed.preview(start);
    expect(lines).toHaveLength(23);
    for (const [index, { explanation }] of lines.entries()) {
      const last = Math.max(20, index + 1);
      expect(explanation).toMatchObject({
        versions: starts.slice(last - 20, last).map((from) => ({ start: from })),
        more_versions: 3,
        ...(index > 0 && { billed_before: '7' }),
      });
    }
  });
});
