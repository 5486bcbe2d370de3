// Windows of allowances: the golden vectors of the next reset, and worked examples.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { usageResetPeriods, type UsageResetPeriod } from '../../../../shared/domain/catalog/entitlement.ts';
import { allowanceWindowAt, allowanceWindowsIn } from '../../../../shared/domain/entitlements/allowance-windows.ts';
import { grantsOf, nextResetOf } from '../../../../shared/domain/entitlements/feature-usage.ts';
import type { Subscription } from '../../../../shared/domain/subscriptions/subscription.ts';
import { formatInstant, lastInstant } from '../../../../shared/domain/time/instant.ts';
import { aCatalog, aFeature, anEntitlement, aSubscription } from '../../../support/builders/builders.ts';
import { Instant, instant, readVectors } from '../../../support/builders/golden.ts';

const Input = v.object({
  now: Instant,
  subscription_start: Instant,
  subscription_end: v.nullable(Instant),
  billing_anchor: Instant,
  usage_reset_period: v.picklist(usageResetPeriods),
  timezone: v.string(),
});
// Where upstream fails (before the start of the subscription), there is no reset to show.
const Expected = v.union([
  v.object({ next_usage_reset_at: v.nullable(Instant) }),
  v.pipe(
    v.object({ error: v.literal('validation_error') }),
    v.transform(() => ({ next_usage_reset_at: null })),
  ),
]);

const nextReset = (usageResetPeriod: UsageResetPeriod, fields: Partial<Subscription>, now: number) => {
  const catalog = aCatalog({ features: [aFeature()], entitlements: [anEntitlement({ usageResetPeriod })] });
  const [granted] = grantsOf([aSubscription(fields)], catalog, now);
  const next = granted && nextResetOf(granted.grants[0]);
  return next === undefined || next === Infinity ? undefined : formatInstant(next);
};

describe('the next reset', () => {
  test.each(readVectors('entitlements.json', 'next_usage_reset', Input, Expected))('$id', ({ input, expected }) => {
    const { subscription_start: startDate, subscription_end: end, billing_anchor: billingAnchor, timezone } = input;
    const fields = { startDate, billingAnchor, timezone, ...(end !== null && { endDate: end }) };
    const next = nextReset(input.usage_reset_period, fields, input.now);
    const wanted = expected.next_usage_reset_at;
    expect(next).toBe(wanted === null ? undefined : formatInstant(wanted));
  });

  test('is the end of the window: a UTC day, or a period at the clock of the anchor', () => {
    const now = instant('2024-03-15T14:00:00Z');
    const startDate = instant('2024-01-05T16:00:00Z');
    const inZone = (timezone: string) => ({ startDate, billingAnchor: startDate, timezone });
    expect(nextReset('DAILY', inZone('Asia/Kolkata'), now)).toBe('2024-03-16T00:00:00Z');
    expect(nextReset('MONTHLY', inZone('Asia/Kolkata'), now)).toBe('2024-04-05T16:00:00Z');
    // The clocks of Los Angeles have gone forward since.
    expect(nextReset('MONTHLY', inZone('America/Los_Angeles'), now)).toBe('2024-04-05T15:00:00Z');
    expect(nextReset('WEEKLY', inZone('UTC'), now)).toBe('2024-03-15T16:00:00Z');
    const trial = { ...inZone('UTC'), trialStart: startDate, trialEnd: instant('2024-03-20T00:00:00Z') };
    expect(nextReset('WEEKLY', trial, now)).toBe('2024-03-20T00:00:00Z');
  });
});

describe('the window of an allowance', () => {
  const startDate = instant('2026-01-31T10:00:00Z');
  const anchor = instant('2026-02-15T00:00:00Z');
  const windowAt = (reset: UsageResetPeriod, at: string, fields: Partial<Subscription> = {}, start?: string) => {
    const subscription = aSubscription({ startDate, billingAnchor: anchor, ...fields });
    const terms = { usageResetPeriod: reset, startDate: start === undefined ? undefined : instant(start) };
    const window = allowanceWindowAt(subscription, terms, instant(at));
    return window && [formatInstant(window.start), formatInstant(window.end)];
  };

  test('is the billing period if that is the reset, or if there is none', () => {
    const month = ['2026-02-15T00:00:00Z', '2026-03-15T00:00:00Z'];
    expect([windowAt('MONTHLY', '2026-03-01T00:00:00Z'), windowAt('', '2026-03-01T00:00:00Z')]).toEqual([month, month]);
    const two = { billingPeriodCount: 2 };
    expect(windowAt('', '2026-03-20T00:00:00Z', two)).toEqual(['2026-02-15T00:00:00Z', '2026-04-15T00:00:00Z']);
    expect(windowAt('MONTHLY', '2026-03-20T00:00:00Z', two)).toEqual(['2026-03-15T00:00:00Z', '2026-04-15T00:00:00Z']);
    const daily = { billingPeriod: 'DAILY', billingAnchor: startDate } as const;
    expect(windowAt('DAILY', '2026-03-01T12:00:00Z', daily)).toEqual(['2026-03-01T10:00:00Z', '2026-03-02T10:00:00Z']);
  });

  test('is counted from the anchor, or from the start of the subscription if it is longer than the billing period', () => {
    expect(windowAt('WEEKLY', '2026-02-20T00:00:00Z')).toEqual(['2026-02-15T00:00:00Z', '2026-02-22T00:00:00Z']);
    expect(windowAt('QUARTERLY', '2026-05-01T00:00:00Z')).toEqual(['2026-04-30T10:00:00Z', '2026-07-31T10:00:00Z']);
    expect(windowAt('DAILY', '2026-03-01T12:00:00Z')).toEqual(['2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z']);
    expect(windowAt('NEVER', '2036-03-01T12:00:00Z')).toEqual(['2026-01-31T10:00:00Z', formatInstant(lastInstant)]);
  });

  test('begins with the subscription, after its trial or with the entitlement, whichever is last', () => {
    expect(windowAt('MONTHLY', '2026-02-01T00:00:00Z')).toEqual(['2026-01-31T10:00:00Z', '2026-02-15T00:00:00Z']);
    expect(windowAt('MONTHLY', '2026-01-31T09:59:59Z')).toBeUndefined();
    const trial = { trialStart: startDate, trialEnd: instant('2026-02-07T10:00:00Z') };
    expect(windowAt('MONTHLY', '2026-02-07T09:59:59Z', trial)).toBeUndefined();
    expect(windowAt('QUARTERLY', '2026-03-01T00:00:00Z', trial)).toEqual([
      '2026-02-07T10:00:00Z',
      '2026-05-07T10:00:00Z',
    ]);
    expect(windowAt('DAILY', '2026-02-07T12:00:00Z', trial)).toEqual(['2026-02-07T10:00:00Z', '2026-02-08T00:00:00Z']);
    const late = '2026-03-01T00:00:00Z';
    expect(windowAt('MONTHLY', '2026-02-28T00:00:00Z', {}, late)).toBeUndefined();
    expect(windowAt('MONTHLY', '2026-03-02T00:00:00Z', {}, late)).toEqual([late, '2026-03-15T00:00:00Z']);
    expect(windowAt('NEVER', '2026-03-02T00:00:00Z', {}, late)?.[0]).toBe(late);
  });

  test('is one of those that a period overlaps', () => {
    const subscription = aSubscription({ startDate, billingAnchor: anchor });
    const windowsIn = (usageResetPeriod: UsageResetPeriod) =>
      allowanceWindowsIn(
        subscription,
        { usageResetPeriod, startDate: undefined },
        { start: instant('2026-02-15T00:00:00Z'), end: instant('2026-03-15T00:00:00Z') },
      );
    expect(windowsIn('DAILY')).toHaveLength(28);
    expect(windowsIn('WEEKLY').map(({ start }) => new Date(start).getUTCDate())).toEqual([15, 22, 1, 8]);
    expect(windowsIn('QUARTERLY').map(({ start }) => start)).toEqual([startDate]);
  });
});
