// Cause 1C: the meter, or the feature it belongs to, was archived before the event. Publishing it again bills the event.
import { describe, expect, test } from '@jest/globals';
import { createClient, hours, idOf, minutes, objectOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createCustomer, createPlan, createPrice, createSubscription, setUpBilling } from './steps/catalog-steps.ts';
import { lookUp, quantitiesOf, sendEvent } from './steps/event-steps.ts';

const noMeter = { status: 'failed', debug_tracker: { failure_point: { failure_point_type: 'meter_lookup' } } };

describe('an archived meter', () => {
  const client = createClient(useDriver());

  test('does not count events that come afterwards, until it is published again', async () => {
    const { customer, eventName, meterId } = await setUpBilling(client);
    await client.call('POST', `/v1/meters/${meterId}/disable`);
    const now = client.ago(0);
    const id = await sendEvent(client, { event_name: eventName, external_customer_id: customer, timestamp: now });
    expect(await lookUp(client, id)).toMatchObject(noMeter);

    await client.call('PUT', `/v1/meters/${meterId}`, { status: 'published' });
    expect(await quantitiesOf(client, id)).toEqual(['1']);
    expect(await lookUp(client, id)).toMatchObject({
      decision: { status: 'failed', failure_point_type: 'meter_lookup' },
      changed_since: [{ field: 'status' }, { field: 'failure_point_type' }, {}, {}, {}],
    });
  });

  test('still counts the events from before, also those that arrive later', async () => {
    const { customer, eventName, meterId } = await setUpBilling(client);
    await client.call('DELETE', `/v1/meters/${meterId}`);
    const event = { event_name: eventName, external_customer_id: customer, timestamp: client.ago(minutes(10)) };
    expect(await quantitiesOf(client, await sendEvent(client, event))).toEqual(['1']);
  });

  test('that belongs to an archived feature counts again once the feature is published', async () => {
    const [customer, eventName] = [unique('acme'), unique('storage')];
    await createCustomer(client, customer);
    const feature = await client.call('POST', '/v1/features', {
      name: unique('Storage'),
      type: 'metered',
      meter: {
        name: 'Storage',
        event_name: eventName,
        aggregation: { type: 'SUM', field: 'gb' },
        reset_usage: 'BILLING_PERIOD',
      },
    });
    const featureId = idOf(feature);
    const meterId = String(objectOf(feature)['meter_id']);
    const planId = await createPlan(client);
    await createPrice(client, planId, meterId);
    await createSubscription(client, customer, planId);
    await client.call('DELETE', `/v1/features/${featureId}`);
    const id = await sendEvent(client, {
      event_name: eventName,
      external_customer_id: customer,
      timestamp: client.ago(0),
      properties: { gb: 1.5 },
    });
    expect(await lookUp(client, id)).toMatchObject(noMeter);

    await client.call('PUT', `/v1/features/${featureId}`, { status: 'published' });
    expect(await lookUp(client, id)).toMatchObject({
      status: 'processed',
      processed_events: [{ feature_id: featureId, meter_id: meterId, qty_total: '1.5' }],
    });
  });

  test('leaves the event to a published meter with the same name', async () => {
    const { customer, eventName, meterId } = await setUpBilling(client);
    const planId = await createPlan(client);
    await client.call('POST', `/v1/meters/${meterId}/disable`);
    const sum = {
      name: 'Tokens',
      event_name: eventName,
      aggregation: { type: 'SUM', field: 'tokens' },
      reset_usage: 'NEVER',
    };
    const other = idOf(await client.call('POST', '/v1/meters', sum));
    await createPrice(client, planId, other);
    await createSubscription(client, customer, planId, { start_date: client.ago(hours(1)) });
    const id = await sendEvent(client, {
      event_name: eventName,
      external_customer_id: customer,
      timestamp: client.ago(0),
      properties: { tokens: '12.50' },
    });
    expect(await lookUp(client, id)).toMatchObject({ processed_events: [{ meter_id: other, qty_total: '12.5' }] });
  });
});
