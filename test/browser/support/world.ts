// A world for the console to show: every cause for which an event is not billed, or not as expected, with names that a reader
// recognises, and enough traffic for charts and pages.
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { hostileEvents, longNumberBody, type SentEvent, traffic } from './world-events.ts';

export interface Api {
  /** Answers the body of a success; throws with the answer otherwise. A text is sent as it is. */
  readonly call: (method: string, path: string, body?: unknown) => Promise<unknown>;
}

/** Ids of things in the world. */
export interface World {
  readonly customer: string;
  readonly meter: string;
  readonly feature: string;
  readonly plan: string;
  readonly price: string;
  readonly subscription: string;
  readonly entitlement: string;
  readonly priceUnit: string;
}

const IdSchema = v.object({ id: v.string() });
const StatusSchema = v.object({ status: v.string() });
const hour = 3_600_000;

export const connectTo = (url: string, apiKey: string): Api => ({
  call: async (method, path, body) => {
    const response = await fetch(`${url}/v1${path}`, {
      method,
      headers: { 'x-api-key': apiKey },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${text}`);
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    return answer;
  },
});

const monthly = { billing_period: 'MONTHLY', billing_period_count: 1, invoice_cadence: 'ARREAR' };

/** Events of each cause of the troubleshooting guide, and of those that are billed. `now`: UTC milliseconds. */
const causeEvents = (now: number) => {
  const at = (msAgo: number): string => new Date(now - msAgo).toISOString();
  const tokens = { event_name: 'model.usage', external_customer_id: 'acme' };
  return {
    billed: { ...tokens, timestamp: at(5 * 60_000), properties: { tokens: 1250, model: 'large', region: 'eu' } },
    wrongName: { ...tokens, event_name: 'Model.Usage', timestamp: at(6 * 60_000), properties: { tokens: 10 } },
    wrongCustomer: { ...tokens, external_customer_id: 'Acme', timestamp: at(7 * 60_000), properties: { tokens: 10 } },
    unknownCustomer: {
      ...tokens,
      external_customer_id: 'nobody',
      timestamp: at(8 * 60_000),
      properties: { tokens: 10 },
    },
    archived: { ...tokens, event_name: 'storage.usage', timestamp: at(9 * 60_000), properties: { gb: 1.5 } },
    wrongField: { ...tokens, timestamp: at(10 * 60_000), properties: { token: 2, model: 'large' } },
    wrongType: { ...tokens, timestamp: at(11 * 60_000), properties: { tokens: 'two', model: 'large' } },
    numberAsText: { ...tokens, timestamp: at(12 * 60_000), properties: { tokens: '2', model: 'large' } },
    missingProperty: { ...tokens, timestamp: at(13 * 60_000) },
    noPrice: { ...tokens, event_name: 'image.render', timestamp: at(14 * 60_000), properties: { pixels: 1024 } },
    noSubscription: {
      ...tokens,
      external_customer_id: 'globex',
      timestamp: at(15 * 60_000),
      properties: { tokens: 40 },
    },
    freeTier: { ...tokens, external_customer_id: 'initech', timestamp: at(16 * 60_000), properties: { tokens: 120 } },
    otherPeriod: { ...tokens, timestamp: at(40 * 24 * hour), properties: { tokens: 77 } },
    neverReset: { ...tokens, event_name: 'seats.added', timestamp: at(18 * 60_000), properties: { seats: 3 } },
    resubscribed: {
      ...tokens,
      external_customer_id: 'umbrella',
      timestamp: at(19 * 60_000),
      properties: { tokens: 9 },
    },
    conflict: { ...tokens, timestamp: at(20 * 60_000), properties: { tokens: 100 } },
  } as const;
};

export type Cause = keyof ReturnType<typeof causeEvents>;
/** Returns the id of the event of a cause. */
export const eventOf = (cause: Cause): string => `evt-${cause}`;

const createCatalog = async ({ call }: Api, startDate: string): Promise<World> => {
  const create = async (path: string, body: unknown): Promise<string> =>
    v.parse(IdSchema, await call('POST', path, body)).id;
  const named = [
    ['acme', 'Acme Inc.'],
    ['globex', 'Globex'],
    ['initech', 'Initech'],
    ['umbrella', 'Umbrella <b>& Sons</b>'],
  ] as const;
  const ids = new Map<string, string>();
  for (const [external_id, name] of named) ids.set(external_id, await create('/customers', { external_id, name }));
  const meterOf = (name: string, event_name: string, field: string, reset_usage = 'BILLING_PERIOD') =>
    create('/meters', { name, event_name, aggregation: { type: 'SUM', field }, reset_usage });
  const meter = await meterOf('Tokens', 'model.usage', 'tokens');
  const storage = await meterOf('Storage', 'storage.usage', 'gb');
  await meterOf('Images', 'image.render', 'pixels');
  const seats = await meterOf('Seats', 'seats.added', 'seats', 'NEVER');
  const plan = await create('/plans', { name: 'Pay as you go', lookup_key: 'pay_as_you_go' });
  const price = {
    ...monthly,
    entity_type: 'PLAN',
    entity_id: plan,
    type: 'USAGE',
    currency: 'usd',
    start_date: startDate,
  };
  const tokens = await create('/prices', {
    ...price,
    meter_id: meter,
    billing_model: 'TIERED',
    tier_mode: 'SLAB',
    tiers: [
      { up_to: 10_000, unit_amount: '0.002' },
      { up_to: null, unit_amount: '0.0012345678901234567' },
    ],
  });
  for (const meter_id of [storage, seats]) {
    await create('/prices', { ...price, meter_id, billing_model: 'FLAT_FEE', amount: '0.1' });
  }
  const feature = await create('/features', { name: 'Tokens', type: 'metered', meter_id: meter });
  const entitlement = await create('/entitlements', {
    plan_id: plan,
    feature_id: feature,
    feature_type: 'metered',
    usage_limit: 1000,
    usage_reset_period: 'MONTHLY',
  });
  const priceUnit = await create('/prices/units', {
    name: 'Credits',
    code: 'crd',
    symbol: 'cr',
    base_currency: 'usd',
    conversion_rate: '0.01',
  });
  const subscribe = (external_customer_id: string) =>
    create('/subscriptions', {
      external_customer_id,
      plan_id: plan,
      currency: 'usd',
      billing_period: 'MONTHLY',
      start_date: startDate,
    });
  const subscription = await subscribe('acme');
  await subscribe('initech');
  const former = await subscribe('umbrella');
  await call('POST', `/subscriptions/${former}/cancel`, { cancellation_type: 'immediate' });
  await subscribe('umbrella');
  await call('POST', `/meters/${storage}/disable`, {});
  const customer = ids.get('acme') ?? '';
  return { customer, meter, feature, plan, price: tokens, subscription, entitlement, priceUnit };
};

const sendAll = async ({ call }: Api, events: readonly SentEvent[]): Promise<void> => {
  for (let first = 0; first < events.length; first += 500) {
    await call('POST', '/events/bulk', { events: events.slice(first, first + 500) });
  }
};

/** Resolves once these events are stored. */
export const storedIn = async ({ call }: Api, ids: readonly string[]): Promise<void> => {
  for (const id of ids) {
    for (;;) {
      const found = await call('GET', `/events/lookup?id=${encodeURIComponent(id)}`).catch(() => undefined);
      const known = v.safeParse(StatusSchema, found);
      if (known.success && known.output.status !== 'processing') break;
      await delay(50);
    }
  }
};

/** Creates the world in an environment without any. `now`: UTC milliseconds. */
export const createWorld = async (api: Api, now: number): Promise<World> => {
  const world = await createCatalog(api, new Date(now - 60 * 24 * hour).toISOString());
  const causes = causeEvents(now);
  const named = Object.entries(causes).map(([cause, event]) => ({ event_id: `evt-${cause}`, ...event }));
  await sendAll(api, [...traffic(now), ...hostileEvents(now), ...named]);
  // The same again counts once; the same id with other content is a conflict.
  await sendAll(api, named.slice(0, 1));
  await sendAll(api, [{ event_id: eventOf('conflict'), ...causes.conflict, properties: { tokens: 101 } }]);
  await api.call('POST', '/events', longNumberBody(now));
  await storedIn(
    api,
    named.map(({ event_id }) => event_id),
  );
  return world;
};
