// How far one is on the way to a billed event. The catalog itself says it, so that a reload, or another person, goes on at the same place.
import type { AnswerOf } from '../../api/answers.ts';
import type { StartChoice, StepName } from './start-search.ts';

type ItemOf<T extends { readonly items: readonly unknown[] }> = T['items'][number];
/** Of each thing only what the steps read. */
export type Customer = Pick<ItemOf<AnswerOf<'listCustomers'>>, 'id' | 'external_id' | 'name'>;
export type Meter = Pick<ItemOf<AnswerOf<'listMeters'>>, 'id' | 'name' | 'event_name' | 'aggregation' | 'filters'>;
export type Plan = Pick<ItemOf<AnswerOf<'listPlans'>>, 'id' | 'name'>;
type Price = Pick<
  ItemOf<AnswerOf<'listPrices'>>,
  'id' | 'type' | 'entity_type' | 'entity_id' | 'meter_id' | 'currency' | 'billing_model' | 'display_amount'
>;
export type Subscription = Pick<
  ItemOf<AnswerOf<'listSubscriptions'>>,
  'id' | 'subscription_status' | 'customer_id' | 'external_customer_id' | 'plan_id'
>;
type Entitlement = Pick<ItemOf<AnswerOf<'listEntitlements'>>, 'entity_id' | 'feature_id' | 'usage_limit'>;

export interface Catalog {
  readonly customers: readonly Customer[];
  readonly meters: readonly Meter[];
  readonly plans: readonly Plan[];
  readonly prices: readonly Price[];
  readonly entitlements: readonly Entitlement[];
  /** With the feature's meter, by the id of the feature. */
  readonly meterOfFeature: ReadonlyMap<string, string>;
  readonly subscriptions: readonly Subscription[];
}

export interface Progress {
  readonly customer?: Customer | undefined;
  readonly meter?: Meter | undefined;
  readonly plan?: Plan | undefined;
  readonly price?: Price | undefined;
  readonly entitlement?: Entitlement | undefined;
  readonly subscription?: Subscription | undefined;
  readonly isFreeSkipped: boolean;
}

type Choice = Pick<StartChoice, 'customer' | 'meter' | 'plan' | 'subscription' | 'free'>;

const chosen = (choice: string, value: string): boolean => choice === '' || choice === value;

/** Whether a price bills the usage of a meter with a plan; `meter` "": of any. */
const bills = (price: Price, plan: string, meter: string): boolean =>
  price.type === 'USAGE' && price.entity_type === 'PLAN' && price.entity_id === plan && chosen(meter, price.meter_id);

/** Returns what there is of a whole way, that of a subscription before anything that is only begun. */
export const progressOf = (catalog: Catalog, choice: Choice): Progress => {
  const { customers, meters, plans, prices } = catalog;
  const isKnown = (price: Price): boolean => meters.some(({ id }) => id === price.meter_id);
  const fits = (one: Subscription): boolean =>
    one.subscription_status === 'active' &&
    chosen(choice.subscription, one.id) &&
    chosen(choice.customer, one.external_customer_id) &&
    chosen(choice.plan, one.plan_id) &&
    prices.some((price) => isKnown(price) && bills(price, one.plan_id, choice.meter));
  const found = catalog.subscriptions.find(fits);
  const planOfPrice = prices.find(
    (price) => isKnown(price) && bills(price, price.entity_id, choice.meter) && chosen(choice.plan, price.entity_id),
  )?.entity_id;
  const planId = found?.plan_id ?? (choice.plan || planOfPrice);
  const plan = plans.find(({ id }) => id === planId) ?? (choice.plan === '' ? plans[0] : undefined);
  const price = plan && prices.find((one) => isKnown(one) && bills(one, plan.id, choice.meter));
  const meterId = choice.meter || price?.meter_id;
  const meter = meters.find(({ id }) => id === meterId) ?? (choice.meter === '' ? meters[0] : undefined);
  const customerId = choice.customer || found?.external_customer_id;
  const customer =
    customers.find(({ external_id: id }) => id === customerId) ?? (choice.customer === '' ? customers[0] : undefined);
  const entitlement = catalog.entitlements.find(
    ({ entity_id: of, feature_id: feature }) =>
      of === plan?.id && meter !== undefined && catalog.meterOfFeature.get(feature) === meter.id,
  );
  const subscription = found && plan?.id === found.plan_id && customer?.id === found.customer_id ? found : undefined;
  return {
    customer,
    meter,
    plan,
    price: price?.meter_id === meter?.id ? price : undefined,
    entitlement,
    subscription,
    isFreeSkipped: entitlement === undefined && (choice.free === 'none' || subscription !== undefined),
  };
};

/** Returns the first step that is not done; `event`: the event to watch, "" without one. */
export const currentStep = (progress: Progress, event: string): StepName => {
  const { customer, meter, plan, price, entitlement, subscription, isFreeSkipped } = progress;
  if (!customer) return 'customer';
  if (!meter) return 'meter';
  if (!plan) return 'plan';
  if (!price) return 'price';
  if (!entitlement && !isFreeSkipped) return 'free';
  if (!subscription) return 'subscription';
  return event === '' ? 'send' : 'billed';
};

/** Returns properties that the meter counts: its field with a value, and a value for each filter. */
export const countedProperties = (
  { aggregation: { field = '' }, filters }: Pick<Meter, 'aggregation' | 'filters'>,
  value: string,
): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(filters.map(({ key, values }) => [key, values[0] ?? ''])),
  ...(field !== '' && { [field]: value }),
});
