// The three ways to cancel: effects on dates and line items, and refusals.
import { describe, expect, test } from '@jest/globals';
import {
  cancel,
  type CancellationRequest,
  type SubscriptionMoment,
} from '../../../../shared/domain/subscriptions/cancellation.ts';
import type { Subscription } from '../../../../shared/domain/subscriptions/subscription.ts';
import { aLineItem, aSubscription } from '../../../support/builders/builders.ts';

const moment: SubscriptionMoment = { now: 500, status: 'active', currentPeriodStart: 400, currentPeriodEnd: 900 };
const ended = (request: Partial<CancellationRequest>, subscription: Partial<Subscription> = {}, at = {}) => {
  const asked: CancellationRequest = { type: 'immediate', reason: 'too expensive', ...request };
  return cancel(aSubscription(subscription), asked, { ...moment, ...at });
};

describe('cancellation', () => {
  test('an immediate cancellation ends the subscription and its line items at once', () => {
    const lineItems = [
      aLineItem(),
      aLineItem({ id: 'ended', endDate: 300 }),
      aLineItem({ id: 'longer', endDate: 800 }),
      aLineItem({ id: 'to come', startDate: 600 }),
    ];
    const cancellation = ended({}, { lineItems, metadata: { team: 'a' } });
    expect(cancellation).toMatchObject({
      kind: 'cancelled',
      effectiveDate: 500,
      subscription: {
        subscriptionStatus: 'cancelled',
        endDate: 500,
        cancelAt: 500,
        cancelledAt: 500,
        cancelAtPeriodEnd: false,
        metadata: {
          team: 'a',
          cancellation_type: 'immediate',
          cancellation_reason: 'too expensive',
          effective_date: '1970-01-01T00:00:00.5Z',
        },
      },
    });
    const items = cancellation.kind === 'cancelled' ? cancellation.subscription.lineItems : [];
    expect(items.map(({ startDate, endDate }) => [startDate, endDate])).toEqual([
      [0, 500],
      [0, 300],
      [0, 500],
      [600, 600],
    ]);
  });

  test('an immediate cancellation may be back-dated within the current period', () => {
    expect(ended({ cancelAt: 401 })).toMatchObject({ effectiveDate: 401, subscription: { cancelledAt: 500 } });
  });

  test('a subscription that is cancelled before its start never begins', () => {
    const coming = { startDate: 600, lineItems: [aLineItem({ startDate: 600 })] };
    expect(ended({}, coming, { currentPeriodStart: 600 })).toMatchObject({
      effectiveDate: 600,
      subscription: {
        subscriptionStatus: 'cancelled',
        endDate: 600,
        cancelAt: 600,
        cancelledAt: 500,
        lineItems: [{ startDate: 600, endDate: 600 }],
      },
    });
    expect(ended({}, { startDate: 500 }, { currentPeriodStart: 500 })).toMatchObject({ effectiveDate: 500 });
  });

  test('a cancellation at the end of the period sets the date, and keeps status and end', () => {
    const cancellation = ended({ type: 'end_of_period' });
    expect(cancellation).toMatchObject({
      effectiveDate: 900,
      subscription: { subscriptionStatus: 'active', cancelAt: 900, cancelledAt: 500, cancelAtPeriodEnd: true },
    });
    expect(cancellation).not.toHaveProperty('subscription.endDate');
    expect(cancellation).toHaveProperty('subscription.lineItems', [aLineItem({ endDate: 900, ownEndDate: null })]);
  });

  test.each([450, 5000])('a cancellation may be scheduled for the past or the future: %i', (cancelAt) => {
    expect(ended({ type: 'scheduled_date', cancelAt })).toMatchObject({
      effectiveDate: cancelAt,
      subscription: { subscriptionStatus: 'active', cancelAt, endDate: cancelAt, cancelAtPeriodEnd: true },
    });
  });

  test.each<[Partial<CancellationRequest>, Partial<Subscription>, object, object]>([
    [{ cancelAt: 501 }, {}, {}, { kind: 'invalid', rule: 'must not be in the future' }],
    [{ cancelAt: 400 }, {}, {}, { kind: 'invalid', rule: 'must be after the start of the current period' }],
    [{ type: 'scheduled_date' }, {}, {}, { kind: 'invalid', rule: 'required' }],
    [
      { type: 'scheduled_date', cancelAt: 0 },
      {},
      {},
      { kind: 'invalid', rule: 'must be after the start of the subscription' },
    ],
    [{}, {}, { status: 'draft' }, { kind: 'refused', message: 'A draft subscription cannot be cancelled' }],
    [{}, {}, { status: 'cancelled' }, { kind: 'refused', message: 'The subscription is already cancelled' }],
    [
      { type: 'end_of_period' },
      { cancelAt: 700 },
      {},
      { kind: 'refused', message: 'The subscription already has a cancellation date' },
    ],
  ])('a cancellation %j of %j at %j is refused', (request, subscription, at, expected) => {
    expect(ended(request, subscription, at)).toEqual(expected);
  });

  test('a scheduled cancellation can be made immediate', () => {
    expect(ended({}, { cancelAt: 700, endDate: 700, cancelAtPeriodEnd: true })).toMatchObject({
      subscription: { endDate: 500, cancelAt: 500, cancelAtPeriodEnd: false },
    });
  });
});
