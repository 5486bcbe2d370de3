// Creates a small catalog and a few events to explore, through the HTTP API.
import * as v from 'valibot';
import { msPerDay } from '../../shared/domain/time/instant.ts';

export type ApiCall = (method: string, path: string, body?: unknown) => Promise<unknown>;

const IdSchema = v.object({ id: v.string() });
const ListSchema = v.object({ items: v.array(v.unknown()) });

const isEmpty = async (call: ApiCall): Promise<boolean> => {
  const lists = await Promise.all(['meters', 'customers', 'plans'].map((name) => call('GET', `/v1/${name}?limit=1`)));
  return lists.every((list) => v.parse(ListSchema, list).items.length === 0);
};

/** Seeds a scope without meters, customers and plans; leaves any other unchanged. `now`: UTC milliseconds. */
export const seedDemoCatalog = async (call: ApiCall, now: number): Promise<boolean> => {
  if (!(await isEmpty(call))) return false;
  const create = async (path: string, body: unknown): Promise<string> =>
    v.parse(IdSchema, await call('POST', `/v1/${path}`, body)).id;

  const customers = [
    { external_id: 'acme', name: 'Acme Inc.', email: 'billing@acme.example', timezone: 'America/New_York' },
    { external_id: 'globex', name: 'Globex', timezone: 'Europe/Berlin' },
  ];
  for (const customer of customers) await create('customers', customer);
  const calls = await create('meters', {
    name: 'API calls',
    event_name: 'api_call',
    aggregation: { type: 'COUNT' },
    reset_usage: 'BILLING_PERIOD',
  });
  const tokens = await create('meters', {
    name: 'Tokens of the large model',
    event_name: 'model.usage',
    aggregation: { type: 'SUM', field: 'tokens' },
    filters: [{ key: 'model', values: ['large'] }],
    reset_usage: 'BILLING_PERIOD',
  });
  const plan = await create('plans', { name: 'Pay as you go', lookup_key: 'pay_as_you_go' });
  // About a week ago, so that no billing period ends between then and now, on any day of the year.
  const startDate = new Date(Math.floor(now / msPerDay - 7) * msPerDay).toISOString();
  const terms = {
    currency: 'usd',
    entity_type: 'PLAN',
    entity_id: plan,
    type: 'USAGE',
    billing_period: 'MONTHLY',
    billing_period_count: 1,
    invoice_cadence: 'ARREAR',
    start_date: startDate,
  };
  await create('prices', { ...terms, meter_id: calls, billing_model: 'FLAT_FEE', amount: '0.02' });
  await create('prices', {
    ...terms,
    meter_id: tokens,
    billing_model: 'TIERED',
    tier_mode: 'SLAB',
    tiers: [
      { up_to: 1_000_000, unit_amount: '0.00002' },
      { up_to: null, unit_amount: '0.00001' },
    ],
  });
  await create('subscriptions', {
    external_customer_id: 'acme',
    plan_id: plan,
    currency: 'usd',
    billing_period: 'MONTHLY',
    start_date: startDate,
  });

  const before = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();
  await call('POST', '/v1/events/bulk', {
    events: [
      { event_id: 'demo-billed', event_name: 'api_call', external_customer_id: 'acme', timestamp: before(4) },
      {
        event_id: 'demo-tokens',
        event_name: 'model.usage',
        external_customer_id: 'acme',
        timestamp: before(3),
        properties: { model: 'large', tokens: 1250 },
      },
      { event_id: 'demo-wrong-case', event_name: 'API_call', external_customer_id: 'acme', timestamp: before(2) },
      {
        event_id: 'demo-no-subscription',
        event_name: 'api_call',
        external_customer_id: 'globex',
        timestamp: before(1),
      },
    ],
  });
  return true;
};
