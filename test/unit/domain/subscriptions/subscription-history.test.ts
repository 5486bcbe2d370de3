// The history of a subscription.
import { describe, expect, test } from '@jest/globals';
import { recordChanges } from '../../../../shared/domain/subscriptions/subscription-history.ts';
import { aLineItem, aSubscription } from '../../../support/builders/builders.ts';
import { aWindowedCommitment, rangeOf } from '../../../support/builders/time-buckets.ts';

describe('changes of a subscription', () => {
  test('are recorded with time, key, field, old and new value', () => {
    const before = aSubscription();
    const lineItems = [aLineItem({ endDate: 60_000 }), aLineItem({ id: 'subs_line_2', priceId: 'price_2' })];
    const after = recordChanges(before, { ...before, subscriptionStatus: 'cancelled', lineItems }, 7, 'secret_9');
    expect(after).toMatchObject({ updatedAt: 7, updatedBy: 'secret_9', subscriptionStatus: 'cancelled' });
    expect(after.history).toEqual([
      { time: 7, key: 'secret_9', field: 'subscription_status', old: '"active"', new: '"cancelled"' },
      {
        time: 7,
        key: 'secret_9',
        field: 'line_items.subs_line_1.end_date',
        old: 'null',
        new: '"1970-01-01T00:01:00Z"',
      },
      {
        time: 7,
        key: 'secret_9',
        field: 'line_items.subs_line_2',
        old: 'null',
        new: '{"price_id":"price_2","quantity":"0","start_date":"1970-01-01T00:00:00Z","end_date":null,"display_name":"Tokens"}',
      },
    ]);
  });

  test('are recorded with the commitments of a subscription and of a new line item', () => {
    const before = aSubscription();
    const timeBuckets = [{ ...rangeOf('22:00', '06:30'), value: '8', hasTrueUp: true }];
    const item = aLineItem({
      id: 'subs_line_2',
      commitment: { ...aWindowedCommitment({ timeBuckets }), duration: 'MONTHLY' },
    });
    const commitment = { amount: '60', duration: 'ANNUAL', overageFactor: '2', hasTrueUp: true } as const;
    const after = { ...before, commitment, lineItems: [...before.lineItems, item] };
    const changes = recordChanges(before, after, 7, 'secret_9').history.map((entry) => [
      entry.field,
      entry.old,
      entry.new,
    ]);
    expect(changes.slice(0, -1)).toEqual([
      ['commitment_amount', 'null', '"60"'],
      ['commitment_duration', 'null', '"ANNUAL"'],
      ['overage_factor', 'null', '"2"'],
      ['enable_true_up', 'false', 'true'],
    ]);
    expect(JSON.parse(changes.at(-1)?.[2] ?? '')).toMatchObject({
      commitment_amount: '5',
      commitment_overage_factor: '2',
      commitment_true_up_enabled: false,
      commitment_windowed: true,
      commitment_duration: 'MONTHLY',
      commitment_time_buckets: ['22:00-06:30 amount 8 × 2, true-up, price_of_bucket_0'],
    });
  });

  test('are kept for the last 50', () => {
    let subscription = aSubscription();
    for (let at = 1; at <= 60; at += 1)
      subscription = recordChanges(subscription, { ...subscription, endDate: at }, at, 'k');
    expect(subscription.history).toHaveLength(50);
    expect(subscription.history[0]).toMatchObject({ time: 11, old: '"1970-01-01T00:00:00.01Z"' });
    expect(subscription.history[49]).toMatchObject({ time: 60 });
  });
});
