// Law: windows of a commitment follow each other without a gap, and each is made of whole billing periods.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  isDurationFor,
  positionInWindow,
  windowOfCommitment,
} from '../../../../shared/domain/commitments/commitment-cumulative.ts';
import { subscriptionPeriodAt } from '../../../../shared/domain/subscriptions/subscription-period.ts';
import { recurringPeriods } from '../../../../shared/domain/time/billing-period.ts';
import { msPerDay } from '../../../../shared/domain/time/instant.ts';
import { aSubscription } from '../../../support/builders/builders.ts';

const starts = fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2026, 0, 1) });
const subscriptions = fc
  .record({
    startDate: starts,
    billingPeriod: fc.constantFrom(...recurringPeriods),
    billingPeriodCount: fc.integer({ min: 1, max: 3 }),
    timezone: fc.constantFrom('UTC', 'America/New_York', 'Asia/Kolkata'),
    anchorDays: fc.option(fc.nat(40), { nil: undefined }),
    trialDays: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
  })
  .map(({ startDate, anchorDays = 0, trialDays, ...terms }) =>
    aSubscription({
      ...terms,
      startDate,
      billingAnchor: startDate + anchorDays * msPerDay,
      ...(trialDays !== undefined && { trialStart: startDate, trialEnd: startDate + trialDays * msPerDay }),
    }),
  );

test('windows of a commitment contain the instant, follow each other, and begin and end with billing periods', () => {
  fc.assert(
    fc.property(
      subscriptions,
      fc.constantFrom(...recurringPeriods),
      fc.nat(3 * 365 * msPerDay),
      (subscription, duration, later) => {
        const { billingPeriod, billingPeriodCount, startDate } = subscription;
        fc.pre(billingPeriod !== 'ONETIME' && isDurationFor(duration, billingPeriod, billingPeriodCount));
        const commitment = { amount: '60', overageFactor: '2', hasTrueUp: true, duration };
        const at = startDate + later;
        const window = windowOfCommitment(commitment, subscription, at);
        if (window === undefined) throw new Error('no window');
        expect(window.start <= at && at < window.end).toBe(true);
        expect(windowOfCommitment(commitment, subscription, window.end)?.start).toBe(window.end);
        if (window.start > startDate) {
          expect(windowOfCommitment(commitment, subscription, window.start - 1)?.end).toBe(window.start);
        }
        const first = subscriptionPeriodAt(subscription, window.start);
        const last = subscriptionPeriodAt(subscription, window.end - 1);
        expect([first?.start, last?.end]).toEqual([window.start, window.end]);
        if (first && last) {
          expect([positionInWindow(window, first).isFirst, positionInWindow(window, last).isLast]).toEqual([
            true,
            true,
          ]);
        }
      },
    ),
  );
});
