// The kinds of things that can be created and named in the catalog: how each is requested and shown, and when it is complete.
import * as v from 'valibot';
import { aMeterRequest, aPriceRequest } from '../../support/drivers/catalog-routes.ts';
import type { Asked, Kind, Shown } from './catalog-kind.ts';
import { entitlement, priceUnit } from './granted-kinds.ts';
import { areVersionsInOrder } from './price-versions.ts';

const Named = v.object({ id: v.string(), name: v.string(), status: v.string(), lookup_key: v.string() });
const namedOf = (body: unknown): Shown => {
  const { id, name, status, lookup_key: value } = v.parse(Named, body);
  return { id, tag: name, value: status === 'published' ? value : '' };
};
const always = (): boolean => true;
const meterNameOf = (tag: string): string => `meter of ${tag}`;

const customer: Kind = {
  name: 'customer',
  isOnAccount: true,
  create: (_, value, tag) => ({ route: (r) => r.createCustomer, body: { external_id: value, name: tag } }),
  giveUp: (id) => ({ route: (r) => r.deleteCustomer, path: { id } }),
  take: undefined,
  list: { route: (r) => r.listCustomers, query: { limit: ['1000'] } },
  get: (id) => ({ route: (r) => r.getCustomer, path: { id } }),
  lookUp: (value) => ({ route: (r) => r.getCustomerByExternalId, path: { external_id: value } }),
  shownOf: (body) => {
    const {
      id,
      name,
      external_id: value,
    } = v.parse(v.object({ id: v.string(), name: v.string(), external_id: v.string() }), body);
    return { id, tag: name, value };
  },
  isWhole: always,
};

const plan: Kind = {
  name: 'plan',
  create: (_, value, tag) => ({ route: (r) => r.createPlan, body: { lookup_key: value, name: tag } }),
  giveUp: (id) => ({ route: (r) => r.deletePlan, path: { id } }),
  take: (id, value) => ({
    route: (r) => r.updatePlan,
    path: { id },
    body: { lookup_key: value, status: 'published' },
  }),
  list: { route: (r) => r.listPlans, query: { limit: ['1000'] } },
  get: (id) => ({ route: (r) => r.getPlan, path: { id } }),
  lookUp: undefined,
  shownOf: namedOf,
  isWhole: always,
};

const feature: Kind = {
  name: 'feature',
  create: (_, value, tag) => ({
    route: (r) => r.createFeature,
    body: { lookup_key: value, name: tag, type: 'metered', meter: aMeterRequest({ name: meterNameOf(tag) }) },
  }),
  giveUp: (id) => ({ route: (r) => r.deleteFeature, path: { id } }),
  take: (id) => ({ route: (r) => r.updateFeature, path: { id }, body: { status: 'published' } }),
  isNameFixed: true,
  list: { route: (r) => r.listFeatures, query: { limit: ['1000'], expand: ['meter'] } },
  get: (id) => ({ route: (r) => r.getFeature, path: { id } }),
  lookUp: undefined,
  shownOf: namedOf,
  isWhole: (body) => {
    const { status, meter, name } = v.parse(
      v.object({
        status: v.string(),
        name: v.string(),
        meter: v.optional(v.object({ name: v.string(), status: v.string() })),
      }),
      body,
    );
    return meter?.name === meterNameOf(name) && meter.status === status;
  },
};

const price: Kind = {
  name: 'price',
  create: ({ planId, meterId }, value, tag) => ({
    route: (r) => r.createPrice,
    body: aPriceRequest({ entity_id: planId, meter_id: meterId, lookup_key: value, display_name: tag }),
  }),
  giveUp: (id) => ({ route: (r) => r.deletePrice, path: { id } }),
  createMany: (items) => ({ route: (r) => r.createPricesBulk, body: { items: items.map(({ body }) => body) } }),
  take: (id, value) => ({ route: (r) => r.updatePrice, path: { id }, body: { lookup_key: value } }),
  revise: (id, value) => ({
    route: (r) => r.updatePrice,
    path: { id },
    body: { amount: '0.02', ...(value !== undefined && { lookup_key: value }) },
  }),
  areInOrder: areVersionsInOrder,
  list: {
    route: (r) => r.listPrices,
    query: { limit: ['1000'], allow_expired_prices: ['true'], expand: ['meter,plan'] },
  },
  get: (id) => ({ route: (r) => r.getPrice, path: { id } }),
  lookUp: (value) => ({ route: (r) => r.getPriceByLookupKey, path: { lookup_key: value } }),
  shownOf: (body) => {
    const shown = v.parse(
      v.object({
        id: v.string(),
        display_name: v.string(),
        lookup_key: v.string(),
        end_date: v.nullish(v.string()),
      }),
      body,
    );
    return { id: shown.id, tag: shown.display_name, value: shown.end_date ? '' : shown.lookup_key };
  },
  isWhole: (body) => v.is(v.object({ meter: v.object({ id: v.string() }), plan: v.object({ id: v.string() }) }), body),
};

const subscription: Kind = {
  name: 'subscription',
  isOnAccount: true,
  create: ({ planId }, value, tag, owner) => ({
    route: (r) => r.createSubscription,
    body: {
      external_customer_id: owner,
      plan_id: planId,
      currency: 'USD',
      billing_period: 'MONTHLY',
      lookup_key: value,
      metadata: { tag },
    },
  }),
  giveUp: (id) => ({
    route: (r) => r.cancelSubscription,
    path: { id },
    body: { cancellation_type: 'immediate' },
  }),
  isGivenUpLater: true,
  take: undefined,
  list: {
    route: (r) => r.listSubscriptions,
    query: { limit: ['1000'], subscription_status: ['active', 'cancelled'], expand: ['prices,plan,customer'] },
  },
  get: (id) => ({ route: (r) => r.getSubscription, path: { id } }),
  lookUp: undefined,
  shownOf: (body) => {
    const {
      id,
      lookup_key: value,
      metadata,
    } = v.parse(v.object({ id: v.string(), lookup_key: v.string(), metadata: v.object({ tag: v.string() }) }), body);
    return { id, tag: metadata.tag, value };
  },
  isWhole: (body) =>
    v.is(
      v.object({
        line_items: v.pipe(
          v.array(v.object({ price: v.object({ id: v.string() }), meter: v.object({ id: v.string() }) })),
          v.minLength(1),
        ),
        plan: v.object({ id: v.string() }),
        customer: v.object({ id: v.string() }),
      }),
      body,
    ),
};

export const kinds: readonly Kind[] = [customer, entitlement, feature, plan, price, priceUnit, subscription];

export const listMeters: Asked = { route: (r) => r.listMeters, query: { limit: ['1000'] } };
/** Returns the feature that created a meter; undefined for a meter of its own. */
export const featureTagOf = (body: unknown): string | undefined => {
  const { name } = v.parse(v.object({ name: v.string() }), body);
  return name.startsWith(meterNameOf('')) ? name.slice(meterNameOf('').length) : undefined;
};
