// A line item ends by itself, or with its subscription.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { endWithSubscription, type LineItem, ownEndOf } from '../../../../shared/domain/subscriptions/line-item.ts';
import { aLineItem } from '../../../support/builders/builders.ts';

const withoutEnd = (fields: Partial<LineItem> = {}): LineItem => {
  const item = { ...aLineItem(), ...fields };
  if (fields.endDate === undefined) delete item.endDate;
  return item;
};

describe('a line item', () => {
  test('ends with its subscription, and goes on with it', () => {
    const open = withoutEnd({ startDate: 10 });
    const ended = endWithSubscription(open, 50);
    expect(ended).toMatchObject({ endDate: 50, ownEndDate: null });
    expect(endWithSubscription(ended, 80)).toMatchObject({ endDate: 80, ownEndDate: null });
    expect(endWithSubscription(ended, undefined)).toEqual(open);
  });

  test.each([
    ['earlier than the subscription', 30, 50, 30],
    ['with it, and stays there when it goes on', 50, 50, 50],
    ['later, and again once it may', 70, 50, 50],
  ])('with an end of its own ends %s', (_case, own, subscriptionEnd, end) => {
    const item = withoutEnd({ startDate: 10, endDate: own });
    const ended = endWithSubscription(item, subscriptionEnd);
    expect(ended.endDate).toBe(end);
    expect(endWithSubscription(ended, undefined)).toEqual(item);
  });

  test('that has not begun by the end of its subscription never begins', () => {
    expect(endWithSubscription(withoutEnd({ startDate: 60 }), 50)).toMatchObject({ startDate: 60, endDate: 60 });
  });

  test('has the end of the last change, however often its subscription moved before', () => {
    const end = fc.option(fc.nat(100), { nil: undefined });
    fc.assert(
      fc.property(end, fc.array(end), end, (own, earlier, last) => {
        const item = withoutEnd({ startDate: 20, ...(own !== undefined && { endDate: own + 20 }) });
        const moved = earlier.reduce(endWithSubscription, item);
        expect(endWithSubscription(moved, last)).toEqual(endWithSubscription(item, last));
        expect(ownEndOf(moved)).toBe(ownEndOf(item));
      }),
    );
  });
});
