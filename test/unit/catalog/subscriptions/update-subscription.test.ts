// PUT of a subscription, its second representation, and the subscriptions of a customer.
import { describe, expect, test } from '@jest/globals';
import { call, idOf, idsOf } from '../../../support/drivers/api-request.ts';
import { openShop } from '../../../support/drivers/subscribed.ts';

const day = 86_400_000;

const subscribed = async (fields: object = {}) => {
  const shop = await openShop();
  const id = idOf(await shop.subscribe(fields));
  const put = (body: object) => call(shop.routes.updateSubscription, { path: { id }, body });
  const v2 = (expand?: string) =>
    call(shop.routes.getSubscriptionV2, { path: { id }, query: expand === undefined ? {} : { expand: [expand] } });
  return { ...shop, id, put, v2 };
};

describe('PUT of a subscription', () => {
  test('PUT of a subscription moves its end and that of its line items, and records it in the history', async () => {
    const { put, clock, plan, customer } = await subscribed();
    clock.now += day;
    expect(await put({ cancel_at: '2026-03-01T00:00:00Z', cancel_at_period_end: true })).toMatchObject({
      status: 200,
      body: {
        subscription_status: 'active',
        cancel_at: '2026-03-01T00:00:00Z',
        end_date: '2026-03-01T00:00:00Z',
        cancel_at_period_end: true,
        line_items: [{ end_date: '2026-03-01T00:00:00Z' }],
        plan: { id: plan },
        customer: { id: customer },
        history: [
          { time: '2026-01-16T10:00:00Z', key: 'secret_1', field: 'end_date', old: null, new: '2026-03-01T00:00:00Z' },
          { field: 'cancel_at' },
          { field: 'cancel_at_period_end', old: false, new: true },
          { field: expect.stringMatching(/end_date$/), old: null, new: '2026-03-01T00:00:00Z' },
        ],
      },
    });
    const back = await put({ cancel_at: null });
    expect(back).toMatchObject({
      body: { cancel_at: null, cancel_at_period_end: false, line_items: [{ end_date: '0001-01-01T00:00:00Z' }] },
    });
    expect(back).not.toHaveProperty('body.end_date');
  });

  test('PUT of an end that was set at creation moves the line items too', async () => {
    const { put } = await subscribed({ end_date: '2026-06-01T00:00:00Z' });
    expect(await put({ cancel_at: '2026-08-01T00:00:00Z' })).toMatchObject({
      body: { line_items: [{ end_date: '2026-08-01T00:00:00Z' }] },
    });
  });

  test('a line item that was added or ended meanwhile moves with its subscription', async () => {
    const { put, routes, id, createPrice, meter } = await subscribed();
    await put({ cancel_at: '2026-03-01T00:00:00Z' });
    const price = await createPrice({ meter_id: meter });
    const added = await call(routes.addLineItem, { path: { id }, body: { price_id: price } });
    expect(added).toMatchObject({ body: { end_date: '2026-03-01T00:00:00Z' } });
    const ending = { path: { id: idOf(added) }, body: { effective_from: '2026-02-20T00:00:00Z' } };
    await call(routes.deleteLineItem, ending);
    expect(await put({ cancel_at: null })).toMatchObject({
      body: { line_items: [{ end_date: '0001-01-01T00:00:00Z' }, { end_date: '2026-02-20T00:00:00Z' }] },
    });
  });

  test('PUT of a subscription refuses contradictions', async () => {
    const { put, routes } = await subscribed();
    expect(await put({ status: 'paused' })).toMatchObject({ details: { status: expect.anything() } });
    expect(await put({ parent_subscription_id: 'subs_1' })).toMatchObject({
      code: 'validation_error',
      details: { parent_subscription_id: 'is not supported' },
    });
    expect(await put({ cancel_at: '2020-01-01T00:00:00Z' })).toMatchObject({
      details: { cancel_at: expect.anything() },
    });
    expect(await put({ status: 'cancelled' })).toMatchObject({ body: { subscription_status: 'cancelled' } });
    expect(await put({ status: 'active' })).toMatchObject({ code: 'invalid_operation' });
    expect(await put({ status: 'active', cancel_at: '0001-01-01T00:00:00Z' })).toMatchObject({
      body: { subscription_status: 'active', cancel_at: null },
    });
    expect(await call(routes.updateSubscription, { path: { id: 'subs_x' }, body: {} })).toMatchObject({
      code: 'not_found',
    });
  });
});

describe('PUT of a draft', () => {
  test('PUT may end a draft, which must start before that', async () => {
    const { put, routes, id } = await subscribed({ subscription_status: 'draft' });
    expect(await put({ cancel_at_period_end: true })).toMatchObject({
      body: { subscription_status: 'draft', cancel_at: '2026-02-15T10:00:00Z' },
    });
    const activate = (start: string) =>
      call(routes.activateSubscription, { path: { id }, body: { start_date: start } });
    expect(await activate('2026-02-15T10:00:00Z')).toMatchObject({ details: { start_date: expect.anything() } });
    expect(await activate('2026-02-01T00:00:00Z')).toMatchObject({
      body: { subscription_status: 'active', line_items: [{ end_date: '2026-02-15T10:00:00Z' }] },
    });
  });
});

describe('the second representation', () => {
  test('the second representation of a subscription has the requested parts', async () => {
    const { v2, id, plan, customer, usage } = await subscribed();
    const plain = await v2();
    expect(plain).toMatchObject({ status: 200, body: { id } });
    for (const name of ['plan', 'customer', 'line_items']) expect(plain).not.toHaveProperty(`body.${name}`);
    const items = await v2('subscription_line_items,plan');
    expect(items).toMatchObject({ body: { line_items: [{ price_id: usage }], plan: { id: plan } } });
    expect(items).not.toHaveProperty('body.line_items.0.price');
    expect(await v2('prices, customer')).toMatchObject({
      body: { line_items: [{ price: { id: usage } }], customer: { id: customer } },
    });
  });
});

describe('the subscriptions of a customer', () => {
  test('the subscriptions of a customer are listed by its external id', async () => {
    const { routes, id, subscribe } = await subscribed();
    await call(routes.createCustomer, { body: { external_id: 'other', name: 'Other' } });
    await subscribe({ external_customer_id: 'other' });
    const draft = idOf(await subscribe({ subscription_status: 'draft' }));
    const list = (externalId: string, query: Readonly<Record<string, string[]>> = {}) =>
      call(routes.listSubscriptionsOfCustomer, { path: { external_id: externalId }, query });
    expect(idsOf(await list('acme'))).toEqual([id]);
    expect(idsOf(await list('acme', { subscription_status: ['draft'] }))).toEqual([draft]);
    expect(await list('nobody')).toMatchObject({ code: 'not_found', message: 'Customer not found' });
  });
});

describe('a search of line items', () => {
  test('a search of line items covers all subscriptions', async () => {
    const { routes, id, subscribe, usage, customer, plan, meter, createPrice } = await subscribed();
    const fixed = await createPrice({ type: 'FIXED', amount: '20', invoice_cadence: 'ADVANCE' });
    await call(routes.createCustomer, { body: { external_id: 'other', name: 'Other' } });
    await subscribe({ external_customer_id: 'other' });
    const search = (body: object) => call(routes.searchLineItems, { body });
    expect(idsOf(await search({}))).toHaveLength(3);
    expect(await search({ subscription_ids: [id], expand: 'prices' })).toMatchObject({
      body: {
        items: [{ subscription_id: id, customer_id: customer, price: { id: usage }, meter: { id: meter } }],
        pagination: { total: 1, limit: 50, offset: 50 },
      },
    });
    expect(idsOf(await search({ price_ids: [fixed] }))).toHaveLength(1);
    expect(idsOf(await search({ meter_ids: [meter], plan_ids: [plan], currencies: ['usd'] }))).toHaveLength(2);
    expect(idsOf(await search({ billing_periods: ['ANNUAL'] }))).toEqual([]);
    expect(idsOf(await search({ customer_ids: [customer], limit: 1 }))).toHaveLength(1);
  });
});
