// Period arithmetic: the golden vectors, and the cases they leave out.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import {
  type BillingCadence,
  billingPeriods,
  findPeriod,
  isInPeriod,
  periodIdOf,
} from '../../../../shared/domain/time/billing-period.ts';
import { nextBoundary, periodsUntil } from '../../../support/oracles/stepped-periods.ts';
import { formatInstant } from '../../../../shared/domain/time/instant.ts';
import { Instant, instant, readVectors } from '../../../support/builders/golden.ts';

const file = 'billing-periods.json';
const Cadence = {
  billing_period: v.picklist(billingPeriods),
  billing_period_count: v.number(),
  timezone: v.string(),
};
const PeriodStart = v.object({ period_id_ms: v.number() });

const aCadence = (fields: Partial<BillingCadence> = {}): BillingCadence => ({
  billingPeriod: 'MONTHLY',
  billingPeriodCount: 1,
  billingAnchor: instant('2024-01-31T10:00:00Z'),
  timezone: 'UTC',
  ...fields,
});

describe('the next boundary of a billing period', () => {
  const vectors = readVectors(
    file,
    'next_billing_date',
    v.object({
      ...Cadence,
      current_period_start: Instant,
      billing_anchor: Instant,
      subscription_end_date: v.nullable(Instant),
    }),
    v.object({ next: v.optional(v.string()) }),
  );

  test.each(vectors)('$id', ({ input, expected }) => {
    const cadence = {
      billingPeriod: input.billing_period,
      billingPeriodCount: input.billing_period_count,
      billingAnchor: input.billing_anchor,
      timezone: input.timezone,
    };
    const next = (): string =>
      formatInstant(nextBoundary(cadence, input.current_period_start, input.subscription_end_date ?? undefined));
    if (expected.next === undefined) expect(next).toThrow(RangeError);
    else expect(next()).toBe(expected.next);
  });

  test.each([
    ['DAILY', '2024-02-28T12:00:00Z', '2024-02-29T10:00:00Z'],
    ['WEEKLY', '2024-02-28T10:00:00Z', '2024-03-06T10:00:00Z'],
    ['MONTHLY', '2024-01-31T10:00:00Z', '2024-02-29T10:00:00Z'],
    ['MONTHLY', '2024-02-29T10:00:00Z', '2024-03-31T10:00:00Z'],
    ['QUARTERLY', '2024-01-31T10:00:00Z', '2024-04-30T10:00:00Z'],
    ['QUARTERLY', '2023-12-01T00:00:00Z', '2024-01-31T10:00:00Z'],
    ['HALF_YEARLY', '2024-02-29T10:00:00Z', '2024-07-31T10:00:00Z'],
    ['ANNUAL', '2024-01-15T00:00:00Z', '2024-01-31T10:00:00Z'],
    ['MONTHLY', '2020-02-29T09:00:00Z', '2020-02-29T10:00:00Z'],
  ] as const)('of %s after %s is %s', (billingPeriod, start, next) => {
    expect(formatInstant(nextBoundary(aCadence({ billingPeriod }), instant(start)))).toBe(next);
  });

  test.each([
    ['DAILY', '2026-01-08T00:00:00Z', '2026-01-10T10:00:00Z'],
    ['DAILY', '2026-01-02T00:00:00Z', '2026-01-04T10:00:00Z'],
    ['WEEKLY', '2026-01-08T00:00:00Z', '2026-01-28T10:00:00Z'],
    ['MONTHLY', '2026-01-08T00:00:00Z', '2026-04-07T10:00:00Z'],
    ['MONTHLY', '2026-01-01T00:00:00Z', '2026-01-07T10:00:00Z'],
    ['QUARTERLY', '2025-12-01T00:00:00Z', '2026-01-07T10:00:00Z'],
    ['ANNUAL', '2024-05-01T00:00:00Z', '2026-01-07T10:00:00Z'],
  ] as const)('of three %s at once after %s is %s: counted from the anchor', (billingPeriod, start, next) => {
    const billingAnchor = instant('2026-01-07T10:00:00Z');
    const cadence = aCadence({ billingPeriod, billingPeriodCount: 3, billingAnchor });
    expect(formatInstant(nextBoundary(cadence, instant(start)))).toBe(next);
  });

  test('is a leap day again in the next leap year', () => {
    const cadence = aCadence({ billingPeriod: 'ANNUAL', billingAnchor: instant('2024-02-29T00:00:00Z') });
    const years = periodsUntil(cadence, cadence.billingAnchor, instant('2028-03-01T00:00:00Z'));
    expect(years.map(({ start }) => formatInstant(start).slice(0, 10))).toEqual([
      '2024-02-29',
      '2025-02-28',
      '2026-02-28',
      '2027-02-28',
      '2028-02-29',
    ]);
  });

  test('is in whole seconds, but the anchor keeps its own milliseconds', () => {
    const billingAnchor = instant('2026-04-01T00:00:00.5Z');
    expect(nextBoundary(aCadence({ billingAnchor }), instant('2026-03-01T12:00:00Z'))).toBe(billingAnchor);
    expect(nextBoundary(aCadence({ billingAnchor }), billingAnchor)).toBe(instant('2026-05-01T00:00:00Z'));
  });

  test('is a whole day after an anchor in an hour that the clocks repeat', () => {
    // Berlin shows 02:30 twice; a boundary there is the second one, and the anchor is the first.
    const billingAnchor = instant('2026-10-25T00:30:00Z');
    const daily = aCadence({ billingPeriod: 'DAILY', billingAnchor, timezone: 'Europe/Berlin' });
    expect(formatInstant(nextBoundary(daily, billingAnchor))).toBe('2026-10-26T01:30:00Z');
  });

  test('does not exist for one-time charges', () => {
    expect(() => nextBoundary(aCadence({ billingPeriod: 'ONETIME' }), 0)).toThrow(RangeError);
  });
});

describe('the billing periods until an end', () => {
  const vectors = readVectors(
    file,
    'billing_periods',
    v.object({ ...Cadence, start: Instant, end_date: Instant, anchor: Instant }),
    v.object({ count: v.number(), first_end: v.string(), second_end: v.optional(v.string()) }),
  );

  test.each(vectors)('$id', ({ input, expected }) => {
    const cadence = {
      billingPeriod: input.billing_period,
      billingPeriodCount: input.billing_period_count,
      billingAnchor: input.anchor,
      timezone: input.timezone,
    };
    const periods = periodsUntil(cadence, input.start, input.end_date);
    const [first, second] = periods.map(({ end }) => formatInstant(end));
    expect({ count: periods.length, first, second }).toEqual({
      count: expected.count,
      first: expected.first_end,
      second: expected.second_end,
    });
  });

  test('are none when the end is the start', () => {
    expect(periodsUntil(aCadence(), 0, 0)).toEqual([]);
  });
});

describe('the period of an instant', () => {
  const vectors = readVectors(
    file,
    'find_period',
    v.object({ ...Cadence, target: Instant, known_start: Instant, known_end: Instant, anchor: Instant }),
    v.object({ start: v.string(), end: v.string() }),
  );

  test.each(vectors)('$id', ({ input, expected }) => {
    const cadence = {
      billingPeriod: input.billing_period,
      billingPeriodCount: input.billing_period_count,
      billingAnchor: input.anchor,
      timezone: input.timezone,
    };
    const period = findPeriod(cadence, { start: input.known_start, end: input.known_end }, input.target);
    expect(period && { start: formatInstant(period.start), end: formatInstant(period.end) }).toEqual(expected);
  });

  test('begins no earlier than the known one ends', () => {
    const known = { start: instant('2026-01-20T00:00:00Z'), end: instant('2026-02-03T00:00:00Z') };
    expect(findPeriod(aCadence(), known, known.end)).toEqual({
      start: known.end,
      end: instant('2026-02-28T10:00:00Z'),
    });
  });

  test('is none before the first known period', () => {
    expect(findPeriod(aCadence(), { start: 10, end: 20 }, 9)).toBeUndefined();
  });

  test('is found as well far away as nearby', () => {
    const daily = aCadence({ billingPeriod: 'DAILY', billingAnchor: 0 });
    const period = findPeriod(daily, { start: 0, end: 86_400_000 }, instant('9000-06-15T12:00:00Z'));
    expect(period).toEqual({ start: instant('9000-06-15T00:00:00Z'), end: instant('9000-06-16T00:00:00Z') });
  });

  test('is found across a midnight that is skipped, which does not stop the days', () => {
    // Santiago leaves 2024-09-08T00:00 out; the day begins where the clock would have shown it, an hour earlier.
    const daily = aCadence({
      billingPeriod: 'DAILY',
      billingAnchor: instant('2024-09-06T04:00:00Z'),
      timezone: 'America/Santiago',
    });
    const days = periodsUntil(daily, daily.billingAnchor, instant('2024-09-10T03:00:00Z'));
    expect(days.map(({ end }) => formatInstant(end))).toEqual([
      '2024-09-07T04:00:00Z',
      '2024-09-08T03:00:00Z',
      '2024-09-09T03:00:00Z',
      '2024-09-10T03:00:00Z',
    ]);
  });
});

describe('in a period', () => {
  // 003 has nanoseconds; cut to milliseconds it is inside all the same.
  const vectors = readVectors(
    file,
    'in_period',
    v.object({ timestamp: Instant, start: Instant, end: Instant }),
    v.object({ inside: v.boolean() }),
  );
  test.each(vectors)('$id', ({ input, expected }) => {
    expect(isInPeriod(input, input.timestamp)).toBe(expected.inside);
  });
});

describe('the id of a period', () => {
  const vectors = readVectors(file, 'period_id_of_start', v.object({ period_start: Instant }), PeriodStart);
  test.each(vectors)('$id', ({ input, expected }) => {
    expect(periodIdOf({ start: input.period_start, end: Infinity })).toBe(expected.period_id_ms);
  });

  test('is in whole seconds', () => {
    expect(periodIdOf({ start: 1_999, end: 5_000 })).toBe(1_000);
  });
});
