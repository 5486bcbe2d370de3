// Compares the bills of successive periods with the bill of all of them as one range: together they are the same, exact before
// rounding, where events add units, at flat rates, for fees in arrear and without commitments.
import fc from 'fast-check';
import { fixedChargesOf } from '../../../shared/domain/charges/fixed-charge.ts';
import { readableDecimal } from '../../../shared/domain/numbers/fraction.ts';
import { formatQuantity as text, type Quantity, sumOf } from '../../../shared/domain/numbers/quantity.ts';
import { amountOfSteps } from '../../../shared/domain/pricing/charge-steps.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import type { Period } from '../../../shared/domain/time/period.ts';
import { chargedWorlds } from './charged-arbitraries.ts';
import type { DrawnWorld } from './charged-draws.ts';
import { type FixedWorld, fixedWorlds, periodsOf, priceOfWorld } from '../arbitraries/fixed-arbitraries.ts';
import { flatTerms } from '../arbitraries/price-arbitraries.ts';
import { chargesIn } from './charged-world.ts';

/** Up to twelve periods of usage, and of fixed fees. */
export const rangesOfUsage = chargedWorlds({
  types: ['COUNT', 'SUM', 'SUM_WITH_MULTIPLIER'],
  terms: flatTerms,
  hasRefunds: false,
  mostPeriods: 12,
  mostLines: 3,
});
export interface RangeOfFees {
  readonly world: FixedWorld;
  readonly count: number;
}
export const rangesOfFees: fc.Arbitrary<RangeOfFees> = fc.record({
  world: fixedWorlds,
  count: fc.integer({ min: 1, max: 12 }),
});

const wholeOf = (periods: readonly Period[]): Period => ({
  start: periods[0]?.start ?? 0,
  end: periods.at(-1)?.end ?? 0,
});

interface BilledItem {
  readonly used: string;
  readonly billed: string;
  readonly cost: string;
}

/** Returns units and exact cost of each item that has any over all periods. */
const usageIn = (world: DrawnWorld, periods: readonly Period[]): ReadonlyMap<string, BilledItem> => {
  const versions = periods.flatMap((period) => chargesIn(world, period).flatMap((charge) => charge.versions));
  const byItem = Map.groupBy(versions, ({ version }) => version.item.id);
  return new Map(
    [...byItem]
      .map(([id, own]): [string, BilledItem] => [
        id,
        {
          used: text(sumOf(own.flatMap(({ quantity, adjusted }) => [quantity, adjusted]))),
          billed: text(sumOf(own.map(({ quantity }) => quantity))),
          cost: text(sumOf(own.map(({ cost }) => readableDecimal(cost)))),
        },
      ])
      .filter(([, { used, billed, cost }]) => [used, billed, cost].some((one) => one !== '0')),
  );
};

export const usageOfRange = (world: DrawnWorld) => ({
  apart: usageIn(world, world.periods),
  together: usageIn(world, [wholeOf(world.periods)]),
});

/** Returns the fees in arrear of all periods, each share with 16 decimals. */
export const feesOfRange = ({
  world,
  count,
}: RangeOfFees): { readonly apart: Quantity; readonly together: Quantity } => {
  const lineItems = world.subscription.lineItems.filter(({ invoiceCadence }) => invoiceCadence === 'ARREAR');
  const subscription: Subscription = { ...world.subscription, lineItems };
  const exact = (period: Period): Quantity =>
    sumOf(
      fixedChargesOf(subscription, period, priceOfWorld(world))
        .flat()
        .map(({ steps }) => amountOfSteps(steps.filter(({ kind }) => kind !== 'rounding'))),
    );
  const periods = periodsOf(subscription, count);
  return { apart: sumOf(periods.map(exact)), together: exact(wholeOf(periods)) };
};
