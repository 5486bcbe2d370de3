import { describe, expect, test } from '@jest/globals';
import { aCaller, call, idOf, idsOf } from '../../../support/drivers/api-request.ts';
import { aCustomer, aScope, aSubscription } from '../../../support/builders/builders.ts';
import { openWithPlan } from '../../../support/drivers/catalog-routes.ts';

const path = (id: string) => ({ path: { id } });
const nowText = '2025-10-15T11:38:47.962Z';

describe('changed prices', () => {
  test('names and texts of a price change in place', async () => {
    const { routes, makePrice, clock } = await openWithPlan();
    const id = await makePrice({ metadata: { a: '1' } });
    clock.now += 38;
    const body = { lookup_key: 'calls', display_name: 'Calls', description: 'All', metadata: { b: '2' } };
    const caller = aCaller({ keyId: 'secret_2' });
    expect(await call(routes.updatePrice, { ...path(id), caller, body })).toMatchObject({
      status: 200,
      body: { id, ...body, amount: '0.01', updated_at: '2025-10-15T11:38:48Z', updated_by: 'secret_2' },
    });
    const other = await makePrice();
    expect(await call(routes.updatePrice, { ...path(other), body: { lookup_key: 'calls' } })).toMatchObject({
      code: 'already_exists',
    });
  });

  test('new terms end the version of a price and start the next, which is the answer', async () => {
    const { routes, makePrice, clock, readCatalog } = await openWithPlan();
    const id = await makePrice({ lookup_key: 'calls' });
    clock.now += 1_000;
    const tiers = [{ up_to: null, unit_amount: '2' }];
    const answer = await call(routes.updatePrice, {
      ...path(id),
      body: {
        billing_model: 'TIERED',
        tier_mode: 'VOLUME',
        tiers,
        effective_from: '2025-11-01T00:00:00Z',
        display_name: 'Calls',
      },
    });
    const next = idOf(answer);
    expect(next).not.toBe(id);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        billing_model: 'TIERED',
        amount: '0',
        tiers,
        parent_price_id: id,
        lookup_key: 'calls',
        display_name: 'Calls',
        start_date: '2025-11-01T00:00:00Z',
        created_at: '2025-10-15T11:38:48.962Z',
      },
    });
    expect(await call(routes.getPrice, path(id))).toMatchObject({
      body: { amount: '0.01', display_name: 'API calls', end_date: '2025-11-01T00:00:00Z' },
    });
    expect(await call(routes.getPriceByLookupKey, { path: { lookup_key: 'calls' } })).toMatchObject({
      body: { id: next },
    });
    expect([...(await readCatalog(aScope)).prices.keys()]).toEqual([id, next]);

    expect(await call(routes.updatePrice, { ...path(id), body: { amount: '3' } })).toMatchObject({
      code: 'invalid_operation',
    });
    clock.now = Date.UTC(2026, 0);
    const third = await call(routes.updatePrice, { ...path(next), body: { billing_model: 'FLAT_FEE', amount: '3' } });
    expect(third).toMatchObject({ body: { amount: '3', parent_price_id: id, start_date: '2026-01-01T00:00:00Z' } });
    expect(third).not.toHaveProperty('body.tiers');
    expect(await call(routes.listPrices)).toMatchObject({ body: { items: [{ id: idOf(third) }] } });
    expect(idsOf(await call(routes.listPrices, { query: { allow_expired_prices: ['true'] } }))).toHaveLength(3);
    expect(idsOf(await call(routes.searchPrices, { body: { parent_price_id: id } }))).toEqual([idOf(third)]);
  });

  test('a price stays when a change states the terms that it has, and only its texts change', async () => {
    const { routes, makePrice } = await openWithPlan();
    const id = await makePrice({ start_date: '2025-01-01T00:00:00Z' });
    const again = { amount: '0.010', display_name: 'API calls', effective_from: '2025-06-01T00:00:00Z' };
    const answer = await call(routes.updatePrice, { ...path(id), body: again });
    expect(answer).toMatchObject({ status: 200, body: { id, display_name: 'API calls', amount: '0.01' } });
    expect(answer).not.toHaveProperty('body.end_date');
    const listed = await call(routes.listPrices, { query: { allow_expired_prices: ['true'] } });
    expect(listed).toMatchObject({ body: { items: [{ id, start_date: '2025-01-01T00:00:00Z' }] } });
    const early = { ...again, effective_from: '2024-06-01T00:00:00Z' };
    expect(await call(routes.updatePrice, { ...path(id), body: early })).toMatchObject({
      details: { effective_from: 'must not be before the start of the price' },
    });
  });

  test('a change of some terms is completed by the present terms', async () => {
    const { routes, makePrice } = await openWithPlan();
    const id = await makePrice({ billing_model: 'PACKAGE', transform_quantity: { divide_by: 10, round: 'down' } });
    expect(await call(routes.updatePrice, { ...path(id), body: { amount: '5' } })).toMatchObject({
      body: { billing_model: 'PACKAGE', amount: '5', transform_quantity: { divide_by: 10, round: 'down' } },
    });
    const flat = await makePrice();
    expect(await call(routes.updatePrice, { ...path(flat), body: { billing_model: 'TIERED' } })).toMatchObject({
      details: { tier_mode: 'required', tiers: 'required' },
    });
  });

  test.each<[object, object]>([
    [{ effective_from: '2026-01-01T00:00:00Z' }, { details: { effective_from: expect.any(String) } }],
    [{ amount: '1', effective_from: '2019-01-01T00:00:00Z' }, { details: { effective_from: expect.any(String) } }],
    [{ amount: '1', effective_from: '2031-01-01T00:00:00Z' }, { details: { effective_from: expect.any(String) } }],
    [{ amount: '-1' }, { details: { amount: 'must be 0 or more' } }],
    [{ tiers: [{ up_to: 5, unit_amount: '1' }] }, { details: { tiers: expect.any(String) } }],
    [{ price_unit_amount: '1' }, { details: { price_unit_amount: 'only for CUSTOM prices' } }],
    [{ group_id: 'group_1' }, { details: { group_id: 'is not supported' } }],
  ])('a change of a price to %j is refused', async (body, expected) => {
    const { routes, makePrice } = await openWithPlan();
    const id = await makePrice({ start_date: '2020-01-01T00:00:00Z', end_date: '2030-01-01T00:00:00Z' });
    expect(await call(routes.updatePrice, { ...path(id), body })).toMatchObject(expected);
  });

  test('a price ends now or at a date, and only once', async () => {
    const { routes, makePrice, clock } = await openWithPlan();
    const id = await makePrice({ start_date: '2025-10-15T11:00:00Z' });
    const end = (body?: unknown) => call(routes.deletePrice, { ...path(id), body });
    expect(await end({ end_date: '2025-10-15T00:00:00Z' })).toMatchObject({
      details: { end_date: expect.any(String) },
    });
    expect(await end({ end_date: '2026-01-01T00:00:00Z' })).toEqual({
      status: 200,
      body: { message: 'price deleted successfully' },
    });
    expect(await end()).toMatchObject({ status: 200 });
    expect(await call(routes.getPrice, path(id))).toMatchObject({ body: { end_date: nowText } });
    clock.now += 1;
    expect(await end()).toEqual({ code: 'invalid_operation', message: 'The price has ended', details: {} });
    expect(await call(routes.updatePrice, { ...path(id), body: { description: 'x' } })).toMatchObject({
      code: 'invalid_operation',
    });
  });

  test('an unknown price is 404', async () => {
    const { routes } = await openWithPlan();
    for (const handler of [routes.getPrice, routes.updatePrice, routes.deletePrice]) {
      expect(await call(handler, { ...path('price_none'), body: {} })).toMatchObject({ code: 'not_found' });
    }
    expect(await call(routes.getPriceByLookupKey, { path: { lookup_key: '' } })).toMatchObject({ code: 'not_found' });
  });
});

describe('prices of one subscription', () => {
  const openWithSubscription = async () => {
    const catalog = await openWithPlan();
    await catalog.pointers.record(aScope, ['cust_1', 'subs_1'], 'acme');
    await catalog.accounts.create(aScope, aCustomer());
    await catalog.accounts.change(aScope, 'acme', 'w', (account) => ({ ...account, subscriptions: [aSubscription()] }));
    return catalog;
  };

  test('prices of a subscription are on its account, are found and changed by id, and do not raise the catalog version', async () => {
    const { routes, makePrice, readCatalog, accounts } = await openWithSubscription();
    const { version } = await readCatalog(aScope);
    const id = await makePrice({ entity_type: 'SUBSCRIPTION', entity_id: 'subs_1' });
    expect(await call(routes.getPrice, path(id))).toMatchObject({ body: { entity_id: 'subs_1' } });
    const next = idOf(await call(routes.updatePrice, { ...path(id), body: { amount: '9' } }));
    expect(await call(routes.getPrice, path(next))).toMatchObject({ body: { amount: '9', parent_price_id: id } });
    const [subscription] = (await accounts.read(aScope, 'acme'))?.subscriptions ?? [];
    expect(subscription?.prices.map(({ versions }) => versions.map((price) => price.id))).toEqual([[id, next]]);
    await call(routes.deletePrice, { ...path(next), body: { end_date: '2030-01-01T00:00:00Z' } });
    expect(await call(routes.getPrice, path(next))).toMatchObject({ body: { end_date: '2030-01-01T00:00:00Z' } });
    expect((await readCatalog(aScope)).version).toBe(version);
  });
});
