// Drawn subscriptions with fixed line items: all cadences, anchors and zones, with and without a trial; items of the subscription's
// period and of longer ones, single charges, in arrear and in advance, of prices of every model.
import fc from 'fast-check';
import { invoiceCadences, type Price } from '../../../shared/domain/pricing/price.ts';
import type { LineItem } from '../../../shared/domain/subscriptions/line-item.ts';
import { subscriptionPeriodAt } from '../../../shared/domain/subscriptions/subscription-period.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { billingPeriods, isLongerBillingPeriod, recurringPeriods } from '../../../shared/domain/time/billing-period.ts';
import { msPerDay } from '../../../shared/domain/time/instant.ts';
import type { Period } from '../../../shared/domain/time/period.ts';
import { aLineItem, aPrice, aSubscription } from '../builders/builders.ts';
import { currencies, priceTerms } from './price-arbitraries.ts';
import { zoneCases } from './time-zones.ts';

export interface FixedWorld {
  readonly subscription: Subscription;
  readonly prices: readonly Price[];
  /** About the length of a period, in milliseconds. */
  readonly scale: number;
}

const daysOf = { DAILY: 1, WEEKLY: 7, MONTHLY: 30, QUARTERLY: 91, HALF_YEARLY: 182, ANNUAL: 365, ONETIME: 0 } as const;
/** From 0 to 1, evenly, with the ends more often than others. */
export const shares = fc.oneof(fc.constantFrom(0, 1), {
  weight: 5,
  arbitrary: fc.noBias(fc.nat(1_000_000)).map((millionths) => millionths / 1_000_000),
});
const optional = <T>(values: fc.Arbitrary<T>) => fc.oneof(fc.constant(undefined), values);

const items = fc.array(
  fc.record({
    terms: priceTerms,
    quantity: fc.nat(300),
    billingPeriod: optional(fc.constantFrom(...billingPeriods)),
    invoiceCadence: fc.constantFrom(...invoiceCadences),
    start: fc.oneof(fc.constant(0), shares),
    life: optional(shares),
  }),
  { minLength: 1, maxLength: 3 },
);

export const fixedWorlds: fc.Arbitrary<FixedWorld> = fc
  .record({
    billingPeriod: fc.constantFrom(...recurringPeriods),
    billingPeriodCount: fc.constantFrom(1, 1, 2, 3),
    zone: fc.constantFrom(...zoneCases),
    currency: currencies,
    /** From a change of the clocks. */
    start: shares,
    anchor: optional(shares),
    trial: optional(shares),
    items,
  })
  .map(({ billingPeriod, billingPeriodCount, zone, currency, start, anchor, trial, items: drawn }) => {
    const scale = daysOf[billingPeriod] * billingPeriodCount * msPerDay;
    const at = (share: number, periods = 1): number => Math.floor(share * periods * scale);
    const startDate = zone.change - at(start);
    const price = (index: number): Price =>
      aPrice({ ...drawn[index]?.terms, id: `price-${String(index)}`, type: 'FIXED', currency });
    const lineItems = drawn.map((item, index): LineItem => {
      const from = startDate + at(item.start, 2);
      const { billingPeriod: own = billingPeriod } = item;
      const isAllowed = own === 'ONETIME' || isLongerBillingPeriod(own, billingPeriod);
      return aLineItem({
        id: `item-${String(index)}`,
        priceId: `price-${String(index)}`,
        priceType: 'FIXED',
        meterId: '',
        currency,
        quantity: String(item.quantity),
        billingPeriod: isAllowed ? own : billingPeriod,
        billingPeriodCount: isAllowed ? 1 : billingPeriodCount,
        invoiceCadence: item.invoiceCadence,
        startDate: from,
        ...(item.life !== undefined && { endDate: from + at(item.life, 4) }),
      });
    });
    const subscription = aSubscription({
      billingPeriod,
      billingPeriodCount,
      timezone: zone.timezone,
      currency,
      startDate,
      billingAnchor: startDate + (anchor === undefined ? 0 : at(anchor)),
      ...(trial !== undefined && {
        trialStart: startDate,
        trialEnd: startDate + Math.ceil(Math.max(1, at(trial, 1.5)) / msPerDay) * msPerDay,
      }),
      lineItems,
    });
    return { subscription, scale, prices: drawn.map((_, index) => price(index)) };
  });

export const priceOfWorld =
  ({ prices }: FixedWorld) =>
  (id: string): Price => {
    const price = prices.find((one) => one.id === id);
    if (!price) throw new Error(`no price ${id}`);
    return price;
  };

/** Lists the first periods of a subscription, up to its end. */
export const periodsOf = (subscription: Subscription, count: number): readonly Period[] => {
  const periods: Period[] = [];
  for (let at = subscription.startDate; periods.length < count;) {
    const period = subscriptionPeriodAt(subscription, at);
    if (!period) break;
    periods.push(period);
    at = period.end;
  }
  return periods;
};
