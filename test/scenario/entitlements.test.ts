// Entitlements: what plans and subscriptions grant, and what is billed beyond it.
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { type Client, createClient, hours, idOf, objectOf, unique } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { createCustomer, createPlan, createPrice, createSubscription } from './steps/catalog-steps.ts';
import { sendBulk } from './steps/event-steps.ts';

const Lines = v.array(v.looseObject({ amount: v.string(), price_type: v.string() }));

describe('entitlements', () => {
  const client: Client = createClient(useDriver());
  const [customer, eventName] = [unique('acme'), unique('tokens')];
  const ids = { customer: '', feature: '', seats: '', plan: '', entitlement: '', subscription: '' };
  const request = (method: string, path: string, body?: unknown) => client.driver.request(method, path, body);

  beforeAll(async () => {
    ids.customer = await createCustomer(client, customer);
    const feature = objectOf(
      await client.call('POST', '/v1/features', {
        name: eventName,
        type: 'metered',
        meter: {
          name: eventName,
          event_name: eventName,
          aggregation: { type: 'COUNT' },
          reset_usage: 'BILLING_PERIOD',
        },
      }),
    );
    ids.feature = idOf(feature);
    ids.seats = idOf(await client.call('POST', '/v1/features', { name: unique('seats'), type: 'static' }));
    ids.plan = await createPlan(client);
    await createPrice(client, ids.plan, String(feature['meter_id']));
  }, 20_000);

  test('of a plan are created one by one and in bulk, found, and granted once', async () => {
    const granted = { plan_id: ids.plan, feature_id: ids.feature, feature_type: 'metered' };
    const made = await client.call('POST', '/v1/entitlements', {
      ...granted,
      usage_limit: 5,
      usage_reset_period: 'MONTHLY',
    });
    ids.entitlement = idOf(made);
    expect(made).toMatchObject({
      entity_type: 'PLAN',
      entity_id: ids.plan,
      plan_id: ids.plan,
      usage_limit: 5,
      is_enabled: true,
      feature: { id: ids.feature, meter: { event_name: eventName } },
      plan: { id: ids.plan },
    });
    const again = await request('POST', '/v1/entitlements', granted);
    expect(again).toMatchObject({ status: 409, body: { code: 'already_exists' } });
    const ofSeats = { plan_id: ids.plan, feature_id: ids.seats, feature_type: 'static', static_value: '10' };
    expect(await request('POST', '/v1/entitlements/bulk', { items: [ofSeats, granted] })).toMatchObject({
      status: 409,
    });
    expect(await request('POST', '/v1/entitlements/bulk', { items: [ofSeats, ofSeats] })).toMatchObject({
      status: 400,
      body: { details: { 'items[1].feature_id': 'must be unique for its plan or subscription' } },
    });
    expect(await client.call('POST', '/v1/entitlements/bulk', { items: [ofSeats] })).toMatchObject({
      items: [{ feature_id: ids.seats, static_value: '10' }],
    });
    const found = await client.call(
      'GET',
      `/v1/entitlements?plan_ids=${ids.plan}&feature_type=metered&is_enabled=true`,
    );
    expect(found).toMatchObject({ items: [{ id: ids.entitlement }], pagination: { total: 1 } });
    expect(await client.call('GET', `/v1/plans/${ids.plan}`)).toMatchObject({
      entitlements: expect.arrayContaining([expect.objectContaining({ id: ids.entitlement })]),
    });
    expect(await client.call('GET', `/v1/plans/${ids.plan}/entitlements`)).toMatchObject({ pagination: { total: 2 } });
    const deleted = await request('DELETE', `/v1/features/${ids.feature}`);
    expect(deleted).toMatchObject({ status: 400, body: { code: 'invalid_operation' } });
  });

  test('that do not fit their feature are refused', async () => {
    const bad = (body: object) => request('POST', '/v1/entitlements', { plan_id: ids.plan, ...body });
    expect(await bad({ feature_id: ids.seats, feature_type: 'metered' })).toMatchObject({
      status: 400,
      body: { details: { feature_type: 'must be the type of the feature, static' } },
    });
    expect(await bad({ feature_id: ids.seats, feature_type: 'static', usage_limit: 3 })).toMatchObject({
      status: 400,
      body: { details: { usage_limit: 'only for metered features', static_value: 'required for static features' } },
    });
    const peak = await client.call('POST', '/v1/features', {
      name: unique('peak'),
      type: 'metered',
      meter: {
        name: 'peak',
        event_name: unique('peak'),
        aggregation: { type: 'MAX', field: 'n', bucket_size: 'DAY' },
        reset_usage: 'BILLING_PERIOD',
      },
    });
    expect(await bad({ feature_id: idOf(peak), feature_type: 'metered' })).toMatchObject({
      status: 400,
      body: { details: { feature_id: 'must not have a MAX meter with buckets' } },
    });
  });

  test('take their units from what is billed, and a subscription may have entitlements of its own', async () => {
    ids.subscription = await createSubscription(client, customer, ids.plan);
    await sendBulk(
      client,
      Array.from({ length: 8 }, () => ({
        event_id: unique('e'),
        event_name: eventName,
        external_customer_id: customer,
        timestamp: client.ago(hours(2)),
      })),
    );
    const linesOf = async (id: string) =>
      v.parse(
        Lines,
        objectOf(await client.call('POST', '/v1/invoices/preview', { subscription_id: id }))['line_items'],
      );
    expect(await linesOf(ids.subscription)).toMatchObject([
      {
        amount: '0.15',
        quantity: '3',
        adjusted_entitlement_quantity: '5',
        metadata: { usage_reset_period: 'monthly' },
        explanation: {
          quantity: { value: '8' },
          allowance: { usage_limit: 5, taken: '5', billable_quantity: '3', entitlement_ids: [ids.entitlement] },
          steps: [{ units: '3', unit_amount: '0.05', amount: '0.15' }],
        },
      },
    ]);
    // The usage endpoint shows charges before entitlements, and says so.
    expect(await client.call('POST', '/v1/subscriptions/usage', { subscription_id: ids.subscription })).toMatchObject({
      amount: 0.4,
      note: expect.stringContaining('Before the allowances'),
    });

    const own = idOf(
      await client.call('POST', '/v1/entitlements', {
        entity_type: 'SUBSCRIPTION',
        entity_id: ids.subscription,
        feature_id: ids.feature,
        feature_type: 'metered',
        usage_limit: 7,
        parent_entitlement_id: ids.entitlement,
      }),
    );
    expect(await linesOf(ids.subscription)).toMatchObject([{ amount: '0.05', quantity: '1' }]);
    await client.call('PUT', `/v1/entitlements/${own}`, { usage_limit: 0 });
    expect(await client.call('GET', `/v1/entitlements/${own}`)).toMatchObject({ usage_limit: 0 });
    expect(await linesOf(ids.subscription)).toMatchObject([{ amount: '0.4', adjusted_entitlement_quantity: '0' }]);
    await client.call('PUT', `/v1/entitlements/${own}`, { usage_limit: null });
    expect(await linesOf(ids.subscription)).toMatchObject([{ amount: '0', explanation: { steps: [] } }]);
    expect(await client.call('GET', `/v1/subscriptions/${ids.subscription}`)).toMatchObject({
      history: expect.arrayContaining([
        expect.objectContaining({ field: `entitlements.${own}.usage_limit`, old: '7', new: '0' }),
      ]),
    });
    expect(await client.call('GET', `/v1/subscriptions/${ids.subscription}/entitlements`)).toMatchObject({
      features: [
        {
          feature: { id: ids.feature },
          entitlement: { usage_limit: null, is_enabled: true },
          sources: [{ entitlement_id: own, entity_type: 'subscription' }],
        },
        { feature: { id: ids.seats }, entitlement: { static_values: ['10'] } },
      ],
    });
    await client.call('DELETE', `/v1/entitlements/${own}`);
    expect(await request('GET', `/v1/entitlements/${own}`)).toMatchObject({ status: 404 });
    expect(await linesOf(ids.subscription)).toMatchObject([{ amount: '0.15' }]);
  }, 20_000);

  test('are shown with what the customer has used of them', async () => {
    expect(await client.call('GET', `/v1/customers/usage?customer_lookup_key=${customer}`)).toMatchObject({
      customer_id: ids.customer,
      features: [
        {
          feature: { id: ids.feature },
          total_limit: 5,
          current_usage: '8',
          usage_percent: '1.6',
          is_unlimited: false,
          sources: [{ subscription_id: ids.subscription, entitlement_id: ids.entitlement }],
        },
        { feature: { id: ids.seats }, current_usage: '0', next_usage_reset_at: null },
      ],
    });
    const narrowed = await client.call('GET', `/v1/customers/${ids.customer}/usage?feature_ids=${ids.seats}`);
    expect(narrowed).toMatchObject({ features: [{ feature: { id: ids.seats } }] });
    const of = `subscription_ids=none&subscription_ids=${ids.subscription}`;
    const [commas, repeated] = [`none,${ids.seats}`, `none&feature_ids=${ids.seats}`];
    for (const path of [`customers/${ids.customer}/usage?${of}`, `subscriptions/${ids.subscription}/entitlements?`]) {
      for (const several of [commas, encodeURIComponent(commas), repeated]) {
        const shown = await client.call('GET', `/v1/${path}&feature_ids=${several}`);
        expect(shown).toMatchObject({ features: [{ feature: { id: ids.seats } }] });
      }
      expect(await client.call('GET', `/v1/${path}&feature_ids=`)).toMatchObject({ features: [{}, {}] });
    }
    expect(await client.call('GET', `/v1/customers/${ids.customer}/entitlements`)).toMatchObject({
      features: [{ feature: { id: ids.feature }, entitlement: { usage_limit: 5 } }, {}],
    });
  });

  test('are overridden when a subscription is created', async () => {
    const other = unique('globex');
    await createCustomer(client, other);
    const id = await createSubscription(client, other, ids.plan, {
      override_entitlements: [{ entitlement_id: ids.entitlement, usage_limit: 100 }],
    });
    expect(await client.call('GET', `/v1/customers/external/${other}/entitlements`)).toMatchObject({
      features: [
        {
          entitlement: { usage_limit: 100, usage_reset_period: 'MONTHLY' },
          sources: [{ subscription_id: id, entity_type: 'subscription' }],
        },
        {},
      ],
    });
    const wrong = await request('POST', '/v1/subscriptions', {
      external_customer_id: other,
      plan_id: ids.plan,
      currency: 'usd',
      billing_period: 'MONTHLY',
      override_entitlements: [{ entitlement_id: 'ent_none' }],
    });
    expect(wrong).toMatchObject({
      status: 400,
      body: { details: { 'override_entitlements[0].entitlement_id': 'must be an entitlement of the plan' } },
    });
  });
});
