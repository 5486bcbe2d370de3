// The billing periods that the console steps through.
import { describe, expect, test } from '@jest/globals';
import {
  boundariesIn,
  isTrial,
  nearestPeriod,
  nextPeriod,
  periodAt,
  previousPeriod,
  type SubscriptionBody,
} from '../../../../console/src/pages/parts/billing-periods.ts';
import { dayBars } from '../../../../console/src/pages/charges/day-bars.ts';
import { periodText } from '../../../../console/src/pages/parts/period-text.ts';

const bodyOf = (rest: Partial<SubscriptionBody> = {}): SubscriptionBody => ({
  external_customer_id: 'acme',
  subscription_status: 'active',
  billing_anchor: '2026-01-31T00:00:00Z',
  start_date: '2026-01-31T00:00:00Z',
  cancel_at: null,
  trial_start: null,
  trial_end: null,
  billing_period: 'MONTHLY',
  billing_period_count: 1,
  timezone: 'UTC',
  ...rest,
});
const at = (text: string): number => Date.parse(text);
const february = { start: '2026-02-28T00:00:00Z', end: '2026-03-31T00:00:00Z' };

describe('the periods of a subscription', () => {
  test('follow each other, with the day of the anchor or the last of a short month', () => {
    const body = bodyOf();
    expect(periodAt(body, at('2026-03-01T00:00:00Z'))).toEqual(february);
    expect(previousPeriod(body, february)).toEqual({ start: '2026-01-31T00:00:00Z', end: '2026-02-28T00:00:00Z' });
    expect(nextPeriod(body, february)?.end).toBe('2026-04-30T00:00:00Z');
  });

  test('begin and end with the subscription', () => {
    const body = bodyOf({ end_date: '2026-03-10T12:00:00Z' });
    expect(previousPeriod(body, { start: body.start_date, end: '2026-02-28T00:00:00Z' })).toBeUndefined();
    expect(nextPeriod(body, { ...february, end: '2026-03-10T12:00:00Z' })).toBeUndefined();
    expect(nearestPeriod(body, at('2030-01-01T00:00:00Z'))).toEqual({ ...february, end: '2026-03-10T12:00:00Z' });
    expect(nearestPeriod(body, at('2020-01-01T00:00:00Z'))?.start).toBe(body.start_date);
    expect(nearestPeriod(bodyOf({ cancel_at: '2026-03-05T00:00:00Z' }), at('2026-04-01T00:00:00Z'))?.end).toBe(
      '2026-03-05T00:00:00Z',
    );
  });

  test('begin with a trial', () => {
    const body = bodyOf({ trial_start: '2026-01-31T00:00:00Z', trial_end: '2026-02-10T00:00:00Z' });
    const trial = { start: '2026-01-31T00:00:00Z', end: '2026-02-10T00:00:00Z' };
    expect(periodAt(body, at('2026-02-01T00:00:00Z'))).toEqual(trial);
    expect(isTrial(body, trial)).toBe(true);
    expect(isTrial(body, { start: trial.end, end: '2026-03-10T00:00:00Z' })).toBe(false);
    expect(isTrial(bodyOf(), trial)).toBe(false);
  });
});

describe('the boundaries in a range', () => {
  test('are the starts of periods inside it, that of the subscription too', () => {
    const range = { start: '2026-01-01T00:00:00.000Z', end: '2026-04-01T00:00:00.000Z' };
    expect(boundariesIn(bodyOf(), range)).toEqual([
      '2026-01-31T00:00:00Z',
      '2026-02-28T00:00:00Z',
      '2026-03-31T00:00:00Z',
    ]);
    expect(boundariesIn(bodyOf(), { start: '2025-01-01T00:00:00Z', end: '2025-04-01T00:00:00Z' })).toEqual([]);
  });

  test('are left out where nobody could tell them apart', () => {
    const range = { start: '2026-01-01T00:00:00Z', end: '2027-01-01T00:00:00Z' };
    expect(boundariesIn(bodyOf({ billing_period: 'DAILY' }), range)).toBeUndefined();
  });
});

test('a period is named by the clock of its zone', () => {
  const period = { start: '2026-10-17T22:00:00Z', end: '2026-11-18T00:00:00Z' };
  expect(periodText(period, 'Europe/Berlin')).toBe('2026-10-18 – 2026-11-18 01:00 Europe/Berlin');
});

test('days are bars of the period, and those at its ends as wide as it has of them', () => {
  const period = { start: '2026-11-01T12:00:00Z', end: '2026-11-03T12:00:00Z' };
  const points = [
    { timestamp: '2026-11-01T00:00:00Z', event_count: 5 },
    { timestamp: '2026-11-02T00:00:00Z', event_count: 10 },
  ];
  expect(dayBars(points, period, 10)).toEqual([
    { left: 0, width: 0.25, height: 0.5 },
    { left: 0.25, width: 0.5, height: 1 },
  ]);
});
