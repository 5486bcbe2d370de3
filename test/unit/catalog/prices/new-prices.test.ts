import { describe, expect, test } from '@jest/globals';
import { DependencyError } from '../../../../shared/dependency-error.ts';
import { call, idOf, idsOf } from '../../../support/drivers/api-request.ts';
import { openWithPlan } from '../../../support/drivers/catalog-routes.ts';
import { createMemoryTable } from '../../../support/drivers/memory-table.ts';

const path = (id: string) => ({ path: { id } });
const nowText = '2025-10-15T11:38:47.962Z';

describe('new prices', () => {
  test('a price may be a flat fee per unit', async () => {
    const { routes, priceRequest, meterId, planId } = await openWithPlan();
    const created = await call(routes.createPrice, { body: priceRequest({ amount: 61.5, lookup_key: 'calls' }) });
    const shown = {
      id: 'price_01K70000000000000000000003',
      amount: '61.5',
      display_amount: '$61.5',
      currency: 'usd',
      price_unit_type: 'FIAT',
      type: 'USAGE',
      billing_period: 'MONTHLY',
      billing_period_count: 1,
      billing_model: 'FLAT_FEE',
      billing_cadence: 'RECURRING',
      invoice_cadence: 'ARREAR',
      display_name: 'API calls',
      trial_period_days: 0,
      trial_period: 0,
      transform_quantity: { divide_by: 1 },
      meter_id: meterId,
      lookup_key: 'calls',
      description: '',
      metadata: {},
      entity_type: 'PLAN',
      entity_id: planId,
      tenant_id: 'default',
      environment_id: 'default',
      status: 'published',
      created_at: nowText,
      updated_at: nowText,
      created_by: 'secret_1',
      updated_by: 'secret_1',
    };
    expect(created).toEqual({ status: 201, body: shown });
    const embedded = { ...shown, meter: { id: meterId }, plan: { id: planId, name: 'Pro' } };
    expect(await call(routes.getPrice, path(shown.id))).toMatchObject({ status: 200, body: embedded });
    expect(await call(routes.getPriceByLookupKey, { path: { lookup_key: 'calls' } })).toMatchObject({ body: embedded });
    expect(await call(routes.listPrices)).toMatchObject({ body: { items: [shown] } });
    expect(await call(routes.searchPrices, { body: { expand: 'meters' } })).toMatchObject({
      body: { items: [{ meter: { id: meterId } }] },
    });
  });

  test('tiers of a price are sorted, and its amounts are exact', async () => {
    const { routes, priceRequest } = await openWithPlan();
    const body = priceRequest({
      billing_model: 'TIERED',
      tier_mode: 'SLAB',
      amount: '7',
      tiers: [
        { up_to: null, unit_amount: '0.00001' },
        { up_to: 1000, unit_amount: '0.10', flat_amount: 0.3 },
        { up_to: 10, unit_amount: '0.000000000000000000001' },
      ],
    });
    expect(await call(routes.createPrice, { body })).toMatchObject({
      status: 201,
      body: {
        amount: '0',
        display_amount: '$0',
        tier_mode: 'SLAB',
        tiers: [
          { up_to: 10, unit_amount: '0.000000000000000000001' },
          { up_to: 1000, unit_amount: '0.1', flat_amount: '0.3' },
          { up_to: null, unit_amount: '0.00001' },
        ],
      },
    });
  });

  test('a price may be a package, or a fixed fee with a trial', async () => {
    const { routes, priceRequest } = await openWithPlan();
    const transform_quantity = { divide_by: 100, round: 'up' };
    const packaged = priceRequest({ billing_model: 'PACKAGE', transform_quantity });
    expect(await call(routes.createPrice, { body: packaged })).toMatchObject({
      status: 201,
      body: { transform_quantity },
    });
    const fixed = priceRequest({
      type: 'FIXED',
      invoice_cadence: 'ADVANCE',
      meter_id: '',
      min_quantity: 3,
      trial_period_days: 14,
      start_date: '2020-01-01T00:00:00+01:00',
      end_date: '2030-01-01T00:00:00Z',
    });
    expect(await call(routes.createPrice, { body: fixed })).toMatchObject({
      status: 201,
      body: {
        min_quantity: '3',
        trial_period_days: 14,
        display_name: 'Pro',
        meter_id: '',
        start_date: '2019-12-31T23:00:00Z',
        end_date: '2030-01-01T00:00:00Z',
      },
    });
  });

  test('a price as the official SDK sends it is accepted', async () => {
    const { routes, priceRequest } = await openWithPlan();
    const body = priceRequest({
      type: 'FIXED',
      meter_id: undefined,
      billing_cadence: 'RECURRING',
      price_unit_type: 'FIAT',
      trial_period: 7,
    });
    expect(await call(routes.createPrice, { body })).toMatchObject({ body: { trial_period: 7, trial_period_days: 7 } });
  });

  test('the plan, meter and subscription of a price must exist', async () => {
    const { routes, priceRequest } = await openWithPlan();
    const create = (fields: object) => call(routes.createPrice, { body: priceRequest(fields) });
    expect(await create({ entity_id: 'plan_none' })).toMatchObject({ code: 'not_found', message: 'Plan not found' });
    expect(await create({ meter_id: 'meter_none' })).toMatchObject({ code: 'not_found', message: 'Meter not found' });
    expect(await create({ entity_type: 'SUBSCRIPTION' })).toMatchObject({ message: 'Subscription not found' });
  });

  test('a lookup key is taken until its price has an end', async () => {
    const { routes, makePrice, priceRequest } = await openWithPlan();
    const id = await makePrice({ lookup_key: 'calls' });
    const again = { body: priceRequest({ lookup_key: 'calls' }) };
    expect(await call(routes.createPrice, again)).toEqual({
      code: 'already_exists',
      message: 'A price with this identifier already exists',
      details: {},
    });
    await call(routes.deletePrice, { ...path(id), body: { end_date: '2026-01-01T00:00:00Z' } });
    expect(await call(routes.getPriceByLookupKey, { path: { lookup_key: 'calls' } })).toMatchObject({
      code: 'not_found',
    });
    const next = idOf(await call(routes.createPrice, again));
    expect(await call(routes.getPriceByLookupKey, { path: { lookup_key: 'calls' } })).toMatchObject({
      body: { id: next },
    });
  });

  const tiers = [{ up_to: null, unit_amount: '1' }];
  test.each<[string, object]>([
    ['currency', { currency: 'dollar' }],
    ['entity_type', { entity_type: 'ADDON' }],
    ['entity_type', { entity_type: 'COSTSHEET' }],
    ['entity_id', { entity_id: '' }],
    ['type', { type: 'METERED' }],
    ['billing_period', { billing_period: 'FORTNIGHTLY' }],
    ['billing_period_count', { billing_period_count: undefined }],
    ['billing_period_count', { billing_period_count: 0 }],
    ['billing_model', { billing_model: '' }],
    ['billing_model', { billing_model: undefined }],
    ['invoice_cadence', { invoice_cadence: 'ADVANCE' }],
    ['invoice_cadence', { type: 'FIXED', meter_id: '', billing_period: 'ONETIME' }],
    ['billing_period', { billing_period: 'ONETIME' }],
    ['price_unit_type', { price_unit_type: 'TOKENS' }],
    ['price_unit_config', { price_unit_config: { price_unit: 'btc', amount: '1' } }],
    ['amount', { amount: undefined }],
    ['amount', { amount: '' }],
    ['amount', { amount: '-0.01' }],
    ['amount', { amount: '1e400' }],
    ['amount', { amount: true }],
    ['amount', { billing_model: 'PACKAGE', amount: undefined, transform_quantity: { divide_by: 2 } }],
    ['transform_quantity', { billing_model: 'PACKAGE' }],
    ['transform_quantity.divide_by', { billing_model: 'PACKAGE', transform_quantity: { divide_by: 0 } }],
    ['transform_quantity.divide_by', { billing_model: 'PACKAGE', transform_quantity: { round: 'up' } }],
    ['transform_quantity.round', { billing_model: 'PACKAGE', transform_quantity: { divide_by: 2, round: 'near' } }],
    ['tiers', { billing_model: 'TIERED', tier_mode: 'SLAB' }],
    ['tiers', { billing_model: 'TIERED', tier_mode: 'SLAB', tiers: [] }],
    ['tiers', { billing_model: 'TIERED', tier_mode: 'SLAB', tiers: [{ up_to: 10, unit_amount: '1' }] }],
    ['tiers', { billing_model: 'TIERED', tier_mode: 'SLAB', tiers: [...tiers, ...tiers] }],
    ['tiers[0].unit_amount', { billing_model: 'TIERED', tier_mode: 'SLAB', tiers: [{ up_to: null }] }],
    ['tiers[0].up_to', { billing_model: 'TIERED', tier_mode: 'SLAB', tiers: [{ up_to: 1.5, unit_amount: '1' }] }],
    ['tier_mode', { billing_model: 'TIERED', tiers }],
    ['tier_mode', { billing_model: 'TIERED', tiers, tier_mode: 'GRADUATED' }],
    ['meter_id', { meter_id: '' }],
    ['meter_id', { type: 'FIXED' }],
    ['min_quantity', { min_quantity: 2 }],
    ['trial_period_days', { trial_period_days: 7 }],
    ['trial_period_days', { trial_period_days: -1 }],
    ['start_date', { start_date: '2025-02-30T00:00:00Z' }],
    ['end_date', { end_date: '2025-10-15T11:38:47.961Z' }],
    ['end_date', { start_date: '2026-01-02T00:00:00Z', end_date: '2026-01-01T00:00:00Z' }],
    ['lookup_key', { lookup_key: 'ü'.repeat(257) }],
    ['lookup_key', { entity_type: 'SUBSCRIPTION', lookup_key: 'calls' }],
    ['group_id', { group_id: 'group_1' }],
    ['filter_values', { filter_values: { model: ['a'] } }],
  ])('a price without a valid %s is refused: %j', async (field, fields) => {
    const { routes, priceRequest } = await openWithPlan();
    const answer = await call(routes.createPrice, { body: priceRequest(fields) });
    expect(answer).toMatchObject({ code: 'validation_error', message: 'Request validation failed' });
    expect(answer).toHaveProperty('details', { [field]: expect.any(String) });
  });
});

describe('prices in bulk', () => {
  test('prices in bulk are created in order', async () => {
    const { routes, priceRequest } = await openWithPlan();
    const items = [priceRequest({ amount: '1' }), priceRequest({ amount: '2' })];
    const answer = await call(routes.createPricesBulk, { body: { items } });
    expect(answer).toMatchObject({ status: 201, body: { items: [{ amount: '1' }, { amount: '2' }] } });
    expect(idsOf(await call(routes.listPrices, { query: { order: ['asc'] } }))).toEqual(idsOf(answer));
  });

  test('one invalid item refuses all prices in bulk, and is named by its index', async () => {
    const { routes, priceRequest } = await openWithPlan();
    const create = (...items: unknown[]) => call(routes.createPricesBulk, { body: { items } });
    const good = priceRequest({ lookup_key: 'a' });
    expect(await create(good, priceRequest({ amount: undefined }))).toMatchObject({
      details: { 'items[1].amount': 'required' },
    });
    expect(await create(good, good)).toMatchObject({ details: { 'items[1].lookup_key': 'must be unique' } });
    const missing = (field: string) => ({ code: 'not_found', details: { [`items[1].${field}`]: 'not found' } });
    expect(await create(good, priceRequest({ meter_id: 'meter_none' }))).toMatchObject(missing('meter_id'));
    const ofNobody = priceRequest({ entity_type: 'SUBSCRIPTION', entity_id: 'subs_none' });
    expect(await create(good, ofNobody)).toMatchObject(missing('entity_id'));
    expect(await create()).toMatchObject({ details: { items: 'must not be empty' } });
    expect(await create(...Array.from({ length: 101 }, () => good))).toMatchObject({
      details: { items: 'must have at most 100 items' },
    });
    expect(idsOf(await call(routes.listPrices))).toEqual([]);
  });

  test('one taken lookup key refuses all prices in bulk', async () => {
    const { routes, priceRequest, makePrice } = await openWithPlan();
    await makePrice({ lookup_key: 'a' });
    const items = [priceRequest(), priceRequest({ lookup_key: 'a' })];
    expect(await call(routes.createPricesBulk, { body: { items } })).toMatchObject({ code: 'already_exists' });
    expect(idsOf(await call(routes.listPrices))).toHaveLength(1);
  });

  test('the answer to interrupted prices in bulk names those that were created', async () => {
    let puts = Infinity;
    const table = createMemoryTable({
      intercept: ({ name, pk }, apply) => {
        if (name === 'put' && pk.endsWith('PRICE')) puts -= 1;
        return puts < 0 ? Promise.reject(new DependencyError('transient', 'down')) : Promise.resolve().then(apply);
      },
    });
    const { routes, priceRequest } = await openWithPlan(table);
    puts = 2;
    const items = [priceRequest(), priceRequest(), priceRequest(), priceRequest()];
    const answer = await call(routes.createPricesBulk, { body: { items } });
    puts = Infinity;
    const made = idsOf(await call(routes.listPrices, { query: { order: ['asc'] } }));
    expect(made).toHaveLength(2);
    expect(answer).toMatchObject({ code: 'service_unavailable', details: { created: made } });
  });
});
