// Charges: what a subscription owes for its usage, and why.
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { createClient, hours, objectOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { type Billing, createSubscription, setUpBilling } from './steps/catalog-steps.ts';
import { sendBulk } from './steps/event-steps.ts';

const StepsSchema = v.looseObject({ steps: v.array(v.looseObject({ kind: v.string() })) });

describe('the usage of a subscription', () => {
  const client = createClient(useDriver());
  let billing: Billing;

  beforeAll(async () => {
    billing = await setUpBilling(client);
    await sendBulk(
      client,
      Array.from({ length: 7 }, () => ({
        event_id: unique('e'),
        event_name: billing.eventName,
        external_customer_id: billing.customer,
        timestamp: client.ago(hours(2)),
      })),
    );
  }, 20_000);

  test('is charged by line item, in JSON numbers', async () => {
    const answer = objectOf(
      await client.call('POST', '/v1/subscriptions/usage', { subscription_id: billing.subscriptionId }),
    );
    expect(answer).toMatchObject({
      amount: 0.35,
      currency: 'usd',
      display_amount: '$0.35',
      has_overage: false,
      charges: [
        { amount: 0.35, quantity: 7, meter_id: billing.meterId, price: { id: billing.priceId }, filter_values: {} },
      ],
    });
  });

  test('is previewed with lines that explain themselves', async () => {
    const answer = objectOf(
      await client.call('POST', '/v1/invoices/preview', { subscription_id: billing.subscriptionId }),
    );
    expect(answer).toMatchObject({
      invoice_status: 'DRAFT',
      subtotal: '0.35',
      total: '0.35',
      line_items: [
        {
          amount: '0.35',
          quantity: '7',
          metadata: { description: expect.stringContaining('(Usage Charge)') },
          explanation: {
            quantity: { meter_id: billing.meterId, value: '7', counted: 7 },
            steps: [{ kind: 'price', amount: '0.35', units: '7', unit_amount: '0.05', message: '7 × 0.05' }],
          },
        },
      ],
    });
  });

  test('is charged for the period asked for, which must be one of the subscription', async () => {
    const request = (fields: object) =>
      client.driver.request('POST', '/v1/invoices/preview', { subscription_id: billing.subscriptionId, ...fields });
    const [start, middle] = [client.ago(hours(3)), client.ago(hours(1))];
    expect(await request({ period_start: start, period_end: middle })).toMatchObject({
      status: 200,
      body: { period_start: start, period_end: middle, line_items: [{ quantity: '7', period_start: start }] },
    });
    const later = await request({ period_start: middle, hide_zero_charges_line_items: true });
    expect(later).toMatchObject({ status: 200, body: { subtotal: '0', line_items: [] } });
    expect(await request({ period_start: middle, period_end: start })).toMatchObject({
      status: 400,
      body: { details: { period_end: 'must be after period_start' } },
    });
    expect(await request({ period_start: start, period_end: '9000-01-01T00:00:00Z' })).toMatchObject({
      status: 400,
      body: { details: { period_end: 'must be at most 3660 days after period_start' } },
    });
    expect(await request({ period_start: '2001-01-01T00:00:00Z' })).toMatchObject({
      status: 400,
      body: { details: { period_end: 'required: no period of the subscription contains period_start' } },
    });
  });

  test('is split by the commitment of the subscription into what is covered and what is beyond', async () => {
    const other = await setUpBilling(client);
    const id = await createSubscription(client, other.customer, other.planId, {
      commitment_amount: '0.15',
      overage_factor: '2',
    });
    await sendBulk(
      client,
      Array.from({ length: 5 }, () => ({
        event_id: unique('e'),
        event_name: other.eventName,
        external_customer_id: other.customer,
        timestamp: client.ago(hours(2)),
      })),
    );
    expect(await client.call('POST', '/v1/subscriptions/usage', { subscription_id: id })).toMatchObject({
      amount: 0.35,
      has_overage: true,
      commitment_amount: 0.15,
      commitment_utilized: 0.15,
      overage_amount: 0.2,
      charges: [
        { quantity: 3, amount: 0.15, is_overage: false },
        { quantity: 2, amount: 0.2, is_overage: true, overage_factor: 2 },
      ],
    });
    expect(await client.call('POST', '/v1/invoices/preview', { subscription_id: id })).toMatchObject({
      subtotal: '0.35',
      line_items: [
        { quantity: '3', amount: '0.15' },
        {
          quantity: '2',
          amount: '0.2',
          metadata: { is_overage: 'true', overage_factor: '2' },
          explanation: {
            steps: [
              { kind: 'price', units: '2', amount: '0.1' },
              { kind: 'overage', amount: '0.1' },
            ],
          },
        },
      ],
    });
  });

  test('that is cancelled at once is charged its part of a fixed fee of the period', async () => {
    const other = await setUpBilling(client);
    await client.call('POST', '/v1/prices', {
      entity_type: 'PLAN',
      entity_id: other.planId,
      type: 'FIXED',
      currency: 'usd',
      amount: '10000',
      billing_model: 'FLAT_FEE',
      billing_period: 'MONTHLY',
      billing_period_count: 1,
      invoice_cadence: 'ARREAR',
      start_date: client.ago(hours(24)),
    });
    const [start, end] = [client.ago(hours(24)), client.ago(hours(6))];
    const id = await createSubscription(client, other.customer, other.planId, { start_date: start });
    const whole = objectOf(await client.call('POST', '/v1/invoices/preview', { subscription_id: id }));
    expect(whole).toMatchObject({ subtotal: '10000' });
    await client.call('POST', `/v1/subscriptions/${id}/cancel`, { cancellation_type: 'immediate', cancel_at: end });
    const cancelled = objectOf(await client.call('POST', '/v1/invoices/preview', { subscription_id: id }));
    const { period_start: from, period_end: to } = cancelled;
    expect([from, to]).toEqual([whole['period_start'], end]);
    const seconds = (time: unknown): number => Math.floor(Date.parse(String(time)) / 1_000);
    const share = (seconds(end) - seconds(from)) / (seconds(whole['period_end']) - seconds(from));
    expect(Number(cancelled['subtotal'])).toBeCloseTo(10_000 * share, 1);
    const [fee] = v.parse(v.array(v.looseObject({ explanation: StepsSchema })), cancelled['line_items']);
    // How long the month is decides whether there is anything to round.
    expect(fee).toMatchObject({ price_type: 'FIXED' });
    expect(fee?.explanation.steps.slice(0, 2)).toMatchObject([{ kind: 'price' }, { kind: 'partial_period' }]);
  });
});
