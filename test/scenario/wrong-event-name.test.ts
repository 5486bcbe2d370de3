// Cause 1A: the event name fits no meter. The lookup says which name is close; a meter made later bills the event.
import { describe, expect, test } from '@jest/globals';
import { createClient, unique } from '../support/drivers/client.ts';
import { noMeterTracker } from '../support/builders/no-meter-tracker.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createMeter, createPrice, createSubscription, createPlan, setUpBilling } from './steps/catalog-steps.ts';
import { lookUp, quantitiesOf, sendEvent } from './steps/event-steps.ts';

describe('an event name that fits no meter', () => {
  const client = createClient(useDriver());

  test('is named as the cause, with the name that differs only in case', async () => {
    const { customer, eventName } = await setUpBilling(client);
    const wrong = eventName.toUpperCase();
    const id = await sendEvent(client, { event_name: wrong, external_customer_id: customer });
    expect(await lookUp(client, id)).toMatchObject({
      event: { id, event_name: wrong },
      status: 'failed',
      debug_tracker: noMeterTracker({ external_id: customer }, wrong),
      warnings: [{ code: 'event_name_near_miss', subject: eventName }],
      decision: {
        status: 'failed',
        failure_point_type: 'meter_lookup',
        warnings: [{ code: 'event_name_near_miss', subject: eventName }],
      },
    });
  });

  test('is billed once a meter has that name, and the first decision is still shown', async () => {
    const { customer } = await setUpBilling(client);
    const eventName = unique('Model.Usage');
    const id = await sendEvent(client, { event_name: eventName, external_customer_id: customer });
    expect(await lookUp(client, id)).toMatchObject({ status: 'failed' });

    const meterId = await createMeter(client, eventName);
    const planId = await createPlan(client);
    const priceId = await createPrice(client, planId, meterId);
    const subscriptionId = await createSubscription(client, customer, planId);
    expect(await lookUp(client, id)).toMatchObject({
      status: 'processed',
      processed_events: [
        { subscription_id: subscriptionId, price_id: priceId, meter_id: meterId, feature_id: '', qty_total: '1' },
      ],
      decision: { status: 'failed', failure_point_type: 'meter_lookup', meter_ids: [], price_ids: [] },
      changed_since: [
        { field: 'status', from: 'failed', to: 'processed' },
        { field: 'failure_point_type', from: 'meter_lookup', to: '' },
        { field: 'meter_ids', from: [], to: [meterId] },
        { field: 'price_ids', from: [], to: [priceId] },
        { field: 'sub_line_item_ids', from: [] },
      ],
    });
  });

  test('is not the only reason: an event that the filters of a meter leave out counts once they are widened', async () => {
    const { customer, eventName, meterId } = await setUpBilling(client, {
      filters: [{ key: 'model', values: ['large'] }],
    });
    const event = { event_name: eventName, external_customer_id: customer, properties: { model: 'small' } };
    const id = await sendEvent(client, event);
    expect(await lookUp(client, id)).toMatchObject({
      status: 'failed',
      debug_tracker: { failure_point: { failure_point_type: 'meter_lookup' } },
    });
    await client.call('PUT', `/v1/meters/${meterId}`, { filters: [{ key: 'model', values: ['small'] }] });
    expect(await quantitiesOf(client, id)).toEqual(['1']);
  });

  test('is compared without the blanks around it', async () => {
    const { customer, eventName } = await setUpBilling(client);
    const id = await sendEvent(client, { event_name: ` ${eventName}\n`, external_customer_id: customer });
    expect(await lookUp(client, id)).toMatchObject({ status: 'processed', event: { event_name: eventName } });
  });
});
