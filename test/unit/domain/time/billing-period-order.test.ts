// Billing periods compare by length.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import {
  hasMixedBillingPeriods,
  isBillingPeriodMultiple,
  isLongerBillingPeriod,
  monthsOfBillingPeriod,
  orderOfBillingPeriod,
} from '../../../../shared/domain/time/billing-period.ts';
import { readVectors } from '../../../support/builders/golden.ts';

const file = 'billing-periods.json';
const One = v.object({ billing_period: v.string() });

describe('the order of billing periods', () => {
  test.each(readVectors(file, 'billing_period_order', One, v.object({ order: v.number() })))(
    '$id',
    ({ input, expected }) => {
      expect(orderOfBillingPeriod(input.billing_period)).toBe(expected.order);
    },
  );

  const pairs = v.object({ a: v.string(), b: v.string() });
  test.each(readVectors(file, 'billing_period_greater_than', pairs, v.object({ greater: v.boolean() })))(
    '$id',
    ({ input, expected }) => {
      expect(isLongerBillingPeriod(input.a, input.b)).toBe(expected.greater);
    },
  );

  test('does not include one-time charges', () => {
    expect(orderOfBillingPeriod('ONETIME')).toBe(-1);
    expect(isLongerBillingPeriod('ANNUAL', 'ONETIME')).toBe(false);
    expect(isLongerBillingPeriod('ONETIME', 'DAILY')).toBe(false);
  });
});

describe('months and multiples', () => {
  test.each(readVectors(file, 'billing_period_to_months', One, v.object({ months: v.number() })))(
    '$id',
    ({ input, expected }) => {
      expect(monthsOfBillingPeriod(input.billing_period)).toBe(expected.months);
    },
  );

  const pairs = v.object({ longer: v.string(), shorter: v.string() });
  test.each(readVectors(file, 'is_billing_period_multiple', pairs, v.object({ multiple: v.boolean() })))(
    '$id',
    ({ input, expected }) => {
      expect(isBillingPeriodMultiple(input.longer, input.shorter)).toBe(expected.multiple);
    },
  );

  const items = v.object({ line_item_billing_periods: v.array(v.string()) });
  test.each(readVectors(file, 'has_mixed_billing_periods', items, v.object({ mixed: v.boolean() })))(
    '$id',
    ({ input, expected }) => {
      expect(hasMixedBillingPeriods(input.line_item_billing_periods)).toBe(expected.mixed);
    },
  );
});
