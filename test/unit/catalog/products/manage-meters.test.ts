import { describe, expect, test } from '@jest/globals';
import { aCaller, call, idsOf } from '../../../support/drivers/api-request.ts';
import { aScope } from '../../../support/builders/builders.ts';
import { aMeterRequest, openCatalogRoutes } from '../../../support/drivers/catalog-routes.ts';

const path = (id: string) => ({ path: { id } });

describe('meters', () => {
  test('meters are created, shown and listed', async () => {
    const { routes, similarNames } = openCatalogRoutes();
    const body = aMeterRequest({
      event_name: '  Model.usage ',
      aggregation: { type: 'MAX', field: 'tokens', bucket_size: 'HOUR', group_by: 'region', expression: '' },
      filters: [{ key: 'model', values: ['large', ''] }],
    });
    const created = await call(routes.createMeter, { body });
    const shown = {
      id: 'meter_01K70000000000000000000001',
      name: 'API calls',
      tenant_id: 'default',
      event_name: 'Model.usage',
      aggregation: { type: 'MAX', field: 'tokens', bucket_size: 'HOUR', group_by: 'region' },
      filters: [{ key: 'model', values: ['large', ''] }],
      reset_usage: 'BILLING_PERIOD',
      created_at: '2025-10-15T11:38:47.962Z',
      updated_at: '2025-10-15T11:38:47.962Z',
      status: 'published',
    };
    expect(created).toEqual({ status: 201, body: shown });
    expect(await call(routes.getMeter, path(shown.id))).toEqual({ status: 200, body: shown });
    expect(await call(routes.listMeters)).toEqual({
      status: 200,
      body: { items: [shown], pagination: { total: 1, limit: 50, offset: 50 } },
    });
    expect(await similarNames.find(aScope, 'EVENT_NAME', 'MODEL.USAGE')).toEqual(['Model.usage']);
  });

  test('meters may share name and event name', async () => {
    const { routes, make } = openCatalogRoutes();
    await make('createMeter', aMeterRequest());
    await make('createMeter', aMeterRequest());
    expect(idsOf(await call(routes.listMeters, { query: { event_name: ['api_call'] } }))).toHaveLength(2);
  });

  test('a meter belongs to its scope', async () => {
    const { routes, make } = openCatalogRoutes();
    const id = await make('createMeter', aMeterRequest());
    const caller = aCaller({ scope: { tenantId: 'other', environmentId: 'default' } });
    expect(await call(routes.getMeter, { ...path(id), caller })).toMatchObject({ code: 'not_found' });
    expect(await call(routes.updateMeter, { ...path(id), caller, body: { status: 'archived' } })).toMatchObject({
      code: 'not_found',
    });
  });

  test('a change of a meter merges filters by key, and may replace the aggregation', async () => {
    const { routes, make, clock } = openCatalogRoutes();
    const id = await make('createMeter', aMeterRequest({ filters: [{ key: 'model', values: ['a', 'b'] }] }));
    clock.now += 1_000;
    const caller = aCaller({ keyId: 'secret_2' });
    const filters = [
      { key: 'model', values: ['b', 'c'] },
      { key: 'region', values: ['eu'] },
    ];
    expect(await call(routes.updateMeter, { ...path(id), caller, body: { filters } })).toMatchObject({
      status: 200,
      body: {
        filters: [
          { key: 'model', values: ['a', 'b', 'c'] },
          { key: 'region', values: ['eu'] },
        ],
        updated_at: '2025-10-15T11:38:48.962Z',
      },
    });
    const aggregation = { type: 'SUM', expression: 'tokens * 2' };
    const changed = await call(routes.updateMeter, { ...path(id), body: { aggregation, reset_usage: 'NEVER' } });
    expect(changed).toMatchObject({ body: { aggregation, reset_usage: 'NEVER' } });
  });

  test('archived meters stay visible with the time, and may be published again', async () => {
    const { routes, make, clock, readCatalog } = openCatalogRoutes();
    const id = await make('createMeter', aMeterRequest());
    clock.now += 38;
    expect(await call(routes.deleteMeter, path(id))).toEqual({
      status: 200,
      body: { message: 'Meter deleted successfully' },
    });
    clock.now += 1_000;
    expect(await call(routes.disableMeter, path(id))).toMatchObject({ status: 200 });
    const archived = { status: 'archived', archived_at: '2025-10-15T11:38:48Z' };
    expect(await call(routes.listMeters)).toMatchObject({ body: { items: [archived] } });
    expect(await call(routes.updateMeter, { ...path(id), body: { status: 'published' } })).toMatchObject({
      body: { status: 'published', archived_at: '2025-10-15T11:38:48Z' },
    });
    expect((await readCatalog(aScope)).metersByEventName.get('api_call')?.[0]?.status).toBe('published');
  });

  test.each<[string, object]>([
    ['name', { name: ' ' }],
    ['name', { name: undefined }],
    ['event_name', { event_name: '  ' }],
    ['event_name', { event_name: 'x'.repeat(257) }],
    ['event_name', { event_name: 'a\ud800' }],
    ['aggregation', { aggregation: undefined }],
    ['aggregation.type', { aggregation: { type: 'MEDIAN' } }],
    ['aggregation.field', { aggregation: { type: 'SUM' } }],
    ['aggregation.field', { aggregation: { type: 'COUNT_UNIQUE', field: '' } }],
    ['aggregation.expression', { aggregation: { type: 'SUM', field: 'tokens', expression: 'tokens * 2' } }],
    ['aggregation.expression', { aggregation: { type: 'COUNT', expression: 'tokens * 2' } }],
    ['aggregation.expression', { aggregation: { type: 'SUM', expression: 'tokens *' } }],
    ['aggregation.multiplier', { aggregation: { type: 'SUM_WITH_MULTIPLIER', field: 'tokens' } }],
    ['aggregation.multiplier', { aggregation: { type: 'SUM_WITH_MULTIPLIER', field: 'tokens', multiplier: '0' } }],
    ['aggregation.multiplier', { aggregation: { type: 'SUM_WITH_MULTIPLIER', field: 'tokens', multiplier: 'ten' } }],
    ['aggregation.bucket_size', { aggregation: { type: 'AVG', field: 'tokens', bucket_size: 'HOUR' } }],
    ['aggregation.bucket_size', { aggregation: { type: 'MAX', field: 'tokens', bucket_size: 'YEAR' } }],
    ['aggregation.group_by', { aggregation: { type: 'MAX', field: 'tokens', group_by: 'region' } }],
    ['filters[0].key', { filters: [{ key: '', values: ['a'] }] }],
    ['filters[0].values', { filters: [{ key: 'model', values: [] }] }],
    [
      'filters[1].values[0]',
      {
        filters: [
          { key: 'a', values: ['a'] },
          { key: 'b', values: [1] },
        ],
      },
    ],
    ['reset_usage', { reset_usage: undefined }],
    ['reset_usage', { reset_usage: 'SOMETIMES' }],
  ])('a meter without a valid %s is refused: %j', async (field, fields) => {
    const { routes } = openCatalogRoutes();
    const answer = await call(routes.createMeter, { body: aMeterRequest(fields) });
    expect(answer).toMatchObject({ code: 'validation_error', message: 'Request validation failed' });
    expect(answer).toHaveProperty('details', { [field]: expect.any(String) });
  });

  test('a meter that is too large for an item is refused', async () => {
    const { routes } = openCatalogRoutes();
    const filters = [
      { key: 'model', values: Array.from({ length: 1_000 }, (_, index) => `${String(index)}${'x'.repeat(400)}`) },
    ];
    expect(await call(routes.createMeter, { body: aMeterRequest({ filters }) })).toEqual({
      code: 'invalid_operation',
      message: 'Meter may take at most 300 KB',
      details: {},
    });
  });

  test('an empty change of a meter is refused', async () => {
    const { routes, make } = openCatalogRoutes();
    const id = await make('createMeter', aMeterRequest());
    for (const body of [{}, { filters: [] }, { name: 'other' }]) {
      expect(await call(routes.updateMeter, { ...path(id), body })).toMatchObject({
        details: { filters: 'required, or aggregation, reset_usage or status' },
      });
    }
  });

  test('an expression that costs too much is refused when a meter is created or changed', async () => {
    const { routes, make } = openCatalogRoutes();
    const aggregation = { type: 'SUM', expression: `double(size(${Array<string>(100).fill('[a,a]').join('+')}))` };
    const refusal = {
      code: 'validation_error',
      details: {
        'aggregation.expression': expect.stringMatching(/^has an evaluation cost of \d+; the maximum is 1000$/),
      },
    };
    expect(await call(routes.createMeter, { body: aMeterRequest({ aggregation }) })).toMatchObject(refusal);
    const id = await make('createMeter', aMeterRequest());
    expect(await call(routes.updateMeter, { ...path(id), body: { aggregation } })).toMatchObject(refusal);
  });

  test('filters of a meter do not grow beyond the limits of one request', async () => {
    const { routes, make } = openCatalogRoutes();
    const keys = (count: number, from = 0) =>
      Array.from({ length: count }, (_, position) => ({ key: `k${String(from + position)}`, values: ['x'] }));
    const id = await make('createMeter', aMeterRequest({ filters: keys(100) }));
    const texts = Array.from({ length: 1_000 }, (_, position) => String(position));
    expect(
      await call(routes.updateMeter, {
        ...path(id),
        body: { filters: [...keys(1, 100), { key: 'k0', values: texts }] },
      }),
    ).toMatchObject({
      code: 'validation_error',
      details: {
        filters: 'must have at most 100 items including the existing ones',
        'filters[1].values': 'must have at most 1000 items including the existing ones',
      },
    });
    expect(await call(routes.updateMeter, { ...path(id), body: { filters: keys(100) } })).toMatchObject({
      status: 200,
    });
  });
});
