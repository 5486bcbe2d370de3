// A maximum per bucket has no units that an allowance could take: whatever would bring an entitlement and the buckets of a price, or of
// the meter, together is refused, in either order.
import { describe, expect, test } from '@jest/globals';
import { createClient, hours, idOf, objectOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import {
  aPlanPrice,
  createCustomer,
  createMeter,
  createPlan,
  createPrice,
  createSubscription,
} from './steps/catalog-steps.ts';
import { sendBulk } from './steps/event-steps.ts';

describe('a meter of MAX', () => {
  const client = createClient(useDriver());
  const { call, driver } = client;

  /** A plan with an undivided price of the meter, and a subscription to it. */
  const open = async (type = 'MAX') => {
    const [customer, eventName] = [unique('acme'), unique('gpus')];
    await createCustomer(client, customer);
    const meter = await createMeter(client, eventName, { aggregation: { type, field: 'n' } });
    const feature = idOf(await call('POST', '/v1/features', { name: unique('G'), type: 'metered', meter_id: meter }));
    const plan = await createPlan(client);
    const price = await createPrice(client, plan, meter);
    const subscription = await createSubscription(client, customer, plan);
    const items = objectOf(await call('GET', `/v1/subscriptions/${subscription}`))['line_items'];
    const item = idOf(Array.isArray(items) ? items[0] : undefined);
    const other = await createPlan(client);
    return { customer, eventName, meter, feature, plan, price, subscription, item, other };
  };
  type World = Awaited<ReturnType<typeof open>>;
  interface Way {
    readonly request: readonly [method: string, path: string, body: unknown];
    /** The field that is refused where the other came first. */
    readonly field: string;
  }

  const ofPlan = ({ plan }: World) => ({ entity_type: 'PLAN', entity_id: plan });
  const ofSubscription = ({ subscription }: World) => ({ entity_type: 'SUBSCRIPTION', entity_id: subscription });
  const entitlement = ({ feature }: World, owner: object) => ({
    ...owner,
    feature_id: feature,
    feature_type: 'metered',
    usage_limit: 5,
    usage_reset_period: 'DAILY',
  });
  const divided = ({ plan, meter }: World, fields: object = {}) =>
    aPlanPrice(client, plan, meter, { bucket_size: 'HOUR', ...fields });
  const inline = (world: World) => divided(world, { entity_type: undefined, entity_id: undefined });

  const grants: Readonly<Record<string, (world: World) => Way>> = {
    'an entitlement of the plan': (world) => ({
      request: ['POST', '/v1/entitlements', entitlement(world, ofPlan(world))],
      field: 'feature_id',
    }),
    'entitlements of the plan in bulk': (world) => ({
      request: ['POST', '/v1/entitlements/bulk', { items: [entitlement(world, ofPlan(world))] }],
      field: 'items[0].feature_id',
    }),
    'an entitlement of the subscription': (world) => ({
      request: ['POST', '/v1/entitlements', entitlement(world, ofSubscription(world))],
      field: 'feature_id',
    }),
    'entitlements of the subscription in bulk': (world) => ({
      request: ['POST', '/v1/entitlements/bulk', { items: [entitlement(world, ofSubscription(world))] }],
      field: 'items[0].feature_id',
    }),
  };
  /** Ways to divide a maximum for the plan, and so for later subscriptions. */
  const dividesPlan: Readonly<Record<string, (world: World) => Way>> = {
    'a price of the plan': (world) => ({ request: ['POST', '/v1/prices', divided(world)], field: 'bucket_size' }),
    'prices of the plan in bulk': (world) => ({
      request: ['POST', '/v1/prices/bulk', { items: [divided(world)] }],
      field: 'items[0].bucket_size',
    }),
    'a version of the price': (world) => ({
      request: ['PUT', `/v1/prices/${world.price}`, { bucket_size: 'HOUR' }],
      field: 'bucket_size',
    }),
  };
  const dividesSubscription: Readonly<Record<string, (world: World) => Way>> = {
    'a price of the subscription': (world) => ({
      request: ['POST', '/v1/prices', divided(world, ofSubscription(world))],
      field: 'bucket_size',
    }),
    'prices of the subscription in bulk': (world) => ({
      request: ['POST', '/v1/prices/bulk', { items: [divided(world, ofSubscription(world))] }],
      field: 'items[0].bucket_size',
    }),
    'a line item with a price of its own': (world) => ({
      request: ['POST', `/v1/subscriptions/${world.subscription}/lineitems`, { price: inline(world) }],
      field: 'price.bucket_size',
    }),
    'a changed line item': (world) => ({
      request: ['PUT', `/v1/subscriptions/lineitems/${world.item}`, { bucket_size: 'HOUR' }],
      field: 'bucket_size',
    }),
    'the meter itself': ({ meter }) => ({
      request: ['PUT', `/v1/meters/${meter}`, { aggregation: { type: 'MAX', field: 'n', bucket_size: 'HOUR' } }],
      field: 'aggregation.bucket_size',
    }),
  };
  /** Ways to divide it by a new subscription; a subscription's own entitlement cannot exist before it. */
  const dividesNew: Readonly<Record<string, (world: World) => Way>> = {
    'a new subscription that overrides the price': (world) => {
      const changed = { override_line_items: [{ price_id: world.price, bucket_size: 'HOUR' }] };
      return { request: newSubscription(world, changed), field: 'override_line_items[0].bucket_size' };
    },
    'a new subscription with a line item': (world) => ({
      request: newSubscription(world, { line_items: [{ price: inline(world) }] }),
      field: 'line_items[0].price.bucket_size',
    }),
  };
  const newSubscription = ({ customer, plan }: World, fields: object): Way['request'] => [
    'POST',
    '/v1/subscriptions',
    { external_customer_id: customer, plan_id: plan, currency: 'usd', billing_period: 'MONTHLY', ...fields },
  ];

  const divisions = { ...dividesPlan, ...dividesSubscription, ...dividesNew };
  // A plan's entitlement reaches all of them; a price of the plan does not reach a subscription that is there.
  const pairs = Object.keys(grants).flatMap((grant) =>
    Object.keys(divisions)
      .filter((division) => grant.includes('of the plan') || division in dividesSubscription)
      .flatMap((division) => [
        [grant, division],
        [division, grant],
      ]),
  );
  const ways = { ...grants, ...divisions };

  test.each(pairs)('that already has %s is refused for %s', async (first, second) => {
    const world = await open();
    const [before, after] = [ways[first]?.(world), ways[second]?.(world)];
    if (!before || !after) throw new Error('no such way');
    await call(...before.request);
    const { status, body } = await driver.request(...after.request);
    expect([status, objectOf(body)['code']]).toEqual([400, 'validation_error']);
    expect(Object.entries(objectOf(objectOf(body)['details']))).toEqual([
      [after.field, expect.stringMatching(/^must not .*MAX|^must not make a maximum/)],
    ]);
  });

  test('that a price of another plan divides is refused for a line item of a subscription that grants it', async () => {
    const world = await open();
    const foreign = idOf(await call('POST', '/v1/prices', divided(world, { entity_id: world.other })));
    await call('POST', '/v1/entitlements', entitlement(world, ofPlan(world)));
    const answer = await driver.request('POST', `/v1/subscriptions/${world.subscription}/lineitems`, {
      price_id: foreign,
    });
    expect(answer).toMatchObject({ status: 400, body: { details: { price_id: expect.stringMatching(/MAX/) } } });
  });

  test('cannot be created by changing a sum that is granted and divided', async () => {
    const world = await open('SUM');
    await call('POST', '/v1/entitlements', entitlement(world, ofPlan(world)));
    await call('POST', '/v1/prices', divided(world));
    const answer = await driver.request('PUT', `/v1/meters/${world.meter}`, {
      aggregation: { type: 'MAX', field: 'n' },
    });
    expect(answer).toMatchObject({ status: 400, body: { details: { 'aggregation.type': expect.anything() } } });
  });

  test('may be divided where it is not granted, and may be granted once the price that divided it has ended', async () => {
    const world = await open();
    const foreign = divided(world, { entity_id: world.other });
    const price = idOf(await call('POST', '/v1/prices', divided(world)));
    await call('DELETE', `/v1/prices/${price}`);
    await call('POST', '/v1/entitlements', entitlement(world, ofPlan(world)));
    await call('POST', '/v1/prices', foreign);
    await call('POST', '/v1/prices', aPlanPrice(client, world.plan, world.meter));
  });

  test('is granted day by day where nothing divides it', async () => {
    const world = await open();
    await call('POST', '/v1/entitlements', entitlement(world, ofPlan(world)));
    const event = (n: number) => ({
      event_id: unique('e'),
      event_name: world.eventName,
      external_customer_id: world.customer,
      timestamp: client.ago(hours(1)),
      properties: { n },
    });
    await sendBulk(client, [event(4), event(4), event(3)]);
    expect(await call('POST', '/v1/invoices/preview', { subscription_id: world.subscription })).toMatchObject({
      line_items: [{ amount: '0', quantity: '0', explanation: { allowance: { taken: '4' } } }],
    });
  });
});
