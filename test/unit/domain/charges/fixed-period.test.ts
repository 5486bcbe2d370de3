// Times of fixed lines that are due in a window: golden vectors of a line's own periods, and what a trial, a gap and an end do to them.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { dueIn, type DueVersion } from '../../../../shared/domain/charges/fixed-period.ts';
import { invoiceCadences } from '../../../../shared/domain/pricing/price.ts';
import type { LineItem } from '../../../../shared/domain/subscriptions/line-item.ts';
import { billingPeriods } from '../../../../shared/domain/time/billing-period.ts';
import { formatInstant } from '../../../../shared/domain/time/instant.ts';
import type { Period } from '../../../../shared/domain/time/period.ts';
import { aLineItem, aSubscription } from '../../../support/builders/builders.ts';
import { Instant, instant, readVectors } from '../../../support/builders/golden.ts';

const formatted = ({ start, end }: Period) => ({ start: formatInstant(start), end: formatInstant(end) });
const days = (start: string, end: string): Period => ({
  start: instant(`${start}T00:00:00Z`),
  end: instant(`${end}T00:00:00Z`),
});
const fixed = (fields: Partial<LineItem>): LineItem =>
  aLineItem({ priceType: 'FIXED', meterId: '', quantity: '1', ...fields });
/** Days, and seconds covered and whole in days. */
const readable = ({ period, shares }: DueVersion) =>
  [
    `${formatInstant(period.start).slice(0, 10)} to ${formatInstant(period.end).slice(0, 10)}`,
    ...shares.map((share) => `${String(share.coveredSeconds / 86_400)} of ${String(share.wholeSeconds / 86_400)}`),
  ].join(': ');

describe('the period of its own that a window bills', () => {
  const vectors = readVectors(
    'invoices.json',
    'match_line_item_period',
    v.strictObject({
      line_item_start: Instant,
      line_item_end: v.nullable(Instant),
      billing_period: v.picklist(billingPeriods),
      billing_period_count: v.number(),
      window_start: Instant,
      window_end: Instant,
      invoice_cadence: v.picklist(invoiceCadences),
      timezone: v.string(),
    }),
    v.strictObject({ match: v.boolean(), start: v.exactOptional(v.string()), end: v.exactOptional(v.string()) }),
  );
  test.each(vectors)('$id', ({ input, expected }) => {
    const item = fixed({
      startDate: input.line_item_start,
      ...(input.line_item_end !== null && { endDate: input.line_item_end }),
      billingPeriod: input.billing_period,
      billingPeriodCount: input.billing_period_count,
      invoiceCadence: input.invoice_cadence,
    });
    const subscription = aSubscription({ billingPeriod: 'DAILY', timezone: input.timezone });
    const [first] = dueIn([item], subscription, { start: input.window_start, end: input.window_end }).flat();
    expect(first ? { match: true, ...formatted(first.period) } : { match: false }).toEqual(expected);
  });

  const monthly = aSubscription({ billingAnchor: instant('2025-01-01T00:00:00Z') });
  const quarterly = (fields: Partial<LineItem>) => fixed({ billingPeriod: 'QUARTERLY', ...fields });
  const dueOf = (line: readonly [LineItem, ...LineItem[]], window: Period, subscription = monthly) =>
    dueIn(line, subscription, window).map((versions) => versions.map(readable));

  test('is every one that is due in it, and ends with the line', () => {
    const item = quarterly({ startDate: instant('2025-01-01T00:00:00Z'), endDate: instant('2025-05-10T00:00:00Z') });
    expect(dueOf([item], days('2025-03-15', '2025-05-15'))).toEqual([
      ['2025-01-01 to 2025-04-01: 90 of 90'],
      ['2025-04-01 to 2025-05-10: 39 of 91'],
    ]);
  });

  test('has all its versions, each for the part that it covers, also after a gap', () => {
    const { start: startDate, end: endDate } = days('2025-01-01', '2025-01-31');
    const versions = [
      quarterly({ startDate, endDate }),
      quarterly({ startDate: instant('2025-03-02T00:00:00Z'), endDate: instant('2025-06-15T00:00:00Z') }),
    ] as const;
    const whole = [['2025-01-01 to 2025-01-31: 30 of 90', '2025-03-02 to 2025-04-01: 30 of 90']];
    expect(dueOf(versions, days('2025-01-01', '2025-02-01'))).toEqual([]);
    expect(dueOf(versions, days('2025-03-01', '2025-04-01'))).toEqual(whole);
    expect(dueOf(versions, days('2025-06-01', '2025-07-01'))).toEqual([['2025-04-01 to 2025-06-15: 75 of 91']]);
    const [first, second] = versions;
    const inAdvance = [
      { ...first, invoiceCadence: 'ADVANCE' },
      { ...second, invoiceCadence: 'ADVANCE' },
    ] as const;
    expect(dueOf(inAdvance, days('2025-01-01', '2025-02-01'))).toEqual(whole);
    expect(dueOf(inAdvance, days('2025-03-01', '2025-04-01'))).toEqual([]);
  });

  test('begins with the end of a trial, or with the line if that begins later', () => {
    const trial = days('2025-01-01', '2025-01-15');
    const subscription = aSubscription({ startDate: trial.start, trialStart: trial.start, trialEnd: trial.end });
    const advance = quarterly({ startDate: trial.start, invoiceCadence: 'ADVANCE' });
    expect(dueOf([advance], trial, subscription)).toEqual([]);
    expect(dueOf([advance], days('2025-01-15', '2025-02-15'), subscription)).toEqual([
      ['2025-01-15 to 2025-04-15: 90 of 90'],
    ]);
    const later = { ...advance, startDate: instant('2025-02-01T00:00:00Z') };
    expect(dueOf([later], days('2025-01-15', '2025-02-15'), subscription)).toEqual([
      ['2025-02-01 to 2025-05-01: 89 of 89'],
    ]);
    // What ends in the trial is not charged.
    expect(dueOf([{ ...advance, endDate: trial.end }], days('2025-01-15', '2025-02-15'), subscription)).toEqual([]);
  });

  test('has a whole second, and windows of less contain none', () => {
    const of = (fields: Partial<LineItem>, window = { start: 0, end: 10_000 }) =>
      dueIn([quarterly({ startDate: 5000, ...fields })], monthly, window)
        .flat()
        .map(({ period }) => period);
    expect(of({ endDate: 5999 })).toEqual([]);
    expect(of({ endDate: 5999, invoiceCadence: 'ADVANCE' })).toEqual([]);
    expect(of({ endDate: 6000 })).toEqual([{ start: 5000, end: 6000 }]);
    expect(of({ invoiceCadence: 'ADVANCE' }, { start: 5000, end: 5999 })).toEqual([]);
    expect(of({ invoiceCadence: 'ADVANCE' }, { start: 5000, end: 6000 })).toHaveLength(1);
  });
});

describe('a single charge', () => {
  const subscription = aSubscription();
  const once = (fields: Partial<LineItem>) => fixed({ billingPeriod: 'ONETIME', ...fields });

  test('is billed at its start, beforehand or afterwards', () => {
    const window = { start: 10_000, end: 20_000 };
    const windowsOf = (invoiceCadence: 'ADVANCE' | 'ARREAR') =>
      [9_999, 10_000, 10_999, 11_000, 19_999, 20_000, 20_999, 21_000].filter(
        (startDate) => dueIn([once({ startDate, invoiceCadence })], subscription, window).length > 0,
      );
    expect(windowsOf('ADVANCE')).toEqual([10_000, 10_999, 11_000, 19_999]);
    expect(windowsOf('ARREAR')).toEqual([11_000, 19_999, 20_000, 20_999]);
  });

  test('falls due at the end of a trial, and once for each item', () => {
    const { start, end } = days('2025-01-01', '2025-01-15');
    const terms = { startDate: start, trialStart: start, trialEnd: end };
    const item = once({ startDate: start, endDate: start + 1000, invoiceCadence: 'ADVANCE' });
    const again = { ...item, startDate: end + 1000, endDate: end + 2000 };
    expect(dueIn([item, again], aSubscription(terms), { start, end })).toEqual([]);
    expect(dueIn([item, again], aSubscription(terms), { start: end, end: end + 10_000 })).toEqual([
      [{ item, period: { start: end, end }, shares: [] }],
      [{ item: again, period: { start: end + 1000, end: end + 2000 }, shares: [] }],
    ]);
  });
});

describe('a line of the subscription’s period', () => {
  const startDate = instant('2025-01-11T00:00:00Z');
  const calendar = aSubscription({ startDate, billingAnchor: instant('2025-02-01T00:00:00Z') });

  test('covers a part of a whole period at the start of the subscription and at its end', () => {
    const item = fixed({ startDate, endDate: instant('2025-03-15T00:00:00Z') });
    const lines = [days('2025-01-11', '2025-02-01'), days('2025-02-01', '2025-03-01'), days('2025-03-01', '2025-03-15')]
      .flatMap((window) => dueIn([item], calendar, window))
      .flat();
    expect(lines.map(readable)).toEqual([
      '2025-01-11 to 2025-02-01: 21 of 31',
      '2025-02-01 to 2025-03-01: 28 of 28',
      '2025-03-01 to 2025-03-15: 14 of 31',
    ]);
    expect(dueIn([item], calendar, days('2025-01-01', '2026-01-01')).flat().map(readable)).toEqual([
      '2025-01-11 to 2025-03-15: 21 of 31: 28 of 28: 14 of 31',
    ]);
    expect(dueIn([item], calendar, days('2025-03-15', '2025-04-15'))).toEqual([]);
  });

  test('is measured in seconds that pass, also where the clocks change', () => {
    const march = instant('2025-03-01T05:00:00Z');
    const terms = { startDate: march, billingAnchor: march, timezone: 'America/New_York' };
    const window = { start: march, end: instant('2025-04-01T04:00:00Z') };
    const item = fixed({ startDate: instant('2025-03-08T05:00:00Z'), endDate: instant('2025-03-10T04:00:00Z') });
    const [[version] = []] = dueIn([item], aSubscription(terms), window);
    expect(version?.shares).toEqual([{ coveredSeconds: 47 * 3600, wholeSeconds: (31 * 24 - 1) * 3600 }]);
  });
});
