// A price that is stated in a unit of the seller's own, from the unit to the line item that bills by it.
import { describe, expect, test } from '@jest/globals';
import { createClient, hours, idOf, objectOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createCustomer, createMeter, createPlan, createSubscription } from './steps/catalog-steps.ts';

const codeOf = (name: string): string => name.replace(/[^a-z0-9]/g, '').slice(-3);

describe('a price in units', () => {
  const client = createClient(useDriver());
  const { call } = client;

  test('is found by its unit, sold, and changed in units', async () => {
    const code = codeOf(unique('credits'));
    const unit = { name: 'Credits', code, symbol: 'C', base_currency: 'usd', conversion_rate: '0.004' };
    const unitId = idOf(await call('POST', '/v1/prices/units', unit));
    expect(await call('GET', `/v1/prices/units/${unitId}`)).toMatchObject(unit);
    expect(await call('GET', `/v1/prices/units/code/${code}`)).toMatchObject({ id: unitId });
    const one = { items: [{ id: unitId }], pagination: { total: 1, limit: 50, offset: 50 } };
    expect(await call('GET', `/v1/prices/units?price_unit_ids=${unitId}`)).toMatchObject(one);
    expect(await call('POST', '/v1/prices/units/search', { price_unit_ids: [unitId] })).toMatchObject(one);
    const renamed = await call('PUT', `/v1/prices/units/${unitId}`, { name: 'Points', metadata: { a: 'b' } });
    expect(renamed).toMatchObject({ ...unit, name: 'Points', metadata: { a: 'b' } });

    const [customer, eventName] = [unique('acme'), unique('calls')];
    await createCustomer(client, customer);
    const planId = await createPlan(client);
    const price = {
      currency: 'usd',
      entity_type: 'PLAN',
      entity_id: planId,
      type: 'USAGE',
      meter_id: await createMeter(client, eventName),
      billing_period: 'MONTHLY',
      billing_period_count: 1,
      invoice_cadence: 'ARREAR',
      billing_model: 'TIERED',
      tier_mode: 'SLAB',
      price_unit_type: 'CUSTOM',
      price_unit_config: {
        price_unit: code,
        price_unit_tiers: [{ up_to: 10, unit_amount: '5' }, { unit_amount: 2.5 }],
      },
      start_date: client.ago(hours(24)),
    };
    const made = await call('POST', '/v1/prices', price);
    expect(made).toMatchObject({
      tiers: [{ unit_amount: '0.02' }, { unit_amount: '0.01' }],
      price_unit_tiers: [{ unit_amount: '5' }, { unit_amount: '2.5' }],
      price_unit_id: unitId,
      conversion_rate: '0.004',
    });
    expect(await call('GET', `/v1/prices/${idOf(made)}`)).toMatchObject({ pricing_unit: { id: unitId } });

    const subscriptionId = await createSubscription(client, customer, planId);
    const found = await call('POST', '/v1/subscriptions/lineitems/search', { subscription_ids: [subscriptionId] });
    expect(found).toMatchObject({ items: [{ price_id: idOf(made), price_unit: code, price_unit_id: unitId }] });
    const subscriptions = await call('GET', `/v1/customers/external/${customer}/subscriptions`);
    expect(subscriptions).toMatchObject({ items: [{ id: subscriptionId }] });
    const expanded = await call('GET', `/v1/subscriptions/${subscriptionId}/v2?expand=prices.meters,plan`);
    expect(expanded).toMatchObject({ line_items: [{ price: { price_unit: code } }], plan: { id: planId } });

    const next = await call('PUT', `/v1/prices/${idOf(made)}`, { billing_model: 'FLAT_FEE', price_unit_amount: '100' });
    expect(next).toMatchObject({ amount: '0.4', display_price_unit_amount: 'C100', parent_price_id: idOf(made) });
    expect(objectOf(next)['price_unit_tiers']).toBeUndefined();
    await call('DELETE', `/v1/prices/units/${unitId}`);
    expect(await call('GET', `/v1/prices/units/${unitId}`)).toMatchObject({ status: 'archived' });
  });
});
