// Status and period of a subscription at any time, from its stored dates alone.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import {
  billingAnchorAt,
  currentPeriod,
  subscriptionPeriodAt,
  subscriptionStatusAt,
  uncutPeriodAt,
} from '../../../../shared/domain/subscriptions/subscription-period.ts';
import { billingPeriods, periodIdOf } from '../../../../shared/domain/time/billing-period.ts';
import { formatInstant } from '../../../../shared/domain/time/instant.ts';
import { aSubscription } from '../../../support/builders/builders.ts';
import { Instant, instant, readVectors } from '../../../support/builders/golden.ts';

const file = 'subscriptions.json';
const formatted = ({ start, end }: { start: number; end: number }): string[] => [
  formatInstant(start),
  formatInstant(end),
];

describe('the first period', () => {
  const vectors = readVectors(
    file,
    'subscription_first_period',
    v.object({
      start_date: Instant,
      billing_period: v.picklist(billingPeriods),
      billing_period_count: v.number(),
      customer_timezone: v.string(),
    }),
    v.object({ current_period_start: v.string(), current_period_end: v.string() }),
  );
  test.each(vectors)('$id', ({ input, expected }) => {
    const subscription = aSubscription({
      startDate: input.start_date,
      billingAnchor: input.start_date,
      billingPeriod: input.billing_period,
      billingPeriodCount: input.billing_period_count,
      timezone: input.customer_timezone,
    });
    expect(formatted(currentPeriod(subscription, input.start_date))).toEqual([
      expected.current_period_start,
      expected.current_period_end,
    ]);
  });
});

// Upstream a clock rolls the period; here the period at `now` is computed from the first one.
describe('a period that a clock would have rolled', () => {
  const vectors = readVectors(
    file,
    'period_roll',
    v.object({
      billing_anchor: Instant,
      current_period_start: Instant,
      billing_period: v.picklist(billingPeriods),
      end_date: v.nullable(Instant),
      cancel_at: v.nullable(Instant),
      cancel_at_period_end: v.boolean(),
      now: Instant,
    }),
    v.object({ subscription_status: v.string(), current_period_end: v.optional(v.string()) }),
  );
  test.each(vectors)('$id', ({ input, expected }) => {
    const subscription = aSubscription({
      startDate: input.current_period_start,
      billingAnchor: input.billing_anchor,
      billingPeriod: input.billing_period,
      ...(input.end_date !== null && { endDate: input.end_date }),
      ...(input.cancel_at !== null && { cancelAt: input.cancel_at }),
      cancelAtPeriodEnd: input.cancel_at_period_end,
    });
    expect(subscriptionStatusAt(subscription, input.now)).toBe(expected.subscription_status);
    const { end } = currentPeriod(subscription, input.now);
    expect(formatInstant(end)).toBe(expected.current_period_end ?? formatInstant(end));
  });
});

describe('the period of an event', () => {
  const vectors = readVectors(
    'billing-periods.json',
    'period_id',
    v.object({
      event_timestamp: Instant,
      subscription_start: Instant,
      billing_anchor: Instant,
      billing_period: v.picklist(billingPeriods),
      billing_period_count: v.number(),
      timezone: v.string(),
    }),
    v.object({ period_id_ms: v.optional(v.number()) }),
  );
  test.each(vectors)('$id', ({ input, expected }) => {
    const subscription = aSubscription({
      startDate: input.subscription_start,
      billingAnchor: input.billing_anchor,
      billingPeriod: input.billing_period,
      billingPeriodCount: input.billing_period_count,
      timezone: input.timezone,
    });
    const period = subscriptionPeriodAt(subscription, input.event_timestamp);
    expect(period && periodIdOf(period)).toBe(expected.period_id_ms);
  });
});

describe('a subscription', () => {
  const at = {
    start: instant('2026-01-10T00:00:00Z'),
    trialEnd: instant('2026-01-24T00:00:00Z'),
    calendar: instant('2026-02-01T00:00:00Z'),
  };
  const open = aSubscription({ startDate: at.start, billingAnchor: at.start });

  test('has its first period before it starts', () => {
    expect(formatted(currentPeriod(open, 0))).toEqual(['2026-01-10T00:00:00Z', '2026-02-10T00:00:00Z']);
    expect(subscriptionPeriodAt(open, at.start - 1)).toBeUndefined();
    expect(subscriptionStatusAt(open, 0)).toBe('active');
  });

  test('begins its next period when the last one ends', () => {
    const boundary = instant('2026-02-10T00:00:00Z');
    expect(currentPeriod(open, boundary - 1).end).toBe(boundary);
    expect(currentPeriod(open, boundary).start).toBe(boundary);
  });

  test('that has ended stays in its last period, which ends with it', () => {
    const ending = { ...open, endDate: instant('2026-03-20T00:00:00Z') };
    const last = ['2026-03-10T00:00:00Z', '2026-03-20T00:00:00Z'];
    expect(formatted(currentPeriod(ending, ending.endDate - 1))).toEqual(last);
    expect(formatted(currentPeriod(ending, instant('2027-01-01T00:00:00Z')))).toEqual(last);
    expect(subscriptionPeriodAt(ending, ending.endDate)).toBeUndefined();
    expect(subscriptionStatusAt(ending, ending.endDate - 1)).toBe('active');
    expect(subscriptionStatusAt(ending, ending.endDate)).toBe('cancelled');
  });

  test('ends at its end date or its cancellation, whichever is earlier', () => {
    const both = { ...open, endDate: instant('2026-03-20T00:00:00Z'), cancelAt: instant('2026-02-10T00:00:00Z') };
    expect(subscriptionStatusAt(both, both.cancelAt)).toBe('cancelled');
    expect(currentPeriod(both, both.endDate).end).toBe(both.cancelAt);
  });

  test.each(['active', 'cancelled'] as const)('ends its period with a cancellation that leaves it %s', (status) => {
    const cancelAt = instant('2026-03-20T00:00:00Z');
    const cancelled = { ...open, subscriptionStatus: status, cancelAt, endDate: cancelAt };
    expect(formatted(currentPeriod(cancelled, instant('2027-01-01T00:00:00Z')))).toEqual([
      '2026-03-10T00:00:00Z',
      '2026-03-20T00:00:00Z',
    ]);
    expect(subscriptionPeriodAt(cancelled, cancelAt)).toBeUndefined();
  });

  test('that ends when it starts has an empty period', () => {
    const empty = { ...open, endDate: at.start };
    expect(currentPeriod(empty, at.start)).toEqual({ start: at.start, end: at.start });
  });

  test('bills from the end of its trial, even by the calendar', () => {
    const trial = { ...open, billingAnchor: at.calendar, trialStart: at.start, trialEnd: at.trialEnd };
    expect(subscriptionStatusAt(trial, at.trialEnd - 1)).toBe('trialing');
    expect(currentPeriod(trial, at.trialEnd - 1)).toEqual({ start: at.start, end: at.trialEnd });
    expect(billingAnchorAt(trial, at.trialEnd - 1)).toBe(at.calendar);
    expect(subscriptionStatusAt(trial, at.trialEnd)).toBe('active');
    expect(formatted(currentPeriod(trial, at.trialEnd))).toEqual(['2026-01-24T00:00:00Z', '2026-02-24T00:00:00Z']);
    expect(billingAnchorAt(trial, at.trialEnd)).toBe(at.trialEnd);
  });

  test('begins with the rest of a period when it starts between two boundaries of its anchor', () => {
    const [billingAnchor, startDate] = [instant('2026-01-01T00:00:00Z'), instant('2026-04-29T18:00:00Z')];
    const late = aSubscription({ startDate, billingAnchor, billingPeriodCount: 2 });
    expect(formatted(currentPeriod(late, startDate))).toEqual(['2026-04-29T18:00:00Z', '2026-05-01T00:00:00Z']);
    expect(formatted(uncutPeriodAt(late, startDate))).toEqual(['2026-03-01T00:00:00Z', '2026-05-01T00:00:00Z']);
    expect(formatted(currentPeriod(late, instant('2026-05-01T00:00:00Z')))).toEqual([
      '2026-05-01T00:00:00Z',
      '2026-07-01T00:00:00Z',
    ]);
  });

  test('has whole periods that neither its start nor its end cuts, before it and after it too', () => {
    const ending = { ...open, endDate: instant('2026-03-20T00:00:00Z') };
    const wholeAt = (text: string): string[] => formatted(uncutPeriodAt(ending, instant(text)));
    expect(wholeAt('2026-03-15T00:00:00Z')).toEqual(['2026-03-10T00:00:00Z', '2026-04-10T00:00:00Z']);
    expect(wholeAt('2025-12-31T00:00:00Z')).toEqual(['2025-12-10T00:00:00Z', '2026-01-10T00:00:00Z']);
    expect(wholeAt('2026-06-10T00:00:00Z')).toEqual(['2026-06-10T00:00:00Z', '2026-07-10T00:00:00Z']);
  });

  test('has its trial as one whole period, whatever its anchor', () => {
    const trial = {
      ...open,
      billingAnchor: instant('2026-01-15T00:00:00Z'),
      trialStart: at.start,
      trialEnd: at.trialEnd,
    };
    const window = { start: at.start, end: at.trialEnd };
    expect(uncutPeriodAt(trial, at.start)).toEqual(window);
    expect(uncutPeriodAt(trial, at.trialEnd - 1)).toEqual(window);
    expect(formatted(uncutPeriodAt(trial, at.trialEnd))).toEqual(['2026-01-24T00:00:00Z', '2026-02-24T00:00:00Z']);
    const short = { ...trial, endDate: instant('2026-01-20T00:00:00Z') };
    expect(currentPeriod(short, at.start)).toEqual({ start: at.start, end: short.endDate });
  });

  test.each(['draft', 'incomplete', 'paused', 'cancelled'] as const)(
    'with the stored status %s has it at any time',
    (status) => {
      const subscription = { ...open, subscriptionStatus: status, endDate: at.trialEnd, trialEnd: at.trialEnd };
      expect(subscriptionStatusAt(subscription, at.start)).toBe(status);
      expect(subscriptionStatusAt(subscription, at.trialEnd)).toBe(status);
    },
  );
});
