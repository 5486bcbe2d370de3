// Sends the same event 1,000 times over 50 connections, which must give one claim and one counted event.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createClient, unique } from '../support/drivers/client.ts';
import type { Driver } from '../support/drivers/driver.ts';
import { openStartedSystem } from '../support/drivers/driver-http.ts';
import { setUpBilling } from '../scenario/steps/catalog-steps.ts';
import { eventIdsOf, lookUp } from '../scenario/steps/event-steps.ts';

let driver: Driver;
beforeAll(async () => {
  driver = await openStartedSystem();
}, 30_000);
afterAll(() => driver.close());

const times = 1_000;
const connections = 50;

describe('one event, sent a thousand times', () => {
  test('the event is claimed once, counted once, and 999 times a duplicate', async () => {
    const client = createClient(driver);
    const { customer, eventName } = await setUpBilling(client, { aggregation: { type: 'SUM', field: 'tokens' } });
    const event = {
      event_id: unique('evt'),
      event_name: eventName,
      external_customer_id: customer,
      timestamp: client.ago(0),
      properties: { tokens: 12 },
    };
    const statuses = new Map<number, number>();
    let left = times;
    const sendUntilDone = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        const { status } = await driver.request('POST', '/v1/events', event);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: connections }, sendUntilDone));
    expect([...statuses]).toEqual([[202, times]]);
    await driver.drain();

    expect(await driver.metrics()).toMatchObject({ events_accepted: times, events_stored: 1, duplicates: times - 1 });
    expect(await driver.metrics()).not.toHaveProperty('conflicts');
    expect(await driver.metrics()).not.toHaveProperty('failed_requests');
    const found = await lookUp(client, event.event_id);
    expect(found).toMatchObject({ status: 'processed', processed_events: [{ qty_total: '12' }] });
    expect(found).not.toHaveProperty('conflicts');
    const lists = [{}, { external_customer_id: customer }];
    for (const filter of lists) {
      expect(eventIdsOf(await client.call('POST', '/v1/events/query', filter))).toEqual([event.event_id]);
    }
    expect(await client.call('GET', '/v1/events/monitoring')).toMatchObject({ total_count: 1 });

    await client.call('POST', '/v1/events', { ...event, properties: { tokens: 13 } });
    await driver.drain();
    expect(await lookUp(client, event.event_id)).toMatchObject({
      processed_events: [{ qty_total: '12' }],
      conflicts: [{ fields: ['properties'] }],
    });
    expect(await driver.metrics()).toMatchObject({ events_stored: 1, duplicates: times - 1, conflicts: 1 });
  }, 60_000);
});
