// Creating subscriptions: what they bill, from when, and which requests are refused.
import { describe, expect, test } from '@jest/globals';
import { call, idOf } from '../../../support/drivers/api-request.ts';
import { aScope } from '../../../support/builders/builders.ts';
import { aPriceRequest } from '../../../support/drivers/catalog-routes.ts';
import { fixedPrice, openShop } from '../../../support/drivers/subscribed.ts';

const refused = (details: object) => ({
  code: 'validation_error',
  message: 'Request validation failed',
  details,
});

describe('creating a subscription', () => {
  test('a new subscription is answered with its line items, its first period and no plan or customer', async () => {
    const { subscribe, customer, plan, usage, meter } = await openShop();
    const answer = await subscribe({ metadata: { team: 'a' }, payment_terms: '30 NET', lookup_key: 'acme-basic' });
    const id = idOf(answer);
    const entity = {
      tenant_id: 'default',
      environment_id: 'default',
      status: 'published',
      created_at: '2026-01-15T10:00:00Z',
      updated_at: '2026-01-15T10:00:00Z',
      created_by: 'secret_1',
      updated_by: 'secret_1',
    };
    expect(answer).toEqual({
      status: 201,
      body: {
        id,
        lookup_key: 'acme-basic',
        customer_id: customer,
        external_customer_id: 'acme',
        plan_id: plan,
        subscription_status: 'active',
        currency: 'usd',
        billing_anchor: '2026-01-15T10:00:00Z',
        billing_cycle: 'anniversary',
        start_date: '2026-01-15T10:00:00Z',
        current_period_start: '2026-01-15T10:00:00Z',
        current_period_end: '2026-02-15T10:00:00Z',
        cancel_at: null,
        cancel_at_period_end: false,
        trial_start: null,
        trial_end: null,
        billing_cadence: 'RECURRING',
        billing_period: 'MONTHLY',
        billing_period_count: 1,
        version: 2,
        metadata: { team: 'a' },
        pause_status: 'none',
        payment_behavior: 'default_active',
        collection_method: 'charge_automatically',
        timezone: 'UTC',
        customer_timezone: 'UTC',
        proration_behavior: 'none',
        enable_true_up: false,
        payment_terms: '30 NET',
        subscription_type: 'standalone',
        ...entity,
        line_items: [
          {
            id: expect.stringMatching(/^subs_line_/),
            subscription_id: id,
            customer_id: customer,
            entity_id: plan,
            entity_type: 'plan',
            plan_display_name: 'Basic',
            price_id: usage,
            price_type: 'USAGE',
            meter_id: meter,
            meter_display_name: 'Calls',
            price_unit_id: null,
            price_unit: null,
            display_name: 'Calls',
            quantity: '0',
            currency: 'usd',
            billing_period: 'MONTHLY',
            billing_period_count: 1,
            invoice_cadence: 'ARREAR',
            start_date: '2026-01-15T10:00:00Z',
            end_date: '0001-01-01T00:00:00Z',
            metadata: {},
            commitment_true_up_enabled: false,
            commitment_windowed: false,
            ...entity,
          },
        ],
        plan: null,
        customer: null,
      },
    });
  });

  test('line items of a back-dated subscription start with it, or with their prices', async () => {
    const { subscribe, createPrice } = await openShop();
    await createPrice({ ...fixedPrice, start_date: '2025-12-24T00:00:00Z' });
    await createPrice({ ...fixedPrice, billing_period: 'ONETIME' });
    const answer = await subscribe({ start_date: '2025-11-30T12:00:00.1234Z', end_date: '2026-11-30T00:00:00Z' });
    expect(answer).toMatchObject({
      body: {
        start_date: '2025-11-30T12:00:00.123Z',
        end_date: '2026-11-30T00:00:00Z',
        current_period_start: '2025-12-30T12:00:00Z',
        current_period_end: '2026-01-30T12:00:00Z',
        line_items: [
          { start_date: '2025-11-30T12:00:00.123Z', end_date: '2026-11-30T00:00:00Z', quantity: '0' },
          { start_date: '2025-12-24T00:00:00Z', end_date: '2026-11-30T00:00:00Z', quantity: '1' },
          { start_date: '2025-11-30T12:00:00.123Z', end_date: '2025-11-30T12:00:01.123Z', quantity: '1' },
        ],
      },
    });
  });

  test('the calendar and the time zone of the customer determine the anchor of a subscription', async () => {
    const { subscribe, routes, customer } = await openShop();
    await call(routes.updateCustomer, { path: { id: customer }, body: { timezone: 'America/New_York' } });
    expect(await subscribe({ billing_cycle: 'calendar', timezone: 'Asia/Tokyo' })).toMatchObject({
      body: {
        timezone: 'America/New_York',
        customer_timezone: 'America/New_York',
        billing_anchor: '2026-02-01T05:00:00Z',
        current_period_end: '2026-02-01T05:00:00Z',
      },
    });
    expect(await subscribe({ billing_anchor: '2026-01-20T00:00:00Z' })).toMatchObject({
      body: { billing_anchor: '2026-01-20T00:00:00Z', current_period_end: '2026-01-20T00:00:00Z' },
    });
  });

  test.each([
    [{ trial_period_days: 7 }, {}, ['trialing', '2026-01-22T10:00:00Z', '2026-01-22T10:00:00Z']],
    [{}, { trial_period_days: 14 }, ['trialing', '2026-01-29T10:00:00Z', '2026-01-29T10:00:00Z']],
    [{ trial_period_days: 0 }, { trial_period_days: 14 }, ['active', null, '2026-02-15T10:00:00Z']],
    [{ subscription_status: 'active' }, { trial_period_days: 14 }, ['active', null, '2026-02-15T10:00:00Z']],
    [{ subscription_status: 'draft' }, {}, ['draft', null, '2026-02-15T10:00:00Z']],
  ])('a subscription with %j and a price with %j is %j', async (asked, price, [status, trialEnd, periodEnd]) => {
    const { subscribe, createPrice } = await openShop();
    await createPrice({ ...fixedPrice, ...price });
    expect(await subscribe(asked)).toMatchObject({
      body: { subscription_status: status, trial_end: trialEnd, current_period_end: periodEnd },
    });
  });

  test('a subscription must name its trial if its prices have different ones', async () => {
    const { subscribe, createPrice } = await openShop();
    await createPrice({ ...fixedPrice, trial_period_days: 7 });
    await createPrice({ ...fixedPrice, trial_period_days: 14 });
    expect(await subscribe()).toMatchObject(
      refused({ trial_period_days: 'required: the prices of the plan have different trials' }),
    );
    expect(await subscribe({ trial_period_days: 3 })).toMatchObject({ status: 201 });
  });

  test('an override of the terms creates a price of the subscription; one of the quantity does not', async () => {
    const { subscribe, createPrice, usage, routes } = await openShop();
    const seats = await createPrice({ ...fixedPrice, min_quantity: 5 });
    const tiers = [
      { up_to: 100, unit_amount: '0' },
      { up_to: null, unit_amount: '0.02' },
    ];
    const answer = await subscribe({
      override_line_items: [
        { price_id: usage, billing_model: 'TIERED', tier_mode: 'SLAB', tiers },
        { price_id: seats, quantity: 7 },
      ],
    });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        line_items: [
          { entity_type: 'subscription', entity_id: idOf(answer), display_name: 'Calls' },
          { entity_type: 'plan', price_id: seats, quantity: '7' },
        ],
      },
    });
    expect(await call(routes.getSubscription, { path: { id: idOf(answer) } })).toMatchObject({
      body: {
        line_items: [
          {
            price: {
              billing_model: 'TIERED',
              tier_mode: 'SLAB',
              tiers,
              amount: '0',
              entity_type: 'SUBSCRIPTION',
              entity_id: idOf(answer),
              parent_price_id: usage,
              start_date: '2025-01-01T00:00:00Z',
            },
            meter: { name: 'Calls' },
          },
          { price: { id: seats, min_quantity: '5' } },
        ],
      },
    });
  });

  test('a subscription may be created with more line items, by price or with a price of their own', async () => {
    const { subscribe, createPrice, meter } = await openShop();
    const annual = await createPrice({ ...fixedPrice, billing_period: 'ANNUAL' });
    const own = { ...aPriceRequest({ meter_id: meter, amount: 0.5 }), currency: undefined, entity_type: undefined };
    const answer = await subscribe({
      start_date: '2026-01-01T00:00:00Z',
      line_items: [{ price_id: annual, display_name: 'Support' }, { price: own }],
    });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        line_items: [
          {},
          { price_id: annual, display_name: 'Support', start_date: '2026-01-01T00:00:00Z' },
          { entity_type: 'subscription', display_name: 'Calls', start_date: '2026-01-01T00:00:00Z' },
        ],
      },
    });
  });

  test('fields of the upstream without effect are accepted in a subscription', async () => {
    const { subscribe } = await openShop();
    const nothing = { coupons: [], phases: null, enable_true_up: false, commitment_amount: 0, overage_factor: '1' };
    expect(await subscribe(nothing)).toMatchObject({ status: 201 });
  });

  test('a subscription of an unknown customer or plan is 404; an archived plan takes no new subscription', async () => {
    const { subscribe, routes, plan, customer } = await openShop();
    expect(await subscribe({ customer_id: 'cust_x' })).toMatchObject({
      code: 'not_found',
      message: 'Customer not found',
    });
    expect(await subscribe({ external_customer_id: 'ACME' })).toMatchObject({ code: 'not_found' });
    expect(await subscribe({ plan_id: 'plan_x' })).toMatchObject({ code: 'not_found', message: 'Plan not found' });
    expect(await subscribe({ customer_id: customer, external_customer_id: 'ACME' })).toMatchObject({ status: 201 });
    await call(routes.deletePlan, { path: { id: plan } });
    expect(await subscribe()).toMatchObject(refused({ plan_id: 'must be a published plan' }));
  });

  test('a lookup key has one subscription', async () => {
    const { subscribe, routes } = await openShop();
    await call(routes.createCustomer, { body: { external_id: 'globex', name: 'Globex' } });
    expect(await subscribe({ lookup_key: 'gold' })).toMatchObject({ status: 201 });
    const held = { code: 'already_exists', message: 'A subscription with this lookup key already exists' };
    expect(await subscribe({ lookup_key: 'gold' })).toMatchObject(held);
    expect(await subscribe({ lookup_key: 'gold', external_customer_id: 'globex' })).toMatchObject(held);
    expect(await subscribe({ lookup_key: 'silver' })).toMatchObject({ status: 201 });
  });

  test('a subscription has at most 500 line items', async () => {
    const { subscribe, store, plan, usage, readCatalog } = await openShop();
    const price = (await readCatalog(aScope)).prices.get(usage);
    if (!price) throw new Error('no price');
    const create = async (index: number) => {
      const id = `price_${String(index)}`;
      await store.priceLineages.create(aScope, { id, versions: [{ ...price, id, entityId: plan }] });
    };
    for (let index = 1; index < 500; index += 1) await create(index);
    expect(await subscribe()).toMatchObject({ status: 201 });
    await create(500);
    expect(await subscribe()).toMatchObject({ code: 'invalid_operation' });
  });
});
