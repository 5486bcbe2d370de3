// Changes of the catalog. An event that is accepted after the answer of a change is decided with it; and a change that comes
// too late applies to the events from before it, as far as its dates reach.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { type Client, createClient, hours, idOf, minutes, objectOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import {
  type Billing,
  createCustomer,
  createMeter,
  createPrice,
  createSubscription,
  setUpBilling,
} from './steps/catalog-steps.ts';
import { lookUp, quantitiesOf, sendEvent } from './steps/event-steps.ts';

const ItemsSchema = v.object({ line_items: v.tupleWithRest([v.object({ id: v.string() })], v.unknown()) });
const firstItemOf = async ({ call }: Client, subscriptionId: string): Promise<string> =>
  v.parse(ItemsSchema, await call('GET', `/v1/subscriptions/${subscriptionId}`)).line_items[0].id;

const none = { status: 'failed' } as const;
const processed = { status: 'processed' } as const;
const noMeter = { ...none, failure_point_type: 'meter_lookup' } as const;
const noPrice = { ...none, failure_point_type: 'price_lookup' } as const;
const noLineItem = { ...none, failure_point_type: 'subscription_line_item_lookup' } as const;

describe('an event that is sent once a change is answered', () => {
  const client = createClient(useDriver());

  /** Returns the decision that was recorded when the event came, and expects that it still applies. */
  const decisionOf = async (eventName: string, customer: string, fields: object = {}): Promise<unknown> => {
    const id = await sendEvent(client, { event_name: eventName, external_customer_id: customer, ...fields });
    const found = objectOf(await lookUp(client, id));
    expect(found['changed_since']).toBeUndefined();
    return found['decision'];
  };
  const put = (path: string, body: object): Promise<unknown> => client.call('PUT', path, body);

  test('is decided with the changed meter', async () => {
    const { customer, eventName, meterId } = await setUpBilling(client, {
      filters: [{ key: 'model', values: ['large'] }],
    });
    const properties = { model: 'small' };
    const decide = () => decisionOf(eventName, customer, { properties });
    expect(await decide()).toMatchObject(noMeter);
    await put(`/v1/meters/${meterId}`, { filters: [{ key: 'model', values: ['small'] }] });
    expect(await decide()).toMatchObject({ ...processed, meter_ids: [meterId] });
    await client.call('POST', `/v1/meters/${meterId}/disable`);
    const now = { properties, timestamp: client.ago(0) };
    expect(await decisionOf(eventName, customer, now)).toMatchObject(noMeter);
    await put(`/v1/meters/${meterId}`, { status: 'published' });
    expect(await decide()).toMatchObject(processed);
    const second = await createMeter(client, eventName);
    expect(await decide()).toMatchObject({ meter_ids: expect.arrayContaining([meterId, second]) });
  });

  test('is decided with the changed feature', async () => {
    const { customer, planId, subscriptionId } = await setUpBilling(client);
    const eventName = unique('storage');
    expect(await decisionOf(eventName, customer)).toMatchObject(noMeter);
    const feature = await client.call('POST', '/v1/features', {
      name: eventName,
      type: 'metered',
      meter: { name: 'M', event_name: eventName, aggregation: { type: 'COUNT' }, reset_usage: 'NEVER' },
    });
    const path = `/v1/features/${idOf(feature)}`;
    expect(await decisionOf(eventName, customer)).toMatchObject(noPrice);
    const price = await createPrice(client, planId, String(objectOf(feature)['meter_id']));
    expect(await decisionOf(eventName, customer)).toMatchObject({ ...noLineItem, price_ids: [price] });
    const added = { price_id: price, start_date: client.ago(hours(1)) };
    const item = idOf(await client.call('POST', `/v1/subscriptions/${subscriptionId}/lineitems`, added));
    expect(await decisionOf(eventName, customer)).toMatchObject({ ...processed, sub_line_item_ids: [item] });
    await client.call('DELETE', path);
    const now = { timestamp: client.ago(0) };
    expect(await decisionOf(eventName, customer, now)).toMatchObject(noMeter);
    await put(path, { status: 'published' });
    expect(await decisionOf(eventName, customer)).toMatchObject(processed);
  });

  test('is decided with the changed price of the plan or line item', async () => {
    const { customer, eventName, subscriptionId, priceId, planId } = await setUpBilling(client);
    expect(await decisionOf(eventName, customer)).toMatchObject({ ...processed, price_ids: [priceId] });
    const change = { amount: '0.07', effective_from: client.ago(hours(1)) };
    const next = idOf(await put(`/v1/prices/${priceId}`, change));
    // The line item bills by its version until it ends.
    expect(await decisionOf(eventName, customer)).toMatchObject({ ...processed, price_ids: [priceId] });
    const other = unique('globex');
    await createCustomer(client, other);
    await createSubscription(client, other, planId);
    // A subscription from before the change is billed by both versions, each for its time.
    const items = { sub_line_item_ids: [expect.any(String)], price_ids: [priceId, next] };
    expect(await decisionOf(eventName, other)).toMatchObject({ ...processed, ...items });

    // Who is subscribed stays so.
    await client.call('DELETE', `/v1/plans/${planId}`);
    expect(await decisionOf(eventName, customer)).toMatchObject({ ...processed, price_ids: [priceId] });
    const item = await firstItemOf(client, subscriptionId);
    const ended = { effective_from: client.ago(minutes(10)) };
    await client.call('DELETE', `/v1/subscriptions/lineitems/${item}`, ended);
    expect(await decisionOf(eventName, customer)).toMatchObject(noLineItem);
  });

  test('is decided with the changed customer or subscription', async () => {
    const { eventName, planId } = await setUpBilling(client);
    const customer = unique('globex');
    expect(await decisionOf(eventName, customer)).toMatchObject({ failure_point_type: 'customer_lookup' });
    await createCustomer(client, customer);
    expect(await decisionOf(eventName, customer)).toMatchObject(noLineItem);
    const subscription = await createSubscription(client, customer, planId);
    expect(await decisionOf(eventName, customer)).toMatchObject(processed);
    await put(`/v1/subscriptions/${subscription}`, { cancel_at: client.ago(hours(1)) });
    expect(await decisionOf(eventName, customer)).toMatchObject(noLineItem);
    await put(`/v1/subscriptions/${subscription}`, { cancel_at: null });
    expect(await decisionOf(eventName, customer)).toMatchObject(processed);
    await client.call('POST', `/v1/subscriptions/${subscription}/cancel`, {
      cancellation_type: 'immediate',
      cancel_at: client.ago(minutes(10)),
    });
    expect(await decisionOf(eventName, customer)).toMatchObject(noLineItem);
  });

  test('is decided with the activated draft', async () => {
    const { eventName, planId } = await setUpBilling(client);
    const customer = unique('globex');
    await createCustomer(client, customer);
    const draft = await createSubscription(client, customer, planId, { subscription_status: 'draft' });
    expect(await decisionOf(eventName, customer)).toMatchObject(noLineItem);
    await client.call('POST', `/v1/subscriptions/${draft}/activate`, { start_date: client.ago(hours(2)) });
    expect(await decisionOf(eventName, customer)).toMatchObject(processed);
  });
});

describe('a change that is made after the events', () => {
  const client = createClient(useDriver());

  const sendTo = ({ eventName, customer }: Billing, fields: object = {}): Promise<string> =>
    sendEvent(client, { event_name: eventName, external_customer_id: customer, ...fields });

  test('of what a meter counts applies to earlier events', async () => {
    const billing = await setUpBilling(client);
    const id = await sendTo(billing, { properties: { tokens: '7.5' } });
    expect(await quantitiesOf(client, id)).toEqual(['1']);
    const aggregation = { type: 'SUM', field: 'tokens' };
    await client.call('PUT', `/v1/meters/${billing.meterId}`, { aggregation });
    expect(await quantitiesOf(client, id)).toEqual(['7.5']);
  });

  test('of the end of a subscription takes back or bills the events in between', async () => {
    const billing = await setUpBilling(client);
    const id = await sendTo(billing, { timestamp: client.ago(hours(2)) });
    const path = `/v1/subscriptions/${billing.subscriptionId}`;
    await client.call('PUT', path, { cancel_at: client.ago(hours(3)) });
    expect(await lookUp(client, id)).toMatchObject({ status: 'failed', decision: { status: 'processed' } });
    await client.call('PUT', path, { cancel_at: client.ago(hours(1)) });
    expect(await quantitiesOf(client, id)).toEqual(['1']);
  });

  test('of a price leaves the events from then on to a back-dated line item', async () => {
    const billing = await setUpBilling(client);
    const id = await sendTo(billing, { timestamp: client.ago(hours(2)) });
    const item = await firstItemOf(client, billing.subscriptionId);
    const change = { amount: '0.01', effective_from: client.ago(hours(3)) };
    const next = await client.call('PUT', `/v1/subscriptions/lineitems/${item}`, change);
    expect(await lookUp(client, id)).toMatchObject({
      processed_events: [{ sub_line_item_id: idOf(next), price_id: objectOf(next)['price_id'], qty_total: '1' }],
      decision: { status: 'processed', sub_line_item_ids: [item] },
    });
  });

  test('of the end of a line item takes back the charges of later events', async () => {
    const billing = await setUpBilling(client);
    const id = await sendTo(billing, { timestamp: client.ago(hours(2)) });
    const before = await sendTo(billing, { timestamp: client.ago(hours(4)) });
    const item = await firstItemOf(client, billing.subscriptionId);
    const ended = { effective_from: client.ago(hours(3)) };
    await client.call('DELETE', `/v1/subscriptions/lineitems/${item}`, ended);
    expect(await lookUp(client, id)).toMatchObject({ status: 'failed' });
    expect(await quantitiesOf(client, before)).toEqual(['1']);
  });
});
