import { describe, expect, test } from '@jest/globals';
import type { Price } from '../../../../shared/domain/pricing/price.ts';
import {
  describeVersion,
  endVersion,
  type LineageChange,
  type LineageRefusal,
  startVersion,
  withTerms,
} from '../../../../shared/domain/pricing/price-lineage.ts';
import { aPrice } from '../../../support/builders/builders.ts';

const change = { at: 50, by: 'secret_2' };
const lineageOf = (...versions: readonly Price[]) => ({ id: versions[0]?.id ?? '', versions });
const next = (price: Price): Price => ({ ...price, id: 'price_2', amount: '0.02' });
const refusal = (refused: LineageRefusal): LineageChange => ({ kind: 'refused', refusal: refused });

describe('a change of the terms', () => {
  test('ends the last version and starts the next at the same instant, under the root', () => {
    const started = startVersion(lineageOf(aPrice()), 'price_1', { ...change, from: 40 }, next);
    expect(started).toEqual({
      kind: 'changed',
      lineage: lineageOf(
        aPrice({ endDate: 40, updatedAt: 50, updatedBy: 'secret_2' }),
        aPrice({ id: 'price_2', amount: '0.02', startDate: 40, parentPriceId: 'price_1' }),
      ),
    });
  });

  test('that are there already changes the texts in place', () => {
    const again = (price: Price): Price => ({ ...price, id: 'price_2', amount: '0.010', displayName: 'Calls' });
    const lineage = lineageOf(aPrice({ startDate: 10 }));
    expect(startVersion(lineage, 'price_1', { ...change, from: 40 }, again)).toEqual({
      kind: 'changed',
      lineage: lineageOf(aPrice({ startDate: 10, displayName: 'Calls', updatedAt: 50, updatedBy: 'secret_2' })),
    });
    expect(startVersion(lineage, 'price_1', { ...change, from: 9 }, again)).toEqual(refusal('before_start'));
  });

  test('takes effect at any time before the end of a price without a beginning', () => {
    const started = startVersion(lineageOf(aPrice()), 'price_1', { ...change, from: -1e12 }, next);
    expect(started).toMatchObject({ lineage: { versions: [{ endDate: -1e12 }, { startDate: -1e12 }] } });
    expect(endVersion(lineageOf(aPrice()), 'price_1', { ...change, endDate: -1e12 })).toMatchObject({
      lineage: { versions: [{ endDate: -1e12 }] },
    });
  });

  test('keeps a future end', () => {
    const started = startVersion(lineageOf(aPrice({ endDate: 99 })), 'price_1', { ...change, from: 60 }, next);
    expect(started).toMatchObject({ lineage: { versions: [{ endDate: 60 }, { startDate: 60, endDate: 99 }] } });
  });

  test('takes effect from the start of the version to before its end', () => {
    const lineage = lineageOf(aPrice({ startDate: 60, endDate: 99 }));
    const start = (from: number) => startVersion(lineage, 'price_1', { ...change, from }, next);
    expect(start(60)).toMatchObject({ kind: 'changed' });
    expect(start(59)).toEqual(refusal('before_start'));
    expect(start(98)).toMatchObject({ kind: 'changed' });
    expect(start(99)).toEqual(refusal('after_end'));
  });

  test('applies only to the last version of a price, while it has not ended', () => {
    const two = lineageOf(aPrice({ endDate: 60 }), aPrice({ id: 'price_2', startDate: 60 }));
    const from = { ...change, from: 70 };
    expect(startVersion(two, 'price_1', from, next)).toEqual(refusal('superseded'));
    expect(startVersion(lineageOf(aPrice({ endDate: 50 })), 'price_1', from, next)).toEqual(refusal('ended'));
    expect(describeVersion(two, 'price_1', 50, next)).toEqual(refusal('superseded'));
    expect(endVersion(two, 'price_1', { ...change, endDate: 55 })).toEqual(refusal('superseded'));
  });

  test('is refused for a price of a hundred versions', () => {
    const versions = Array.from({ length: 99 }, (_, index) => aPrice({ id: `price_${String(index)}` }));
    const third = (price: Price): Price => ({ ...price, id: 'price_3', amount: '0.03' });
    const full = startVersion(lineageOf(...versions), 'price_98', { ...change, from: 50 }, next);
    expect(full.kind).toBe('changed');
    if (full.kind === 'changed') {
      expect(startVersion(full.lineage, 'price_2', { ...change, from: 51 }, third)).toEqual(
        refusal('too_many_versions'),
      );
    }
  });
});

test('new terms replace all terms of a price, for another time', () => {
  const tiered = aPrice({
    startDate: 5,
    formerStart: 5,
    amount: '0',
    billingModel: 'TIERED',
    tierMode: 'SLAB',
    tiers: [{ upTo: null, unitAmount: '1' }],
    transformQuantity: { divideBy: 2, round: 'up' },
  });
  expect(withTerms(tiered, { amount: '0.01', billingModel: 'FLAT_FEE' })).toEqual(aPrice());
});

test('a future end of a price may be moved, but not before the start', () => {
  const lineage = lineageOf(aPrice({ startDate: 10, endDate: 51 }));
  const end = (endDate: number) => endVersion(lineage, 'price_1', { ...change, endDate });
  expect(end(90)).toMatchObject({ lineage: { versions: [{ endDate: 90, updatedAt: 50, updatedBy: 'secret_2' }] } });
  expect(end(10)).toMatchObject({ kind: 'changed' });
  expect(end(9)).toEqual(refusal('before_start'));
});
