// Usage on a meter that is never reset: a level lasts from period to period, and everything else is billed by what each period adds.
import { describe, expect, test } from '@jest/globals';
import { openBilled } from '../support/drivers/billed.ts';
import { createClient } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';

const [may, june, july] = ['2025-05-01T00:00:00Z', '2025-06-01T00:00:00Z', '2025-07-01T00:00:00Z'];
const middle = '2025-06-16T00:00:00Z';
const level = { aggregation: { type: 'WEIGHTED_SUM', field: 'n' }, reset_usage: 'NEVER' };

describe('a meter that is never reset', () => {
  const client = createClient(useDriver());

  test('bills seats only in the period in which they were sent, and the line says so', async () => {
    const meter = { reset_usage: 'NEVER' };
    const billed = await openBilled(client, { meter, prices: [{}], subscription: { start_date: may } });
    await billed.use([['2025-05-05T00:00:00Z', 10]]);
    expect(await billed.preview(may)).toMatchObject({ total: '10' });
    expect(await billed.preview(june)).toMatchObject({
      total: '0',
      line_items: [
        {
          quantity: '0',
          cumulative_quantity: '10',
          explanation: { quantity: { cumulative_value: '10', message: expect.stringContaining('period') } },
        },
      ],
    });
    const asked = { meter_id: billed.meterId, external_customer_id: billed.customer };
    const range = { start_time: june, end_time: july };
    expect(await client.call('POST', '/v1/events/usage/meter', { ...asked, ...range })).toMatchObject({ value: 10 });
    await billed.use([['2025-06-05T00:00:00Z', 10]]);
    expect(await billed.preview(june)).toMatchObject({ total: '10' });
  });

  test('bills storage as long as it lasts, at each price for the time of that price', async () => {
    const billed = await openBilled(client, { meter: level, prices: [{}], subscription: { start_date: june } });
    await billed.use([[june, 100]]);
    await billed.change({ amount: '2', effective_from: middle });
    expect(await billed.preview(june)).toMatchObject({
      total: '150',
      line_items: [
        { quantity: '50', amount: '50' },
        { quantity: '50', amount: '100' },
      ],
    });
    expect(await billed.preview(july)).toMatchObject({
      total: '200',
      line_items: [{ quantity: '100', explanation: { quantity: { message: expect.stringContaining('lasts') } } }],
    });
  });

  test('bills storage beyond what is free of it, shared by how much of it each version held', async () => {
    const allowance = { usage_limit: 60, usage_reset_period: 'MONTHLY' };
    const terms = { meter: level, prices: [{}], allowance, subscription: { start_date: june } };
    const billed = await openBilled(client, terms);
    await billed.use([[june, 100]]);
    await billed.change({ amount: '2', effective_from: middle });
    expect(await billed.preview(june)).toMatchObject({
      total: '60',
      line_items: [
        { quantity: '20', adjusted_entitlement_quantity: '30', amount: '20' },
        { quantity: '20', adjusted_entitlement_quantity: '30', amount: '40' },
      ],
    });
  });
});
