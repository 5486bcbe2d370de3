import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { roundMoney } from '../../../../shared/domain/numbers/money.ts';
import { costOfParts, priceBuckets, priceQuantity } from '../../../../shared/domain/pricing/price-cost.ts';
import { decimal, formatQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import { Decimal, GoldenPrice as Price } from '../../../support/builders/golden-price.ts';
import { readVectors } from '../../../support/builders/golden.ts';

const file = 'price-costs.json';
const plain = (text: string): string => formatQuantity(decimal(text));
describe('the cost of a quantity', () => {
  const Input = v.object({ price: Price, quantity: Decimal });
  test.each(readVectors(file, 'cost', Input, v.object({ cost: v.string() })))('$id', ({ input, expected }) => {
    expect(formatQuantity(costOfParts(priceQuantity(input.price, input.quantity)))).toBe(plain(expected.cost));
  });
  test.each(readVectors(file, 'line_amount', Input, v.object({ amount: v.string() })))('$id', ({ input, expected }) => {
    const cost = costOfParts(priceQuantity(input.price, input.quantity));
    expect(formatQuantity(roundMoney(cost, input.price.currency))).toBe(plain(expected.amount));
  });
});

describe('the cost of buckets', () => {
  const Input = v.object({ price: Price, bucket_values: v.array(Decimal) });
  test.each(readVectors(file, 'bucketed_cost', Input, v.object({ cost: v.string() })))('$id', ({ input, expected }) => {
    const cost = costOfParts(priceBuckets(input.price, input.bucket_values).flat());
    expect(formatQuantity(roundMoney(cost, input.price.currency))).toBe(plain(expected.cost));
  });
});

test('tiers are ordered by their ends, and each reached tier has its flat amount once', () => {
  const tiers = [
    { upTo: null, unitAmount: '1', flatAmount: '100' },
    { upTo: 10, unitAmount: '3', flatAmount: '7' },
  ];
  const slab = { amount: '0', billingModel: 'TIERED', tierMode: 'SLAB', tiers } as const;
  const partsOf = (quantity: string) =>
    priceQuantity(slab, decimal(quantity)).map(({ units, upTo }) => [formatQuantity(units), upTo]);
  expect(partsOf('10')).toEqual([['10', 10]]);
  expect(partsOf('10.5')).toEqual([
    ['10', 10],
    ['0.5', null],
  ]);
  expect(formatQuantity(costOfParts(priceQuantity(slab, decimal('10.5'))))).toBe('137.5');
  expect(priceQuantity(slab, decimal('0'))).toEqual([]);
});
