// Commitments and what is charged: free units use up nothing of them, and a line is committed to once, whatever its versions.
import { describe, expect, test } from '@jest/globals';
import { openBilled } from '../support/drivers/billed.ts';
import { createClient } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';

const [start, middle, end] = ['2025-06-01T00:00:00Z', '2025-06-16T00:00:00Z', '2025-07-01T00:00:00Z'];
const allowance = { usage_limit: 100, usage_reset_period: 'MONTHLY' };

describe('a commitment', () => {
  const client = createClient(useDriver());

  test('of a subscription is used up by what is billed, not by what is free', async () => {
    const totals: string[] = [];
    for (const n of [50, 100, 120, 250]) {
      const terms = { commitment_amount: '100', overage_factor: '2', enable_true_up: true };
      const subscription = { start_date: start, ...terms };
      const billed = await openBilled(client, { prices: [{}], allowance, subscription });
      await billed.use([[middle, n]]);
      totals.push((await billed.preview(start)).total);
    }
    expect(totals).toEqual(['100', '100', '100', '200']);
  });

  test('of a subscription takes its overage off the charge of all units, in the usage of the subscription', async () => {
    const subscription = { start_date: start, commitment_amount: '100', overage_factor: '2' };
    const billed = await openBilled(client, { prices: [{}], allowance, subscription });
    await billed.use([[middle, 250]]);
    expect(await billed.usage(start, end)).toMatchObject({
      amount: 200,
      commitment_utilized: 100,
      overage_amount: 100,
      has_overage: true,
      charges: [
        { quantity: 200, amount: 200, is_overage: false },
        { quantity: 50, amount: 100, is_overage: true, overage_factor: 2 },
      ],
      note: expect.stringContaining('allowance'),
    });
    expect(await billed.preview(start)).toMatchObject({
      total: '200',
      line_items: [
        { quantity: '100', amount: '100' },
        { quantity: '50', amount: '100' },
      ],
    });
  });

  test('of a line counts by the time for which it was there, and is applied to what the whole line costs', async () => {
    const billed = await openBilled(client, { prices: [{}], subscription: { start_date: start } });
    await billed.change({ commitment_amount: 100, commitment_overage_factor: 2, effective_from: start });
    await billed.change({ commitment_amount: 0, effective_from: middle });
    await billed.use([
      ['2025-06-05T00:00:00Z', 90],
      ['2025-06-25T00:00:00Z', 60],
    ]);
    // 150 alone; 100 and twice the 50 beyond them: 200; half of the time each.
    expect((await billed.preview(start)).total).toBe('175');
  });
});
