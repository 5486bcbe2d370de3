// Allowances: the golden vectors, and worked examples of windows that several periods look into.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { usageResetPeriods } from '../../../../shared/domain/catalog/entitlement.ts';
import { allowancesByMeter } from '../../../../shared/domain/charges/allowance.ts';
import type { Charge } from '../../../../shared/domain/charges/charge.ts';
import { decimal, formatQuantity as text } from '../../../../shared/domain/numbers/quantity.ts';
import { subscriptionPeriodAt } from '../../../../shared/domain/subscriptions/subscription-period.ts';
import { billingPeriods } from '../../../../shared/domain/time/billing-period.ts';
import { msPerDay } from '../../../../shared/domain/time/instant.ts';
import { aCatalog, aFeature, anEntitlement, aSubscription } from '../../../support/builders/builders.ts';
import { anExample } from '../../../support/worlds/charged-examples.ts';
import { Decimal, GoldenPrice } from '../../../support/builders/golden-price.ts';
import { readVectors } from '../../../support/builders/golden.ts';
import { march } from '../../../support/builders/measured-lines.ts';
import { chargesIn, type ChargedWorld } from '../../../support/worlds/charged-world.ts';

const file = 'entitlements.json';
const day = (index: number): number => march.start + index * msPerDay;

/** Charges the only line of the period that contains an instant. */
const chargeAt = (world: ChargedWorld, when: number = march.start): Charge => {
  const period = subscriptionPeriodAt(world.subscription, when);
  const [charge] = period ? chargesIn(world, period) : [];
  if (charge === undefined) throw new Error('no line');
  return charge;
};
const billed = ({ quantity, amount }: Charge): readonly string[] => [text(quantity), text(amount)];
const windowsOf = ({ grant }: Charge): readonly (readonly string[])[] | undefined =>
  grant?.windows.map(({ usedBefore, used }) => [text(usedBefore), text(used)]);

describe('an entitlement', () => {
  const Input = v.object({
    entitlement: v.object({
      usage_limit: v.number(),
      is_enabled: v.boolean(),
      is_soft_limit: v.boolean(),
      usage_reset_period: v.picklist(usageResetPeriods),
    }),
    subscription_billing_period: v.picklist(billingPeriods),
    quantity: v.string(),
    price: GoldenPrice,
  });
  const Expected = v.object({ billable_quantity: v.string(), amount: v.string() });
  test.each(readVectors(file, 'entitlement_charge', Input, Expected))('$id', ({ input, expected }) => {
    const { usage_limit, is_enabled, is_soft_limit, usage_reset_period } = input.entitlement;
    const charge = chargeAt(
      anExample({
        versions: [{ price: input.price }],
        usage: [[march.start, input.quantity]],
        subscription: { billingPeriod: input.subscription_billing_period },
        entitlement: {
          usageLimit: usage_limit,
          isEnabled: is_enabled,
          isSoftLimit: is_soft_limit,
          usageResetPeriod: usage_reset_period,
        },
      }),
    );
    expect(billed(charge)).toEqual([text(decimal(expected.billable_quantity)), expected.amount]);
    expect(charge.versions.map(({ adjusted }) => text(adjusted))).toEqual([is_enabled ? '100' : '0']);
  });
});

describe('an allowance for each day', () => {
  const Input = v.object({ usage_limit: v.number(), daily_usage: v.array(v.string()), price: GoldenPrice });
  const Expected = v.object({ billable_quantity: v.string(), amount: v.string() });
  test.each(readVectors(file, 'entitlement_daily', Input, Expected))('$id', ({ input, expected }) => {
    const charge = chargeAt(
      anExample({
        versions: [{ price: input.price }],
        usage: input.daily_usage.map((usage, index) => [day(index), usage]),
        entitlement: { usageLimit: input.usage_limit, usageResetPeriod: 'DAILY' },
      }),
    );
    expect(billed(charge)).toEqual([expected.billable_quantity, expected.amount]);
    expect(windowsOf(charge)?.slice(0, 4)).toEqual([
      ['0', '15'],
      ['0', '3'],
      ['0', '12'],
      ['0', '0'],
    ]);
    expect(charge.grant?.windows).toHaveLength(31);
  });

  test('is granted once for distinct values, which have no days that add up', () => {
    const meter = { aggregation: { type: 'COUNT_UNIQUE', field: 'user' } } as const;
    const usage = [0, 1, 2].flatMap((index) => ['a', 'b', 'c'].map((user) => [day(index), user] as const));
    const charge = chargeAt(anExample({ meter, usage, entitlement: { usageLimit: 2, usageResetPeriod: 'DAILY' } }));
    expect([text(charge.measured.quantity), text(charge.quantity), windowsOf(charge)]).toEqual(['3', '1', []]);
  });
});

describe('an allowance that is never reset', () => {
  const Input = v.object({
    total_since_subscription_start: Decimal,
    usage_before_line_period: Decimal,
    usage_limit: v.number(),
  });
  const Expected = v.object({ billable_quantity: v.string() });
  const inApril = (before: string, own: string, usageLimit: number): Charge =>
    chargeAt(
      anExample({
        usage: [
          [march.start, before],
          [march.end, own],
        ],
        entitlement: { usageLimit, usageResetPeriod: 'NEVER' },
      }),
      march.end,
    );
  test.each(readVectors(file, 'entitlement_never', Input, Expected))('$id', ({ input, expected }) => {
    const { total_since_subscription_start: total, usage_before_line_period: before, usage_limit: limit } = input;
    expect(text(inApril(text(before), text(total.minus(before)), limit).quantity)).toBe(expected.billable_quantity);
  });

  test('bills in each period what it adds beyond the limit', () => {
    // 50 of 100 were used before: of 100 more, 50 are free.
    expect(text(inApril('50', '100', 100).quantity)).toBe('50');
    // 50 beyond the limit were billed before, 300 more are billed now.
    expect(text(inApril('150', '300', 100).quantity)).toBe('300');
    expect(windowsOf(inApril('150', '300', 100))).toEqual([['150', '450']]);
  });
});

test('a window over several periods is granted once, and a longer period grants each of its windows', () => {
  const quarter = anExample({
    usage: [
      [march.start, '60'],
      [march.end, '60'],
    ],
    entitlement: { usageLimit: 100, usageResetPeriod: 'QUARTERLY' },
  });
  expect([march.start, march.end].map((when) => text(chargeAt(quarter, when).quantity))).toEqual(['0', '20']);
  const subscription = { billingPeriod: 'QUARTERLY' } as const;
  const months = { ...quarter, subscription: { ...quarter.subscription, ...subscription } };
  const monthly = { ...anExample({ usage: [], entitlement: { usageLimit: 50, usageResetPeriod: 'MONTHLY' } }) };
  // 60 and 60 in two months, each with 50 free.
  expect(text(chargeAt({ ...months, catalog: monthly.catalog }).quantity)).toBe('20');
});

test('an allowance begins with its entitlement, in full, and what was used before is not free', () => {
  const usage = [
    [day(3), '30'],
    [day(20), '130'],
  ] as const;
  const entitlement = { usageLimit: 100, usageResetPeriod: 'MONTHLY', startDate: day(10) } as const;
  const charge = chargeAt(anExample({ usage, entitlement }));
  expect([text(charge.quantity), windowsOf(charge)]).toEqual(['60', [['0', '130']]]);
  expect(charge.grant?.windows[0]?.start).toBe(day(10));
});

test('a unit that is free is free for every line that bills it', () => {
  const world = anExample({
    versions: [{}, { price: { amount: '0.1', parentPriceId: '' } }],
    usage: [[day(3), '1800']],
    entitlement: { usageLimit: 1000 },
  });
  expect(chargesIn(world, march).map(billed)).toEqual([
    ['800', '800'],
    ['800', '80'],
  ]);
});

test('an allowance takes from a level what it has come to, and from a value that is shared by time once', () => {
  const middle = march.start + (march.end - march.start) / 2;
  const versions = [{ end: middle }, { start: middle, price: { amount: '2' } }];
  const level = anExample({
    versions,
    meter: { aggregation: { type: 'WEIGHTED_SUM', field: 'gb' } },
    usage: [[march.start, '100']],
    entitlement: { usageLimit: 60 },
  });
  // 40 of 100 are billed: half of them at 1, half at 2.
  expect(chargeAt(level).versions.map(({ quantity, amount }) => [text(quantity), text(amount)])).toEqual([
    ['20', '20'],
    ['20', '40'],
  ]);
  const seats = anExample({
    versions: [
      { end: middle, price: { amount: '9' } },
      { start: middle, price: { amount: '15' } },
    ],
    meter: { aggregation: { type: 'MAX', field: 'seats' } },
    usage: [[march.start, '4']],
    entitlement: { usageLimit: 1 },
  });
  expect(billed(chargeAt(seats))).toEqual(['3', '36']);
});

test('an unlimited allowance leaves nothing to bill, not even the flat amounts of empty buckets', () => {
  const tiers = [{ upTo: null, unitAmount: '1', flatAmount: '5' }];
  const price = { billingModel: 'TIERED', tierMode: 'SLAB', tiers } as const;
  for (const [bucketSize, used] of [
    [undefined, '12'],
    ['DAY', '0'],
  ] as const) {
    const meter = { aggregation: { type: 'SUM', field: 'tokens', ...(bucketSize && { bucketSize }) } } as const;
    const usage = [[march.start, used]] as const;
    const charged = (usageLimit: number | null): Charge =>
      chargeAt(anExample({ versions: [{ price }], meter, usage, entitlement: { usageLimit } }));
    expect(billed(charged(null))).toEqual(['0', '0']);
    expect(charged(null).versions[0]?.steps).toEqual([]);
    expect(charged(0).amount.gt(decimal('0'))).toBe(true);
  }
});

describe('allowances by meter', () => {
  const now = march.start;
  const catalog = (entitlements: readonly ReturnType<typeof anEntitlement>[], features = [aFeature()]) =>
    aCatalog({ features, entitlements });
  const limitOf = (...entitlements: readonly ReturnType<typeof anEntitlement>[]) =>
    allowancesByMeter(aSubscription(), catalog(entitlements), now).get('meter_1');

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
    expect(limitOf(anEntitlement({ endDate: now }))).toBeUndefined();
    expect(limitOf(anEntitlement({ startDate: now + 1 }))).toBeUndefined();
    expect(limitOf(anEntitlement({ status: 'archived' }))).toBeUndefined();
    expect(limitOf(anEntitlement({ startDate: now, endDate: now + 1 }))).toBeDefined();
    const granted = catalog([anEntitlement()], [aFeature({ type: 'static' })]);
    expect(allowancesByMeter(aSubscription(), granted, now).size).toBe(0);
  });

  test('allowances have entitlements of the subscription instead of their parents', () => {
    const own = anEntitlement({ id: 'ent_2', entityType: 'SUBSCRIPTION', parentEntitlementId: 'ent_1', usageLimit: 3 });
    const subscription = aSubscription({ entitlements: [own] });
    const found = allowancesByMeter(subscription, catalog([anEntitlement()]), now).get('meter_1');
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
