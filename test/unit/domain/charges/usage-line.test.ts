// Which items are one line.
import { describe, expect, test } from '@jest/globals';
import { restartOf, usageLinesOf } from '../../../../shared/domain/charges/usage-line.ts';
import type { LineItem } from '../../../../shared/domain/subscriptions/line-item.ts';
import { aCatalog, aLineage, aLineItem, aMeter, aPrice, aSubscription } from '../../../support/builders/builders.ts';
import { aUsageLine, march } from '../../../support/builders/measured-lines.ts';

const { start, end } = march;
const prices = [
  aPrice({ id: 'a' }),
  aPrice({ id: 'a2', parentPriceId: 'a' }),
  aPrice({ id: 'b' }),
  aPrice({ id: 'buckets', bucketSize: 'DAY' }),
  aPrice({ id: 'other', meterId: 'meter_2' }),
];
const catalog = aCatalog({
  meters: [aMeter(), aMeter({ id: 'meter_2' })],
  priceLineages: prices.map((price) => aLineage(price)),
});
const item = (id: string, priceId: string, startDate: number, endDate?: number, fields: Partial<LineItem> = {}) =>
  aLineItem({ id, priceId, startDate, ...(endDate !== undefined && { endDate }), ...fields });
const linesOf = (...lineItems: readonly LineItem[]): readonly (readonly string[])[] =>
  usageLinesOf(aSubscription({ lineItems }), catalog, march).map(({ versions }) => versions.map((one) => one.item.id));

describe('the lines of a period', () => {
  test('leave out items that are not published, or have no time in it', () => {
    const lines = usageLinesOf(
      aSubscription({
        lineItems: [
          item('1', 'a', start, undefined, { status: 'archived' }),
          item('2', 'a', end),
          item('3', 'a', 0, start),
          item('4', 'a', start + 5, start + 5),
          item('5', 'a', 0, start + 1),
          item('6', 'a', start, undefined, { priceType: 'FIXED' }),
        ],
      }),
      catalog,
      march,
    );
    expect(lines.map(({ versions }) => versions.map((one) => [one.item.id, one.start, one.end]))).toEqual([
      [['5', start, start + 1]],
    ]);
  });

  test('are items after each other, with and without a gap, of one price or of another', () => {
    expect(
      linesOf(item('1', 'a', 0, start + 5), item('2', 'a2', start + 5, start + 9), item('3', 'b', end - 9)),
    ).toEqual([['1', '2', '3']]);
  });

  test('are different for items that are there at the same time, of different meters, and of other buckets', () => {
    expect(linesOf(item('1', 'a', 0, start + 5), item('2', 'b', start + 4))).toEqual([['1'], ['2']]);
    expect(linesOf(item('1', 'a', 0, start + 5), item('2', 'other', start + 5))).toEqual([['1'], ['2']]);
    expect(linesOf(item('1', 'a', 0, start + 5), item('2', 'buckets', start + 5))).toEqual([['1'], ['2']]);
  });

  test('go on with the same price first, then with the one that ended last', () => {
    const ended = [item('1', 'a', 0, start + 3), item('2', 'b', 0, start + 5)];
    expect(linesOf(...ended, item('3', 'a2', start + 5))).toEqual([['1', '3'], ['2']]);
    expect(linesOf(...ended, item('3', 'b', start + 9), item('4', 'a', start + 5))).toEqual([
      ['1', '4'],
      ['2', '3'],
    ]);
    const third = aPrice({ id: 'c' });
    const lines = usageLinesOf(
      aSubscription({ lineItems: [...ended, item('3', 'c', start + 5)], prices: [aLineage(third)] }),
      catalog,
      march,
    );
    expect(lines.map(({ versions }) => versions.map((one) => one.item.id))).toEqual([['1'], ['2', '3']]);
  });

  test('are in the order of their first items in the subscription', () => {
    expect(linesOf(item('1', 'b', start + 5), item('2', 'other', 0), item('3', 'b', 0, start + 5))).toEqual([
      ['3', '1'],
      ['2'],
    ]);
  });
});

test('usage begins again after the last subscription that billed the meter before', () => {
  const endedAt = (id: string, endDate: number, meterId = 'meter_1') =>
    aSubscription({ id, lineItems: [aLineItem({ id: `item_of_${id}`, endDate, meterId })] });
  const line = aUsageLine({ item: { startDate: start } });
  const earlier = [endedAt('subs_2', start - 9), endedAt('subs_3', start), endedAt('subs_4', start - 5)];
  const others = [endedAt('subs_1', start), endedAt('subs_5', start + 1), endedAt('subs_6', start, 'meter_2')];
  expect(restartOf(line, [...earlier, ...others])).toMatchObject({ subscription: { id: 'subs_3' }, endedAt: start });
  expect(restartOf(line, others)).toBeUndefined();
  expect(restartOf(aUsageLine({ item: { startDate: start - 1 } }), earlier)).toBeUndefined();
});
