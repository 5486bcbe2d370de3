// Windows of an allowance: each is granted once, whatever bills look into it, and for all lines of the meter together.
import { describe, expect, test } from '@jest/globals';
import { openBilled } from '../support/drivers/billed.ts';
import { createClient } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';

const dayOf = (date: string): string => `${date}T00:00:00Z`;
const noonOf = (date: string): string => `${date}T12:00:00Z`;

describe('an allowance', () => {
  const client = createClient(useDriver());

  test('of a year is granted once to all the months of the year', async () => {
    const billed = await openBilled(client, {
      prices: [{ amount: '10' }],
      allowance: { usage_limit: 50, usage_reset_period: 'ANNUAL' },
      subscription: { start_date: dayOf('2025-01-01') },
    });
    await billed.use(['2025-01-10', '2025-02-10', '2025-03-10'].map((date) => [dayOf(date), 40]));
    const totals: string[] = [];
    for (const date of ['2025-01-01', '2025-02-01', '2025-03-01']) {
      totals.push((await billed.preview(dayOf(date))).total);
    }
    expect(totals).toEqual(['0', '300', '400']);
  });

  test('of a week is granted in each week of a month', async () => {
    const billed = await openBilled(client, {
      prices: [{}],
      allowance: { usage_limit: 1000, usage_reset_period: 'WEEKLY' },
      subscription: { start_date: dayOf('2025-09-01') },
    });
    const weeks = ['2025-09-01', '2025-09-08', '2025-09-15', '2025-09-22'];
    await billed.use(weeks.map((date) => [noonOf(date), 900]));
    expect((await billed.preview(dayOf('2025-09-01'))).total).toBe('0');
    await billed.use([[noonOf('2025-09-09'), 900]]);
    const windows = weeks.map((date) => ({ start: dayOf(date), used: date === '2025-09-08' ? '1800' : '900' }));
    expect(await billed.preview(dayOf('2025-09-01'))).toMatchObject({
      total: '800',
      line_items: [{ explanation: { allowance: { windows } } }],
    });
  });

  test('of a month is granted in each month of a quarter, and of a range of twelve months', async () => {
    const allowance = { usage_limit: 1000, usage_reset_period: 'MONTHLY' };
    const quarterly = await openBilled(client, {
      prices: [{ billing_period_count: 3 }],
      allowance,
      subscription: { billing_period_count: 3, start_date: dayOf('2025-07-01') },
    });
    await quarterly.use(['2025-07-10', '2025-08-10', '2025-09-10'].map((date) => [noonOf(date), 900]));
    const end = dayOf('2025-10-01');
    expect(await quarterly.preview(dayOf('2025-07-01'))).toMatchObject({ period_end: end, total: '0' });
    const monthly = await openBilled(client, {
      prices: [{}],
      allowance,
      subscription: { start_date: dayOf('2024-01-01') },
    });
    const months = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'));
    await monthly.use(months.map((month) => [noonOf(`2024-${month}-10`), 1001]));
    expect((await monthly.preview(dayOf('2024-01-01'), dayOf('2025-01-01'))).total).toBe('12');
  });

  test('makes a unit free for every line that bills it', async () => {
    const billed = await openBilled(client, {
      prices: [{ display_name: 'Calls' }, { amount: '0.1', display_name: 'Surcharge' }],
      allowance: { usage_limit: 1000, usage_reset_period: 'MONTHLY' },
      subscription: { start_date: dayOf('2025-06-01') },
    });
    await billed.use([
      [noonOf('2025-06-05'), 900],
      [noonOf('2025-06-25'), 900],
    ]);
    const free = { quantity: '800', adjusted_entitlement_quantity: '1000' };
    expect(await billed.preview(dayOf('2025-06-01'))).toMatchObject({
      total: '880',
      line_items: [
        { ...free, amount: '800', display_name: 'Calls' },
        { ...free, amount: '80', display_name: 'Surcharge' },
      ],
    });
  });

  test('of a year is shown with what was used in the present one, and when it begins again', async () => {
    const year = new Date(client.driver.now()).getUTCFullYear();
    const dayIn = (of: number, day: string): string => `${String(of)}-${day}`;
    const billed = await openBilled(client, {
      prices: [{}],
      allowance: { usage_limit: 50, usage_reset_period: 'ANNUAL' },
      subscription: { start_date: dayOf(dayIn(year - 1, '01-01')) },
    });
    await billed.use([
      [noonOf(dayIn(year - 1, '12-31')), 7],
      [dayOf(dayIn(year, '01-01')), 40],
    ]);
    expect(await client.call('GET', `/v1/customers/${billed.customerId}/usage`)).toMatchObject({
      features: [
        {
          total_limit: 50,
          current_usage: '40',
          usage_percent: '0.8',
          next_usage_reset_at: dayOf(dayIn(year + 1, '01-01')),
        },
      ],
    });
  });
});
