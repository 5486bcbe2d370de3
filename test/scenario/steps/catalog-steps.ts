// Steps that make what events are billed by; each says only what its scenario is about.
import { type Client, hours, idOf, unique } from '../../support/drivers/client.ts';

type Fields = Readonly<Record<string, unknown>>;

export const createCustomer = async ({ call }: Client, externalId: string): Promise<string> =>
  idOf(await call('POST', '/v1/customers', { external_id: externalId, name: 'Somebody' }));

/** A COUNT meter unless told otherwise. */
export const createMeter = async ({ call }: Client, eventName: string, fields: Fields = {}): Promise<string> =>
  idOf(
    await call('POST', '/v1/meters', {
      name: eventName,
      event_name: eventName,
      aggregation: { type: 'COUNT' },
      reset_usage: 'BILLING_PERIOD',
      ...fields,
    }),
  );

export const createPlan = async ({ call }: Client): Promise<string> =>
  idOf(await call('POST', '/v1/plans', { name: unique('Plan') }));

/** A monthly usage price of a plan, back-dated by a day unless told otherwise. */
export const aPlanPrice = ({ ago }: Client, planId: string, meterId: string, fields: Fields = {}): Fields => ({
  currency: 'usd',
  entity_type: 'PLAN',
  entity_id: planId,
  type: 'USAGE',
  meter_id: meterId,
  billing_model: 'FLAT_FEE',
  amount: '0.05',
  billing_period: 'MONTHLY',
  billing_period_count: 1,
  invoice_cadence: 'ARREAR',
  start_date: ago(hours(24)),
  ...fields,
});

export const createPrice = async (
  client: Client,
  planId: string,
  meterId: string,
  fields: Fields = {},
): Promise<string> => idOf(await client.call('POST', '/v1/prices', aPlanPrice(client, planId, meterId, fields)));

/** Subscribes a customer, by external id, to a plan; back-dated by a day by default. Returns the id. */
export const createSubscription = async (
  client: Client,
  externalId: string,
  planId: string,
  fields: Fields = {},
): Promise<string> =>
  idOf(
    await client.call('POST', '/v1/subscriptions', {
      external_customer_id: externalId,
      plan_id: planId,
      currency: 'usd',
      billing_period: 'MONTHLY',
      start_date: client.ago(hours(24)),
      ...fields,
    }),
  );

export interface Billing {
  readonly customer: string;
  readonly eventName: string;
  readonly customerId: string;
  readonly meterId: string;
  readonly planId: string;
  readonly priceId: string;
  readonly subscriptionId: string;
}

/** A customer who is billed for an event name by a meter, through a plan that it is subscribed to. */
export const setUpBilling = async (client: Client, meter: Fields = {}): Promise<Billing> => {
  const [customer, eventName] = [unique('acme'), unique('model.usage')];
  const customerId = await createCustomer(client, customer);
  const meterId = await createMeter(client, eventName, meter);
  const planId = await createPlan(client);
  const priceId = await createPrice(client, planId, meterId);
  const subscriptionId = await createSubscription(client, customer, planId);
  return { customer, eventName, customerId, meterId, planId, priceId, subscriptionId };
};
