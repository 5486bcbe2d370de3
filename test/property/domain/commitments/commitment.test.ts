// Laws of commitments: what is charged is what is used, what is beyond and what is missing; a factor of 1 without a true-up
// changes nothing; a split keeps quantities.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyCommitment, committedCost } from '../../../../shared/domain/commitments/commitment-charge.ts';
import { applyCumulative } from '../../../../shared/domain/commitments/commitment-cumulative.ts';
import {
  type ChargeSplit,
  type SplitCharge,
  splitCharges,
  trueUpOf,
  type VersionPart,
} from '../../../../shared/domain/commitments/commitment-split.ts';
import { fractionOf, readableDecimal } from '../../../../shared/domain/numbers/fraction.ts';
import { roundMoney } from '../../../../shared/domain/numbers/money.ts';
import {
  decimal,
  formatQuantity as text,
  oneQuantity,
  type Quantity,
  sumOf,
  zeroQuantity,
} from '../../../../shared/domain/numbers/quantity.ts';
import { costOfParts, hasPlaces, priceQuantity } from '../../../../shared/domain/pricing/price-cost.ts';
import { manyFactors, positive, prices, quantities } from '../../../support/arbitraries/commitment-arbitraries.ts';
import { amounts } from '../../../support/arbitraries/price-arbitraries.ts';

const currency = 'usd';

describe('a commitment of a line item', () => {
  test('charges the utilized part, the overage and the true-up', () => {
    fc.assert(
      fc.property(quantities, quantities, manyFactors, fc.boolean(), (usage, committed, overageFactor, hasTrueUp) => {
        const { charge, utilized, overage, trueUp } = applyCommitment({ overageFactor, hasTrueUp }, usage, committed);
        expect(text(charge)).toBe(text(utilized.plus(overage).plus(trueUp)));
        expect(utilized.lte(committed)).toBe(true);
        expect(charge.gte(usage)).toBe(true);
        if (hasTrueUp) expect(charge.gte(committed)).toBe(true);
      }),
    );
  });

  test('at a factor of 1 without a true-up changes nothing', () => {
    fc.assert(
      fc.property(prices, quantities, amounts, fc.boolean(), (price, quantity, value, isAmount) => {
        const committed = committedCost({ type: isAmount ? 'amount' : 'quantity', value }, price);
        const cost = costOfParts(priceQuantity(price, quantity));
        const { charge } = applyCommitment({ overageFactor: '1', hasTrueUp: false }, cost, committed);
        expect(text(charge)).toBe(text(cost));
      }),
    );
  });
});

/** Versions of one line, of prices with places or of any. */
const charges: fc.Arbitrary<readonly SplitCharge[]> = fc.array(
  fc.array(fc.tuple(prices, quantities), { minLength: 1, maxLength: 3 }).map((drawn): SplitCharge => {
    const versions = drawn.map(([price, quantity]) => {
      const cost = costOfParts(priceQuantity(price, quantity));
      return { price, quantity, cost: fractionOf(cost), amount: roundMoney(cost, currency) };
    });
    return {
      quantity: sumOf(versions.map(({ quantity }) => quantity)),
      amount: sumOf(versions.map(({ amount }) => amount)),
      versions,
      hasPlaces: versions.length === 1 && versions.every(({ price }) => hasPlaces(price)),
    };
  }),
  { maxLength: 5 },
);
const costOf = (parts: readonly VersionPart[]): Quantity => sumOf(parts.map(({ cost }) => readableDecimal(cost)));
const unitsOf = (parts: readonly VersionPart[]): Quantity => sumOf(parts.map(({ quantity }) => quantity));
const isClose = (a: Quantity, b: Quantity): boolean => a.minus(b).abs().lt('1e-9');
/** Returns the covered and the other part of each charge, whole ones as covered by their amount. */
const partsOf = ({ lines }: ChargeSplit<SplitCharge>) =>
  lines.map((line) =>
    line.kind === 'whole'
      ? {
          line,
          covered: line.charge.amount,
          units: line.charge.quantity,
          rest: zeroQuantity,
          all: line.charge.quantity,
        }
      : {
          line,
          covered: costOf(line.covered),
          units: unitsOf(line.covered),
          rest: costOf(line.overage),
          all: unitsOf([...line.covered, ...line.overage]),
        },
  );

describe('a commitment of a subscription', () => {
  test('splits charges without losing a unit or a cent, and uses no more than it has', () => {
    fc.assert(
      fc.property(charges, positive, manyFactors, (all, amount, overageFactor) => {
        const commitment = { amount, overageFactor, hasTrueUp: true };
        const result = splitCharges(all, commitment);
        const parts = partsOf(result);
        for (const [index, { line, covered, units, rest, all: allUnits }] of parts.entries()) {
          expect(line.charge).toBe(all[index]);
          expect(isClose(allUnits, line.charge.quantity)).toBe(true);
          expect(units.gte(zeroQuantity) && rest.gte(zeroQuantity)).toBe(true);
          if (line.kind === 'whole') continue;
          // With nothing left, or without units, the rest is the rounded amount.
          const cost = sumOf(line.charge.versions.map((version) => readableDecimal(version.cost)));
          expect(isClose(covered.plus(rest), cost) || text(rest) === text(line.charge.amount)).toBe(true);
        }
        if (overageFactor === '1') return;
        expect(isClose(result.utilized, sumOf(parts.map(({ covered }) => covered)))).toBe(true);
        expect(result.utilized.lte(decimal(amount))).toBe(true);
        const beyond = sumOf(parts.map(({ rest }) => rest));
        expect(isClose(result.overage, beyond.times(decimal(overageFactor)))).toBe(true);
        expect(result.hasOverage).toBe(beyond.gt(zeroQuantity));
        const { utilized, hasOverage } = result;
        if (trueUpOf(commitment, { utilized, hasOverage }, currency).gt(zeroQuantity)) expect(hasOverage).toBe(false);
      }),
    );
  });

  test('covers the most whole units that fit', () => {
    const seen = { split: 0 };
    fc.assert(
      fc.property(
        prices,
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (price, units, share) => {
          const quantity = decimal(String(units));
          const cost = costOfParts(priceQuantity(price, quantity));
          const left = cost.times(decimal(share.toFixed(3))).round(6);
          fc.pre(left.gt(zeroQuantity) && roundMoney(cost, currency).gt(left));
          const version = { price, quantity, cost: fractionOf(cost), amount: roundMoney(cost, currency) };
          const one = { ...version, versions: [version], hasPlaces: hasPlaces(price) };
          const [part] = partsOf(splitCharges([one], { amount: text(left), overageFactor: '2', hasTrueUp: false }));
          // Counted one by one.
          const costUpTo = (count: number): Quantity =>
            hasPlaces(price)
              ? costOfParts(priceQuantity(price, decimal(String(count))))
              : cost.times(decimal(String(count)));
          const limit = hasPlaces(price) ? left : left.times(quantity);
          const fits = Array.from({ length: units + 1 }, (_, count) => count).findLast((count) =>
            costUpTo(count).lte(limit),
          );
          expect(part && text(part.units)).toBe(String(fits));
          seen.split += 1;
        },
      ),
      { numRuns: 300 },
    );
    expect(seen.split).toBeGreaterThan(100);
  });

  test('that is used up makes each later charge overage by its rounded amount', () => {
    fc.assert(
      fc.property(charges, charges, manyFactors, (before, after, overageFactor) => {
        const amount = sumOf(before.map((one) => one.amount));
        fc.pre(amount.gt(zeroQuantity) && decimal(overageFactor).gt(oneQuantity));
        const commitment = { amount: text(amount), overageFactor, hasTrueUp: true };
        const parts = partsOf(splitCharges([...before, ...after], commitment)).slice(before.length);
        expect(parts.map(({ rest }) => text(rest))).toEqual(after.map((one) => text(one.amount)));
      }),
    );
  });

  test('at a factor of 1 splits nothing', () => {
    fc.assert(
      fc.property(charges, positive, (all, amount) => {
        const { lines } = splitCharges(all, { amount, overageFactor: '1', hasTrueUp: true });
        expect(lines).toEqual(all.map((one) => ({ kind: 'whole', charge: one })));
      }),
    );
  });

  test('over several periods bills what fits once and the rest at its factor', () => {
    fc.assert(
      fc.property(charges, positive, manyFactors, quantities, (all, amount, overageFactor, prior) => {
        const terms = { amount, overageFactor, hasTrueUp: true };
        const lines = all.map(({ versions }) => versions);
        const outcome = applyCumulative(terms, { prior, lines, isLastPeriod: true, currency });
        const current = sumOf(all.map((one) => one.amount));
        const beyond = current.minus(outcome.within);
        expect(text(outcome.overage)).toBe(text(roundMoney(beyond.times(decimal(overageFactor)), currency)));
        expect(outcome.within.plus(prior).lte(decimal(amount)) || outcome.within.eq(zeroQuantity)).toBe(true);
        expect(outcome.trueUp.gt(zeroQuantity) && beyond.gt(zeroQuantity)).toBe(false);
        // Each line is rounded by itself, whatever the number of its versions.
        const shares = sumOf(outcome.lines.flat().map((line) => line.amount));
        const slack = decimal('0.005').times(decimal(String(all.length)));
        expect(shares.minus(outcome.within).abs().lte(slack)).toBe(true);
      }),
    );
  });
});
