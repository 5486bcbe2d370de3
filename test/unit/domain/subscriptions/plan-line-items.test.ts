// Line items of a plan: which prices are taken, from when to when, and how many.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import {
  copyForSubscription,
  takePrice,
  takePrices,
  toLineItem,
} from '../../../../shared/domain/subscriptions/plan-line-items.ts';
import type { Price } from '../../../../shared/domain/pricing/price.ts';
import { aPrice, aSubscription } from '../../../support/builders/builders.ts';
import { readVectors } from '../../../support/builders/golden.ts';

const now = 1000;
type TermFields = Parameters<typeof aSubscription>[0];
const taken = (prices: readonly Price[], terms: TermFields = {}) =>
  takePrices(prices, aSubscription(terms), now).map(({ price }) => price.id);

describe('the prices that a subscription takes', () => {
  test.each<[string, Partial<Price>, boolean]>([
    ['of the plan and period', {}, true],
    ['once', { billingPeriod: 'ONETIME' }, true],
    ['of another period', { billingPeriod: 'ANNUAL' }, false],
    ['in the currency, whatever its case', { currency: 'USD' }, true],
    ['in another currency', { currency: 'eur' }, false],
    ['of another plan', { entityId: 'plan_2' }, false],
    ['of a subscription', { entityType: 'SUBSCRIPTION' }, false],
    ['archived', { status: 'archived' }, false],
    ['ended now', { endDate: now }, false],
    ['ending later', { endDate: now + 1 }, true],
    ['beginning later', { startDate: now + 1 }, true],
    ['beginning with the end of the subscription', { startDate: 5000 }, false],
    ['of another count', { billingPeriodCount: 3 }, true],
  ])('are those of its plan, currency and period: %s', (_, fields, isTaken) => {
    expect(taken([aPrice(fields)], { endDate: 5000 })).toEqual(isTaken ? ['price_1'] : []);
  });

  test('are in order of creation, one of each lineage: that in force now, or at a later start of the subscription', () => {
    const present = aPrice({ id: 'price_b', createdAt: 2, endDate: 2000 });
    const next = aPrice({ id: 'price_c', createdAt: 3, startDate: 2000, parentPriceId: 'price_b' });
    const other = aPrice({ id: 'price_a', createdAt: 1 });
    expect(taken([next, present, other])).toEqual(['price_a', 'price_b']);
    expect(taken([next, present, other], { startDate: 1999 })).toEqual(['price_a', 'price_b']);
    expect(taken([next, present, other], { startDate: 2000 })).toEqual(['price_a', 'price_c']);
  });

  const lineage = [
    aPrice({ id: 'price_1', endDate: 300 }),
    aPrice({ id: 'price_2', parentPriceId: 'price_1', startDate: 300, endDate: 300 }),
    aPrice({ id: 'price_3', parentPriceId: 'price_1', startDate: 300, endDate: 600 }),
    aPrice({ id: 'price_4', parentPriceId: 'price_1', startDate: 600, endDate: 2000 }),
    aPrice({ id: 'price_5', parentPriceId: 'price_1', startDate: 2000 }),
  ];
  test.each<[string, TermFields, readonly string[]]>([
    ['now', { startDate: now }, ['price_4']],
    ['with the present one', { startDate: 600 }, ['price_4']],
    ['before it', { startDate: 599 }, ['price_3', 'price_4']],
    ['long ago', { startDate: -5000 }, ['price_1', 'price_3', 'price_4']],
    ['long ago, and over before the present one', { startDate: 100, endDate: 600 }, ['price_1', 'price_3']],
    ['later', { startDate: 2500 }, ['price_5']],
  ])('have all versions that fall into one that begins %s', (_, terms, ids) => {
    const [price] = takePrices(lineage, aSubscription(terms), now);
    expect(price?.versions.map(({ id }) => id)).toEqual(ids);
  });

  test('have only the first of these versions when they are due once', () => {
    const fees = lineage.map((price) => ({ ...price, type: 'FIXED', billingPeriod: 'ONETIME' }) as const);
    const [fee] = takePrices(fees, aSubscription({ startDate: 599 }), now);
    expect(fee?.versions.map(({ id }) => id)).toEqual(['price_3']);
  });

  test('may be named by any version that has not ended; one that begins later comes alone', () => {
    const take = (index: number) => {
      const outcome = takePrice(lineage[index] ?? aPrice(), lineage, aSubscription({ startDate: 100 }), now);
      return typeof outcome === 'string' ? outcome : outcome.versions.map(({ id }) => id);
    };
    expect(take(2)).toBe('ended');
    expect(take(3)).toEqual(['price_1', 'price_3', 'price_4']);
    expect(take(4)).toEqual(['price_5']);
  });
});

describe('a line item', () => {
  const subscription = aSubscription({ startDate: 100 });
  const item = (price: Partial<Price>, request = {}, terms: Parameters<typeof aSubscription>[0] = {}) =>
    toLineItem(
      { ...subscription, ...terms },
      { id: 'subs_line_9', price: aPrice(price), planName: 'Basic', meterName: 'Calls', at: now, by: 'k', ...request },
    );

  test('copies the fields of its price', () => {
    expect(item({})).toEqual({
      id: 'subs_line_9',
      status: 'published',
      createdAt: 1000,
      updatedAt: 1000,
      createdBy: 'k',
      updatedBy: 'k',
      subscriptionId: 'subs_1',
      entityType: 'plan',
      entityId: 'plan_1',
      planDisplayName: 'Basic',
      priceId: 'price_1',
      priceType: 'USAGE',
      meterId: 'meter_1',
      meterDisplayName: 'Calls',
      displayName: 'Tokens',
      quantity: '0',
      currency: 'usd',
      billingPeriod: 'MONTHLY',
      billingPeriodCount: 1,
      invoiceCadence: 'ARREAR',
      startDate: 100,
      metadata: {},
    });
  });

  test.each([
    ['of the subscription', {}, {}, {}, [100, undefined]],
    ['the later of both starts', { startDate: 300 }, {}, {}, [300, undefined]],
    ['not cut by when its price was made', { createdAt: 700 }, {}, {}, [100, undefined]],
    ['asked for', {}, { startDate: 400, endDate: 900 }, {}, [400, 900]],
    ['not before the subscription', {}, { startDate: 50 }, {}, [100, undefined]],
    ['to the end of the subscription', {}, { endDate: 900 }, { endDate: 800 }, [100, 800]],
    ['a second when it is billed once', { billingPeriod: 'ONETIME' }, {}, {}, [100, 1100]],
    ['or to the end', { billingPeriod: 'ONETIME' }, {}, { endDate: 500 }, [100, 500]],
  ] as const)('has a range: %s', (_, price, request, terms, [start, end]) => {
    const { startDate, endDate } = item(price, request, terms);
    expect([startDate, endDate]).toEqual([start, end]);
  });

  test.each([
    [{ type: 'USAGE' }, { quantity: '7' }, '0'],
    [{ type: 'FIXED' }, {}, '1'],
    [{ type: 'FIXED', minQuantity: '5' }, { quantity: '0' }, '5'],
    [{ type: 'FIXED', minQuantity: '5' }, { quantity: '7' }, '7'],
    [{ type: 'FIXED', minQuantity: '5' }, { quantity: '3' }, '3'],
  ] as const)('of a price %j with %j has the quantity %s', (price, request, quantity) => {
    expect(item(price, request).quantity).toBe(quantity);
  });

  test.each([
    [{ displayName: 'Own' }, 'Own'],
    [{ displayName: '' }, 'Calls'],
  ])('of a price named %j is called %s', (price, name) => {
    expect(item(price).displayName).toBe(name);
    expect(item(price, { displayName: 'Asked' }).displayName).toBe('Asked');
  });

  test('without a meter is called by its plan', () => {
    expect(item({ type: 'FIXED', displayName: '' }, { meterName: '' }).displayName).toBe('Basic');
  });

  test('has a copy of a price, which belongs to the subscription and names the root of its lineage', () => {
    const version = aPrice({ id: 'price_2', parentPriceId: 'price_1', lookupKey: 'gold', tierMode: 'SLAB' });
    const origin = { id: 'price_3', subscriptionId: 'subs_1', startDate: 100, at: now, by: 'k' };
    const copy = copyForSubscription(version, { amount: '0.5', billingModel: 'FLAT_FEE' }, origin);
    expect(copy).toMatchObject({
      id: 'price_3',
      amount: '0.5',
      entityType: 'SUBSCRIPTION',
      entityId: 'subs_1',
      parentPriceId: 'price_1',
      lookupKey: '',
      startDate: 100,
      createdAt: 1000,
      createdBy: 'k',
    });
    expect(copy).not.toHaveProperty('tierMode');
    const open = copyForSubscription(aPrice({ startDate: 5, formerStart: 5 }), version, {
      ...origin,
      startDate: undefined,
    });
    expect(open).not.toHaveProperty('startDate');
    expect(open).not.toHaveProperty('formerStart');
    expect(item(copy)).toMatchObject({ entityType: 'subscription', entityId: 'subs_1', priceId: 'price_3' });
  });
});

describe('the quantity of a FIXED line item', () => {
  const Input = v.object({ requested_quantity: v.string(), min_quantity: v.string() });
  const vectors = readVectors('subscriptions.json', 'fixed_line_quantity', Input, v.object({ quantity: v.string() }));
  test.each(vectors)('$id', ({ input, expected }) => {
    const price = aPrice({ type: 'FIXED', meterId: '', minQuantity: input.min_quantity });
    const request = { id: 'subs_line_1', price, planName: '', meterName: '', at: 0, by: 'secret_1' };
    const { quantity } = toLineItem(aSubscription(), { ...request, quantity: input.requested_quantity });
    expect(quantity).toBe(expected.quantity);
  });
});
