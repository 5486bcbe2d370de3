// Stored prices of every time are read as they are meant today, and stay so when they are written again.
import { expect, test } from '@jest/globals';
import * as v from 'valibot';
import type { Price } from '../../../../shared/domain/pricing/price.ts';
import { PriceLineageSchema } from '../../../../shared/store/catalog/stored-entities.ts';
import { aLineage, aPrice } from '../../../support/builders/builders.ts';

const read = (...versions: [Price, ...Price[]]): readonly Price[] =>
  v.parse(PriceLineageSchema, JSON.parse(JSON.stringify(aLineage(...versions)))).versions;

test('a first version that began when it was made has no beginning', () => {
  const once = aPrice({ createdAt: 500, startDate: 500 });
  const today = aPrice({ createdAt: 500, formerStart: 500 });
  expect(read(once)).toEqual([today]);
  expect(read(today)).toEqual([today]);
});

test('a price that was given a start, or follows another version, keeps its start', () => {
  const versions = [
    aPrice({ createdAt: 500, startDate: 499, endDate: 700 }),
    aPrice({ id: 'price_2', parentPriceId: 'price_1', createdAt: 700, startDate: 700 }),
  ] as const;
  expect(read(...versions)).toEqual(versions);
  expect(read(aPrice({ createdAt: 500 }))).toEqual([aPrice({ createdAt: 500 })]);
});
