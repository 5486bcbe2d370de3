// Cause 3B: the customer is not subscribed, or not at the time of the event. A back-dated subscription bills the event.
import { describe, expect, test } from '@jest/globals';
import { createClient, hours, objectOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createCustomer, createSubscription, setUpBilling } from './steps/catalog-steps.ts';
import { lookUp, quantitiesOf, sendEvent } from './steps/event-steps.ts';

const notSubscribed = (message: string) => ({
  status: 'failed',
  debug_tracker: {
    price_lookup: { status: 'found' },
    subscription_line_item_lookup: { status: 'not_found', error: { code: 'not_found', message } },
    failure_point: { failure_point_type: 'subscription_line_item_lookup', error: { message } },
  },
});

describe('a customer without a subscription', () => {
  const client = createClient(useDriver());

  test('is named as the cause, whoever else is subscribed; a back-dated subscription bills the event', async () => {
    const { eventName, planId, priceId } = await setUpBilling(client);
    const customer = unique('globex');
    await createCustomer(client, customer);
    const id = await sendEvent(client, { event_name: eventName, external_customer_id: customer });
    const failed = await lookUp(client, id);
    expect(failed).toMatchObject(notSubscribed('No subscription line items found for matched prices'));
    expect(failed).not.toHaveProperty('debug_tracker.subscription_line_item_lookup.matched_line_items');

    const subscriptionId = await createSubscription(client, customer, planId);
    expect(await lookUp(client, id)).toMatchObject({
      status: 'processed',
      processed_events: [{ subscription_id: subscriptionId, price_id: priceId, qty_total: '1' }],
      decision: { status: 'failed', failure_point_type: 'subscription_line_item_lookup', price_ids: [priceId] },
      changed_since: [
        { field: 'status', from: 'failed', to: 'processed' },
        { field: 'failure_point_type', from: 'subscription_line_item_lookup', to: '' },
        { field: 'sub_line_item_ids', from: [] },
      ],
    });
  });

  test('with a subscription that began after the event is shown the line items that are too late', async () => {
    const { eventName, planId, priceId } = await setUpBilling(client);
    const customer = unique('globex');
    await createCustomer(client, customer);
    const [startDate, timestamp] = [client.ago(hours(1)), client.ago(hours(2))];
    const subscriptionId = await createSubscription(client, customer, planId, { start_date: startDate });
    const id = await sendEvent(client, { event_name: eventName, external_customer_id: customer, timestamp });
    const message = `Found 1 subscription line item(s) but none are active for event timestamp ${timestamp}`;
    expect(await lookUp(client, id)).toMatchObject(notSubscribed(message));
    expect(await lookUp(client, id)).toHaveProperty('debug_tracker.subscription_line_item_lookup.matched_line_items', [
      expect.objectContaining({
        subscription_id: subscriptionId,
        price_id: priceId,
        start_date: startDate,
        end_date: '0001-01-01T00:00:00Z',
        is_active_for_event: false,
        timestamp_within_range: false,
      }),
    ]);
    await createSubscription(client, customer, planId, { start_date: client.ago(hours(3)) });
    expect(await quantitiesOf(client, id)).toEqual(['1']);
  });

  test('whose subscription was cancelled is billed only for earlier events', async () => {
    const { customer, eventName, subscriptionId } = await setUpBilling(client);
    const cancelAt = client.ago(hours(1));
    const justBefore = new Date(Date.parse(cancelAt) - 1).toISOString();
    const cancellation = { cancellation_type: 'immediate', cancel_at: cancelAt };
    await client.call('POST', `/v1/subscriptions/${subscriptionId}/cancel`, cancellation);
    const at = (timestamp: string) =>
      sendEvent(client, { event_name: eventName, external_customer_id: customer, timestamp });
    expect(await quantitiesOf(client, await at(justBefore))).toEqual(['1']);
    const message = `Found 1 subscription line item(s) but none are active for event timestamp ${cancelAt}`;
    expect(await lookUp(client, await at(cancelAt))).toMatchObject(notSubscribed(message));
  });

  test('that gets two subscriptions is billed twice, once by a line item of each', async () => {
    const { customer, eventName, planId, subscriptionId } = await setUpBilling(client);
    const second = await createSubscription(client, customer, planId);
    const id = await sendEvent(client, { event_name: eventName, external_customer_id: customer });
    const billed = objectOf(await lookUp(client, id))['processed_events'];
    expect(billed).toHaveLength(2);
    expect(billed).toEqual(
      expect.arrayContaining([subscriptionId, second].map((one) => expect.objectContaining({ subscription_id: one }))),
    );
  });
});
