// An amount is rounded to the decimals that ISO 4217 gives its currency; the amount of a price is not rounded.
import { describe, expect, test } from '@jest/globals';
import { createClient, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createCustomer, createMeter, createPlan, createPrice, createSubscription } from './steps/catalog-steps.ts';
import { sendEvent } from './steps/event-steps.ts';

describe('the decimals of a currency', () => {
  const client = createClient(useDriver());

  test.each([
    ['usd', '1.23'],
    ['bhd', '1.235'],
    ['iqd', '1.235'],
    ['isk', '1'],
    ['xof', '1'],
    ['huf', '1.23'],
    ['clf', '1.2345'],
    ['xau', '1.23'],
  ])('of %s: 1.2345 is %s on an invoice', async (currency, total) => {
    const [customer, eventName] = [unique('acme'), unique('call')];
    await createCustomer(client, customer);
    const planId = await createPlan(client);
    const priceId = await createPrice(client, planId, await createMeter(client, eventName), {
      currency,
      amount: '1.2345',
    });
    const subscription = await createSubscription(client, customer, planId, { currency });
    await sendEvent(client, { event_name: eventName, external_customer_id: customer });
    expect(await client.call('POST', '/v1/invoices/preview', { subscription_id: subscription })).toMatchObject({
      total,
      line_items: [{ amount: total, quantity: '1' }],
    });
    expect(await client.call('GET', `/v1/prices/${priceId}`)).toMatchObject({
      display_amount: currency === 'usd' ? '$1.2345' : `${currency}1.2345`,
    });
  });
});
