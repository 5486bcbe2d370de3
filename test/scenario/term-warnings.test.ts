// Terms that may not bill what they seem to: the answer that makes them says so, and the terms are made all the same.
import { describe, expect, test } from '@jest/globals';
import { createClient, hours, idOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { aPlanPrice, createCustomer, createMeter, createPlan } from './steps/catalog-steps.ts';

describe('an answer that makes terms', () => {
  const client = createClient(useDriver());
  const { call, ago } = client;

  test('warns of seats on a meter that is never reset, of a late line, of a plan twice and of a commitment in vain', async () => {
    const customer = unique('acme');
    await createCustomer(client, customer);
    const meterId = await createMeter(client, unique('seat'), {
      aggregation: { type: 'SUM', field: 'n' },
      reset_usage: 'NEVER',
    });
    const planId = await createPlan(client);
    const price = aPlanPrice(client, planId, meterId, { start_date: ago(hours(1)) });
    expect(await call('POST', '/v1/prices', price)).toMatchObject({
      warnings: [{ code: 'meter_never_reset', subject: meterId, message: expect.stringContaining('each period') }],
    });
    const terms = { external_customer_id: customer, plan_id: planId, currency: 'usd', billing_period: 'MONTHLY' };
    const first = await call('POST', '/v1/subscriptions', { ...terms, start_date: ago(hours(24)) });
    expect(first).toMatchObject({ warnings: [{ code: 'line_starts_late' }] });
    const second = await call('POST', '/v1/subscriptions', { ...terms, commitment_amount: '100' });
    expect(second).toMatchObject({
      warnings: [{ code: 'plan_billed_twice', subject: idOf(first) }, { code: 'commitment_without_effect' }],
    });
    expect(await call('GET', `/v1/subscriptions/${idOf(second)}`)).not.toHaveProperty('warnings');
  });
});
