// Golden vectors of the upstream's usage by line item, as quantities and costs of our analytics.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { parseInstant } from '../../shared/domain/time/instant.ts';
import { type Client, createClient, idOf, objectOf } from '../support/drivers/client.ts';
import { openInProcessDriver } from '../support/drivers/driver-in-process.ts';
import { readVectors } from '../support/builders/golden.ts';
import { createCustomer, createMeter, createPlan, createSubscription } from '../scenario/steps/catalog-steps.ts';

const Aggregation = v.looseObject({ type: v.string() });
const Meter = v.object({
  name: v.string(),
  aggregation: Aggregation,
  /** Line items of the subscription, [start, end) and a commitment; none: it has no price. */
  lines: v.array(v.tuple([v.string(), v.string(), v.optional(v.record(v.string(), v.unknown()), {})])),
});
const Input = v.object({
  meters: v.array(Meter),
  events: v.array(
    v.object({
      at: v.string(),
      meter: v.string(),
      properties: v.exactOptional(v.record(v.string(), v.unknown())),
      source: v.exactOptional(v.string()),
      customer: v.exactOptional(v.string(), 'acme'),
    }),
  ),
  request: v.record(v.string(), v.unknown()),
  /** Subscriptions to every meter that were cancelled. */
  cancelled: v.exactOptional(v.array(v.object({ start: v.string(), at: v.string() })), []),
});
const Expected = v.object({
  total_cost: v.exactOptional(v.string()),
  items: v.array(v.record(v.string(), v.unknown())),
});
type Setting = v.InferOutput<typeof Input>;

const begin = '2026-01-01T00:00:00Z';

const millisecondsOf = (instant: string): number => parseInstant(instant) ?? Number.NaN;
const passTimeTo = async ({ driver }: Client, instant: string): Promise<void> =>
  driver.passTime(millisecondsOf(instant) - driver.now());

const createPrice = async (client: Client, planId: string, fields: object): Promise<string> =>
  idOf(
    await client.call('POST', '/v1/prices', {
      currency: 'usd',
      entity_type: 'PLAN',
      entity_id: planId,
      billing_model: 'FLAT_FEE',
      amount: '1',
      billing_period: 'MONTHLY',
      billing_period_count: 1,
      invoice_cadence: 'ARREAR',
      start_date: '2025-01-01T00:00:00Z',
      ...fields,
    }),
  );

/** An active subscription with the line items, and those that were cancelled when they were. */
const setUp = async (client: Client, { meters, cancelled }: Setting): Promise<void> => {
  const isCustomer = cancelled.length > 0 || meters.some(({ lines }) => lines.length > 0);
  if (isCustomer) await createCustomer(client, 'acme');
  const planId = await createPlan(client);
  const fixedPlanId = await createPlan(client);
  await createPrice(client, fixedPlanId, { type: 'FIXED' });
  const priceIds = new Map<string, string>();
  for (const { name, aggregation } of meters) {
    const meterId = await createMeter(client, name, { name, aggregation });
    if (isCustomer) priceIds.set(name, await createPrice(client, planId, { type: 'USAGE', meter_id: meterId }));
  }
  for (const { start, at } of cancelled) {
    await passTimeTo(client, start);
    const id = await createSubscription(client, 'acme', planId, { start_date: start });
    await passTimeTo(client, at);
    await client.call('POST', `/v1/subscriptions/${id}/cancel`, { cancellation_type: 'immediate' });
  }
  const lines = meters.flatMap((meter) => meter.lines.map((line) => ({ line, priceId: priceIds.get(meter.name) })));
  if (lines.length === 0) return;
  if (client.driver.now() < millisecondsOf(begin)) await passTimeTo(client, begin);
  const id = await createSubscription(client, 'acme', fixedPlanId, { start_date: begin });
  for (const { line, priceId } of lines) {
    const range = { start_date: line[0], end_date: line[1], ...line[2] };
    await client.call('POST', `/v1/subscriptions/${id}/lineitems`, { price_id: priceId, ...range });
  }
};

describe('usage by line item', () => {
  test.each(readVectors('analytics.json', 'meter_usage_service', Input, Expected))(
    '$id',
    async ({ input, expected }) => {
      const driver = await openInProcessDriver();
      const client = createClient(driver);
      await setUp(client, input);
      await passTimeTo(client, '2026-02-02T00:00:00Z');
      const events = input.events.map(({ at, meter, customer, ...event }) => ({
        event_name: meter,
        external_customer_id: customer,
        timestamp: at,
        ...event,
      }));
      if (events.length > 0) await client.call('POST', '/v1/events/bulk', { events });
      await driver.drain();
      const answer = objectOf(
        await client.call('POST', '/v1/events/analytics', { external_customer_id: 'acme', ...input.request }),
      );
      const items = v.parse(v.array(v.record(v.string(), v.unknown())), answer['items']);
      expect(items).toHaveLength(expected.items.length);
      expect(items).toEqual(
        expect.arrayContaining(expected.items.map((item) => expect.objectContaining(matching(item)))),
      );
      if (expected.total_cost !== undefined) expect(answer['total_cost']).toBe(expected.total_cost);
      const wantsSources = expected.items.some((item) => 'sources' in item);
      if (!wantsSources) for (const item of items) expect(item).not.toHaveProperty('sources');
      await driver.close();
    },
  );
});

/** Points may say more than a vector does. */
function matching({ points, ...item }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (!Array.isArray(points)) return item;
  return { ...item, points: points.map((point: unknown) => expect.objectContaining(objectOf(point))) };
}
