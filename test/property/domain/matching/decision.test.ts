// Laws of the decision: it is a function of event, catalog and account; repairing a step never moves the failure earlier.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildCatalog } from '../../../../shared/domain/catalog/catalog.ts';
import {
  matchEvent,
  type EventMatch,
  failurePoints,
  toDecision,
  type Verdict,
} from '../../../../shared/domain/matching/decision.ts';
import type { Meter } from '../../../../shared/domain/meters/meter.ts';
import type { Price } from '../../../../shared/domain/pricing/price.ts';
import type { LineItem } from '../../../../shared/domain/subscriptions/line-item.ts';
import type { Subscription } from '../../../../shared/domain/subscriptions/subscription.ts';
import {
  aCustomer,
  aLineage,
  aLineItem,
  aMeter,
  anEvent,
  aPrice,
  aSubscription,
  someInstant,
} from '../../../support/builders/builders.ts';

/** Faults at each step; undefined: none. */
interface Faults {
  readonly customer?: 'archived' | 'deleted' | 'missing' | undefined;
  readonly meter?: Partial<Meter> | undefined;
  readonly price?: Partial<Price> | 'missing' | undefined;
  readonly subscription?: Partial<Subscription> | undefined;
  readonly lineItem?: Partial<LineItem> | undefined;
}

const maybe = <T>(...values: readonly T[]) => fc.constantFrom(undefined, undefined, ...values);
const faults: fc.Arbitrary<Faults> = fc.record({
  customer: maybe('archived' as const, 'deleted' as const, 'missing' as const),
  meter: maybe<Partial<Meter>>(
    { eventName: 'LLM.call' },
    { status: 'archived', archivedAt: someInstant },
    { status: 'deleted' },
    { filters: [{ key: 'model', values: ['x'] }] },
  ),
  price: maybe<Partial<Price> | 'missing'>('missing', { type: 'FIXED' }, { meterId: 'meter_9' }),
  subscription: maybe<Partial<Subscription>>(
    { subscriptionStatus: 'draft' },
    { subscriptionStatus: 'incomplete' },
    { status: 'archived' },
    { lineItems: [] },
  ),
  lineItem: maybe<Partial<LineItem>>(
    { status: 'archived' },
    { startDate: someInstant + 1 },
    { endDate: someInstant },
    { priceId: 'price_9' },
  ),
});

/** `copies` of everything past the customer, each with the same faults. */
const decided = ({ customer, meter, price, subscription, lineItem }: Faults, copies = 1): EventMatch => {
  const each = <T>(make: (suffix: string) => T): T[] => Array.from({ length: copies }, (_, copy) => make(String(copy)));
  const catalog = buildCatalog(1, {
    meters: each((id) => aMeter({ id: `meter_${id}`, ...meter })),
    features: [],
    plans: [],
    priceLineages:
      price === 'missing'
        ? []
        : each((id) => aLineage(aPrice({ id: `price_${id}`, meterId: `meter_${id}`, ...price }))),
    entitlements: [],
    priceUnits: [],
  });
  const lineItems = each((id) =>
    aLineItem({ id: `item_${id}`, priceId: `price_${id}`, meterId: `meter_${id}`, ...lineItem }),
  );
  const status = customer === undefined || customer === 'missing' ? 'published' : customer;
  const account = {
    customer: aCustomer({ status }),
    subscriptions: [aSubscription({ lineItems, ...subscription })],
    rev: 1,
  };
  return matchEvent({ event: anEvent(), catalog, account: customer === 'missing' ? undefined : account });
};

const rank = (verdict: Verdict): number =>
  verdict === 'processed' ? failurePoints.length : failurePoints.indexOf(verdict);
const steps = ['customer', 'meter', 'price', 'subscription', 'lineItem'] as const;
const copies = fc.integer({ min: 1, max: 60 });

test('the same event, catalog and account give the same answer, whatever was decided before', () => {
  fc.assert(
    fc.property(faults, faults, (some, others) => {
      const first = decided(some);
      decided(others);
      expect(decided(some)).toEqual(first);
    }),
  );
});

test('repairing a step of a decision moves its failure point later or not at all', () => {
  fc.assert(
    fc.property(faults, copies, fc.constantFrom(...steps), (broken, count, step) => {
      const before = rank(decided(broken, count).verdict);
      expect(rank(decided({ ...broken, [step]: undefined }, count).verdict)).toBeGreaterThanOrEqual(before);
    }),
  );
});

test('the failure point of a decision is the first step with a fault', () => {
  fc.assert(
    fc.property(faults, (broken) => {
      const { customer, meter, price, subscription, lineItem } = broken;
      const faultsInOrder = [customer, meter, price, subscription ?? lineItem];
      const first = faultsInOrder.findIndex((fault) => fault !== undefined);
      expect(decided(broken).verdict).toBe(failurePoints[first] ?? 'processed');
    }),
  );
});

test('a step of a decision is empty exactly when the event did not come that far', () => {
  fc.assert(
    fc.property(faults, copies, (broken, count) => {
      const { customer, meters, prices, lineItems, verdict } = decided(broken, count);
      const reached = rank(verdict);
      expect(customer !== undefined).toBe(reached > 0);
      expect(meters.length > 0).toBe(reached > 1);
      expect(prices.length > 0).toBe(reached > 2);
      expect(lineItems.some(({ isActive }) => isActive)).toBe(reached > 3);
    }),
  );
});

test('a decision has at most 50 ids of a kind, and its counts add up', () => {
  fc.assert(
    fc.property(faults, copies, (broken, count) => {
      const match = decided(broken, count);
      const { meterIds, priceIds, lineItemIds, beyond } = toDecision(match, []);
      expect(Math.max(meterIds.length, priceIds.length, lineItemIds.length)).toBeLessThanOrEqual(50);
      expect(meterIds.length + beyond.meters).toBe(match.meters.length);
      expect(priceIds.length + beyond.prices).toBe(match.prices.length);
      expect(lineItemIds.length + beyond.lineItems).toBe(match.lineItems.filter(({ isActive }) => isActive).length);
    }),
  );
});
