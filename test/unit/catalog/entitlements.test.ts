import { describe, expect, test } from '@jest/globals';
import { DependencyError } from '../../../shared/dependency-error.ts';
import { call, idOf, idsOf } from '../../support/drivers/api-request.ts';
import { aCustomer, aScope, aSubscription } from '../../support/builders/builders.ts';
import { openWithPlan } from '../../support/drivers/catalog-routes.ts';
import { createMemoryTable } from '../../support/drivers/memory-table.ts';

const clash = { code: 'already_exists', message: 'An entitlement with this plan and feature already exists' };

/** Three features and a subscription to the plan on an account. */
const open = async (...options: Parameters<typeof openWithPlan>) => {
  const catalog = await openWithPlan(...options);
  const customer = aCustomer();
  const subscription = aSubscription({ planId: catalog.planId, customerId: customer.id });
  await catalog.pointers.record(aScope, [customer.id, subscription.id], customer.externalId);
  await catalog.accounts.create(aScope, customer);
  await catalog.accounts.change(aScope, customer.externalId, 'w1', (account) => ({
    ...account,
    subscriptions: [subscription],
  }));
  const features: string[] = [];
  for (const name of ['A', 'B', 'C']) features.push(await catalog.make('createFeature', { name, type: 'boolean' }));
  const ofPlan = features.map((id) => ({ plan_id: catalog.planId, feature_id: id, feature_type: 'boolean' }));
  const ofSubscription = (entityId: string = subscription.id) =>
    features.map((id) => ({
      entity_type: 'SUBSCRIPTION',
      entity_id: entityId,
      feature_id: id,
      feature_type: 'boolean',
    }));
  const bulk = (...items: readonly unknown[]) => call(catalog.routes.createEntitlementsBulk, { body: { items } });
  return { ...catalog, customer, subscription, features, ofPlan, ofSubscription, bulk };
};

describe('entitlements that are made together', () => {
  test('no entitlement in bulk is created if a subscription is unknown or has one already', async () => {
    const { routes, bulk, ofPlan, ofSubscription } = await open();
    const made = () => call(routes.listEntitlements).then(idsOf);
    expect(await bulk(ofPlan[0], ofSubscription('subs_none')[0])).toMatchObject({
      code: 'not_found',
      details: { 'items[1].entity_id': 'not found' },
    });
    expect(await bulk(ofPlan[0], { ...ofPlan[1], plan_id: 'plan_none' })).toMatchObject({
      code: 'not_found',
      details: { 'items[1].plan_id': 'not found' },
    });
    expect(await bulk(ofPlan[0], { ...ofPlan[1], feature_id: 'feat_none' })).toMatchObject({
      code: 'not_found',
      details: { 'items[1].feature_id': 'not found' },
    });
    expect(await made()).toEqual([]);
    const own = await call(routes.createEntitlement, { body: ofSubscription()[1] });
    expect(await bulk(ofPlan[0], ofSubscription()[1])).toMatchObject(clash);
    expect(await made()).toEqual([]);
    await call(routes.deleteEntitlement, { path: { id: idOf(own) } });
    expect(await bulk(ofPlan[0], ofSubscription()[1])).toMatchObject({ status: 201 });
    expect(await made()).toHaveLength(1);
  });

  test('no entitlement in bulk is created if one replaces an entitlement of another plan', async () => {
    const { routes, make, bulk, ofPlan, ofSubscription } = await open();
    const other = await make('createPlan', { name: 'Other' });
    const elsewhere = idOf(await call(routes.createEntitlement, { body: { ...ofPlan[1], plan_id: other } }));
    const own = { ...ofSubscription()[1], parent_entitlement_id: elsewhere };
    expect(await bulk(ofPlan[0], own)).toMatchObject({
      details: { 'items[1].parent_entitlement_id': 'must be an entitlement of the plan of the subscription' },
    });
    expect(idsOf(await call(routes.listEntitlements))).toEqual([elsewhere]);
  });

  test('the answer to interrupted entitlements in bulk names those that were created', async () => {
    let puts = Infinity;
    const table = createMemoryTable({
      intercept: ({ name, pk }, apply) => {
        if (name === 'put' && pk.endsWith('ENTITLEMENT')) puts -= 1;
        return puts < 0 ? Promise.reject(new DependencyError('transient', 'down')) : Promise.resolve().then(apply);
      },
    });
    const { routes, bulk, ofPlan } = await open(table);
    // Each is written twice: prepared, and published under its name.
    puts = 3;
    const answer = await bulk(...ofPlan);
    puts = Infinity;
    const made = idsOf(await call(routes.listEntitlements));
    expect(made).toHaveLength(1);
    expect(answer).toMatchObject({ code: 'service_unavailable', details: { created: made } });
    // What was only prepared holds no name.
    expect(await bulk(...ofPlan.slice(1))).toMatchObject({ status: 201 });
  });
});

test('granted features are shown for the requested feature ids', async () => {
  const { routes, bulk, ofPlan, subscription, customer, features } = await open();
  await bulk(...ofPlan);
  const query = { feature_ids: features.slice(1, 2) };
  const shown = [{ feature: { id: features[1] } }];
  for (const [route, path] of [
    [routes.getSubscriptionEntitlements, { id: subscription.id }],
    [routes.getCustomerEntitlements, { id: customer.id }],
    [routes.getCustomerEntitlementsByExternalId, { external_id: customer.externalId }],
  ] as const) {
    expect(await call(route, { path, query })).toMatchObject({ status: 200, body: { features: shown } });
    expect(await call(route, { path })).toMatchObject({ body: { features: [{}, {}, {}] } });
  }
});
