import { describe, expect, test } from '@jest/globals';
import { refuseTooMany } from '../../../../functions/catalog/prices/new-prices.ts';
import { buildCatalog } from '../../../../shared/domain/catalog/catalog.ts';
import { aPrice } from '../../../support/builders/builders.ts';

const now = 1_000;
const prices = (count: number, endDate?: number) =>
  Array.from({ length: count }, (_, index) =>
    aPrice({ id: `price_${String(endDate)}_${String(index)}`, ...(endDate !== undefined && { endDate }) }),
  );
const catalogWith = (...present: readonly ReturnType<typeof aPrice>[]) =>
  buildCatalog(1, {
    meters: [],
    features: [],
    plans: [],
    priceLineages: present.map((price) => ({ id: price.id, versions: [price] })),
    entitlements: [],
    priceUnits: [],
  });

describe('a plan has at most 5,000 active prices', () => {
  const catalog = catalogWith(...prices(4_999), ...prices(10, now));

  test('prices that have ended do not count for the limit of a plan', () => {
    expect(() => {
      refuseTooMany(catalog, [aPrice({ id: 'new_1' })], now);
    }).not.toThrow();
  });

  test('a plan with 5,000 active prices takes no more', () => {
    const two = [aPrice({ id: 'new_1' }), aPrice({ id: 'new_2' })];
    expect(() => {
      refuseTooMany(catalog, two, now);
    }).toThrow('A plan may have at most 5000 active prices');
  });

  test('a full plan does not limit other plans', () => {
    const ofOther = [aPrice({ id: 'new_1', entityId: 'plan_2' }), aPrice({ id: 'new_2', entityId: 'plan_2' })];
    expect(() => {
      refuseTooMany(catalog, ofOther, now);
    }).not.toThrow();
  });
});
