// Where billing periods are anchored.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { billingAnchorOf, calendarAnchor } from '../../../../shared/domain/time/billing-anchor.ts';
import { formatInstant } from '../../../../shared/domain/time/instant.ts';
import { Instant, instant, readVectors } from '../../../support/builders/golden.ts';

describe('calendar anchors', () => {
  const vectors = readVectors(
    'billing-periods.json',
    'calendar_anchor',
    v.object({ start: Instant, billing_period: v.string(), timezone: v.string() }),
    v.object({ anchor: v.string() }),
  );
  test.each(vectors)('$id', ({ input, expected }) => {
    expect(formatInstant(calendarAnchor(input.start, input.billing_period, input.timezone))).toBe(expected.anchor);
  });

  test.each([
    ['DAILY', 'UTC', '2024-03-06T00:00:00Z', '2024-03-07T00:00:00Z'],
    ['DAILY', 'America/New_York', '2024-03-10T04:59:00Z', '2024-03-10T05:00:00Z'],
    ['WEEKLY', 'UTC', '2024-03-11T00:00:00Z', '2024-03-18T00:00:00Z'],
    ['WEEKLY', 'UTC', '2024-03-10T23:00:00Z', '2024-03-11T00:00:00Z'],
    ['MONTHLY', 'UTC', '2024-12-01T00:00:00Z', '2025-01-01T00:00:00Z'],
    ['QUARTERLY', 'UTC', '2024-12-31T00:00:00Z', '2025-01-01T00:00:00Z'],
    ['HALF_YEARLY', 'UTC', '2024-06-30T00:00:00Z', '2024-07-01T00:00:00Z'],
    ['HALF_YEARLY', 'UTC', '2024-07-01T00:00:00Z', '2025-01-01T00:00:00Z'],
  ])('the anchor of %s in %s from %s is %s', (billingPeriod, timezone, start, anchor) => {
    expect(formatInstant(calendarAnchor(instant(start), billingPeriod, timezone))).toBe(anchor);
  });
});

describe('anchors of subscriptions', () => {
  const vectors = readVectors(
    'subscriptions.json',
    'subscription_anchor',
    v.object({
      start_date: Instant,
      billing_period: v.string(),
      billing_cycle: v.picklist(['anniversary', 'calendar']),
      timezone: v.string(),
    }),
    v.object({ billing_anchor: v.string() }),
  );
  test.each(vectors)('$id', ({ input, expected }) => {
    const anchor = billingAnchorOf({
      billingCycle: input.billing_cycle,
      startDate: input.start_date,
      billingPeriod: input.billing_period,
      timezone: input.timezone,
    });
    expect(formatInstant(anchor)).toBe(expected.billing_anchor);
  });

  test('the anchor of an anniversary may be another day than the start', () => {
    const terms = { billingCycle: 'anniversary', startDate: 5, billingPeriod: 'MONTHLY', timezone: 'UTC' } as const;
    expect(billingAnchorOf({ ...terms, billingAnchor: 9 })).toBe(9);
  });
});
