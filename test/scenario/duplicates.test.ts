// Cause 6: the same event again is one counted event. The same id with other content is a conflict: the first counts, and
// the lookup tells when the other came and in which fields it differs.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { createClient, hours, minutes, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { setUpBilling } from './steps/catalog-steps.ts';
import { eventIdsOf, lookUp, quantitiesOf, sendBulk, sendEvent } from './steps/event-steps.ts';

const ConflictsSchema = v.object({ conflicts: v.array(v.object({ received_at: v.string() })) });
const sum = { aggregation: { type: 'SUM', field: 'tokens' } };

describe('an event that is sent again', () => {
  const client = createClient(useDriver());
  const counted = async () => {
    const { events_stored = 0, duplicates = 0, conflicts = 0 } = await client.driver.metrics();
    return { events_stored, duplicates, conflicts };
  };
  const changeOf = async (send: () => Promise<unknown>) => {
    const before = await counted();
    await send();
    const after = await counted();
    return {
      events_stored: after.events_stored - before.events_stored,
      duplicates: after.duplicates - before.duplicates,
      conflicts: after.conflicts - before.conflicts,
    };
  };
  const newEvent = async () => {
    const { customer, eventName } = await setUpBilling(client, sum);
    return {
      event_id: unique('evt'),
      event_name: eventName,
      external_customer_id: customer,
      timestamp: client.ago(minutes(4)),
      source: 'api',
      properties: { tokens: 5, model: 'large' },
    };
  };
  const listed = async (customer: string) =>
    eventIdsOf(await client.call('POST', '/v1/events/query', { external_customer_id: customer }));

  test('counts once, however it is sent', async () => {
    const event = await newEvent();
    const again = { ...event, properties: { model: 'large', tokens: 5 } };
    const change = await changeOf(async () => {
      await sendEvent(client, event);
      await sendEvent(client, event);
      await sendBulk(client, [event, again, event]);
    });
    expect(change).toEqual({ events_stored: 1, duplicates: 4, conflicts: 0 });
    expect(await quantitiesOf(client, event.event_id)).toEqual(['5']);
    expect(await lookUp(client, event.event_id)).not.toHaveProperty('conflicts');
    expect(await listed(event.external_customer_id)).toEqual([event.event_id]);
  });

  test('without a timestamp is no conflict, though its receive time differs', async () => {
    const event = { ...(await newEvent()), timestamp: undefined };
    const change = await changeOf(async () => {
      await sendBulk(client, [event]);
      await client.driver.passTime(5);
      await sendBulk(client, [event]);
    });
    expect(change).toEqual({ events_stored: 1, duplicates: 1, conflicts: 0 });
  });

  test.each([
    ['properties', { properties: { tokens: 6, model: 'large' } }],
    ['event_name', { event_name: 'another' }],
    ['external_customer_id', { external_customer_id: 'another' }],
    ['customer_id', { customer_id: 'cust_another' }],
    ['timestamp', { timestamp: '2025-01-31T00:00:00Z' }],
    ['source', { source: 'sdk' }],
  ])('with another %s is a conflict, and the first counts', async (field, other) => {
    const event = await newEvent();
    await sendEvent(client, event);
    const from = client.driver.now();
    const change = await changeOf(() => sendEvent(client, { ...event, ...other }));
    expect(change).toEqual({ events_stored: 0, duplicates: 0, conflicts: 1 });
    const answer = await lookUp(client, event.event_id);
    expect(answer).toMatchObject({
      event: { id: event.event_id, external_customer_id: event.external_customer_id, event_name: event.event_name },
      status: 'processed',
      processed_events: [{ qty_total: '5' }],
      conflicts: [{ fields: [field] }],
    });
    const receivedAt = Date.parse(v.parse(ConflictsSchema, answer).conflicts[0]?.received_at ?? '');
    expect(receivedAt).toBeGreaterThanOrEqual(from);
    expect(receivedAt).toBeLessThanOrEqual(client.driver.now());
  });

  test('in one bulk request is decided by its order', async () => {
    const event = await newEvent();
    const change = await changeOf(() => sendBulk(client, [event, { ...event, properties: { tokens: 9 } }]));
    expect(change).toEqual({ events_stored: 1, duplicates: 0, conflicts: 1 });
    expect(await quantitiesOf(client, event.event_id)).toEqual(['5']);
  });

  test('in another hour is found where the first one is listed', async () => {
    const event = await newEvent();
    await sendEvent(client, event);
    await sendEvent(client, { ...event, timestamp: client.ago(hours(3)), properties: { tokens: 1 } });
    expect(await lookUp(client, event.event_id)).toMatchObject({
      event: { timestamp: event.timestamp },
      conflicts: [{ fields: ['timestamp', 'properties'] }],
    });
    expect(await listed(event.external_customer_id)).toEqual([event.event_id]);
  });

  test('with other content more than ten times has ten conflicts, and says that there were more', async () => {
    const event = await newEvent();
    await sendEvent(client, event);
    await sendBulk(
      client,
      Array.from({ length: 12 }, (_, tokens) => ({ ...event, properties: { tokens: tokens + 100 } })),
    );
    const answer = await lookUp(client, event.event_id);
    expect(answer).toMatchObject({ more_conflicts: true, processed_events: [{ qty_total: '5' }] });
    expect(v.parse(ConflictsSchema, answer).conflicts).toHaveLength(10);
  });
});
