// Subscriptions over their routes: shown as they are at the time asked, listed, cancelled, activated.
import { describe, expect, test } from '@jest/globals';
import { aCaller, call, idOf, idsOf } from '../../../support/drivers/api-request.ts';
import { fixedPrice, openShop } from '../../../support/drivers/subscribed.ts';

const day = 86_400_000;

const subscribed = async (fields: object = {}) => {
  const shop = await openShop();
  const id = idOf(await shop.subscribe(fields));
  const get = () => call(shop.routes.getSubscription, { path: { id } });
  const cancel = (body: object) => call(shop.routes.cancelSubscription, { path: { id }, body });
  return { ...shop, id, get, cancel };
};

describe('a subscription', () => {
  test('a subscription is shown with plan, customer, prices and meters', async () => {
    const { get, id, plan, customer, usage, meter } = await subscribed();
    expect(await get()).toMatchObject({
      status: 200,
      body: {
        id,
        plan: { id: plan, name: 'Basic' },
        customer: { id: customer, external_id: 'acme' },
        line_items: [{ price: { id: usage, display_amount: '$0.01' }, meter: { id: meter } }],
        history: [],
      },
    });
  });

  test('a subscription moves from period to period by itself', async () => {
    const { get, clock } = await subscribed({ trial_period_days: 7 });
    const periods = [
      [0, 'trialing', '2026-01-15T10:00:00Z', '2026-01-22T10:00:00Z'],
      [7, 'active', '2026-01-22T10:00:00Z', '2026-02-22T10:00:00Z'],
      [100, 'active', '2026-04-22T10:00:00Z', '2026-05-22T10:00:00Z'],
    ] as const;
    const start = clock.now;
    for (const [days, status, from, to] of periods) {
      clock.now = start + days * day;
      const shown = { subscription_status: status, current_period_start: from, current_period_end: to };
      expect(await get()).toMatchObject({ body: shown });
    }
  });

  test('a subscription is 404 in another scope, and once its customer is deleted', async () => {
    const { get, cancel, routes, id, customer, clock } = await subscribed();
    const unknown = { code: 'not_found', message: 'Subscription not found' };
    expect(await call(routes.getSubscription, { path: { id: 'subs_x' } })).toMatchObject(unknown);
    const caller = aCaller({ scope: { tenantId: 'other', environmentId: 'default' } });
    expect(await call(routes.getSubscription, { path: { id }, caller })).toMatchObject(unknown);
    expect(await call(routes.getSubscription, { path: { id: customer } })).toMatchObject(unknown);
    clock.now += 1;
    await cancel({ cancellation_type: 'immediate' });
    await call(routes.deleteCustomer, { path: { id: customer } });
    expect(await get()).toMatchObject(unknown);
  });
});

describe('cancelling', () => {
  test('an immediate cancellation is answered and shown', async () => {
    const { cancel, get, clock, id } = await subscribed();
    clock.now += day;
    const answer = await cancel({ cancellation_type: 'immediate', reason: 'moved away' });
    expect(answer).toEqual({
      status: 200,
      body: {
        subscription_id: id,
        cancellation_type: 'immediate',
        effective_date: '2026-01-16T10:00:00Z',
        status: 'cancelled',
        reason: 'moved away',
        proration_details: [],
        total_credit_amount: '0',
        message: 'Subscription cancelled successfully',
        processed_at: '2026-01-16T10:00:00Z',
      },
    });
    expect(await get()).toMatchObject({
      body: {
        subscription_status: 'cancelled',
        end_date: '2026-01-16T10:00:00Z',
        cancel_at: '2026-01-16T10:00:00Z',
        cancelled_at: '2026-01-16T10:00:00Z',
        cancel_at_period_end: false,
        current_period_end: '2026-01-16T10:00:00Z',
        metadata: { cancellation_type: 'immediate', cancellation_reason: 'moved away' },
        line_items: [{ end_date: '2026-01-16T10:00:00Z' }],
        history: [
          {
            time: '2026-01-16T10:00:00Z',
            key: 'secret_1',
            field: 'subscription_status',
            old: 'active',
            new: 'cancelled',
          },
          { field: 'end_date', old: null, new: '2026-01-16T10:00:00Z' },
          { field: 'cancel_at', old: null, new: '2026-01-16T10:00:00Z' },
          { field: expect.stringMatching(/^line_items\.subs_line_.*\.end_date$/), old: null },
        ],
      },
    });
    expect(await cancel({ cancellation_type: 'immediate' })).toMatchObject({
      code: 'invalid_operation',
      message: 'The subscription is already cancelled',
    });
  });

  test('a subscription that is cancelled at the end of the period is active until then', async () => {
    const { cancel, get, clock } = await subscribed();
    expect(await cancel({ cancellation_type: 'end_of_period' })).toMatchObject({
      body: { effective_date: '2026-02-15T10:00:00Z', status: 'active' },
    });
    expect(await get()).toMatchObject({
      body: { subscription_status: 'active', cancel_at_period_end: true, cancelled_at: '2026-01-15T10:00:00Z' },
    });
    expect(await cancel({ cancellation_type: 'end_of_period' })).toMatchObject({ code: 'invalid_operation' });
    clock.now += 31 * day;
    expect(await get()).toMatchObject({
      body: { subscription_status: 'cancelled', current_period_end: '2026-02-15T10:00:00Z' },
    });
  });

  test('a subscription that is cancelled on a date has a current period that ends there', async () => {
    const { cancel, get } = await subscribed();
    const request = {
      cancellation_type: 'scheduled_date',
      cancel_at: '2026-01-20T00:00:00+01:00',
      cancel_immediately_inovice_policy: 'skip',
    };
    expect(await cancel(request)).toMatchObject({ body: { effective_date: '2026-01-19T23:00:00Z', status: 'active' } });
    expect(await get()).toMatchObject({
      body: { current_period_end: '2026-01-19T23:00:00Z', end_date: '2026-01-19T23:00:00Z' },
    });
  });

  test.each([
    [{}, { cancellation_type: 'required' }],
    [{ cancellation_type: 'scheduled_date' }, { cancel_at: 'required' }],
    [{ cancellation_type: 'immediate', cancel_at: '2026-02-01T00:00:00Z' }, { cancel_at: 'must not be in the future' }],
    [
      { cancellation_type: 'immediate', cancel_at: '2026-01-15T10:00:00Z' },
      { cancel_at: 'must be after the start of the current period' },
    ],
    [
      { cancellation_type: 'immediate', cancel_immediately_inovice_policy: 'generate_invoice' },
      { cancel_immediately_inovice_policy: 'must be one of skip' },
    ],
  ])('a cancellation with %j is refused', async (request, details) => {
    const { cancel, clock } = await subscribed();
    clock.now += day;
    expect(await cancel(request)).toMatchObject({ code: 'validation_error', details });
  });
});

describe('a draft', () => {
  test('a draft starts when it is activated, with its items and its trial', async () => {
    const { routes, subscribe, createPrice, get, cancel, clock, id } = await subscribed({
      subscription_status: 'draft',
      trial_period_days: 7,
    });
    expect(await cancel({ cancellation_type: 'immediate' })).toMatchObject({ code: 'invalid_operation' });
    expect(await get()).toMatchObject({ body: { subscription_status: 'draft' } });
    const activate = (body: object) => call(routes.activateSubscription, { path: { id }, body });
    expect(await activate({})).toMatchObject({ details: { start_date: 'required' } });
    clock.now += 10 * day;
    expect(await activate({ start_date: '2026-01-20T00:00:00Z' })).toMatchObject({
      status: 200,
      body: {
        subscription_status: 'trialing',
        start_date: '2026-01-20T00:00:00Z',
        billing_anchor: '2026-01-20T00:00:00Z',
        trial_end: '2026-01-27T00:00:00Z',
        line_items: [{ start_date: '2026-01-20T00:00:00Z', end_date: '0001-01-01T00:00:00Z' }],
      },
    });
    expect(await activate({ start_date: '2026-01-21T00:00:00Z' })).toMatchObject({ code: 'invalid_operation' });

    await createPrice({ ...fixedPrice, billing_period: 'ONETIME' });
    await createPrice({ ...fixedPrice, start_date: '2026-02-01T00:00:00Z' });
    const other = idOf(await subscribe({ subscription_status: 'draft', end_date: '2026-03-01T00:00:00Z' }));
    const start = (date: string) =>
      call(routes.activateSubscription, { path: { id: other }, body: { start_date: date } });
    expect(await start('2026-03-01T00:00:00Z')).toMatchObject({
      details: { start_date: 'must be before the end of the subscription' },
    });
    expect(await start('2026-01-05T00:00:00Z')).toMatchObject({
      body: {
        line_items: [
          { start_date: '2026-01-05T00:00:00Z', end_date: '2026-03-01T00:00:00Z' },
          { start_date: '2026-01-05T00:00:00Z', end_date: '2026-01-05T00:00:01Z' },
          { start_date: '2026-02-01T00:00:00Z', end_date: '2026-03-01T00:00:00Z' },
        ],
      },
    });
  });
});

describe('lists', () => {
  test('lists of subscriptions show active ones by default, newest first, without line items', async () => {
    const { routes, subscribe, cancel, clock, id, customer, plan } = await subscribed();
    await call(routes.createCustomer, { body: { external_id: 'globex', name: 'Globex' } });
    clock.now += day;
    const globex = idOf(await subscribe({ external_customer_id: 'globex' }));
    clock.now += day;
    const trialing = idOf(await subscribe({ trial_period_days: 7 }));
    const list = (query: Record<string, readonly string[]>) => call(routes.listSubscriptions, { query });
    const ids = async (query: Record<string, readonly string[]>) => idsOf(await list(query));
    expect(await ids({})).toEqual([globex, id]);
    expect(await list({ limit: ['1'] })).toMatchObject({ body: { pagination: { total: 2, limit: 1, offset: 1 } } });
    expect(await ids({ subscription_status: ['trialing', 'active'] })).toEqual([trialing, globex, id]);
    expect(await ids({ customer_id: [customer] })).toEqual([id]);
    expect(await ids({ external_customer_id: ['globex'] })).toEqual([globex]);
    expect(await ids({ plan_id: [plan] })).toEqual([globex, id]);
    expect(await ids({ plan_id: ['plan_x'] })).toEqual([]);
    expect(await ids({ subscription_ids: [globex, trialing] })).toEqual([globex]);
    expect(await ids({ billing_period: ['ANNUAL', 'MONTHLY'], billing_cadence: ['RECURRING'] })).toEqual([globex, id]);
    expect(await ids({ billing_period: ['ANNUAL'] })).toEqual([]);
    expect(await ids({ active_at: ['2026-01-16T00:00:00Z'] })).toEqual([id]);
    expect(await ids({ active_at: ['2026-01-15T09:59:59Z'] })).toEqual([]);
    expect(await ids({ parent_subscription_ids: [id] })).toEqual([]);
    await cancel({ cancellation_type: 'immediate' });
    expect(await ids({})).toEqual([globex]);
    expect(await ids({ subscription_status: ['cancelled'] })).toEqual([id]);
    const search = { filters: [{ field: 'start_date', operator: 'after', value: { date: '2026-01-16T00:00:00Z' } }] };
    expect(idsOf(await call(routes.searchSubscriptions, { body: search }))).toEqual([globex]);
  });

  test('lists of subscriptions expand the requested parts', async () => {
    const { routes, usage } = await subscribed();
    const items = async (query: Record<string, readonly string[]>) => call(routes.listSubscriptions, { query });
    expect(await items({})).not.toHaveProperty('body.items.0.line_items');
    for (const query of [{ expand: ['subscription_line_items'] }, { with_line_items: ['true'] }]) {
      expect(await items(query)).toHaveProperty('body.items.0.line_items.0.price_id', usage);
      expect(await items(query)).not.toHaveProperty('body.items.0.line_items.0.price');
    }
    expect(await items({ expand: ['prices,plan,customer'] })).toMatchObject({
      body: {
        items: [{ line_items: [{ price: { id: usage } }], plan: { name: 'Basic' }, customer: { name: 'Acme' } }],
      },
    });
  });
});
