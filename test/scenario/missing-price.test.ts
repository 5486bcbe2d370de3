// Cause 3A: no price of any plan names the meter. A price and a back-dated line item bill the event.
import { describe, expect, test } from '@jest/globals';
import { createClient, hours, idOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createMeter, createPrice, setUpBilling } from './steps/catalog-steps.ts';
import { lookUp, sendEvent } from './steps/event-steps.ts';

describe('a meter that is not in any plan', () => {
  const client = createClient(useDriver());

  test('is named as the cause, and the event is billed once a price and a line item are created', async () => {
    const { customer, planId, subscriptionId } = await setUpBilling(client);
    const eventName = unique('images');
    const meterId = await createMeter(client, eventName, { aggregation: { type: 'SUM', field: 'count' } });
    const id = await sendEvent(client, {
      event_name: eventName,
      external_customer_id: customer,
      properties: { count: 3 },
    });
    expect(await lookUp(client, id)).toMatchObject({
      status: 'failed',
      debug_tracker: {
        customer_lookup: { status: 'found' },
        meter_matching: {
          status: 'found',
          matched_meters: [{ meter_id: meterId, event_name: eventName, meter: { id: meterId, status: 'published' } }],
        },
        price_lookup: { status: 'not_found' },
        subscription_line_item_lookup: { status: 'unprocessed' },
        failure_point: {
          failure_point_type: 'price_lookup',
          error: { code: 'not_found', message: 'No prices found for matched meters', http_status_code: 404 },
        },
      },
      decision: { failure_point_type: 'price_lookup', meter_ids: [meterId], price_ids: [] },
    });

    const priceId = await createPrice(client, planId, meterId);
    expect(await lookUp(client, id)).toMatchObject({
      status: 'failed',
      debug_tracker: {
        price_lookup: { status: 'found', matched_prices: [{ price_id: priceId, meter_id: meterId }] },
        subscription_line_item_lookup: {
          status: 'not_found',
          error: { message: 'No subscription line items found for matched prices' },
        },
        failure_point: { failure_point_type: 'subscription_line_item_lookup' },
      },
    });

    const startDate = client.ago(hours(2));
    const added = await client.call('POST', `/v1/subscriptions/${subscriptionId}/lineitems`, {
      price_id: priceId,
      start_date: startDate,
    });
    expect(await lookUp(client, id)).toMatchObject({
      status: 'processed',
      processed_events: [
        { subscription_id: subscriptionId, sub_line_item_id: idOf(added), price_id: priceId, qty_total: '3' },
      ],
      decision: { status: 'failed', failure_point_type: 'price_lookup' },
      changed_since: [
        { field: 'status', from: 'failed', to: 'processed' },
        { field: 'failure_point_type', from: 'price_lookup', to: '' },
        { field: 'price_ids', from: [], to: [priceId] },
        { field: 'sub_line_item_ids', from: [], to: [idOf(added)] },
      ],
    });
  });
});
