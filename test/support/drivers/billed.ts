// A subscription to one meter, as a scenario or a page of the docs states it: prices, what is free, what changes and what is used.
import * as v from 'valibot';
import { type Client, idOf, objectOf, unique } from './client.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Fields of requests; what is left out is a sum of `n`, a dollar per unit and month, in arrear, and a subscription by month. */
export interface BilledTerms {
  readonly meter?: Fields;
  /** Prices of the plan, each a line of its own. */
  readonly prices: readonly Fields[];
  readonly allowance?: Fields;
  readonly subscription: Fields;
}

const PreviewSchema = v.object({
  period_start: v.string(),
  period_end: v.string(),
  total: v.string(),
  line_items: v.array(
    v.looseObject({
      amount: v.string(),
      quantity: v.string(),
      adjusted_entitlement_quantity: v.exactOptional(v.string()),
      period_start: v.string(),
      period_end: v.string(),
      price_type: v.string(),
      display_name: v.string(),
      metadata: v.record(v.string(), v.string()),
      explanation: v.looseObject({
        steps: v.array(v.looseObject({ kind: v.string(), amount: v.string(), message: v.string() })),
      }),
    }),
  ),
});
export type Preview = v.InferOutput<typeof PreviewSchema>;

const ItemsSchema = v.object({ line_items: v.array(v.object({ id: v.string(), price_id: v.string() })) });

/** A property `n`, or the properties themselves. */
export type Usage = readonly [timestamp: string, n: number | Fields];

export const openBilled = async (client: Client, { meter, prices, allowance, subscription }: BilledTerms) => {
  const { call, driver } = client;
  const [customer, eventName] = [unique('acme'), unique('usage')];
  const customerId = idOf(await call('POST', '/v1/customers', { external_id: customer, name: 'Acme' }));
  const meterId = idOf(
    await call('POST', '/v1/meters', {
      name: eventName,
      event_name: eventName,
      aggregation: { type: 'SUM', field: 'n' },
      reset_usage: 'BILLING_PERIOD',
      ...meter,
    }),
  );
  const plan = idOf(await call('POST', '/v1/plans', { name: 'Plan' }));
  const priceIds: string[] = [];
  for (const price of prices) {
    const body = {
      entity_type: 'PLAN',
      entity_id: plan,
      currency: 'usd',
      type: 'USAGE',
      billing_model: 'FLAT_FEE',
      billing_period: 'MONTHLY',
      billing_period_count: 1,
      invoice_cadence: 'ARREAR',
      ...(price['type'] !== 'FIXED' && { meter_id: meterId }),
      ...(price['billing_model'] !== 'TIERED' && { amount: '1' }),
      ...price,
    };
    priceIds.push(idOf(await call('POST', '/v1/prices', body)));
  }
  if (allowance) {
    const feature = { name: eventName, type: 'metered', meter_id: meterId };
    const featureId = idOf(await call('POST', '/v1/features', feature));
    const granted = { plan_id: plan, feature_id: featureId, feature_type: 'metered', ...allowance };
    await call('POST', '/v1/entitlements', granted);
  }
  const made = await call('POST', '/v1/subscriptions', {
    external_customer_id: customer,
    plan_id: plan,
    currency: 'usd',
    billing_period: 'MONTHLY',
    ...subscription,
  });
  const id = idOf(made);
  const { line_items: items } = v.parse(ItemsSchema, await call('GET', `/v1/subscriptions/${id}`));
  /** The present version of the line of each price. */
  const current = priceIds.map((price) => items.find(({ price_id: of }) => of === price)?.id ?? '');
  return {
    customer,
    customerId,
    eventName,
    meterId,
    id,
    priceIds,
    /** Changes the line of a price by a PUT of its present version. */
    change: async (fields: Fields, line = 0): Promise<void> => {
      current[line] = idOf(await call('PUT', `/v1/subscriptions/lineitems/${current[line] ?? ''}`, fields));
    },
    /** Sends events, and answers their ids. */
    use: async (usages: readonly Usage[]): Promise<readonly string[]> => {
      const events = usages.map(([timestamp, n]) => ({
        event_id: unique('evt'),
        event_name: eventName,
        external_customer_id: customer,
        timestamp,
        properties: typeof n === 'number' ? { n } : n,
      }));
      await call('POST', '/v1/events/bulk', { events });
      await driver.drain();
      return events.map(({ event_id: event }) => event);
    },
    /** Previews the period that begins at `start`; with an `end`, that range as one period. */
    preview: async (start: string, end?: string): Promise<Preview> => {
      const range = { period_start: start, ...(end !== undefined && { period_end: end }) };
      return v.parse(PreviewSchema, await call('POST', '/v1/invoices/preview', { subscription_id: id, ...range }));
    },
    /** Usage of the subscription in the period that begins at `start` and ends at `end`. */
    usage: async (start: string, end: string) =>
      objectOf(
        await call('POST', '/v1/subscriptions/usage', { subscription_id: id, start_time: start, end_time: end }),
      ),
  };
};
export type Billed = Awaited<ReturnType<typeof openBilled>>;
