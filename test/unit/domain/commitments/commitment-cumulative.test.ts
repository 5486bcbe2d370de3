import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import {
  applyCumulative,
  committedUse,
  isCumulative,
  isDurationFor,
  positionInWindow,
  windowOfCommitment,
} from '../../../../shared/domain/commitments/commitment-cumulative.ts';
import { decimal, formatQuantity, sumOf, zeroQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import { subscriptionPeriodAt } from '../../../../shared/domain/subscriptions/subscription-period.ts';
import { billingPeriods, recurringPeriods } from '../../../../shared/domain/time/billing-period.ts';
import { formatInstant } from '../../../../shared/domain/time/instant.ts';
import { aSubscription } from '../../../support/builders/builders.ts';
import { Decimal } from '../../../support/builders/golden-price.ts';
import { instant, readVectors } from '../../../support/builders/golden.ts';

const text = formatQuantity;
const terms = { amount: '60', overageFactor: '2', hasTrueUp: true } as const;
const commitment = { ...terms, duration: 'ANNUAL' } as const;
const aCharge = (quantity: string, amount: string) => ({ quantity: decimal(quantity), amount: decimal(amount) });

describe('a commitment over several periods', () => {
  const Input = v.object({
    prior_finalized_usage_lines: v.array(
      v.pipe(
        v.object({ amount: Decimal, is_overage: v.exactOptional(v.boolean(), false) }),
        v.transform(({ amount, is_overage: isOverage }) => ({ amount, isOverage })),
      ),
    ),
    charges: v.array(v.object({ amount: Decimal })),
    commitment_amount: v.string(),
    overage_factor: v.string(),
    commitment_duration: v.picklist(recurringPeriods),
    billing_period: v.picklist(billingPeriods),
    currency: v.string(),
  });
  const Expected = v.object({ total: v.string(), overage_line: v.string(), within_commitment: v.string() });
  test.each(readVectors('commitments.json', 'cumulative_commitment', Input, Expected))('$id', ({ input, expected }) => {
    const { overage_factor: overageFactor, commitment_duration: duration, currency } = input;
    const asked = { amount: input.commitment_amount, overageFactor, duration, hasTrueUp: false };
    expect(isCumulative(asked, input.billing_period)).toBe(true);
    const prior = committedUse(input.prior_finalized_usage_lines, overageFactor);
    const charges = input.charges.map(({ amount }) => [{ amount, quantity: amount }]);
    const { lines, within, overage } = applyCumulative(asked, { prior, lines: charges, isLastPeriod: false, currency });
    expect([text(within), text(overage)]).toEqual([expected.within_commitment, expected.overage_line]);
    const total = sumOf([overage, ...lines.flat().map(({ amount }) => amount)]);
    expect(text(total)).toBe(expected.total);
  });

  /** Each charge is a line of one version. */
  const applied = (prior: string, charges: readonly ReturnType<typeof aCharge>[], isLastPeriod = false) =>
    applyCumulative(commitment, {
      prior: decimal(prior),
      lines: charges.map((charge) => [charge]),
      isLastPeriod,
      currency: 'usd',
    });
  const shown = ({ lines }: ReturnType<typeof applied>) =>
    lines.flat().map(({ quantity, amount }) => [text(quantity), text(amount)]);

  test('reduces lines in proportion, each rounded by itself, quantities like money', () => {
    const outcome = applied('50', [aCharge('50', '5'), aCharge('700', '7')]);
    expect(shown(outcome)).toEqual([
      ['41.67', '4.17'],
      ['583.33', '5.83'],
    ]);
    expect(text(outcome.overageBase)).toBe('2');
  });

  test('rounds the versions of a line together', () => {
    const versions = [aCharge('1', '1'), aCharge('1', '1'), aCharge('1', '1')];
    const outcome = applyCumulative(commitment, {
      prior: decimal('58'),
      lines: [versions],
      isLastPeriod: false,
      currency: 'usd',
    });
    // Two thirds of each: 0.67 and 1.33 and 2 together.
    expect(shown(outcome)).toEqual([
      ['0.67', '0.67'],
      ['0.66', '0.66'],
      ['0.67', '0.67'],
    ]);
  });

  test('changes no line if all of them fit, or if there is none', () => {
    const outcome = applied('0', [aCharge('0.123456', '5.001'), aCharge('0', '0')]);
    expect(shown(outcome)).toEqual([
      ['0.123456', '5.001'],
      ['0', '0'],
    ]);
    expect(text(outcome.overage)).toBe('0');
    expect(shown(applied('60', [aCharge('0', '0')]))).toEqual([['0', '0']]);
  });

  test('has a true-up in the last period only', () => {
    expect(text(applied('40', [aCharge('5', '5')], true).trueUp)).toBe('15');
    expect(text(applied('40', [aCharge('5', '5')], false).trueUp)).toBe('0');
    expect(text(applied('60', [aCharge('5', '5')], true).trueUp)).toBe('0');
    const without = { prior: zeroQuantity, lines: [], isLastPeriod: true, currency: 'usd' };
    expect(text(applyCumulative({ ...commitment, hasTrueUp: false }, without).trueUp)).toBe('0');
  });
});

describe('the window of a duration', () => {
  const windowAt = (duration: 'ANNUAL' | 'QUARTERLY' | undefined, fields: object, at: string) => {
    const subscription = aSubscription({ billingPeriod: 'MONTHLY', timezone: 'UTC', ...fields });
    const window = windowOfCommitment({ ...terms, ...(duration && { duration }) }, subscription, instant(at));
    return window && [formatInstant(window.start), formatInstant(window.end)];
  };
  const start = instant('2026-01-31T10:00:00Z');
  const anniversary = { startDate: start, billingAnchor: start };

  test('follows the one before, from the start, on the anchor', () => {
    expect(windowAt('QUARTERLY', anniversary, '2026-05-01T00:00:00Z')).toEqual([
      '2026-04-30T10:00:00Z',
      '2026-07-31T10:00:00Z',
    ]);
    expect(windowAt('ANNUAL', anniversary, '2027-01-31T09:59:59Z')).toEqual([
      '2026-01-31T10:00:00Z',
      '2027-01-31T10:00:00Z',
    ]);
    expect(windowAt('ANNUAL', anniversary, '2026-01-31T09:59:59Z')).toBeUndefined();
  });

  test('is the billing period for a commitment without a duration', () => {
    expect(windowAt(undefined, { ...anniversary, billingPeriodCount: 2 }, '2026-03-31T00:00:00Z')).toEqual([
      '2026-01-31T10:00:00Z',
      '2026-03-31T10:00:00Z',
    ]);
  });

  test('is in the time zone of the subscription', () => {
    const midnight = instant('2026-01-01T05:00:00Z');
    const fields = { startDate: midnight, billingAnchor: midnight, timezone: 'America/New_York' };
    expect(windowAt('QUARTERLY', fields, '2026-03-15T00:00:00Z')).toEqual([
      '2026-01-01T05:00:00Z',
      '2026-04-01T04:00:00Z',
    ]);
  });

  test('is never shorter than the duration, and includes the billing period in which that ends', () => {
    const calendar = { startDate: instant('2026-01-15T00:00:00Z'), billingAnchor: instant('2026-02-01T00:00:00Z') };
    expect(windowAt('QUARTERLY', calendar, '2026-01-20T00:00:00Z')).toEqual([
      '2026-01-15T00:00:00Z',
      '2026-05-01T00:00:00Z',
    ]);
    expect(windowAt('QUARTERLY', calendar, '2026-04-30T00:00:00Z')).toEqual([
      '2026-01-15T00:00:00Z',
      '2026-05-01T00:00:00Z',
    ]);
    expect(windowAt('QUARTERLY', calendar, '2026-05-01T00:00:00Z')).toEqual([
      '2026-05-01T00:00:00Z',
      '2026-08-01T00:00:00Z',
    ]);
  });

  test('begins when a trial ends', () => {
    const trial = { ...anniversary, trialStart: start, trialEnd: instant('2026-02-14T10:00:00Z') };
    expect(windowAt('ANNUAL', trial, '2026-02-01T00:00:00Z')).toEqual(['2026-01-31T10:00:00Z', '2026-02-14T10:00:00Z']);
    expect(windowAt('ANNUAL', trial, '2026-03-01T00:00:00Z')).toEqual(['2026-02-14T10:00:00Z', '2027-02-14T10:00:00Z']);
  });

  test.each(['2026-01-15T00:00:00Z', '2026-02-01T00:00:00Z', '2026-02-28T00:00:00Z', '2026-01-31T12:00:00Z'])(
    'ends with a billing period, with an anchor of %s',
    (anchor) => {
      const subscription = aSubscription({
        billingPeriod: 'MONTHLY',
        timezone: 'UTC',
        startDate: instant('2026-01-15T00:00:00Z'),
        billingAnchor: instant(anchor),
      });
      for (const duration of ['QUARTERLY', 'HALF_YEARLY', 'ANNUAL'] as const) {
        const window = windowOfCommitment({ ...terms, duration }, subscription, instant('2026-09-20T00:00:00Z'));
        const first = window && subscriptionPeriodAt(subscription, window.start);
        const last = window && subscriptionPeriodAt(subscription, window.end - 1);
        expect(window && first && last && [positionInWindow(window, first), positionInWindow(window, last)]).toEqual([
          { isFirst: true, isLast: false },
          { isFirst: false, isLast: true },
        ]);
        expect(last?.end).toBe(window?.end);
      }
    },
  );
});

test.each([
  ['MONTHLY', 'MONTHLY', 1, true],
  ['MONTHLY', 'MONTHLY', 3, true],
  ['ANNUAL', 'MONTHLY', 12, true],
  ['ANNUAL', 'MONTHLY', 13, false],
  ['QUARTERLY', 'MONTHLY', 2, true],
  ['MONTHLY', 'ANNUAL', 1, false],
  ['ANNUAL', 'WEEKLY', 52, true],
  ['MONTHLY', 'WEEKLY', 5, false],
  ['WEEKLY', 'DAILY', 7, true],
  ['WEEKLY', 'DAILY', 8, false],
  ['DAILY', 'MONTHLY', 1, false],
] as const)('a duration of %s is compared with billing periods of %s × %d: %s', (duration, period, count, isOne) => {
  expect(isDurationFor(duration, period, count)).toBe(isOne);
});

test('a commitment with the duration of the billing period, or with none, is not cumulative', () => {
  expect(isCumulative({ ...commitment, duration: 'MONTHLY' }, 'MONTHLY')).toBe(false);
  expect(isCumulative(terms, 'MONTHLY')).toBe(false);
});
