// Cause 1B: no customer has the external id. Creating the customer, with a back-dated subscription, bills what came before.
import { describe, expect, test } from '@jest/globals';
import { createClient, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createCustomer, createSubscription, setUpBilling } from './steps/catalog-steps.ts';
import { lookUp, sendEvent } from './steps/event-steps.ts';

describe('a customer that does not exist', () => {
  const client = createClient(useDriver());

  test('is named as the cause, with the customer that differs only in case or blanks', async () => {
    const { customer, eventName } = await setUpBilling(client);
    for (const wrong of [customer.toUpperCase(), ` ${customer}`]) {
      const id = await sendEvent(client, { event_name: eventName, external_customer_id: wrong });
      const error = {
        code: 'not_found',
        message: `No customer found with external_customer_id: ${wrong}`,
        http_status_code: 404,
      };
      expect(await lookUp(client, id)).toMatchObject({
        event: { external_customer_id: wrong },
        status: 'failed',
        debug_tracker: {
          customer_lookup: { status: 'not_found', error },
          meter_matching: { status: 'unprocessed' },
          failure_point: { failure_point_type: 'customer_lookup', error },
        },
        warnings: [{ code: 'customer_near_miss', subject: customer }],
        decision: { failure_point_type: 'customer_lookup', customer_id: '' },
      });
    }
  });

  test('bills its events once it is created and subscribed back-dated', async () => {
    const { eventName, planId, meterId, priceId } = await setUpBilling(client);
    const customer = unique('late-customer');
    const id = await sendEvent(client, { event_name: eventName, external_customer_id: customer });
    expect(await lookUp(client, id)).not.toHaveProperty('warnings');

    const customerId = await createCustomer(client, customer);
    const subscriptionId = await createSubscription(client, customer, planId);
    expect(await lookUp(client, id)).toMatchObject({
      status: 'processed',
      processed_events: [
        {
          customer_id: customerId,
          subscription_id: subscriptionId,
          price_id: priceId,
          meter_id: meterId,
          qty_total: '1',
        },
      ],
      decision: { status: 'failed', failure_point_type: 'customer_lookup', customer_id: '', meter_ids: [] },
      changed_since: [
        { field: 'status', from: 'failed', to: 'processed' },
        { field: 'failure_point_type', from: 'customer_lookup', to: '' },
        { field: 'customer_id', from: '', to: customerId },
        { field: 'meter_ids', from: [], to: [meterId] },
        { field: 'price_ids', from: [], to: [priceId] },
        { field: 'sub_line_item_ids', from: [] },
      ],
    });
  });

  test('is missing again once deleted, until it is created again', async () => {
    const { eventName } = await setUpBilling(client);
    const customer = unique('gone');
    const customerId = await createCustomer(client, customer);
    await client.call('DELETE', `/v1/customers/${customerId}`);
    const id = await sendEvent(client, { event_name: eventName, external_customer_id: customer });
    const isFailedAt = (point: string) => ({ debug_tracker: { failure_point: { failure_point_type: point } } });
    expect(await lookUp(client, id)).toMatchObject(isFailedAt('customer_lookup'));
    await createCustomer(client, customer);
    expect(await lookUp(client, id)).toMatchObject(isFailedAt('subscription_line_item_lookup'));
  });
});
