// Length and window of trials.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { formatInstant } from '../../../../shared/domain/time/instant.ts';
import { priceTypes } from '../../../../shared/domain/pricing/price.ts';
import { trialTermsOf, trialWindow } from '../../../../shared/domain/subscriptions/trial.ts';
import { aPrice } from '../../../support/builders/builders.ts';
import { Instant, readVectors } from '../../../support/builders/golden.ts';

const vectors = readVectors(
  'subscriptions.json',
  'trial_window',
  v.object({
    start_date: Instant,
    request_trial_period_days: v.nullable(v.number()),
    prices: v.array(v.object({ type: v.picklist(priceTypes), trial_period_days: v.number() })),
  }),
  v.object({ trial_start: v.nullable(v.string()), trial_end: v.nullable(v.string()) }),
);

test.each(vectors)('$id', ({ input, expected }) => {
  const prices = input.prices.map(({ type, trial_period_days }) =>
    aPrice({ type, trialPeriodDays: trial_period_days }),
  );
  const terms = trialTermsOf(input.request_trial_period_days ?? undefined, prices);
  const window = terms.kind === 'days' ? trialWindow(input.start_date, terms.days) : undefined;
  expect(window?.trialStart === undefined ? null : formatInstant(window.trialStart)).toBe(expected.trial_start);
  expect(window?.trialEnd === undefined ? null : formatInstant(window.trialEnd)).toBe(expected.trial_end);
});

describe('the trial of prices', () => {
  const fixed = (trialPeriodDays: number) => aPrice({ type: 'FIXED', trialPeriodDays });

  test('the trial is the common one of the recurring FIXED prices', () => {
    expect(trialTermsOf(undefined, [fixed(14), fixed(14), aPrice({ trialPeriodDays: 99 })])).toEqual({
      kind: 'days',
      days: 14,
    });
    expect(trialTermsOf(undefined, [fixed(14), aPrice({ type: 'FIXED', billingPeriod: 'ONETIME' })])).toEqual({
      kind: 'days',
      days: 14,
    });
  });

  test('different trials of prices conflict, unless the request has one', () => {
    expect(trialTermsOf(undefined, [fixed(14), fixed(7)])).toEqual({ kind: 'conflict' });
    expect(trialTermsOf(3, [fixed(14), fixed(7)])).toEqual({ kind: 'days', days: 3 });
  });
});
