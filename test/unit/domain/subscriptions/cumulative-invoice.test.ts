// Worked examples of a commitment over more than one billing period.
import { describe, expect, test } from '@jest/globals';
import { formatQuantity as text } from '../../../../shared/domain/numbers/quantity.ts';
import { subscriptionPeriodAt } from '../../../../shared/domain/subscriptions/subscription-period.ts';
import type { Subscription } from '../../../../shared/domain/subscriptions/subscription.ts';
import {
  commitmentWindowAt,
  invoiceUsage,
  type PeriodCharges,
  type UsageInvoice,
} from '../../../../shared/domain/charges/usage-invoice.ts';
import { aSubscription } from '../../../support/builders/builders.ts';
import { instant } from '../../../support/builders/golden.ts';
import { aCharge, linesText, totalOf } from '../../../support/oracles/invoice-texts.ts';

const dollar = { amount: '1' } as const;

describe('a commitment of 60 a year, billed monthly', () => {
  const startDate = instant('2024-01-01T00:00:00Z');
  const subscriptionOf = (hasTrueUp: boolean, ends: Pick<Subscription, 'endDate' | 'cancelAt'> = {}) =>
    aSubscription({
      startDate,
      billingAnchor: startDate,
      commitment: { amount: '60', overageFactor: '2', duration: 'ANNUAL', hasTrueUp },
      ...ends,
    });
  /** Usage of successive months; the last one is invoiced. */
  const invoiceMonths = (
    months: readonly (readonly string[])[],
    hasTrueUp = false,
    subscription = subscriptionOf(hasTrueUp),
  ): UsageInvoice => {
    const all: PeriodCharges[] = [];
    let at = startDate;
    for (const quantities of months) {
      const period = subscriptionPeriodAt(subscription, at);
      if (period === undefined) throw new Error('no period');
      all.push({ period, charges: quantities.map((quantity) => aCharge(quantity, dollar)) });
      at = period.end;
    }
    const last = all.pop();
    if (last === undefined) throw new Error('no months');
    return invoiceUsage(subscription, last, all);
  };

  test('12 of usage cost 14 when 50 of the commitment are used', () => {
    const invoice = invoiceMonths([['30'], ['20'], ['5', '7']]);
    expect(linesText(invoice)).toEqual([
      'usage | 4.17 | 4.17 | price 5, commitment_share -0.83',
      'usage | 5.83 | 5.83 | price 7, commitment_share -1.17',
      'overage | 2 | 4 | price 2, overage 2',
    ]);
    expect(totalOf(invoice)).toBe('14');
  });

  test('12 of usage cost 24 when the commitment is used up, also after an overage', () => {
    for (const earlier of [[['30'], ['30']], [['70']], [['30'], ['30'], ['10']]]) {
      const invoice = invoiceMonths([...earlier, ['12']]);
      expect(totalOf(invoice)).toBe('24');
      expect(linesText(invoice)).toEqual([
        'usage | 0 | 0 | price 12, commitment_share -12',
        'overage | 12 | 24 | price 12, overage 12',
      ]);
    }
  });

  test('a commitment of a year splits the charges of its first month like one of a month', () => {
    expect(totalOf(invoiceMonths([['12']]))).toBe('12');
    expect(linesText(invoiceMonths([['70']]))).toEqual([
      'usage | 60 | 60 | price 60',
      'overage | 10 | 20 | price 10, overage 10',
    ]);
  });

  test('a commitment of a year has a true-up only in its last month, of what all months left', () => {
    const months = (count: number) => Array.from({ length: count }, () => ['2']);
    expect(linesText(invoiceMonths(months(11), true))).toEqual(['usage | 2 | 2 | price 2']);
    expect(linesText(invoiceMonths(months(12), true))).toEqual([
      'usage | 2 | 2 | price 2',
      'true_up | 1 | 36 | true_up 36',
    ]);
    expect(linesText(invoiceMonths(months(13), true))).toEqual(['usage | 2 | 2 | price 2']);
    expect(invoiceMonths(months(12), true).commitmentLines.map(({ utilized }) => text(utilized))).toEqual(['24']);
  });

  test.each(['endDate', 'cancelAt'] as const)(
    'a commitment of a year has a true-up in the last month of its subscription (%s)',
    (field) => {
      const subscription = subscriptionOf(true, { [field]: instant('2024-03-20T00:00:00Z') });
      expect(linesText(invoiceMonths([['2'], ['2']], true, subscription))).toEqual(['usage | 2 | 2 | price 2']);
      expect(linesText(invoiceMonths([['2'], ['2'], ['2']], true, subscription))).toEqual([
        'usage | 2 | 2 | price 2',
        'true_up | 1 | 54 | true_up 54',
      ]);
    },
  );

  test('a commitment has no true-up in a trial, which is not invoiced', () => {
    const trial = { start: startDate, end: instant('2024-01-15T00:00:00Z') };
    for (const duration of ['ANNUAL', 'MONTHLY'] as const) {
      const commitment = { amount: '60', overageFactor: '2', duration, hasTrueUp: true };
      const subscription = { ...subscriptionOf(true), commitment, trialStart: trial.start, trialEnd: trial.end };
      const charged = { period: trial, charges: [aCharge('2', dollar)] };
      expect(linesText(invoiceUsage(subscription, charged, []))).toEqual(['usage | 2 | 2 | price 2']);
    }
  });

  test('a commitment does not apply outside of its subscription', () => {
    const subscription = subscriptionOf(true, { endDate: instant('2024-03-20T00:00:00Z') });
    for (const [start, end] of [
      ['2023-12-01T00:00:00Z', '2024-01-01T00:00:00Z'],
      ['2024-03-20T00:00:00Z', '2024-04-01T00:00:00Z'],
    ] as const) {
      const period = { start: instant(start), end: instant(end) };
      for (const duration of ['ANNUAL', 'MONTHLY'] as const) {
        const commitment = { amount: '60', overageFactor: '2', duration, hasTrueUp: true };
        const invoice = invoiceUsage({ ...subscription, commitment }, { period, charges: [] }, []);
        expect(linesText(invoice)).toEqual([]);
      }
    }
  });

  test('a commitment of a year has a window of earlier periods, one per period has none', () => {
    const window = { start: startDate, end: instant('2025-01-01T00:00:00Z') };
    expect(commitmentWindowAt(subscriptionOf(true), instant('2024-05-15T00:00:00Z'))).toEqual(window);
    const { commitment, ...plain } = subscriptionOf(true);
    expect(commitmentWindowAt(plain, startDate)).toBeUndefined();
    if (commitment === undefined) throw new Error('no commitment');
    expect(
      commitmentWindowAt({ ...plain, commitment: { ...commitment, duration: 'MONTHLY' } }, startDate),
    ).toBeUndefined();
    expect(
      commitmentWindowAt({ ...plain, commitment: { ...commitment, overageFactor: '1' } }, startDate),
    ).toBeUndefined();
  });
});
