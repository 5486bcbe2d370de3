import { describe, expect, test } from '@jest/globals';
import { DependencyError } from '../../../../shared/dependency-error.ts';
import { createCatalogReader } from '../../../../shared/store/catalog/catalog-reader.ts';
import { createCatalogStore } from '../../../../shared/store/catalog/catalog-store.ts';
import { aFeature, aMeter, aPlan, aPrice, aScope } from '../../../support/builders/builders.ts';
import { createMemoryTable, type Intercept, type TableOperation } from '../../../support/drivers/memory-table.ts';

const setUp = ({ itemsPerPage = 1_000 } = {}) => {
  const operations: string[] = [];
  let before: (operation: TableOperation) => Promise<void> = () => Promise.resolve();
  const intercept: Intercept = async (operation, apply) => {
    operations.push(operation.name);
    await before(operation);
    return apply();
  };
  const table = createMemoryTable({ intercept, itemsPerPage });
  const clock = { now: 0 };
  return {
    store: createCatalogStore(table),
    reader: createCatalogReader({ table, now: () => clock.now }),
    clock,
    queries: () => operations.filter((name) => name === 'query').length,
    onOperation: (hook: typeof before) => {
      before = hook;
    },
  };
};

const namesOf = ({ meters }: { readonly meters: ReadonlyMap<string, { readonly name: string }> }) =>
  Array.from(meters.values(), ({ name }) => name).sort();

describe('the catalog reader', () => {
  test('the catalog reader reads every type, over all pages', async () => {
    const { store, reader } = setUp({ itemsPerPage: 2 });
    for (const id of ['meter_1', 'meter_2', 'meter_3', 'meter_4', 'meter_5']) {
      await store.meters.create(aScope, aMeter({ id, name: id }));
    }
    await store.features.create(aScope, aFeature());
    await store.plans.create(aScope, aPlan());
    await store.priceLineages.create(aScope, {
      id: 'price_1',
      versions: [aPrice({ endDate: 5 }), aPrice({ id: 'price_2', parentPriceId: 'price_1', startDate: 5 })],
    });
    const catalog = await reader.read(aScope);
    expect(namesOf(catalog)).toEqual(['meter_1', 'meter_2', 'meter_3', 'meter_4', 'meter_5']);
    expect([...catalog.features.keys(), ...catalog.plans.keys(), ...catalog.prices.keys()]).toEqual([
      'feat_1',
      'plan_1',
      'price_1',
      'price_2',
    ]);
    expect(catalog.version).toBe(8);
  });

  test('the catalog reader reads only the version while nothing changes, and one fill serves all who wait for it', async () => {
    const { store, reader, queries } = setUp();
    await store.meters.create(aScope, aMeter());
    await Promise.all([reader.read(aScope), reader.read(aScope)]);
    await reader.read(aScope);
    expect(queries()).toBe(6);
  });

  test('the catalog reader keeps scopes apart', async () => {
    const { store, reader } = setUp();
    await store.meters.create(aScope, aMeter());
    await reader.read(aScope);
    expect((await reader.read({ tenantId: 'other', environmentId: 'default' })).meters.size).toBe(0);
  });

  test('the catalog reader sees an answered change at once', async () => {
    const { store, reader } = setUp();
    await reader.read(aScope);
    await store.meters.create(aScope, aMeter({ name: 'before' }));
    expect(namesOf(await reader.read(aScope))).toEqual(['before']);
    await store.meters.change(aScope, 'meter_1', 'w1', (meter) => ({ ...meter, name: 'after' }));
    expect(namesOf(await reader.read(aScope))).toEqual(['after']);
  });

  test('a change without a raised version is seen a minute after the start of the fill, not after its end', async () => {
    const { store, reader, clock, onOperation } = setUp();
    onOperation((operation) => {
      if (operation.name === 'query') clock.now += 5_000;
      return Promise.resolve();
    });
    await reader.read(aScope);
    onOperation(({ name }) =>
      name === 'add' ? Promise.reject(new DependencyError('transient', 'the worker died')) : Promise.resolve(),
    );
    await expect(store.meters.create(aScope, aMeter())).rejects.toThrow('died');
    clock.now = 59_999;
    expect((await reader.read(aScope)).meters.size).toBe(0);
    clock.now = 60_000;
    expect((await reader.read(aScope)).meters.size).toBe(1);
  });

  test('a fill has the version that was read before it, so that a change during the fill is not missed', async () => {
    const { store, reader, onOperation } = setUp();
    const other = store.meters;
    let isChanging = false;
    onOperation(async ({ name, pk }) => {
      if (isChanging || name !== 'query' || !pk.endsWith('PLAN')) return;
      isChanging = true;
      await other.create(aScope, aMeter());
    });
    await reader.read(aScope);
    expect((await reader.read(aScope)).meters.size).toBe(1);
  });

  test('the catalog reader does not keep a failed fill', async () => {
    const { store, reader, onOperation } = setUp();
    await store.meters.create(aScope, aMeter());
    onOperation(({ name }) =>
      name === 'query' ? Promise.reject(new DependencyError('transient', 'throttled')) : Promise.resolve(),
    );
    await expect(reader.read(aScope)).rejects.toThrow('throttled');
    onOperation(() => Promise.resolve());
    expect((await reader.read(aScope)).meters.size).toBe(1);
  });
});
