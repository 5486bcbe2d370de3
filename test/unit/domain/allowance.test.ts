// What an allowance leaves to be billed: the golden vectors, and the cases they leave out.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { allowancesByMeter, applyAllowance, spanOfReset } from '../../../shared/domain/allowance.ts';
import { usageResetPeriods } from '../../../shared/domain/entitlement.ts';
import { roundMoney } from '../../../shared/domain/money.ts';
import { billingPeriods } from '../../../shared/domain/price.ts';
import { priceQuantity, costOfParts } from '../../../shared/domain/price-cost.ts';
import { decimal, formatQuantity, sumOf, zeroQuantity } from '../../../shared/domain/quantity.ts';
import { aCatalog, aFeature, aSubscription, someInstant } from '../../support/builders.ts';
import { anEntitlement } from '../../support/entitlement-builder.ts';
import { readVectors } from '../../support/golden.ts';

const file = 'entitlements.json';
const Decimal = v.pipe(v.string(), v.transform(decimal));
const Price = v.pipe(
  v.object({
    billing_model: v.literal('TIERED'),
    amount: v.string(),
    currency: v.string(),
    tier_mode: v.literal('SLAB'),
    tiers: v.array(v.object({ up_to: v.nullable(v.number()), unit_amount: v.string() })),
  }),
  v.transform(({ billing_model: billingModel, tier_mode: tierMode, tiers, ...terms }) => ({
    ...terms,
    billingModel,
    tierMode,
    tiers: tiers.map(({ up_to: upTo, unit_amount: unitAmount }) => ({ upTo, unitAmount })),
  })),
);
const Charged = v.object({ billable_quantity: v.string(), amount: v.string() });

const anAllowance = { featureId: 'feat_1', entitlementIds: ['ent_1'], usageLimit: 100, usageResetPeriod: '' } as const;
const whole = { buckets: undefined, spans: [], sinceStart: undefined };
const chargeOf = (price: v.InferOutput<typeof Price>, billable: ReturnType<typeof decimal>) => ({
  billable_quantity: formatQuantity(billable),
  amount: formatQuantity(roundMoney(costOfParts(priceQuantity(price, billable)), price.currency)),
});

describe('a charge under an entitlement', () => {
  const Input = v.object({
    entitlement: v.object({
      usage_limit: v.nullable(v.number()),
      is_enabled: v.boolean(),
      is_soft_limit: v.boolean(),
      usage_reset_period: v.picklist(usageResetPeriods),
    }),
    subscription_billing_period: v.picklist(billingPeriods),
    quantity: Decimal,
    price: Price,
  });
  test.each(readVectors(file, 'entitlement_charge', Input, Charged))('$id', ({ input, expected }) => {
    const entitlement = anEntitlement({
      usageLimit: input.entitlement.usage_limit,
      isEnabled: input.entitlement.is_enabled,
      isSoftLimit: input.entitlement.is_soft_limit,
      usageResetPeriod: input.entitlement.usage_reset_period,
    });
    const feature = aFeature({ id: 'feat_1', type: 'metered', meterId: 'meter_1' });
    const catalog = aCatalog({ features: [feature], entitlements: [entitlement] });
    const allowance = allowancesByMeter(aSubscription({ planId: 'plan_1' }), catalog, someInstant).get('meter_1');
    expect(allowance === undefined).toBe(!input.entitlement.is_enabled);
    expect(spanOfReset(entitlement.usageResetPeriod, input.subscription_billing_period)).toBe('window');
    const measured = { ...whole, quantity: input.quantity };
    const billable = allowance ? applyAllowance(measured, allowance).billable : input.quantity;
    expect(chargeOf(input.price, billable)).toEqual(expected);
  });
});

describe('an allowance of each day', () => {
  const Input = v.object({ usage_limit: v.number(), daily_usage: v.array(Decimal), price: Price });
  test.each(readVectors(file, 'entitlement_daily', Input, Charged))('$id', ({ input, expected }) => {
    expect(spanOfReset('DAILY', 'MONTHLY')).toBe('day');
    const spans = input.daily_usage.map((usage, start) => ({ start, values: [usage] }));
    const measured = { ...whole, quantity: sumOf(input.daily_usage), spans };
    const { billable } = applyAllowance(measured, { ...anAllowance, usageLimit: input.usage_limit });
    expect(chargeOf(input.price, billable)).toEqual(expected);
  });
});

describe('an allowance that is never reset', () => {
  const Input = v.object({
    total_since_subscription_start: Decimal,
    usage_before_line_period: Decimal,
    usage_limit: v.number(),
  });
  const Expected = v.object({ billable_quantity: v.string() });
  test.each(readVectors(file, 'entitlement_never', Input, Expected))('$id', ({ input, expected }) => {
    expect(spanOfReset('NEVER', 'MONTHLY')).toBe('since_start');
    const sinceStart = { total: input.total_since_subscription_start, before: input.usage_before_line_period };
    const measured = { ...whole, quantity: zeroQuantity, sinceStart };
    const { billable } = applyAllowance(measured, { ...anAllowance, usageLimit: input.usage_limit });
    expect(formatQuantity(billable)).toBe(expected.billable_quantity);
  });
});

test('no limit bills nothing, and what is under a limit bills nothing', () => {
  const measured = { ...whole, quantity: decimal('500') };
  const billableOf = (usageLimit: number | null) =>
    formatQuantity(applyAllowance(measured, { ...anAllowance, usageLimit }).billable);
  expect([null, 500, 499, 0].map(billableOf)).toEqual(['0', '0', '1', '500']);
});

test('months are counted each by itself unless the subscription is monthly; weeks are not', () => {
  expect(spanOfReset('MONTHLY', 'ANNUAL')).toBe('month');
  expect(spanOfReset('MONTHLY', 'MONTHLY')).toBe('window');
  expect(spanOfReset('DAILY', 'DAILY')).toBe('window');
  expect(spanOfReset('WEEKLY', 'MONTHLY')).toBe('window');
});
