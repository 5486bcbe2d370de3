// The official SDK reads our catalog: every body passes its schemas, and no field it knows is missing.
import { describe, expect, test } from '@jest/globals';
import {
  dtoCreateBulkPriceResponseFromJSON,
  dtoFeatureResponseFromJSON,
  dtoListFeaturesResponseFromJSON,
  dtoListPlansResponseFromJSON,
  dtoListPricesResponseFromJSON,
  dtoPlanResponseFromJSON,
  dtoPriceResponseFromJSON,
  dtoSuccessResponseFromJSON,
} from '@flexprice/sdk/sdk/models';
import * as v from 'valibot';
import { call } from '../support/drivers/api-request.ts';
import { aMeterRequest, openWithPlan } from '../support/drivers/catalog-routes.ts';

const AnswerSchema = v.object({ status: v.number(), body: v.unknown() });
const jsonOf = (answer: unknown): string => JSON.stringify(v.parse(AnswerSchema, answer).body);

const openWithAll = async () => {
  const catalog = await openWithPlan();
  const featureId = await catalog.make('createFeature', {
    name: 'Tokens',
    type: 'metered',
    meter: aMeterRequest({ aggregation: { type: 'SUM_WITH_MULTIPLIER', field: 'tokens', multiplier: 2.5 } }),
  });
  const tiers = [
    { up_to: 10, unit_amount: '1', flat_amount: '2' },
    { up_to: null, unit_amount: '0.5' },
  ];
  const priceId = await catalog.makePrice({ billing_model: 'TIERED', tier_mode: 'SLAB', tiers, lookup_key: 'tokens' });
  return { ...catalog, featureId, priceId };
};

describe('catalog bodies', () => {
  test('the official SDK reads a feature with its meter, and lists of them', async () => {
    const { routes, featureId } = await openWithAll();
    const feature = jsonOf(await call(routes.getFeature, { path: { id: featureId } }));
    expect(dtoFeatureResponseFromJSON(feature)).toMatchObject({
      ok: true,
      value: {
        id: featureId,
        lookupKey: 'tokens',
        type: 'metered',
        status: 'published',
        createdAt: '2025-10-15T11:38:47.962Z',
        environmentId: 'default',
        meter: { eventName: 'api_call', aggregation: { type: 'SUM_WITH_MULTIPLIER', multiplier: '2.5' } },
      },
    });
    expect(dtoListFeaturesResponseFromJSON(jsonOf(await call(routes.searchFeatures, { body: {} })))).toMatchObject({
      ok: true,
      value: { items: [{ id: featureId }], pagination: { total: 1, limit: 50, offset: 50 } },
    });
  });

  test('the official SDK reads a price of every billing model', async () => {
    const { routes, priceId, planId, meterId, priceRequest } = await openWithAll();
    const price = jsonOf(await call(routes.getPrice, { path: { id: priceId } }));
    expect(dtoPriceResponseFromJSON(price)).toMatchObject({
      ok: true,
      value: {
        id: priceId,
        amount: '0',
        displayAmount: '$0',
        billingModel: 'TIERED',
        tierMode: 'SLAB',
        tiers: [{ upTo: 10, unitAmount: '1', flatAmount: '2' }, { unitAmount: '0.5' }],
        billingCadence: 'RECURRING',
        entityType: 'PLAN',
        plan: { id: planId },
        meter: { id: meterId },
        transformQuantity: { divideBy: 1 },
        trialPeriod: 0,
      },
    });
    const items = [
      priceRequest({ billing_model: 'PACKAGE', transform_quantity: { divide_by: 5, round: 'up' } }),
      priceRequest({
        type: 'FIXED',
        meter_id: '',
        min_quantity: 2,
        start_date: '2025-01-01T00:00:00Z',
        end_date: '2030-01-01T00:00:00Z',
      }),
    ];
    const made = jsonOf(await call(routes.createPricesBulk, { body: { items } }));
    expect(dtoCreateBulkPriceResponseFromJSON(made)).toMatchObject({
      ok: true,
      value: {
        items: [
          { billingModel: 'PACKAGE', transformQuantity: { divideBy: 5, round: 'up' } },
          { type: 'FIXED', minQuantity: '2', startDate: '2025-01-01T00:00:00Z', endDate: '2030-01-01T00:00:00Z' },
        ],
      },
    });
    const listed = jsonOf(await call(routes.searchPrices, { body: { allow_expired_prices: false } }));
    expect(dtoListPricesResponseFromJSON(listed)).toMatchObject({ ok: true, value: { pagination: { total: 3 } } });
  });

  test('the official SDK reads a plan with its prices, lists of plans, and an archived plan', async () => {
    const { routes, planId, priceId } = await openWithAll();
    const plan = jsonOf(await call(routes.getPlan, { path: { id: planId } }));
    expect(dtoPlanResponseFromJSON(plan)).toMatchObject({
      ok: true,
      value: { id: planId, name: 'Pro', lookupKey: '', prices: [{ id: priceId }], entitlements: [], creditGrants: [] },
    });
    expect(dtoListPlansResponseFromJSON(jsonOf(await call(routes.listPlans)))).toMatchObject({
      ok: true,
      value: { items: [{ id: planId }] },
    });
    const archived = jsonOf(await call(routes.deletePlan, { path: { id: planId } }));
    expect(dtoSuccessResponseFromJSON(archived)).toMatchObject({ ok: true, value: { message: expect.any(String) } });
  });
});
