// Laws of charges: the steps of every line add up to the last digit, no unit is counted twice or lost, nobody pays less than nothing,
// and neutral terms change nothing.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Charge } from '../../../../shared/domain/charges/charge.ts';
import { invoiceUsage, type UsageInvoice } from '../../../../shared/domain/charges/usage-invoice.ts';
import type { LineItemCommitment } from '../../../../shared/domain/commitments/commitment.ts';
import { roundFraction } from '../../../../shared/domain/numbers/fraction.ts';
import { precisionOfCurrency } from '../../../../shared/domain/numbers/money.ts';
import {
  formatQuantity as text,
  type Quantity,
  sumOf,
  zeroQuantity,
} from '../../../../shared/domain/numbers/quantity.ts';
import type { LineItem } from '../../../../shared/domain/subscriptions/line-item.ts';
import { chargedWorlds } from '../../../support/worlds/charged-arbitraries.ts';
import type { DrawnWorld } from '../../../support/worlds/charged-draws.ts';
import { expectExplained } from '../../../support/oracles/explained-lines.ts';
import { type ChargedWorld, chargesIn, invoicesOf } from '../../../support/worlds/charged-world.ts';

const isNothing = (amount: Quantity): boolean => amount.eq(zeroQuantity);
const isClose = (a: Quantity, b: Quantity): boolean => a.minus(b).abs().lt('1e-12');
const hasTrueUp = ({ commitment }: LineItem): boolean =>
  [commitment?.terms, ...(commitment?.timeBuckets ?? [])].some((terms) => terms?.hasTrueUp === true);

const expectWhole = ({ measured, quantity, amount, versions }: Charge): void => {
  expect(versions.length).toBe(measured.line.versions.length);
  expect(text(sumOf(measured.versions.map((version) => version.quantity)))).toBe(text(measured.quantity));
  expect(text(sumOf(versions.map((version) => version.quantity)))).toBe(text(quantity));
  expect(text(sumOf(versions.map((version) => version.amount)))).toBe(text(amount));
  for (const [index, version] of versions.entries()) {
    expect(version.quantity.gte(zeroQuantity) && version.amount.gte(zeroQuantity)).toBe(true);
    const own = measured.versions[index]?.quantity ?? zeroQuantity;
    expect(text(version.quantity.plus(version.adjusted))).toBe(text(own));
    expect(isClose(version.quantity, sumOf(version.portions.map(({ units }) => units)))).toBe(true);
  }
};

describe('the lines of an invoice', () => {
  test('are the rounded sums of their steps, and their versions add up', () => {
    const seen = { versions: 0, adjusted: 0 };
    fc.assert(
      fc.property(chargedWorlds({ commitments: 'of_lines' }), (world) => {
        for (const [index, invoice] of invoicesOf(world, world.periods).entries()) {
          expectExplained(invoice, world.subscription.currency);
          expect(invoice.commitmentLines).toEqual([]);
          const period = world.periods[index];
          const charges = period ? chargesIn(world, period) : [];
          charges.forEach(expectWhole);
          expect(invoice.lines.map(({ version }) => version.version.item.id)).toEqual(
            charges.flatMap(({ versions }) => versions.map(({ version }) => version.item.id)),
          );
          seen.versions += Math.max(0, ...charges.map(({ versions }) => versions.length - 1));
          seen.adjusted += invoice.lines.filter(({ adjusted }) => !isNothing(adjusted)).length;
        }
      }),
      { numRuns: 300 },
    );
    expect(Math.min(seen.versions, seen.adjusted)).toBeGreaterThan(100);
  });

  test('cost nothing where nothing is used, and the exact sum of their prices where nothing is committed to', () => {
    fc.assert(
      fc.property(chargedWorlds({ commitments: 'of_lines' }), (world) => {
        const { currency } = world.subscription;
        for (const charge of world.periods.flatMap((period) => chargesIn(world, period))) {
          const items = charge.versions.map(({ version }) => version.item);
          if (isNothing(charge.quantity) && !charge.measured.isBucketed && !items.some(hasTrueUp)) {
            expect(text(charge.amount)).toBe('0');
          }
          if (items.every(({ commitment }) => commitment === undefined)) {
            expect(text(charge.amount)).toBe(text(roundFraction(charge.cost, precisionOfCurrency(currency))));
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('are the sums of their steps when a commitment of the subscription splits them, and no unit is lost', () => {
    const seen = { split: 0 };
    fc.assert(
      fc.property(chargedWorlds({ commitments: 'of_the_subscription' }), (world) => {
        const { currency, commitment } = world.subscription;
        const isCumulative = commitment?.duration !== undefined && commitment.duration !== 'MONTHLY';
        for (const invoice of invoicesOf(world, world.periods)) {
          expectExplained(invoice, currency);
          if (isCumulative) continue;
          const byCharge = Map.groupBy(invoice.lines, ({ charge }) => charge);
          for (const [charge, own] of byCharge) {
            expect(isClose(sumOf(own.map(({ quantity }) => quantity)), charge.quantity)).toBe(true);
            const all = sumOf(own.flatMap(({ quantity, adjusted }) => [quantity, adjusted]));
            expect(isClose(all, charge.measured.quantity)).toBe(true);
            if (new Set(own.map(({ isOverage }) => isOverage)).size > 1) seen.split += 1;
          }
          const isOver = invoice.lines.some(({ isOverage }) => isOverage);
          expect(isOver && invoice.commitmentLines.length > 0).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
    expect(seen.split).toBeGreaterThan(20);
  });
});

const withItems = (world: DrawnWorld, change: (item: LineItem) => LineItem): ChargedWorld => ({
  ...world,
  subscription: { ...world.subscription, lineItems: world.subscription.lineItems.map(change) },
});
const uncommitted = (item: LineItem): LineItem => {
  const { commitment, ...rest } = item;
  return commitment === undefined ? item : rest;
};
const linesOf = (world: ChargedWorld, { periods }: DrawnWorld) =>
  periods.flatMap((period) =>
    chargesIn(world, period).flatMap(({ versions }) =>
      versions.map(({ quantity, amount, steps }) => ({ quantity: text(quantity), amount: text(amount), steps })),
    ),
  );

describe('a commitment', () => {
  test('of a line item, at factors of 1 without true-ups, changes nothing', () => {
    const neutral = { overageFactor: '1', hasTrueUp: false } as const;
    const neutralized = ({ terms, timeBuckets, isWindowed }: LineItemCommitment): LineItemCommitment => ({
      isWindowed,
      timeBuckets: timeBuckets.map((bucket) => ({ ...bucket, ...neutral })),
      ...(terms && { terms: { ...terms, ...neutral } }),
    });
    fc.assert(
      fc.property(chargedWorlds({ commitments: 'of_lines' }), (world) => {
        const committed = withItems(world, ({ commitment, ...item }) => ({
          ...item,
          ...(commitment && { commitment: neutralized(commitment) }),
        }));
        expect(linesOf(committed, world)).toEqual(linesOf(withItems(world, uncommitted), world));
      }),
      { numRuns: 200 },
    );
  });

  test('of a line item never makes a line cheaper, at any time', () => {
    fc.assert(
      fc.property(chargedWorlds({ commitments: 'of_lines' }), fc.boolean(), (world, isOver) => {
        const now = isOver ? world.now : world.subscription.startDate + 1;
        const plain = withItems(world, uncommitted);
        for (const period of world.periods) {
          const without = chargesIn({ ...plain, now }, period);
          for (const [index, { amount }] of chargesIn({ ...world, now }, period).entries()) {
            expect(amount.gte(without[index]?.amount ?? zeroQuantity)).toBe(true);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('of a subscription at a factor of 1 changes nothing, whatever its duration and true-up', () => {
    fc.assert(
      fc.property(chargedWorlds({ commitments: 'of_the_subscription' }), (world) => {
        const { commitment, ...plain } = world.subscription;
        for (const period of world.periods) {
          const charges = chargesIn(world, period);
          const invoiceOf = (subscription: typeof world.subscription): UsageInvoice =>
            invoiceUsage(subscription, { period, charges }, []);
          if (commitment === undefined) throw new Error('no commitment');
          expect(invoiceOf({ ...plain, commitment: { ...commitment, overageFactor: '1' } })).toEqual(invoiceOf(plain));
        }
      }),
    );
  });
});
