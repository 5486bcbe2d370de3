// Line items of a draft move with its start.
import { describe, expect, test } from '@jest/globals';
import type { Price } from '../../../../shared/domain/pricing/price.ts';
import { activate, itemsBefore } from '../../../../shared/domain/subscriptions/draft-activation.ts';
import type { LineItem } from '../../../../shared/domain/subscriptions/line-item.ts';
import { aLineItem, aPrice, aSubscription } from '../../../support/builders/builders.ts';

/** Drafted for 500. */
const draftOf = (...lineItems: readonly LineItem[]) =>
  aSubscription({ subscriptionStatus: 'draft', startDate: 500, billingAnchor: 500, lineItems });

const rangeOf = ({ startDate, endDate }: Pick<LineItem, 'startDate' | 'endDate'>) => [startDate, endDate];
const moved = (item: Partial<LineItem>, price: Price | undefined, to: number) => {
  const draft = draftOf(aLineItem({ startDate: 500, ...item }));
  const { lineItems } = activate(draft, { startDate: to, priceOf: () => price, earlierItems: new Map() });
  return lineItems.map(rangeOf);
};

describe('a line item of a draft', () => {
  test.each<[string, Partial<LineItem>, Partial<Price>, number, readonly unknown[]]>([
    ['begins with it', {}, {}, 100, [100, undefined]],
    ['begins with its price', {}, { startDate: 300 }, 100, [300, undefined]],
    ['keeps a start that was asked for', { startDate: 600 }, {}, 100, [600, undefined]],
    ['is over when its version was', { endDate: 700 }, {}, 800, [800, 800]],
    ['takes its second along', { billingPeriod: 'ONETIME', endDate: 1500 }, {}, 100, [100, 1100]],
    [
      'begins with it, like the copy of its price',
      {},
      { entityType: 'SUBSCRIPTION', startDate: 500 },
      100,
      [100, undefined],
    ],
    [
      'begins with the copy of a price that starts later',
      {},
      { entityType: 'SUBSCRIPTION', startDate: 300 },
      100,
      [300, undefined],
    ],
  ])('%s', (_, item, price, to, range) => {
    expect(moved(item, aPrice(price), to)).toEqual([range]);
  });

  const versions = [
    aPrice({ endDate: 200 }),
    aPrice({ id: 'price_2', parentPriceId: 'price_1', startDate: 200, endDate: 400 }),
    aPrice({ id: 'price_3', parentPriceId: 'price_1', startDate: 400 }),
  ];
  const before = (item: Partial<LineItem>, startDate: number, price = versions[2] ?? aPrice()) => {
    const old = aLineItem({ id: 'subs_line_3', startDate: 500, priceId: 'price_3', ...item });
    let count = 0;
    const made = { newId: () => `subs_line_new_${String((count += 1))}`, at: 9, by: 'secret_9' };
    return itemsBefore(old, draftOf(old), { startDate, price, prices: versions }, made);
  };

  test('is preceded by those of earlier versions, from an earlier start on', () => {
    expect(before({ displayName: 'Own' }, 100)).toMatchObject([
      { id: 'subs_line_new_1', priceId: 'price_1', startDate: 100, endDate: 200, displayName: 'Own', createdAt: 9 },
      { id: 'subs_line_new_2', priceId: 'price_2', startDate: 200, endDate: 400, createdBy: 'secret_9' },
    ]);
    expect(before({}, 399).map(rangeOf)).toEqual([[399, 400]]);
    expect(before({}, 400)).toEqual([]);
  });

  test('is not preceded by any if it is to begin later than the draft, or is billed once', () => {
    expect(before({ startDate: 600 }, 100)).toEqual([]);
    expect(before({ billingPeriod: 'ONETIME' }, 100)).toEqual([]);
  });
});
