import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { usageResetPeriods } from '../../../../shared/domain/catalog/entitlement.ts';
import { allowancesByMeter, applyAllowance, spanOfReset } from '../../../../shared/domain/charges/allowance.ts';
import { chargeLine } from '../../../../shared/domain/charges/charged-line.ts';
import type { MeasuredLine } from '../../../../shared/domain/charges/measured-line.ts';
import { chargeOf } from '../../../../shared/domain/charges/usage-charge.ts';
import { decimal, formatQuantity, sumOf, zeroQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import type { Price } from '../../../../shared/domain/pricing/price.ts';
import { billingPeriods } from '../../../../shared/domain/time/billing-period.ts';
import { msPerDay } from '../../../../shared/domain/time/instant.ts';
import { aCatalog, aFeature, anEntitlement, aSubscription } from '../../../support/builders/builders.ts';
import { Decimal, GoldenPrice } from '../../../support/builders/golden-price.ts';
import { readVectors } from '../../../support/builders/golden.ts';
import { aContext, aMeasuredLine, anAllowance, march } from '../../../support/builders/measured-lines.ts';

const text = formatQuantity;
const file = 'entitlements.json';
const plain = (amount: string): string => text(decimal(amount));

describe('an entitlement', () => {
  const Input = v.object({
    entitlement: v.object({
      usage_limit: v.number(),
      is_enabled: v.boolean(),
      is_soft_limit: v.boolean(),
      usage_reset_period: v.picklist(usageResetPeriods),
    }),
    subscription_billing_period: v.picklist(billingPeriods),
    quantity: Decimal,
    price: GoldenPrice,
  });
  const Expected = v.object({ billable_quantity: v.string(), amount: v.string() });
  test.each(readVectors(file, 'entitlement_charge', Input, Expected))('$id', ({ input, expected }) => {
    const { usage_limit, is_enabled, is_soft_limit, usage_reset_period } = input.entitlement;
    const entitlement = anEntitlement({
      usageLimit: usage_limit,
      isEnabled: is_enabled,
      isSoftLimit: is_soft_limit,
      usageResetPeriod: usage_reset_period,
    });
    const subscription = aSubscription({ billingPeriod: input.subscription_billing_period });
    const catalog = aCatalog({ features: [aFeature()], entitlements: [entitlement] });
    const allowances = allowancesByMeter(subscription, catalog, march.start);
    const measured = aMeasuredLine(input.quantity, { price: input.price });
    const line = chargeLine(chargeOf(measured), aContext({ allowanceOf: (meterId) => allowances.get(meterId) }));
    expect([text(line.quantity), text(line.amount)]).toEqual([plain(expected.billable_quantity), expected.amount]);
    expect(line.allowance && text(line.allowance.taken)).toBe(is_enabled ? '100' : undefined);
  });
});

describe('an allowance for each day', () => {
  const Input = v.object({ usage_limit: v.number(), daily_usage: v.array(Decimal), price: GoldenPrice });
  const Expected = v.object({ billable_quantity: v.string(), amount: v.string() });
  const measuredDays = (days: readonly ReturnType<typeof decimal>[], price: Partial<Price> = {}): MeasuredLine =>
    aMeasuredLine(
      sumOf(days),
      { price },
      { spans: days.map((usage, day) => ({ start: march.start + day * msPerDay, values: [usage] })) },
    );

  test.each(readVectors(file, 'entitlement_daily', Input, Expected))('$id', ({ input, expected }) => {
    const allowance = anAllowance({ usageLimit: input.usage_limit, usageResetPeriod: 'DAILY' });
    const measured = measuredDays(input.daily_usage, input.price);
    const line = chargeLine(chargeOf(measured), aContext({ allowanceOf: () => allowance }));
    expect([text(line.quantity), text(line.amount)]).toEqual([expected.billable_quantity, expected.amount]);
    expect(line.allowance && text(line.allowance.taken)).toBe('23');
    expect(line.allowance?.spans.map(({ usage, billable }) => [text(usage), text(billable)])).toEqual([
      ['15', '5'],
      ['3', '0'],
      ['12', '2'],
    ]);
  });

  test('takes the free units of each, also if the days overlap, as unique values do', () => {
    const measured = { ...measuredDays([decimal('8'), decimal('8')]), quantity: decimal('10') };
    const applied = applyAllowance(measured, anAllowance({ usageLimit: 2, usageResetPeriod: 'DAILY' }));
    expect([text(applied.billable), text(applied.taken), text(applied.adjusted)]).toEqual(['12', '4', '-2']);
  });

  test('takes nothing without usage', () => {
    const applied = applyAllowance(measuredDays([]), anAllowance({ usageResetPeriod: 'DAILY' }));
    expect([text(applied.billable), text(applied.taken)]).toEqual(['0', '0']);
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
    const [total, before] = [input.total_since_subscription_start, input.usage_before_line_period];
    const measured = aMeasuredLine(total.minus(before), {}, { sinceStart: { total, before } });
    const allowance = anAllowance({ usageLimit: input.usage_limit, usageResetPeriod: 'NEVER' });
    expect(text(applyAllowance(measured, allowance).billable)).toBe(expected.billable_quantity);
  });
});

test('an unlimited allowance leaves nothing to bill, not even the flat amounts of empty buckets', () => {
  const tiers = [{ upTo: null, unitAmount: '1', flatAmount: '5' }];
  const price = { billingModel: 'TIERED', tierMode: 'SLAB', tiers } as const;
  const unlimited = aContext({ allowanceOf: () => anAllowance({ usageLimit: null }) });
  for (const buckets of [undefined, [{ start: march.start, values: [zeroQuantity] }]]) {
    const measured = aMeasuredLine(buckets ? '0' : '12', { price }, { buckets });
    const line = chargeLine(chargeOf(measured), unlimited);
    expect([text(line.quantity), text(line.amount), line.steps]).toEqual(['0', '0', []]);
  }
});

test('an allowance is measured by its reset, or by the whole window if the reset is the billing period', () => {
  expect(usageResetPeriods.map((reset) => [reset, spanOfReset(reset, 'ANNUAL')])).toEqual([
    ['MONTHLY', 'month'],
    ['ANNUAL', 'window'],
    ['WEEKLY', 'window'],
    ['DAILY', 'day'],
    ['QUARTERLY', 'window'],
    ['HALF_YEARLY', 'window'],
    ['NEVER', 'since_start'],
    ['', 'window'],
  ]);
  expect([spanOfReset('MONTHLY', 'MONTHLY'), spanOfReset('DAILY', 'DAILY')]).toEqual(['window', 'window']);
});

describe('allowances by meter', () => {
  const at = march.start;
  const catalog = (entitlements: readonly ReturnType<typeof anEntitlement>[], features = [aFeature()]) =>
    aCatalog({ features, entitlements });
  const limitOf = (...entitlements: readonly ReturnType<typeof anEntitlement>[]) =>
    allowancesByMeter(aSubscription(), catalog(entitlements), at).get('meter_1');

  test('add up the enabled entitlements, and name them', () => {
    const some = [
      anEntitlement({ id: 'ent_1', usageLimit: 10 }),
      anEntitlement({ id: 'ent_2', usageLimit: 5, isEnabled: false }),
      anEntitlement({ id: 'ent_3', usageLimit: 7, createdAt: 0 }),
    ];
    expect(limitOf(...some)).toMatchObject({ usageLimit: 17, entitlementIds: ['ent_3', 'ent_1'] });
    expect(limitOf(...some, anEntitlement({ id: 'ent_4', usageLimit: null }))).toMatchObject({ usageLimit: null });
  });

  test('allowances leave out entitlements that are disabled, of another plan, ended or not begun, and features without a meter', () => {
    expect(limitOf(anEntitlement({ isEnabled: false }))).toBeUndefined();
    expect(limitOf(anEntitlement({ entityId: 'plan_2' }))).toBeUndefined();
    expect(limitOf(anEntitlement({ endDate: at }))).toBeUndefined();
    expect(limitOf(anEntitlement({ startDate: at + 1 }))).toBeUndefined();
    expect(limitOf(anEntitlement({ status: 'archived' }))).toBeUndefined();
    expect(limitOf(anEntitlement({ startDate: at, endDate: at + 1 }))).toBeDefined();
    const granted = catalog([anEntitlement()], [aFeature({ type: 'static' })]);
    expect(allowancesByMeter(aSubscription(), granted, at).size).toBe(0);
  });

  test('allowances have entitlements of the subscription instead of their parents', () => {
    const own = anEntitlement({ id: 'ent_2', entityType: 'SUBSCRIPTION', parentEntitlementId: 'ent_1', usageLimit: 3 });
    const subscription = aSubscription({ entitlements: [own] });
    const found = allowancesByMeter(subscription, catalog([anEntitlement()]), at).get('meter_1');
    expect(found).toMatchObject({ usageLimit: 3, entitlementIds: ['ent_2'] });
  });

  test('allowances have the most frequent reset, or the oldest of several', () => {
    const resetsOf = (...resets: readonly (typeof usageResetPeriods)[number][]) =>
      limitOf(
        ...resets.map((usageResetPeriod, createdAt) =>
          anEntitlement({ id: `ent_${String(createdAt)}`, createdAt, usageResetPeriod }),
        ),
      )?.usageResetPeriod;
    expect(resetsOf('DAILY', 'MONTHLY', 'MONTHLY')).toBe('MONTHLY');
    expect(resetsOf('DAILY', 'MONTHLY')).toBe('DAILY');
    const disabled = anEntitlement({ id: 'ent_9', createdAt: 0, usageResetPeriod: 'DAILY', isEnabled: false });
    expect(limitOf(disabled, anEntitlement({ usageResetPeriod: 'MONTHLY' }))?.usageResetPeriod).toBe('MONTHLY');
  });
});
