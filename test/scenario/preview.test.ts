// Test before production: the preview tells what billing would make of an event, and stores nothing.
import { describe, expect, test } from '@jest/globals';
import { createClient, hours, minutes, objectOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { setUpBilling } from './steps/catalog-steps.ts';
import { eventIdsOf, lookUp, sendEvent } from './steps/event-steps.ts';
import { createKey } from './steps/key-steps.ts';

describe('the preview of an event', () => {
  const client = createClient(useDriver());
  const preview = (event: unknown) => client.call('POST', '/v1/events/preview', event);

  test('is the same as the lookup once the event is sent', async () => {
    const { customer, eventName, meterId } = await setUpBilling(client, { aggregation: { type: 'SUM', field: 'n' } });
    const event = {
      event_id: unique('evt'),
      event_name: eventName,
      external_customer_id: customer,
      timestamp: client.ago(minutes(4)),
      properties: { n: '7' },
    };
    for (const sent of [event, { ...event, event_id: unique('evt'), event_name: eventName.toUpperCase() }]) {
      const seen = objectOf(await preview(sent));
      await sendEvent(client, sent);
      const found = objectOf(await lookUp(client, sent.event_id));
      for (const field of ['status', 'debug_tracker', 'warnings']) expect(seen[field]).toEqual(found[field]);
      // Nothing has been received.
      const { ingested_at: ingestedAt, ...event } = objectOf(found['event']);
      expect(ingestedAt).toEqual(expect.any(String));
      expect(seen['event']).toEqual(event);
    }
    expect(await preview(event)).toMatchObject({
      status: 'processed',
      processed_events: [{ meter_id: meterId, qty_total: '7' }],
      warnings: [{ code: 'numeric_string' }],
    });
  });

  test('stores nothing', async () => {
    const { customer, eventName } = await setUpBilling(client);
    const event = { event_id: unique('evt'), event_name: eventName, external_customer_id: customer };
    expect(await preview(event)).toMatchObject({ status: 'processed', event: { id: event.event_id } });
    await client.driver.drain();
    const path = `/v1/events/${event.event_id}`;
    expect(await client.driver.request('GET', path)).toMatchObject({ status: 404 });
    const list = await client.call('POST', '/v1/events/query', { external_customer_id: customer });
    expect(eventIdsOf(list)).toEqual([]);
  });

  test('warns of times that are late or ahead', async () => {
    const { customer, eventName } = await setUpBilling(client);
    const warningsAt = async (timestamp: string) =>
      preview({ event_name: eventName, external_customer_id: customer, timestamp });
    expect(await warningsAt(client.ago(hours(3)))).toMatchObject({ warnings: [{ code: 'late_event' }] });
    expect(await warningsAt(client.ago(-minutes(10)))).toMatchObject({ warnings: [{ code: 'future_timestamp' }] });
    expect(await warningsAt(client.ago(minutes(0)))).not.toHaveProperty('warnings');
  });

  test('refuses what ingest refuses, and needs the role of a reader', async () => {
    expect(await client.driver.request('POST', '/v1/events/preview', { event_name: '' })).toMatchObject({
      status: 400,
      body: { details: { event_name: 'required', external_customer_id: 'required' } },
    });
    const ingestor = await createKey(client, { roles: ['event_ingestor'] });
    const event = { event_name: 'x', external_customer_id: 'acme' };
    expect(await ingestor.client.driver.request('POST', '/v1/events/preview', event)).toMatchObject({ status: 403 });
  });
});
