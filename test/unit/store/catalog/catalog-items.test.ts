import { describe, expect, test } from '@jest/globals';
import { createCatalogStore } from '../../../../shared/store/catalog/catalog-store.ts';
import { createScopeStore } from '../../../../shared/store/catalog/scopes.ts';
import { aFeature, aMeter, aPrice, aScope } from '../../../support/builders/builders.ts';
import { createMemoryTable } from '../../../support/drivers/memory-table.ts';

const setUp = () => {
  const table = createMemoryTable();
  const version = async () => (await createScopeStore(table).read(aScope)).catalogVersion;
  return { table, version, ...createCatalogStore(table) };
};

describe('items of the catalog', () => {
  test('items of the catalog are read back as they were written', async () => {
    const { features } = setUp();
    const feature = aFeature({
      metadata: Object.fromEntries([
        ['constructor', 'a'],
        ['__proto__', 'b'],
      ]),
      reportingUnit: { unitSingular: 'M', unitPlural: 'M', conversionRate: '1000000.5' },
    });
    await features.create(aScope, feature);
    expect(await features.list(aScope)).toEqual([feature]);
    expect(JSON.stringify(await features.list(aScope))).toContain('"__proto__":"b"');
  });

  test.each(['meter_none', '', 'x'.repeat(2_000)])(
    'an id that is not there, or cannot be a key, is missing',
    async (id) => {
      const { meters } = setUp();
      expect(await meters.change(aScope, id, 'w', (meter) => meter)).toEqual({ kind: 'missing' });
    },
  );

  test('every answered write raises the version, also one without a change, a taken name and a refusal', async () => {
    const { features, version } = setUp();
    await features.create(aScope, aFeature());
    expect(await version()).toBe(1);
    expect(await features.create(aScope, aFeature({ id: 'feat_2' }))).toEqual({ kind: 'name_taken' });
    expect(await version()).toBe(2);
    await features.change(aScope, 'feat_1', 'w1', (feature) => feature);
    expect(await version()).toBe(3);
    await features.change(aScope, 'feat_9', 'w1', (feature) => feature);
    expect(await version()).toBe(3);
    const refuse = () => {
      throw new RangeError('refused');
    };
    await expect(features.change(aScope, 'feat_1', 'w2', refuse)).rejects.toThrow('refused');
    expect(await version()).toBe(4);
  });

  test('an item that lost its name to another is not shown', async () => {
    const { features } = setUp();
    await features.create(aScope, aFeature());
    await features.create(aScope, aFeature({ id: 'feat_2' }));
    expect(await features.list(aScope)).toHaveLength(1);
    expect(await features.change(aScope, 'feat_2', 'w1', (feature) => feature)).toEqual({ kind: 'missing' });
  });

  test('an archived feature releases its name, and cannot be published again once that is taken', async () => {
    const { features } = setUp();
    await features.create(aScope, aFeature());
    await features.change(aScope, 'feat_1', 'w1', (feature) => ({ ...feature, status: 'archived' }));
    expect((await features.create(aScope, aFeature({ id: 'feat_2' }))).kind).toBe('written');
    const again = await features.change(aScope, 'feat_1', 'w2', (feature) => ({ ...feature, status: 'published' }));
    expect(again).toEqual({ kind: 'name_taken' });
    expect((await features.list(aScope)).map(({ id, status }) => [id, status])).toEqual([
      ['feat_1', 'archived'],
      ['feat_2', 'published'],
    ]);
  });

  test('a price keeps its lookup key while it has no end', async () => {
    const { priceLineages } = setUp();
    const price = aPrice({ lookupKey: 'gold' });
    await priceLineages.create(aScope, { id: price.id, versions: [price] });
    const other = aPrice({ id: 'price_2', lookupKey: 'gold' });
    expect((await priceLineages.create(aScope, { id: other.id, versions: [other] })).kind).toBe('name_taken');
    await priceLineages.change(aScope, price.id, 'w1', (lineage) => ({
      ...lineage,
      versions: [{ ...price, endDate: 99 }],
    }));
    const third = aPrice({ id: 'price_3', lookupKey: 'gold' });
    expect((await priceLineages.create(aScope, { id: third.id, versions: [third] })).kind).toBe('written');
  });

  test('an item of more than 300 KB is refused, and nothing is written', async () => {
    const { meters, table, version } = setUp();
    const filters = [{ key: 'k', values: ['ü'.repeat(150 * 1024)] }];
    expect(await meters.create(aScope, aMeter({ filters }))).toEqual({ kind: 'too_large' });
    expect(table.partitions.size).toBe(0);
    await meters.create(aScope, aMeter());
    expect(await meters.change(aScope, 'meter_1', 'w1', (meter) => ({ ...meter, filters }))).toEqual({
      kind: 'too_large',
    });
    expect(await meters.list(aScope)).toEqual([aMeter()]);
    expect(await version()).toBe(1);
  });

  test('no concurrent change of an item is lost', async () => {
    const { meters } = setUp();
    await meters.create(aScope, aMeter());
    const add = (key: string) =>
      meters.change(aScope, 'meter_1', key, (meter) => ({
        ...meter,
        filters: [...meter.filters, { key, values: ['x'] }],
      }));
    await Promise.all(['a', 'b', 'c'].map(add));
    const keys = (await meters.list(aScope)).flatMap(({ filters }) => filters.map(({ key }) => key));
    expect(keys.sort()).toEqual(['a', 'b', 'c']);
  });
});
