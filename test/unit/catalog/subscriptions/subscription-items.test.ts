// Line items that are added to a subscription.
import { expect, test } from '@jest/globals';
import { withItems } from '../../../../functions/catalog/subscriptions/subscription-items.ts';
import { aLineItem, aSubscription } from '../../../support/builders/builders.ts';

test('new line items end with the subscription as it is when they are written, not when they were prepared', () => {
  const open = { lineItem: aLineItem({ id: 'subs_line_2' }) };
  const { lineItems } = withItems(aSubscription({ lineItems: [], cancelAt: 700 }), [open]);
  expect(lineItems).toEqual([aLineItem({ id: 'subs_line_2', endDate: 700, ownEndDate: null })]);
  const ended = { lineItem: aLineItem({ endDate: 700, ownEndDate: 900 }) };
  expect(withItems(aSubscription({ lineItems: [] }), [ended]).lineItems).toEqual([aLineItem({ endDate: 900 })]);
});
