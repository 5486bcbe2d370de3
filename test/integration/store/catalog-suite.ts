// The catalog: names are unique, changes are conditional, and answered changes are read.
import { expect, test } from '@jest/globals';
import { createCatalogReader } from '../../../shared/store/catalog/catalog-reader.ts';
import { createCatalogStore } from '../../../shared/store/catalog/catalog-store.ts';
import type { Table } from '../../../shared/store/table/table.ts';
import { aFeature, aMeter, aPlan, aPrice, aPriceUnit } from '../../support/builders/builders.ts';
import { newScope } from './new-scope.ts';

export const describeCatalog = (table: () => Table): void => {
  test('exactly one of several features that take one lookup key at once gets it', async () => {
    const scope = newScope();
    const { features } = createCatalogStore(table());
    const creations = ['feat_1', 'feat_2', 'feat_3'].map((id) => features.create(scope, aFeature({ id })));
    const kinds = (await Promise.all(creations)).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['name_taken', 'name_taken', 'written']);
    expect(await features.list(scope)).toHaveLength(1);
  });

  test('a lookup key is taken over from an archived feature', async () => {
    const scope = newScope();
    const { plans } = createCatalogStore(table());
    await plans.create(scope, aPlan({ lookupKey: 'pro' }));
    await plans.change(scope, 'plan_1', 'w1', (plan) => ({ ...plan, status: 'archived' }));
    expect(await plans.create(scope, aPlan({ id: 'plan_2', lookupKey: 'pro' }))).toMatchObject({ kind: 'written' });
  });

  test('price units have codes of their own, and prices keep what they state in them', async () => {
    const scope = newScope();
    const { plans, priceUnits, priceLineages } = createCatalogStore(table());
    const reader = createCatalogReader({ table: table(), now: () => 0 });
    await plans.create(scope, aPlan({ lookupKey: 'tok' }));
    const creations = ['price_unit_1', 'price_unit_2'].map((id) => priceUnits.create(scope, aPriceUnit({ id })));
    expect((await Promise.all(creations)).map(({ kind }) => kind).sort()).toEqual(['name_taken', 'written']);
    const [unit] = await priceUnits.list(scope);
    expect(unit).toEqual(aPriceUnit({ id: unit?.id ?? '' }));
    const stated = { ...aPriceUnit(), amount: '10', tiers: [{ upTo: null, unitAmount: '1', flatAmount: '2' }] };
    const { id, code, symbol, conversionRate, amount, tiers } = stated;
    const price = aPrice({
      priceUnitType: 'CUSTOM',
      priceUnit: { id, code, symbol, conversionRate, amount, tiers },
    });
    await priceLineages.create(scope, { id: price.id, versions: [price] });
    const catalog = await reader.read(scope);
    expect(catalog.prices.get(price.id)).toEqual(price);
    expect([...catalog.priceUnits.values()]).toEqual([unit]);
  });

  test('concurrent changes of the catalog are all stored, and can be read at once', async () => {
    const scope = newScope();
    const { meters, priceLineages } = createCatalogStore(table());
    const reader = createCatalogReader({ table: table(), now: () => 0 });
    const tiers = [{ upTo: null, unitAmount: '0.000000000000000000001' }];
    await meters.create(scope, aMeter());
    await priceLineages.create(scope, { id: 'price_1', versions: [aPrice({ tiers })] });
    expect((await reader.read(scope)).prices.get('price_1')).toEqual(aPrice({ tiers }));
    const add = (key: string) =>
      meters.change(scope, 'meter_1', key, (meter) => ({
        ...meter,
        filters: [...meter.filters, { key, values: ['a#*%'] }],
      }));
    await Promise.all(['a', 'b', 'c'].map(add));
    const filters = (await reader.read(scope)).meters.get('meter_1')?.filters ?? [];
    expect(filters.map(({ key }) => key).sort()).toEqual(['a', 'b', 'c']);
    expect((await reader.read(scope)).version).toBe(5);
  });
};
