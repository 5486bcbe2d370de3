// A subscription that begins before its prices were made, or before they were changed: nothing in between is lost.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { createClient, hours, idOf, objectOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { aPlanPrice, createCustomer, createMeter, createPlan, createSubscription } from './steps/catalog-steps.ts';
import { lookUp, sendEvent } from './steps/event-steps.ts';

const days = (count: number): number => hours(24 * count);
const Items = v.array(v.looseObject({ id: v.string(), price_id: v.string(), start_date: v.string() }));

describe('a subscription that is older than its price', () => {
  const client = createClient(useDriver());
  const { call, ago } = client;
  const setUp = async () => {
    const [customer, eventName] = [unique('acme'), unique('call')];
    await createCustomer(client, customer);
    const meterId = await createMeter(client, eventName, { aggregation: { type: 'SUM', field: 'n' } });
    const planId = await createPlan(client);
    const price = aPlanPrice(client, planId, meterId, { amount: '1', start_date: undefined });
    const priceId = idOf(await call('POST', '/v1/prices', price));
    const send = (n: number, age: number) =>
      sendEvent(client, {
        event_name: eventName,
        external_customer_id: customer,
        timestamp: ago(age),
        properties: { n },
      });
    return { customer, planId, priceId, price, send };
  };
  const preview = async (subscription: string) =>
    objectOf(await call('POST', '/v1/invoices/preview', { subscription_id: subscription }));
  const itemsOf = async (subscription: string) =>
    v.parse(Items, objectOf(await call('GET', `/v1/subscriptions/${subscription}`))['line_items']);

  test('is billed for what came before, with a fee for its whole period', async () => {
    const { customer, planId, price, send } = await setUp();
    await call('POST', '/v1/prices', { ...price, type: 'FIXED', meter_id: undefined, amount: '30' });
    const subscription = await createSubscription(client, customer, planId, { start_date: ago(days(16)) });
    const event = await send(5, days(10));
    expect(await lookUp(client, event)).toMatchObject({ status: 'processed' });
    expect(await preview(subscription)).toMatchObject({ total: '35' });
    const [item] = await itemsOf(subscription);
    const { start_date: start } = objectOf(await call('GET', `/v1/subscriptions/${subscription}`));
    expect(item?.start_date).toBe(start);
  });

  test('is billed for its earlier time at the price of that time, and the price can be told', async () => {
    const { customer, planId, priceId, send } = await setUp();
    const change = { amount: '2', effective_from: ago(days(8)) };
    const next = idOf(await call('PUT', `/v1/prices/${priceId}`, change));
    const subscription = await createSubscription(client, customer, planId, { start_date: ago(days(16)) });
    await send(5, days(10));
    const later = await send(3, days(2));
    expect(await lookUp(client, later)).toMatchObject({ processed_events: [{ price_id: next }] });
    expect(await preview(subscription)).toMatchObject({
      total: '11',
      line_items: [
        { quantity: '5', amount: '5' },
        { quantity: '3', amount: '6' },
      ],
    });
    expect((await itemsOf(subscription)).map(({ price_id }) => price_id)).toEqual([priceId, next]);
  });

  test('is billed as a draft too, from the start that it gets in the end', async () => {
    const { customer, planId, priceId, send } = await setUp();
    await call('PUT', `/v1/prices/${priceId}`, { amount: '2', effective_from: ago(days(8)) });
    const draft = { start_date: ago(days(1)), subscription_status: 'draft' };
    const subscription = await createSubscription(client, customer, planId, draft);
    await send(5, days(10));
    await send(3, days(2));
    await call('POST', `/v1/subscriptions/${subscription}/activate`, { start_date: ago(days(16)) });
    expect(await preview(subscription)).toMatchObject({ total: '11' });
  });

  test('keeps its bill and its line items when its price is stated again', async () => {
    const { customer, planId, send } = await setUp();
    const subscription = await createSubscription(client, customer, planId, { start_date: ago(days(16)) });
    await send(5, days(10));
    const [before, items] = [await preview(subscription), await itemsOf(subscription)];
    const again = { amount: 1, effective_from: ago(days(5)), display_name: 'Calls' };
    const answer = await call('PUT', `/v1/subscriptions/lineitems/${items[0]?.id ?? ''}`, again);
    expect(answer).toMatchObject({ id: items[0]?.id, display_name: 'Calls' });
    expect((await itemsOf(subscription)).map(({ id }) => id)).toEqual([items[0]?.id]);
    expect((await preview(subscription))['total']).toBe(before['total']);
  });
});
