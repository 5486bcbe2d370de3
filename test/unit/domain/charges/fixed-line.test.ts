// Which items are versions of one fixed line.
import { expect, test } from '@jest/globals';
import { fixedLinesOf } from '../../../../shared/domain/charges/fixed-line.ts';
import type { LineItem } from '../../../../shared/domain/subscriptions/line-item.ts';
import { aLineItem, aPrice } from '../../../support/builders/builders.ts';

const prices = new Map(
  [aPrice({ id: 'root' }), aPrice({ id: 'later', parentPriceId: 'root' }), aPrice({ id: 'other' })].map((price) => [
    price.id,
    price,
  ]),
);
const priceOf = (id: string) => {
  const price = prices.get(id);
  if (!price) throw new Error(`no price ${id}`);
  return price;
};
const item = (id: string, priceId: string, startDate: number, endDate?: number, fields: Partial<LineItem> = {}) =>
  aLineItem({ id, priceId, priceType: 'FIXED', startDate, ...(endDate !== undefined && { endDate }), ...fields });
const linesOf = (items: readonly LineItem[]) =>
  fixedLinesOf(items, priceOf).map((line) => line.map(({ id }) => id).join());

test('the items of one price and of its versions are one line, by start, also after a gap', () => {
  expect(linesOf([item('a', 'root', 0, 10), item('c', 'root', 30), item('b', 'later', 10, 20)])).toEqual(['a,b,c']);
});

test('items of another price, or that are there at the same time, are other lines, in the order of their first items', () => {
  expect(linesOf([item('x', 'other', 5), item('a', 'root', 0, 10), item('b', 'later', 9, 20)])).toEqual([
    'x',
    'a',
    'b',
  ]);
});

test('an item goes on the line that ended last', () => {
  const items = [item('a', 'root', 0, 10), item('b', 'root', 0, 15), item('c', 'later', 20)];
  expect(linesOf(items)).toEqual(['a', 'b,c']);
  expect(linesOf([item('a', 'root', 0, 10), item('b', 'root', 0, 25), item('c', 'later', 20)])).toEqual(['a,c', 'b']);
});

test('items that end where they start, that are archived or that are usage are on no line', () => {
  const items = [
    item('a', 'root', 0, 10),
    item('empty', 'root', 10, 10),
    item('archived', 'root', 10, 20, { status: 'archived' }),
    item('usage', 'root', 10, 20, { priceType: 'USAGE' }),
    item('b', 'later', 10),
  ];
  expect(linesOf(items)).toEqual(['a,b']);
});
