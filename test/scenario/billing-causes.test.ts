// Why there is no charge, or a smaller one than expected: below the free tier, in another period, counted again.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { type Client, createClient, hours, idOf, objectOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createCustomer, createMeter, createPlan, createPrice, createSubscription } from './steps/catalog-steps.ts';
import { lookUp, sendBulk } from './steps/event-steps.ts';

const Lines = v.array(v.looseObject({ amount: v.string(), quantity: v.string() }));

const days = (count: number): number => hours(24 * count);

describe('the cause of an unexpected charge', () => {
  const client: Client = createClient(useDriver());
  const previewOf = async (subscriptionId: string, fields: object = {}) => {
    const body = { subscription_id: subscriptionId, ...fields };
    const answer = objectOf(await client.call('POST', '/v1/invoices/preview', body));
    return { ...answer, lines: v.parse(Lines, answer['line_items']) };
  };
  const send = async (eventName: string, customer: string, ...ages: readonly number[]): Promise<readonly string[]> => {
    const events = ages.map((age) => ({
      event_id: unique('evt'),
      event_name: eventName,
      external_customer_id: customer,
      timestamp: client.ago(age),
    }));
    await sendBulk(client, events);
    return events.map(({ event_id }) => event_id);
  };
  const setUp = async (meter: object = {}) => {
    const [customer, eventName] = [unique('acme'), unique('call')];
    await createCustomer(client, customer);
    const meterId = await createMeter(client, eventName, { ...meter });
    const planId = await createPlan(client);
    return { customer, eventName, meterId, planId };
  };
  const priceOf = (planId: string, meterId: string, fields: object) =>
    client.call('POST', '/v1/prices', {
      currency: 'usd',
      entity_type: 'PLAN',
      entity_id: planId,
      type: 'USAGE',
      meter_id: meterId,
      billing_period: 'MONTHLY',
      billing_period_count: 1,
      invoice_cadence: 'ARREAR',
      start_date: client.ago(days(100)),
      ...fields,
    });

  test('can be a free tier: the line says that this tier took the units for nothing', async () => {
    const { customer, eventName, meterId, planId } = await setUp();
    await priceOf(planId, meterId, {
      billing_model: 'TIERED',
      tier_mode: 'SLAB',
      tiers: [
        { up_to: 3, unit_amount: '0' },
        { up_to: null, unit_amount: '2' },
      ],
    });
    const subscription = await createSubscription(client, customer, planId);
    await send(eventName, customer, hours(1), hours(1), hours(1));
    const free = { kind: 'price', units: '3', unit_amount: '0', up_to: 3, amount: '0', message: '3 × 0' };
    const below = await previewOf(subscription);
    expect(below.lines).toMatchObject([{ amount: '0', explanation: { quantity: { value: '3' }, steps: [free] } }]);
    await send(eventName, customer, hours(1));
    const beyond = await previewOf(subscription);
    expect(beyond.lines).toMatchObject([
      { amount: '2', explanation: { steps: [free, { units: '1', unit_amount: '2', up_to: null, amount: '2' }] } },
    ]);
  }, 20_000);

  test('can be another period: the event names its period, and the preview of that one includes it', async () => {
    const { customer, eventName, meterId, planId } = await setUp();
    await priceOf(planId, meterId, { billing_model: 'FLAT_FEE', amount: '1' });
    const subscription = await createSubscription(client, customer, planId, { start_date: client.ago(days(40)) });
    const [earlier = '', later = ''] = await send(eventName, customer, days(39), hours(1));
    const current = await previewOf(subscription);
    expect(current.lines).toMatchObject([{ quantity: '1' }]);
    const lookedUp = objectOf(await lookUp(client, earlier));
    const [processed] = v.parse(v.array(v.record(v.string(), v.unknown())), lookedUp['processed_events']);
    const period = { period_start: processed?.['period_start'], period_end: processed?.['period_end'] };
    expect(period.period_end).toBe(objectOf(current)['period_start']);
    const previous = await previewOf(subscription, period);
    expect(previous).toMatchObject({
      ...period,
      lines: [{ quantity: '1', explanation: { quantity: { counted: 1 } } }],
    });
    expect(await lookUp(client, later)).toMatchObject({
      processed_events: [{ period_start: period.period_end }],
    });
  }, 20_000);

  test('can be a meter that is never reset: it is charged by the period, and both numbers are shown', async () => {
    const { customer, eventName, meterId, planId } = await setUp({ reset_usage: 'NEVER' });
    await priceOf(planId, meterId, { billing_model: 'FLAT_FEE', amount: '1' });
    const subscription = await createSubscription(client, customer, planId, { start_date: client.ago(days(40)) });
    await send(eventName, customer, days(39), days(39), hours(1));
    const preview = await previewOf(subscription);
    expect(preview.lines).toMatchObject([
      {
        quantity: '1',
        amount: '1',
        cumulative_quantity: '3',
        explanation: { quantity: { reset_usage: 'NEVER', value: '1', cumulative_value: '3' } },
      },
    ]);
  }, 20_000);

  test('can be a new subscription: the preview names the one before, and its history what was changed', async () => {
    const { customer, eventName, meterId, planId } = await setUp();
    await createPrice(client, planId, meterId);
    const first = await createSubscription(client, customer, planId);
    await send(eventName, customer, hours(3), hours(3));
    await client.call('POST', `/v1/subscriptions/${first}/cancel`, {
      cancellation_type: 'immediate',
      cancel_at: client.ago(hours(2)),
    });
    const second = await createSubscription(client, customer, planId, { start_date: client.ago(hours(1)) });
    const preview = await previewOf(second);
    const [ended] = v.parse(
      v.array(v.looseObject({ id: v.string(), end_date: v.string() })),
      objectOf(await client.call('GET', `/v1/subscriptions/${first}`))['line_items'],
    );
    expect(preview.lines).toMatchObject([
      {
        quantity: '0',
        explanation: {
          restarted_after: { subscription_id: first, sub_line_item_id: ended?.id, ended_at: ended?.end_date },
        },
      },
    ]);
    expect(await client.call('GET', `/v1/subscriptions/${first}`)).toMatchObject({
      subscription_status: 'cancelled',
      history: expect.arrayContaining([
        expect.objectContaining({ field: 'subscription_status', old: 'active', new: 'cancelled' }),
        expect.objectContaining({ field: `line_items.${String(ended?.id)}.end_date`, old: null }),
      ]),
    });
    expect((await previewOf(first)).lines).toMatchObject([{ quantity: '2' }]);
    expect(idOf(await client.call('GET', `/v1/subscriptions/${second}`))).toBe(second);
  }, 20_000);
});
