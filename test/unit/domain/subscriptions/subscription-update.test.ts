// Effects of PUT on the status and the end of a subscription.
import { describe, expect, test } from '@jest/globals';
import { updateSubscription } from '../../../../shared/domain/subscriptions/subscription-update.ts';
import type { Subscription } from '../../../../shared/domain/subscriptions/subscription.ts';
import { aLineItem, aSubscription } from '../../../support/builders/builders.ts';

const moment = { now: 500, currentPeriodEnd: 900 };
const update = (fields: Partial<Subscription>, sent: Parameters<typeof updateSubscription>[1]) =>
  updateSubscription(aSubscription({ startDate: 0, ...fields }), sent, moment);
const keep = { cancelAtPeriodEnd: false };

describe('cancel_at', () => {
  test('is the end of the subscription and of its line items', () => {
    const lineItems = [aLineItem(), aLineItem({ id: 'subs_line_2', endDate: 600 })];
    expect(update({ lineItems }, { cancelAt: 700, cancelAtPeriodEnd: true })).toMatchObject({
      kind: 'updated',
      subscription: {
        subscriptionStatus: 'active',
        cancelAt: 700,
        endDate: 700,
        cancelAtPeriodEnd: true,
        lineItems: [{ endDate: 700 }, { endDate: 600 }],
      },
    });
  });

  test('null withdraws the cancellation with all its effects', () => {
    const cancelled = {
      cancelAt: 700,
      endDate: 700,
      cancelledAt: 400,
      cancelAtPeriodEnd: true,
      metadata: { a: 'b', cancellation_type: 'scheduled_date', cancellation_reason: '', effective_date: 'x' },
      lineItems: [aLineItem({ endDate: 700, ownEndDate: null })],
    };
    expect(update(cancelled, { cancelAt: null, ...keep })).toEqual({
      kind: 'updated',
      subscription: aSubscription({ startDate: 0, metadata: { a: 'b' }, lineItems: [aLineItem()] }),
    });
  });

  test('null is ignored without a cancellation, and leaves an end of another origin', () => {
    const lineItems = [aLineItem({ endDate: 800, ownEndDate: null })];
    expect(update({ endDate: 800, lineItems }, { cancelAt: null, ...keep })).toMatchObject({
      subscription: { endDate: 800, lineItems: [{ endDate: 800 }] },
    });
    expect(update({ endDate: 800, cancelAt: 700, lineItems }, { cancelAt: null, ...keep })).toMatchObject({
      subscription: { endDate: 800, lineItems: [{ endDate: 800 }] },
    });
  });

  test('must be after the start', () => {
    expect(update({}, { cancelAt: 0, ...keep })).toMatchObject({ kind: 'invalid' });
    expect(update({}, { cancelAt: 1, ...keep })).toMatchObject({ kind: 'updated' });
  });
});

describe('cancel_at_period_end', () => {
  test('is overwritten, and changes no existing date', () => {
    expect(update({ cancelAt: 700, endDate: 700, cancelAtPeriodEnd: true }, keep)).toMatchObject({
      subscription: { cancelAtPeriodEnd: false, cancelAt: 700, endDate: 700 },
    });
  });

  test('without a date means the end of the period', () => {
    const change = update({ lineItems: [aLineItem()] }, { cancelAtPeriodEnd: true });
    expect(change).toMatchObject({ subscription: { cancelAt: 900, lineItems: [{ endDate: 900 }] } });
    expect(change).not.toHaveProperty('subscription.endDate');
  });
});

describe('the status', () => {
  test('cancelled ends a subscription now, unless it is over', () => {
    expect(update({ lineItems: [aLineItem()] }, { status: 'cancelled', ...keep })).toMatchObject({
      subscription: {
        subscriptionStatus: 'cancelled',
        endDate: 500,
        cancelAt: 500,
        cancelledAt: 500,
        lineItems: [{ endDate: 500 }],
      },
    });
    expect(update({}, { status: 'cancelled', cancelAt: 300, ...keep })).toMatchObject({
      subscription: { endDate: 300, cancelledAt: 500 },
    });
    expect(update({}, { status: 'cancelled', cancelAt: 501, ...keep })).toMatchObject({ kind: 'invalid' });
  });

  test('active needs a future end, or none', () => {
    const over = { subscriptionStatus: 'cancelled', cancelAt: 300, endDate: 300 } as const;
    expect(update(over, { status: 'active', ...keep })).toMatchObject({ kind: 'refused' });
    expect(update(over, { status: 'active', cancelAt: null, ...keep })).toMatchObject({
      subscription: { subscriptionStatus: 'active' },
    });
    expect(update({ subscriptionStatus: 'draft' }, { status: 'active', ...keep })).toMatchObject({
      subscription: { subscriptionStatus: 'active' },
    });
  });

  test('active is the only one with which a cancelled subscription goes on', () => {
    const over = { subscriptionStatus: 'cancelled', cancelAt: 300, endDate: 300 } as const;
    expect(update(over, { cancelAt: null, ...keep })).toMatchObject({ kind: 'refused' });
    expect(update(over, { cancelAt: 400, ...keep })).toMatchObject({ subscription: { endDate: 400 } });
  });
});
