import { describe, expect, test } from '@jest/globals';
import { DependencyError } from '../../../../shared/dependency-error.ts';
import { call, idsOf } from '../../../support/drivers/api-request.ts';
import { aScope } from '../../../support/builders/builders.ts';
import { aMeterRequest, openCatalogRoutes } from '../../../support/drivers/catalog-routes.ts';
import { createMemoryTable } from '../../../support/drivers/memory-table.ts';

const path = (id: string) => ({ path: { id } });
const statusOf = async ({ readCatalog }: ReturnType<typeof openCatalogRoutes>, eventName = 'api_call') =>
  (await readCatalog(aScope)).metersByEventName.get(eventName)?.map(({ status }) => status);

describe('features', () => {
  test('a feature may name an existing meter', async () => {
    const { routes, make } = openCatalogRoutes();
    const meterId = await make('createMeter', aMeterRequest());
    const created = await call(routes.createFeature, {
      body: {
        name: 'API calls (EU)',
        type: 'metered',
        meter_id: meterId,
        description: 'Calls',
        metadata: { team: 'core' },
        unit_singular: 'call',
        unit_plural: 'calls',
        reporting_unit: { unit_singular: 'K', unit_plural: 'Ks', conversion_rate: 1000 },
      },
    });
    const shown = {
      id: 'feat_01K70000000000000000000002',
      name: 'API calls (EU)',
      lookup_key: 'api_calls_eu',
      description: 'Calls',
      meter_id: meterId,
      metadata: { team: 'core' },
      type: 'metered',
      unit_singular: 'call',
      unit_plural: 'calls',
      reporting_unit: { unit_singular: 'K', unit_plural: 'Ks', conversion_rate: '1000' },
      tenant_id: 'default',
      environment_id: 'default',
      status: 'published',
      created_at: '2025-10-15T11:38:47.962Z',
      updated_at: '2025-10-15T11:38:47.962Z',
      created_by: 'secret_1',
      updated_by: 'secret_1',
    };
    expect(created).toEqual({ status: 201, body: shown });
    const meter = { id: meterId, event_name: 'api_call' };
    expect(await call(routes.getFeature, path(shown.id))).toMatchObject({ body: { ...shown, meter } });
    expect(await call(routes.listFeatures)).toMatchObject({ body: { items: [shown] } });
    expect(await call(routes.searchFeatures, { body: { expand: 'meters' } })).toMatchObject({
      body: { items: [{ meter }] },
    });
  });

  test('an inline meter counts while its feature is published, and to the time the feature was archived', async () => {
    const catalog = openCatalogRoutes();
    const { routes, make, clock, readCatalog } = catalog;
    const id = await make('createFeature', { name: 'Calls', type: 'metered', meter: aMeterRequest() });
    expect(await statusOf(catalog)).toEqual(['published']);
    clock.now += 5;
    expect(await call(routes.deleteFeature, path(id))).toEqual({
      status: 200,
      body: { message: 'feature deleted successfully' },
    });
    const [meter] = (await readCatalog(aScope)).metersByEventName.get('api_call') ?? [];
    expect(meter).toMatchObject({ status: 'archived', archivedAt: clock.now });
    const publish = { body: { status: 'published' } };
    expect(await call(routes.updateMeter, { ...path(meter?.id ?? ''), ...publish })).toMatchObject({
      code: 'invalid_operation',
    });
    expect(await call(routes.updateFeature, { ...path(id), ...publish })).toMatchObject({
      body: { status: 'published', archived_at: '2025-10-15T11:38:47.967Z', meter: { status: 'published' } },
    });
    expect(await statusOf(catalog)).toEqual(['published']);
  });

  test('an inline meter of a feature that was never published does not count', async () => {
    const catalog = openCatalogRoutes();
    const { routes, make } = catalog;
    await make('createFeature', { name: 'Calls', type: 'metered', meter: aMeterRequest() });
    const again = { name: 'Calls', type: 'metered', meter: aMeterRequest({ event_name: 'other' }) };
    expect(await call(routes.createFeature, { body: again })).toEqual({
      code: 'already_exists',
      message: 'A feature with this lookup key already exists',
      details: {},
    });
    expect(await statusOf(catalog, 'other')).toBeUndefined();
    expect(idsOf(await call(routes.listMeters))).toHaveLength(1);
  });

  test('after an interruption between meter and feature nothing counts, and a retry creates both', async () => {
    let isDown = false;
    const table = createMemoryTable({
      intercept: ({ name, pk }, apply) =>
        isDown && name === 'put' && pk.endsWith('FEATURE')
          ? Promise.reject(new DependencyError('transient', 'down'))
          : Promise.resolve().then(apply),
    });
    const catalog = openCatalogRoutes(table);
    const body = { name: 'Calls', type: 'metered', meter: aMeterRequest() };
    isDown = true;
    await expect(call(catalog.routes.createFeature, { body })).rejects.toThrow('down');
    expect(await statusOf(catalog)).toBeUndefined();
    isDown = false;
    expect(await call(catalog.routes.createFeature, { body })).toMatchObject({ status: 201 });
    expect(await statusOf(catalog)).toEqual(['published']);
  });

  test('a change of a feature keeps the fields that were not sent; filters go to the meter', async () => {
    const { routes, make } = openCatalogRoutes();
    const id = await make('createFeature', {
      name: 'Calls',
      type: 'metered',
      meter: aMeterRequest({ filters: [{ key: 'a', values: ['1'] }] }),
      metadata: { a: '1' },
      unit_singular: 'call',
      unit_plural: 'calls',
    });
    const changed = await call(routes.updateFeature, {
      ...path(id),
      body: { description: 'All', filters: [{ key: 'a', values: ['2'] }], unit_singular: null },
    });
    expect(changed).toMatchObject({
      body: {
        name: 'Calls',
        lookup_key: 'calls',
        description: 'All',
        metadata: { a: '1' },
        unit_singular: 'call',
        meter: { filters: [{ key: 'a', values: ['1', '2'] }] },
      },
    });
    expect(await call(routes.updateFeature, { ...path(id), body: { unit_plural: '' } })).toMatchObject({
      details: { unit_plural: 'required: both units or neither' },
    });
  });

  test('an archived feature releases its key; once that is taken, the feature cannot be published again', async () => {
    const { routes, make } = openCatalogRoutes();
    const id = await make('createFeature', { name: 'Support', type: 'boolean', lookup_key: 'sup' });
    await call(routes.deleteFeature, path(id));
    await make('createFeature', { name: 'Other', type: 'boolean', lookup_key: 'sup' });
    expect(await call(routes.updateFeature, { ...path(id), body: { status: 'published' } })).toMatchObject({
      code: 'already_exists',
    });
    expect(idsOf(await call(routes.listFeatures))).toHaveLength(2);
    expect(idsOf(await call(routes.listFeatures, { query: { status: ['archived'] } }))).toEqual([id]);
  });

  test('a feature that published entitlements refer to stays', async () => {
    const { routes, make, store } = openCatalogRoutes();
    const id = await make('createFeature', { name: 'Support', type: 'boolean' });
    const entitlement = {
      id: 'ent_1',
      status: 'published',
      createdAt: 0,
      updatedAt: 0,
      createdBy: '',
      updatedBy: '',
      entityType: 'PLAN',
      entityId: 'plan_1',
      featureId: id,
      featureType: 'boolean',
      isEnabled: true,
      usageLimit: null,
      usageResetPeriod: '',
      isSoftLimit: false,
      staticValue: '',
    } as const;
    await store.entitlements.create(aScope, entitlement);
    expect(await call(routes.deleteFeature, path(id))).toMatchObject({ code: 'invalid_operation' });
    await store.entitlements.change(aScope, 'ent_1', 'w', (one) => ({ ...one, status: 'deleted' }));
    expect(await call(routes.deleteFeature, path(id))).toMatchObject({ status: 200 });
  });

  test('features are found by their parameters', async () => {
    const { routes, make } = openCatalogRoutes();
    const [a, b] = [
      await make('createFeature', { name: 'Support', type: 'boolean' }),
      await make('createFeature', { name: 'Seats', type: 'static' }),
    ];
    expect(idsOf(await call(routes.listFeatures, { query: { lookup_key: ['support'] } }))).toEqual([a]);
    expect(idsOf(await call(routes.searchFeatures, { body: { name_contains: 'sea', feature_ids: [a, b] } }))).toEqual([
      b,
    ]);
  });

  test.each<[string, object]>([
    ['name', { name: '' }],
    ['type', { type: 'counted' }],
    ['meter_id', { type: 'metered' }],
    ['meter_id', { meter_id: 'meter_1' }],
    ['meter', { meter: aMeterRequest() }],
    ['meter', { type: 'metered', meter_id: 'meter_1', meter: aMeterRequest() }],
    ['meter.aggregation.field', { type: 'metered', meter: aMeterRequest({ aggregation: { type: 'SUM' } }) }],
    ['lookup_key', { lookup_key: 'x'.repeat(513) }],
    ['unit_plural', { unit_singular: 'call' }],
    [
      'reporting_unit.conversion_rate',
      { reporting_unit: { unit_singular: 'K', unit_plural: 'K', conversion_rate: '0' } },
    ],
    ['metadata', { metadata: { a: 1 } }],
    ['group_id', { group_id: 'group_1' }],
    ['alert_settings', { alert_settings: { alert_enabled: true } }],
  ])('a feature without a valid %s is refused: %j', async (field, fields) => {
    const { routes } = openCatalogRoutes();
    const answer = await call(routes.createFeature, { body: { name: 'Support', type: 'boolean', ...fields } });
    expect(answer).toHaveProperty('details', { [field]: expect.any(String) });
  });

  test('a feature of an unknown meter is 404, of an archived one 400', async () => {
    const { routes, make } = openCatalogRoutes();
    const meterId = await make('createMeter', aMeterRequest());
    const create = (meter_id: string) => call(routes.createFeature, { body: { name: 'C', type: 'metered', meter_id } });
    expect(await create('meter_none')).toMatchObject({ code: 'not_found' });
    await call(routes.deleteMeter, path(meterId));
    expect(await create(meterId)).toMatchObject({ details: { meter_id: 'must be a published meter' } });
  });
});
