// Limits of the published meters of an event name: their number and their cost.
import { describe, expect, test } from '@jest/globals';
import { call } from '../../support/drivers/api-request.ts';
import { aMeter, aScope } from '../../support/builders/builders.ts';
import { aMeterRequest, openCatalogRoutes } from '../../support/drivers/catalog-routes.ts';

const path = (id: string) => ({ path: { id } });
describe('an event name has at most 500 published meters', () => {
  const refusal = {
    code: 'invalid_operation',
    message: 'An event name may have at most 500 published meters: archive one of them first',
    details: { event_name: 'api_call' },
  };
  const crowd = async () => {
    const opened = openCatalogRoutes();
    const meters = Array.from({ length: 500 }, (_, index) =>
      aMeter({ id: `meter_${String(index)}`, eventName: 'api_call' }),
    );
    for (const meter of meters) await opened.store.meters.create(aScope, meter);
    return opened;
  };

  test('an event name gets no 501st published meter, however it is created', async () => {
    const { routes, make } = await crowd();
    expect(await call(routes.createMeter, { body: aMeterRequest() })).toMatchObject(refusal);
    await make('createMeter', aMeterRequest({ event_name: 'other' }));
    const feature = { name: 'Calls', type: 'metered', meter: aMeterRequest() };
    expect(await call(routes.createFeature, { body: feature })).toMatchObject(refusal);
    expect(await call(routes.disableMeter, path('meter_0'))).toMatchObject({ status: 200 });
    const id = await make('createFeature', feature);
    const publish = { body: { status: 'published' } };
    expect(await call(routes.updateMeter, { ...path('meter_0'), ...publish })).toMatchObject(refusal);
    expect(await call(routes.deleteFeature, path(id))).toMatchObject({ status: 200 });
    expect(await call(routes.updateMeter, { ...path('meter_0'), ...publish })).toMatchObject({ status: 200 });
    expect(await call(routes.updateFeature, { ...path(id), ...publish })).toMatchObject(refusal);
  });

  test('published meters of a full event name stay, and may be changed', async () => {
    const { routes } = await crowd();
    const body = { status: 'published', filters: [{ key: 'a', values: ['b'] }] };
    expect(await call(routes.updateMeter, { ...path('meter_0'), body })).toMatchObject({ status: 200 });
  });
});

describe('the published meters of an event name cost at most 100,000 together', () => {
  const filters = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ key: `k${String(index)}`, values: ['x'] }));
  const refusal = (cost: number) => ({
    code: 'invalid_operation',
    message:
      'The published meters of an event name may have a total evaluation cost of at most 100000; ' +
      `these would have ${String(cost)}: archive one of them first`,
    details: { event_name: 'api_call' },
  });
  /** Creates 48 meters with 100 filters, which cost 2,040 each, together 97,920, and any number with one filter, which cost 60 each. */
  const dearName = async (cheap: number) => {
    const opened = openCatalogRoutes();
    const meters = Array.from({ length: 48 + cheap }, (_, index) =>
      aMeter({ id: `meter_${String(index)}`, eventName: 'api_call', filters: filters(index < 48 ? 100 : 1) }),
    );
    for (const meter of meters) await opened.store.meters.create(aScope, meter);
    return opened;
  };

  test('a meter beyond the cost of its event name is refused: by itself, with a feature, or published again', async () => {
    const { routes, make } = await dearName(1);
    const meter = aMeterRequest({ filters: filters(100) });
    expect(await call(routes.createMeter, { body: meter })).toMatchObject(refusal(97_980 + 2_040));
    const feature = { name: 'Calls', type: 'metered', meter };
    expect(await call(routes.createFeature, { body: feature })).toMatchObject(refusal(97_980 + 2_040));
    expect(await call(routes.disableMeter, path('meter_0'))).toMatchObject({ status: 200 });
    const id = await make('createFeature', feature);
    const publish = { body: { status: 'published' } };
    expect(await call(routes.updateMeter, { ...path('meter_0'), ...publish })).toMatchObject(refusal(100_020));
    expect(await call(routes.deleteFeature, path(id))).toMatchObject({ status: 200 });
    expect(await call(routes.updateMeter, { ...path('meter_0'), ...publish })).toMatchObject({ status: 200 });
    expect(await call(routes.updateFeature, { ...path(id), ...publish })).toMatchObject(refusal(100_020));
  });

  test('a change of a meter beyond the cost of its event name is refused if it costs more, and allowed if it costs less', async () => {
    const { routes, store, make } = await dearName(0);
    const meterId = await make('createMeter', aMeterRequest());
    const id = await make('createFeature', { name: 'Calls', type: 'metered', meter_id: meterId });
    await store.meters.create(aScope, aMeter({ id: 'meter_last', eventName: 'api_call', filters: filters(99) }));
    const more = { body: { filters: [{ key: 'other', values: ['x'] }] } };
    const before = 97_920 + 40 + 2_020;
    expect(await call(routes.updateMeter, { ...path('meter_last'), ...more })).toMatchObject({ status: 200 });
    expect(await call(routes.updateMeter, { ...path(meterId), ...more })).toMatchObject(refusal(before + 40));
    expect(await call(routes.updateFeature, { ...path(id), ...more })).toMatchObject(refusal(before + 40));
    const same = { body: { filters: [{ key: 'k0', values: ['y'] }] } };
    expect(await call(routes.updateMeter, { ...path('meter_0'), ...same })).toMatchObject({ status: 200 });
  });
});
