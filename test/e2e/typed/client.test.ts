// Runs a client with types that openapi-typescript generates from docs/openapi.json, without options, against a started system.
// `npm run typecheck:client` generates the types and checks these calls against them.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from '../../../.tollgate/openapi-types.ts';
import { startSystem, type System } from '../../../lib/local/system.ts';

type Event = components['schemas']['Event'];

/** Returns the answer of a call; throws the error if it was refused. */
const dataOf = async <T>(call: Promise<{ data?: T; error?: unknown }>): Promise<NonNullable<T>> => {
  const { data, error } = await call;
  if (error !== undefined || data === undefined || data === null) throw new Error(JSON.stringify(error));
  return data;
};

describe('a typed client', () => {
  let system: System;
  let client: Client<paths>;
  beforeAll(async () => {
    system = await startSystem({ port: 0, isDemo: false, write: () => undefined });
    client = createClient<paths>({ baseUrl: `${system.url}/v1`, headers: { 'x-api-key': system.apiKey } });
  });
  afterAll(() => system.stop());

  test('a typed client makes ten calls with only the required fields', async () => {
    const customer = await dataOf(client.POST('/customers', { body: { external_id: 'acme', name: 'Acme Inc.' } }));
    const meter = await dataOf(
      client.POST('/meters', {
        body: {
          name: 'Tokens',
          event_name: 'model.usage',
          aggregation: { type: 'SUM', field: 'tokens' },
          reset_usage: 'BILLING_PERIOD',
        },
      }),
    );
    const plan = await dataOf(client.POST('/plans', { body: { name: 'Pay as you go' } }));
    const price = await dataOf(
      client.POST('/prices', {
        body: {
          entity_type: 'PLAN',
          entity_id: plan.id,
          type: 'USAGE',
          meter_id: meter.id,
          currency: 'usd',
          amount: '0.02',
          billing_model: 'FLAT_FEE',
          billing_period: 'MONTHLY',
          billing_period_count: 1,
          invoice_cadence: 'ARREAR',
        },
      }),
    );
    const subscription = await dataOf(
      client.POST('/subscriptions', {
        body: { customer_id: customer.id, plan_id: plan.id, currency: 'usd', billing_period: 'MONTHLY' },
      }),
    );
    expect(subscription.line_items).toMatchObject([{ price_id: price.id }]);

    const event: Event = {
      event_name: 'model.usage',
      external_customer_id: 'acme',
      properties: { tokens: 12.5, model: { name: 'large' } },
    };
    const { event_id: id } = await dataOf(client.POST('/events', { body: event }));
    const look = () => client.GET('/events/{id}', { params: { path: { id } } });
    while (((await look()).data?.status ?? 'processing') === 'processing') await delay(20);
    const found = await dataOf(look());
    expect(found.event.properties?.['model']).toEqual({ name: 'large' });
    expect(found.processed_events).toMatchObject([{ price_id: price.id, qty_total: '12.5' }]);

    const usage = await dataOf(client.POST('/events/usage/meter', { body: { meter_id: meter.id } }));
    expect([usage.value, usage.counted]).toEqual([12.5, 1]);
    const invoice = await dataOf(client.POST('/invoices/preview', { body: { subscription_id: subscription.id } }));
    expect(invoice.line_items.map(({ amount }) => amount)).toEqual(['0.25']);
    const { items } = await dataOf(client.GET('/prices', { params: { query: { limit: 1 } } }));
    expect(items.map(({ id: listed }) => listed)).toEqual([price.id]);
  });
});
