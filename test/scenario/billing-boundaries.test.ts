// Where billing periods begin and end: on the series of the anchor, in the time of the customer, whatever the subscription began with.
import { describe, expect, test } from '@jest/globals';
import { openBilled } from '../support/drivers/billed.ts';
import { createClient, objectOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createMeter, createPlan, createPrice, createSubscription } from './steps/catalog-steps.ts';
import { sendBulk } from './steps/event-steps.ts';

describe('the billing periods of a subscription', () => {
  const client = createClient(useDriver());
  const { call } = client;
  const setUp = async (billingPeriod: string, meter: object = {}) => {
    const eventName = unique('call');
    const meterId = await createMeter(client, eventName, { ...meter });
    const planId = await createPlan(client);
    await createPrice(client, planId, meterId, {
      billing_period: billingPeriod,
      amount: '1',
      start_date: undefined,
    });
    const subscribe = async (fields: object, timezone = 'UTC') => {
      const customer = unique('acme');
      await call('POST', '/v1/customers', { external_id: customer, name: 'Acme', timezone });
      const terms = { billing_period: billingPeriod, ...fields };
      return { customer, id: await createSubscription(client, customer, planId, terms) };
    };
    return { eventName, subscribe };
  };
  const periodFrom = async (id: string, start: string): Promise<readonly unknown[]> => {
    const body = { subscription_id: id, period_start: start };
    const { period_start: from, period_end: to } = objectOf(await call('POST', '/v1/invoices/preview', body));
    return [from, to];
  };

  test('follow an anchor before the start: the first one is the rest of its period', async () => {
    const { subscribe } = await setUp('QUARTERLY');
    const { id } = await subscribe({ start_date: '2025-02-20T00:00:00Z', billing_anchor: '2025-01-15T00:00:00Z' });
    const ends = ['2025-02-20T00:00:00Z', '2025-04-15T00:00:00Z', '2025-07-15T00:00:00Z', '2025-10-15T00:00:00Z'];
    for (const [index, start] of ends.slice(0, -1).entries()) {
      expect(await periodFrom(id, start)).toEqual([start, ends[index + 1]]);
    }
  });

  test('follow an anchor after the start, also several periods at once: the first one may be hours', async () => {
    const { subscribe } = await setUp('MONTHLY');
    const { id } = await subscribe({
      start_date: '2024-11-30T21:00:00Z',
      billing_anchor: '2025-06-01T00:00:00Z',
      billing_period_count: 3,
    });
    expect(await periodFrom(id, '2024-11-30T21:00:00Z')).toEqual(['2024-11-30T21:00:00Z', '2024-12-01T00:00:00Z']);
    expect(await periodFrom(id, '2024-12-01T00:00:00Z')).toEqual(['2024-12-01T00:00:00Z', '2025-03-01T00:00:00Z']);
  });

  test('keep the day of the anchor through short months', async () => {
    const { subscribe } = await setUp('QUARTERLY');
    const { id } = await subscribe({ start_date: '2023-08-31T00:00:00Z' });
    const ends = ['2023-08-31', '2023-11-30', '2024-02-29', '2024-05-31', '2024-08-31'].map(
      (day) => `${day}T00:00:00Z`,
    );
    for (const [index, start] of ends.slice(0, -1).entries()) {
      expect(await periodFrom(id, start)).toEqual([start, ends[index + 1]]);
    }
  });

  test('keep the day of the start over February, also for a fee that is due in advance', async () => {
    const fee = { type: 'FIXED', amount: '30', invoice_cadence: 'ADVANCE' };
    const start = '2024-01-30T00:00:00Z';
    const { preview } = await openBilled(client, { prices: [fee], subscription: { start_date: start } });
    const [february, march, april] = ['2024-02-29T00:00:00Z', '2024-03-30T00:00:00Z', '2024-04-30T00:00:00Z'];
    expect(await preview(start)).toMatchObject({
      line_items: [{ amount: '30', period_start: february, period_end: march }],
    });
    expect(await preview(february)).toMatchObject({
      line_items: [{ amount: '30', period_start: march, period_end: april }],
    });
  });

  test('of the calendar end at midnight of the customer, whichever side of a change of the clocks they began on', async () => {
    const { subscribe, eventName } = await setUp('MONTHLY', { aggregation: { type: 'SUM', field: 'n' } });
    for (const start of ['2025-03-01T05:00:00Z', '2025-03-15T04:00:00Z']) {
      const { customer, id } = await subscribe({ start_date: start, billing_cycle: 'calendar' }, 'America/New_York');
      const events = [
        ['2025-03-20T00:00:00Z', 1],
        ['2025-04-01T03:59:59Z', 2],
        ['2025-04-01T04:00:00Z', 4],
      ].map(([timestamp, n]) => ({
        event_id: unique('evt'),
        event_name: eventName,
        external_customer_id: customer,
        timestamp,
        properties: { n },
      }));
      await sendBulk(client, events);
      expect(await periodFrom(id, start)).toEqual([start, '2025-04-01T04:00:00Z']);
      const body = { subscription_id: id, period_start: start };
      expect(await call('POST', '/v1/invoices/preview', body)).toMatchObject({ total: '3' });
    }
  });

  test('end with the subscription, in whatever way it was ended', async () => {
    const { subscribe } = await setUp('MONTHLY');
    const end = '2025-03-20T12:00:00Z';
    const start = { start_date: '2025-01-15T00:00:00Z' };
    const ended = await subscribe({ ...start, end_date: end });
    const [scheduled, immediate, updated] = [await subscribe(start), await subscribe(start), await subscribe(start)];
    const scheduledEnd = { cancellation_type: 'scheduled_date', cancel_at: end };
    await call('POST', `/v1/subscriptions/${scheduled.id}/cancel`, scheduledEnd);
    await call('PUT', `/v1/subscriptions/${immediate.id}`, { cancel_at: end, status: 'cancelled' });
    await call('PUT', `/v1/subscriptions/${updated.id}`, { cancel_at: end });
    for (const { id } of [ended, scheduled, immediate, updated]) {
      expect(await periodFrom(id, '2025-03-15T00:00:00Z')).toEqual(['2025-03-15T00:00:00Z', end]);
    }
  });
});
