// Laws of fixed charges: no clerical act moves an amount. Not the same price stated again, not the way in which something ended.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type FixedCharge, fixedChargesOf } from '../../../../shared/domain/charges/fixed-charge.ts';
import { precisionOfCurrency } from '../../../../shared/domain/numbers/money.ts';
import {
  decimal,
  formatQuantity,
  type Quantity,
  sumOf,
  zeroQuantity,
} from '../../../../shared/domain/numbers/quantity.ts';
import { amountOfSteps } from '../../../../shared/domain/pricing/charge-steps.ts';
import { costOfParts, priceQuantity } from '../../../../shared/domain/pricing/price-cost.ts';
import { cancel } from '../../../../shared/domain/subscriptions/cancellation.ts';
import { endWithSubscription, type LineItem } from '../../../../shared/domain/subscriptions/line-item.ts';
import { subscriptionPeriodAt } from '../../../../shared/domain/subscriptions/subscription-period.ts';
import type { Subscription } from '../../../../shared/domain/subscriptions/subscription.ts';
import type { Period } from '../../../../shared/domain/time/period.ts';
import {
  type FixedWorld,
  fixedWorlds,
  periodsOf,
  priceOfWorld,
  shares,
} from '../../../support/arbitraries/fixed-arbitraries.ts';

const chargesOf = (world: FixedWorld, period: Period): readonly FixedCharge[] =>
  fixedChargesOf(world.subscription, period, priceOfWorld(world)).flat();
const totalOf = (charges: readonly FixedCharge[]): Quantity => sumOf(charges.map(({ amount }) => amount));
const totalText = (world: FixedWorld, period: Period): string => formatQuantity(totalOf(chargesOf(world, period)));
const withSubscription = (world: FixedWorld, fields: Partial<Subscription>): FixedWorld => ({
  ...world,
  subscription: { ...world.subscription, ...fields },
});

/** Periods of the subscription, and one that is asked for. */
const windowsOf = ({ subscription, scale }: FixedWorld, from: number, length: number): readonly Period[] => {
  const start = subscription.startDate + Math.floor((from - 0.25) * 3 * scale);
  return [...periodsOf(subscription, 6), { start, end: start + 1 + Math.floor(length * 4 * scale) }];
};

/** Ends each item at instants within it, and goes on with the same price: with that version, or with a copy of it. */
const stateAgain = (world: FixedWorld, cuts: readonly number[], isCopied: boolean): FixedWorld => {
  const { subscription, prices, scale } = world;
  const copyOf = (id: string): string => (isCopied ? `${id}-copy` : id);
  const lineItems = subscription.lineItems.flatMap((item): LineItem[] => {
    if (item.billingPeriod === 'ONETIME') return [item];
    const { startDate, endDate = startDate + 4 * scale } = item;
    const ends = cuts.map((cut) => startDate + Math.floor(cut * (endDate - startDate))).sort((a, b) => a - b);
    return [startDate, ...ends].map((from, index) => {
      const to = ends[index] ?? item.endDate;
      const version = { ...item, startDate: from, ...(to !== undefined && { endDate: to }) };
      return index === 0 ? version : { ...version, id: `${item.id}.${String(index)}`, priceId: copyOf(item.priceId) };
    });
  });
  const copies = prices.map((price) => ({ ...price, id: copyOf(price.id), parentPriceId: price.id }));
  return { ...withSubscription(world, { lineItems }), prices: isCopied ? [...prices, ...copies] : prices };
};

test('the same price stated again, at any instants, changes no amount', () => {
  fc.assert(
    fc.property(
      fixedWorlds,
      fc.array(shares, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      shares,
      shares,
      (world, cuts, isCopied, from, length) => {
        const again = stateAgain(world, cuts, isCopied);
        for (const window of windowsOf(world, from, length)) {
          expect(totalText(again, window)).toBe(totalText(world, window));
        }
      },
    ),
  );
});

/** The ways in which a subscription comes to an end at an instant; the last one ends only its items. */
const waysToEnd = (subscription: Subscription, end: number): readonly Subscription[] => {
  const moment = {
    now: end,
    status: 'active',
    currentPeriodStart: subscription.startDate,
    currentPeriodEnd: end,
  } as const;
  const items = subscription.lineItems.map((item) => endWithSubscription(item, end));
  const cancelled = (['immediate', 'scheduled_date', 'end_of_period'] as const).map((type) => {
    const outcome = cancel(subscription, { type, cancelAt: end, reason: '' }, moment);
    if (outcome.kind !== 'cancelled') throw new Error(outcome.kind);
    return outcome.subscription;
  });
  return [...cancelled, { ...subscription, endDate: end, lineItems: items }, { ...subscription, lineItems: items }];
};

test('the same end costs the same, whichever way it came about', () => {
  fc.assert(
    fc.property(fixedWorlds, shares, (world, life) => {
      const { subscription, scale } = world;
      const end = subscription.startDate + 1 + Math.floor(life * 4 * scale);
      const hasSingle = subscription.lineItems.some(({ billingPeriod }) => billingPeriod === 'ONETIME');
      // A single charge that waits for the end of a trial has no end of its own.
      const isWaiting = hasSingle && end <= (subscription.trialEnd ?? -Infinity);
      const totals = waysToEnd(subscription, end)
        .slice(0, isWaiting ? -1 : undefined)
        .map((ended) =>
          periodsOf(subscription, 7).map(({ start }) => {
            const period = subscriptionPeriodAt(ended, start);
            return period ? totalText(withSubscription(world, ended), period) : '0';
          }),
        );
      expect(new Set(totals.map((one) => one.join())).size).toBe(1);
    }),
  );
});

test('an amount is the sum of its steps, in whole units of the currency', () => {
  fc.assert(
    fc.property(fixedWorlds, fc.array(shares, { maxLength: 3 }), shares, shares, (world, cuts, from, length) => {
      const again = stateAgain(world, cuts, true);
      for (const charge of windowsOf(world, from, length).flatMap((window) => chargesOf(again, window))) {
        const { amount, steps, item, quantity } = charge;
        expect(amountOfSteps(steps).eq(amount)).toBe(true);
        expect(amount.round(precisionOfCurrency(item.currency)).eq(amount)).toBe(true);
        expect(formatQuantity(quantity)).toBe(item.quantity);
      }
    }),
  );
});

/** The subscription, and its items, as if they began with the end of the trial. */
const withoutTrial = (subscription: Subscription, trialEnd: number): Subscription => {
  const lineItems = subscription.lineItems.map((item): LineItem => {
    const { billingPeriod, endDate = Infinity } = item;
    if (endDate <= item.startDate) return item;
    const startDate = Math.max(item.startDate, trialEnd);
    // A single charge waits, whenever its item ends.
    return { ...item, startDate, ...(billingPeriod === 'ONETIME' && { endDate: Math.max(startDate + 1000, endDate) }) };
  });
  const fresh = { ...subscription, startDate: trialEnd, billingAnchor: trialEnd, lineItems };
  delete fresh.trialStart;
  delete fresh.trialEnd;
  return fresh;
};

test('a trial is free, and after it everything is as if it began with its end', () => {
  const billed = (charges: readonly FixedCharge[]) =>
    charges.map(({ item, amount }) => `${item.id} ${formatQuantity(amount)}`);
  fc.assert(
    fc.property(fixedWorlds, (world) => {
      const { trialStart: start, trialEnd: end } = world.subscription;
      fc.pre(start !== undefined && end !== undefined);
      const after = { ...world, subscription: withoutTrial(world.subscription, end) };
      const inTrial = chargesOf(world, { start, end });
      const free = inTrial.filter(({ period }) => period.start < end);
      expect(free.every(({ amount }) => amount.eq(zeroQuantity))).toBe(true);
      const due = inTrial.filter(({ period }) => period.start >= end);
      expect(billed(due)).toEqual(billed(chargesOf(after, { start: end - 1000, end })));
      for (const period of periodsOf(after.subscription, 5)) {
        expect(billed(chargesOf(world, period))).toEqual(billed(chargesOf(after, period)));
      }
    }),
  );
});

test('a second more of one price and less of another moves an amount by no more than a second of either costs', () => {
  fc.assert(
    fc.property(fixedWorlds, shares, (world, cut) => {
      const [item] = world.subscription.lineItems;
      const [price] = world.prices;
      fc.pre(item !== undefined && price !== undefined && item.billingPeriod !== 'ONETIME');
      const { startDate, endDate = startDate + 4 * world.scale } = item;
      fc.pre(endDate - startDate > 2000);
      const other = { ...price, id: 'other', parentPriceId: price.id, amount: '3', billingModel: 'FLAT_FEE' as const };
      const totalsWith = (at: number): readonly Quantity[] => {
        const lineItems = [
          { ...item, endDate: at },
          { ...item, id: 'other', priceId: 'other', startDate: at },
        ];
        const changed = { ...withSubscription(world, { lineItems }), prices: [...world.prices, other] };
        return periodsOf(world.subscription, 6).map((period) => totalOf(chargesOf(changed, period)));
      };
      const at = startDate + Math.floor(cut * (endDate - startDate - 1000));
      const costs = [price, other].map((one) => costOfParts(priceQuantity(one, decimal(item.quantity))));
      // Of a day, the shortest period there is, and of rounding twice.
      const most = sumOf(costs).div(decimal('82800')).plus(decimal('1'));
      const [before, moved] = [totalsWith(at), totalsWith(at + 1000)];
      before.forEach((total, index) => {
        expect(
          total
            .minus(moved[index] ?? zeroQuantity)
            .abs()
            .lte(most),
        ).toBe(true);
      });
    }),
  );
});
