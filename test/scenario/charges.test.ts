// Charges: what a subscription owes for its usage, and why.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createClient, hours, objectOf, unique } from '../support/client.ts';
import { useDriver } from '../support/use-driver.ts';
import { type Billing, setUpBilling } from './steps/catalog-steps.ts';
import { sendBulk } from './steps/event-steps.ts';

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
});
