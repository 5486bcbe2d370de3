// Laws of clerical acts: stating the price again that is there already moves no amount, and a version that bills nothing is nothing.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aggregatorOf } from '../../../../shared/domain/aggregations/aggregators.ts';
import type { Charge } from '../../../../shared/domain/charges/charge.ts';
import { formatQuantity as text, type Quantity, sumOf } from '../../../../shared/domain/numbers/quantity.ts';
import type { Price } from '../../../../shared/domain/pricing/price.ts';
import type { LineItem } from '../../../../shared/domain/subscriptions/line-item.ts';
import { chargedWorlds } from '../../../support/worlds/charged-arbitraries.ts';
import type { DrawnWorld } from '../../../support/worlds/charged-draws.ts';
import { type PriceTerms, priceTerms } from '../../../support/arbitraries/price-arbitraries.ts';
import { shares } from '../../../support/arbitraries/fixed-arbitraries.ts';
import { aLineage } from '../../../support/builders/builders.ts';
import { chargesOf, invoicesOf } from '../../../support/worlds/charged-world.ts';
import { isInTrial } from '../../../../shared/domain/subscriptions/subscription-period.ts';
import type { UsageInvoice } from '../../../../shared/domain/charges/usage-invoice.ts';

/** How a price is stated again: by the same version of it, by another one, or by one of the subscription's own. */
const ways = fc.constantFrom('same', 'version', 'inline');
interface Statement {
  readonly line: number;
  readonly version: number;
  readonly at: number;
  readonly pause: number;
  readonly way: string;
}
const statements: fc.Arbitrary<Statement> = fc.record({
  line: fc.nat(3),
  version: fc.nat(5),
  at: shares,
  pause: fc.oneof(fc.constant(0), shares),
  way: ways,
});

const endOf = ({ endDate }: LineItem, { periods }: DrawnWorld): number => endDate ?? periods.at(-1)?.end ?? 0;
const priceOf = ({ catalog }: DrawnWorld, id: string): Price => {
  const price = catalog.prices.get(id);
  if (price === undefined) throw new Error(`no price ${id}`);
  return price;
};

/** Replaces an item by others, which may have prices of their own. */
const withItems = (
  world: DrawnWorld,
  old: LineItem,
  items: readonly LineItem[],
  prices: readonly Price[] = [],
): DrawnWorld => {
  const { subscription, lines } = world;
  const replaced = (some: readonly LineItem[]): readonly LineItem[] =>
    some.flatMap((item) => (item === old ? items : [item]));
  return {
    ...world,
    lines: lines.map(replaced),
    subscription: {
      ...subscription,
      lineItems: replaced(subscription.lineItems),
      prices: [...subscription.prices, ...prices.map((price) => aLineage(price))],
    },
  };
};

const itemOf = ({ lines }: DrawnWorld, { line, version }: Pick<Statement, 'line' | 'version'>): LineItem => {
  const items = lines[line % lines.length] ?? [];
  const item = items[version % items.length];
  if (item === undefined) throw new Error('no item');
  return item;
};

/** Ends an item at an instant, and begins it again there, or at the next event after it at the latest. */
const stateAgain = (world: DrawnWorld, statement: Statement, mayPause: boolean): DrawnWorld => {
  const item = itemOf(world, statement);
  const end = endOf(item, world);
  const at = item.startDate + Math.floor(statement.at * (end - item.startDate));
  if (at <= item.startDate || at >= end || world.subscription.lineItems.some(({ startDate }) => startDate === at)) {
    return world;
  }
  const next = Math.min(end, ...world.usage.flatMap((used) => (used.at >= at ? [used.at] : [])));
  const from = mayPause ? at + Math.floor(statement.pause * (next - at)) : at;
  const price = priceOf(world, item.priceId);
  const copy: Price = {
    ...price,
    id: `${price.id} again`,
    parentPriceId: statement.way === 'version' ? price.parentPriceId || price.id : '',
    ...(statement.way === 'inline' && { entityType: 'SUBSCRIPTION', entityId: world.subscription.id }),
  };
  const isSame = statement.way === 'same';
  const again = { ...item, id: `${item.id} again`, startDate: from, priceId: isSame ? price.id : copy.id };
  return withItems(world, item, [{ ...item, endDate: at }, again], isSame ? [] : [copy]);
};

/** Lines without usage and amount are left out: where nothing is billed in a period, there is no line. */
const chargedTexts = (charges: readonly Charge[]): readonly (readonly string[])[] =>
  charges
    .map(({ quantity, amount, measured, versions }) => [
      text(measured.quantity),
      text(quantity),
      text(amount),
      text(sumOf(versions.map((version) => version.quantity))),
    ])
    .filter((line) => line.some((number) => number !== '0'));
const chargesOfAll = (world: DrawnWorld): readonly (readonly (readonly string[])[])[] =>
  world.periods.map(({ start, end }) =>
    chargedTexts(chargesOf(world, { start, end, isTrial: isInTrial(world.subscription, start) })),
  );
const totalOf = ({ lines, commitmentLines }: UsageInvoice): Quantity =>
  sumOf([...lines, ...commitmentLines].map(({ amount }) => amount));
const isByUnits = ({ meter }: DrawnWorld): boolean => aggregatorOf(meter.aggregation.type).accrual === 'units';

describe('the same price stated again', () => {
  test('changes no quantity and no amount of a line, at any instant, for any aggregation, price and allowance', () => {
    fc.assert(
      fc.property(chargedWorlds(), statements, (world, statement) => {
        expect(chargesOfAll(stateAgain(world, statement, false))).toEqual(chargesOfAll(world));
      }),
      { numRuns: 400 },
    );
  });

  test('changes nothing after a pause in which nothing is used, where units come to be over time', () => {
    const types = ['COUNT', 'SUM', 'SUM_WITH_MULTIPLIER'] as const;
    fc.assert(
      fc.property(chargedWorlds({ types, mostLines: 1 }), statements, (world, statement) => {
        expect(chargesOfAll(stateAgain(world, statement, true))).toEqual(chargesOfAll(world));
      }),
      { numRuns: 200 },
    );
  });

  test('changes nothing after a pause, where a line has one version that is shared by time', () => {
    const types = ['MAX', 'MIN', 'LATEST', 'AVG', 'COUNT_UNIQUE'] as const;
    fc.assert(
      fc.property(
        chargedWorlds({ types, mostVersions: 1, hasBuckets: false, mostLines: 1 }),
        statements,
        (world, statement) => {
          expect(chargesOfAll(stateAgain(world, statement, true))).toEqual(chargesOfAll(world));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('changes nothing where units are given back', () => {
    const types = ['COUNT', 'SUM', 'SUM_WITH_MULTIPLIER', 'WEIGHTED_SUM'] as const;
    fc.assert(
      fc.property(chargedWorlds({ types }), statements, (world, statement) => {
        expect(chargesOfAll(stateAgain(world, statement, false))).toEqual(chargesOfAll(world));
      }),
      { numRuns: 300 },
    );
  });

  test('changes nothing with commitments of line items', () => {
    fc.assert(
      fc.property(chargedWorlds({ commitments: 'of_lines' }), statements, (world, statement) => {
        expect(chargesOfAll(stateAgain(world, statement, false))).toEqual(chargesOfAll(world));
      }),
      { numRuns: 300 },
    );
  });

  test('changes no invoice with a commitment of the subscription', () => {
    const invoiced = (world: DrawnWorld) =>
      invoicesOf(world, world.periods).map((invoice) => [
        text(totalOf(invoice)),
        // Each part of a split value is written with 16 decimals.
        text(sumOf(invoice.lines.map(({ quantity }) => quantity)).round(12)),
        invoice.commitmentUse && text(invoice.commitmentUse.utilized),
      ]);
    fc.assert(
      fc.property(chargedWorlds({ commitments: 'of_the_subscription' }), statements, (world, statement) => {
        expect(invoiced(stateAgain(world, statement, isByUnits(world)))).toEqual(invoiced(world));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a version that bills nothing', () => {
  /** Puts a version of other terms between two parts of an item. */
  const interrupt = (world: DrawnWorld, statement: Statement, terms: PriceTerms, length: 'none' | 'no units') => {
    const item = itemOf(world, statement);
    const end = endOf(item, world);
    const at = item.startDate + Math.floor(statement.at * (end - item.startDate));
    if (world.subscription.lineItems.some(({ startDate }) => startDate === at)) return world;
    const next = Math.min(end, ...world.usage.flatMap((used) => (used.at >= at ? [used.at] : [])));
    const until = length === 'none' ? at : at + Math.floor(statement.pause * (next - at));
    const price = priceOf(world, item.priceId);
    const other: Price = {
      ...price,
      ...terms,
      id: `${price.id} other`,
      parentPriceId: price.parentPriceId || price.id,
    };
    const items = [
      { ...item, endDate: at },
      { ...item, id: `${item.id} other`, priceId: other.id, startDate: at, endDate: until },
      { ...item, id: `${item.id} again`, startDate: until },
    ];
    return withItems(world, item, items, [other]);
  };

  test('because it has no time changes nothing', () => {
    fc.assert(
      fc.property(chargedWorlds({ commitments: 'of_lines' }), statements, priceTerms, (world, statement, terms) => {
        expect(chargesOfAll(interrupt(world, statement, terms, 'none'))).toEqual(chargesOfAll(world));
      }),
      { numRuns: 200 },
    );
  });

  test('because it has no units changes nothing', () => {
    const types = ['COUNT', 'SUM', 'SUM_WITH_MULTIPLIER'] as const;
    fc.assert(
      fc.property(chargedWorlds({ types }), statements, priceTerms, (world, statement, terms) => {
        expect(chargesOfAll(interrupt(world, statement, terms, 'no units'))).toEqual(chargesOfAll(world));
      }),
      { numRuns: 300 },
    );
  });

  test('because it has no units changes no split by a commitment of the subscription', () => {
    const types = ['COUNT', 'SUM', 'SUM_WITH_MULTIPLIER'] as const;
    const commitments = 'of_the_subscription';
    fc.assert(
      fc.property(chargedWorlds({ types, commitments }), statements, priceTerms, (world, statement, terms) => {
        const totals = (one: DrawnWorld) => invoicesOf(one, one.periods).map((invoice) => text(totalOf(invoice)));
        expect(totals(interrupt(world, statement, terms, 'no units'))).toEqual(totals(world));
      }),
      { numRuns: 300 },
    );
  });
});
