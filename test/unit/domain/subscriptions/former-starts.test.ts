// Line items as they were stored when a price without a start began when it was made.
import { describe, expect, test } from '@jest/globals';
import type { Price } from '../../../../shared/domain/pricing/price.ts';
import { mayHaveFormerStarts, withoutFormerStarts } from '../../../../shared/domain/subscriptions/former-starts.ts';
import type { LineItem } from '../../../../shared/domain/subscriptions/line-item.ts';
import type { Subscription } from '../../../../shared/domain/subscriptions/subscription.ts';
import { aCatalog, aCustomer, aLineage, aLineItem, aPrice, aSubscription } from '../../../support/builders/builders.ts';

/** Begins at 100; its price was made at 500, and it at 900. */
const anAccount = (item: Partial<LineItem> = {}, subscription: Partial<Subscription> = {}) => ({
  customer: aCustomer(),
  rev: 1,
  subscriptions: [
    aSubscription({
      startDate: 100,
      lineItems: [aLineItem({ startDate: 500, createdAt: 900, ...item })],
      ...subscription,
    }),
  ],
});

const made: Partial<Price> = { createdAt: 500, formerStart: 500 };

const startIn = (account: ReturnType<typeof anAccount>, ...prices: [Price, ...Price[]]): number | undefined =>
  withoutFormerStarts(account, aCatalog({ priceLineages: [aLineage(...prices)] })).subscriptions[0]?.lineItems[0]
    ?.startDate;

describe('a stored line item', () => {
  test('that begins where its price was made begins with its subscription', () => {
    expect(mayHaveFormerStarts(anAccount())).toBe(true);
    expect(startIn(anAccount(), aPrice(made))).toBe(100);
  });

  test('that has a changed copy of such a price does too', () => {
    const copy = aPrice({ id: 'price_9', entityType: 'SUBSCRIPTION', startDate: 500, parentPriceId: 'price_1' });
    const account = anAccount({ priceId: 'price_9' }, { prices: [{ id: 'price_9', versions: [copy] }] });
    expect(startIn(account, aPrice(made))).toBe(100);
  });

  test('keeps its start if its price was given that', () => {
    expect(startIn(anAccount(), aPrice({ createdAt: 500, startDate: 500 }))).toBe(500);
    expect(startIn(anAccount(), aPrice({ createdAt: 500 }))).toBe(500);
    expect(startIn(anAccount({ startDate: 501 }), aPrice(made))).toBe(501);
  });

  test('keeps its start if it bills a later version', () => {
    const later = aPrice({ id: 'price_2', parentPriceId: 'price_1', startDate: 600, createdAt: 600 });
    expect(startIn(anAccount({ priceId: 'price_2', startDate: 600 }), aPrice(made), later)).toBe(600);
  });

  test('keeps its start if it began when it was added, with a price of its own', () => {
    const own = aPrice({ id: 'price_9', entityType: 'SUBSCRIPTION', ...made });
    const added = anAccount({ priceId: 'price_9', createdAt: 500 }, { prices: [{ id: 'price_9', versions: [own] }] });
    expect(mayHaveFormerStarts(added)).toBe(false);
    expect(startIn(added, aPrice())).toBe(500);
  });

  test('keeps its end, but one that is billed once takes it along', () => {
    const endOf = (item: Partial<LineItem>, subscription: Partial<Subscription> = {}) => {
      const catalog = aCatalog({ priceLineages: [aLineage(aPrice(made))] });
      const [read] = withoutFormerStarts(anAccount(item, subscription), catalog).subscriptions;
      const { startDate, endDate, ownEndDate } = read?.lineItems[0] ?? aLineItem();
      return { startDate, endDate, ownEndDate };
    };
    expect(endOf({ endDate: 1500 })).toEqual({ startDate: 100, endDate: 1500 });
    expect(endOf({ billingPeriod: 'ONETIME', endDate: 1500 })).toEqual({ startDate: 100, endDate: 1100 });
    const cut = endOf({ billingPeriod: 'ONETIME', endDate: 600, ownEndDate: 1500 }, { endDate: 600 });
    expect(cut).toEqual({ startDate: 100, endDate: 600, ownEndDate: 1100 });
  });

  test('is read once for a catalog', () => {
    const account = anAccount();
    const catalog = aCatalog();
    expect(withoutFormerStarts(account, catalog)).toBe(withoutFormerStarts(account, catalog));
    expect(withoutFormerStarts(account, aCatalog())).not.toBe(withoutFormerStarts(account, catalog));
  });
});
