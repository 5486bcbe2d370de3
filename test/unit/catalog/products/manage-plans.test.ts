import { describe, expect, test } from '@jest/globals';
import { call, idsOf } from '../../../support/drivers/api-request.ts';
import { aMeterRequest, aPriceRequest, openCatalogRoutes } from '../../../support/drivers/catalog-routes.ts';

const path = (id: string) => ({ path: { id } });

describe('plans', () => {
  test('plans are created, and shown with prices and entitlements', async () => {
    const { routes, make, clock } = openCatalogRoutes();
    const created = await call(routes.createPlan, {
      body: { name: 'Pro', lookup_key: 'pro', description: 'For teams', display_order: 2, metadata: { a: 'b' } },
    });
    const shown = {
      id: 'plan_01K70000000000000000000001',
      name: 'Pro',
      lookup_key: 'pro',
      description: 'For teams',
      metadata: { a: 'b' },
      display_order: 2,
      tenant_id: 'default',
      environment_id: 'default',
      status: 'published',
      created_at: '2025-10-15T11:38:47.962Z',
      updated_at: '2025-10-15T11:38:47.962Z',
      created_by: 'secret_1',
      updated_by: 'secret_1',
    };
    expect(created).toEqual({ status: 201, body: shown });
    const meterId = await make('createMeter', aMeterRequest());
    const priceId = await make('createPrice', aPriceRequest({ entity_id: shown.id, meter_id: meterId }));
    await call(routes.deletePrice, path(priceId));
    clock.now += 1;
    const price = { id: priceId, meter: { id: meterId }, end_date: '2025-10-15T11:38:47.962Z' };
    const expanded = { ...shown, prices: [price], entitlements: [], credit_grants: [] };
    expect(await call(routes.getPlan, path(shown.id))).toMatchObject({ status: 200, body: expanded });
    expect(await call(routes.listPlans)).toEqual({
      status: 200,
      body: { items: [shown], pagination: { total: 1, limit: 50, offset: 50 } },
    });
    expect(await call(routes.searchPlans, { body: { expand: 'prices' } })).toMatchObject({
      body: { items: [expanded] },
    });
  });

  test('plans may share a name but not a lookup key', async () => {
    const { routes, make } = openCatalogRoutes();
    await make('createPlan', { name: 'Pro', lookup_key: 'pro' });
    await make('createPlan', { name: 'Pro' });
    expect(await call(routes.createPlan, { body: { name: 'Other', lookup_key: 'pro' } })).toEqual({
      code: 'already_exists',
      message: 'Plan with this name already exists',
      details: {},
    });
  });

  test('a plan gets another lookup key, and the old key is free then', async () => {
    const { routes, make } = openCatalogRoutes();
    const id = await make('createPlan', { name: 'Pro', lookup_key: 'pro' });
    const renamed = await call(routes.updatePlan, { ...path(id), body: { lookup_key: 'pro_2025', name: 'Pro 2025' } });
    expect(renamed).toMatchObject({ status: 200, body: { lookup_key: 'pro_2025', name: 'Pro 2025' } });
    const other = await make('createPlan', { name: 'Pro', lookup_key: 'pro' });
    expect(await call(routes.updatePlan, { ...path(other), body: { lookup_key: 'pro_2025' } })).toMatchObject({
      code: 'already_exists',
    });
    expect(idsOf(await call(routes.listPlans, { query: { lookup_key: ['pro'] } }))).toEqual([other]);
  });

  test('plans are archived and published again', async () => {
    const { routes, make } = openCatalogRoutes();
    const id = await make('createPlan', { name: 'Pro' });
    expect(await call(routes.deletePlan, path(id))).toEqual({
      status: 200,
      body: { message: 'plan deleted successfully' },
    });
    expect(idsOf(await call(routes.listPlans))).toEqual([]);
    expect(await call(routes.getPlan, path(id))).toMatchObject({ body: { status: 'archived' } });
    await call(routes.updatePlan, { ...path(id), body: { status: 'published' } });
    expect(idsOf(await call(routes.listPlans))).toEqual([id]);
  });

  test.each<[string, object]>([
    ['name', {}],
    ['lookup_key', { name: 'Pro', lookup_key: 7 }],
    ['display_order', { name: 'Pro', display_order: 1.5 }],
    ['metadata', { name: 'Pro', metadata: ['a'] }],
  ])('a plan without a valid %s is refused: %j', async (field, body) => {
    const { routes } = openCatalogRoutes();
    expect(await call(routes.createPlan, { body })).toHaveProperty('details', { [field]: expect.any(String) });
  });

  test('an unknown plan is 404', async () => {
    const { routes } = openCatalogRoutes();
    for (const handler of [routes.getPlan, routes.deletePlan, routes.updatePlan]) {
      expect(await call(handler, { ...path('plan_none'), body: {} })).toMatchObject({ code: 'not_found' });
    }
  });
});
