// Laws of commitments: what is charged is what is used, what is beyond and what is missing; a factor of 1 without a true-up
// changes nothing; a split keeps quantities.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  applyCommitment,
  committedCost,
  sumOfOutcomes,
} from '../../../../shared/domain/commitments/commitment-charge.ts';
import { applyCumulative } from '../../../../shared/domain/commitments/commitment-cumulative.ts';
import { splitCharges, trueUpOf } from '../../../../shared/domain/commitments/commitment-split.ts';
import { applyToWindows, withEmptyWindows } from '../../../../shared/domain/commitments/commitment-windows.ts';
import { msPerDay, msPerHour } from '../../../../shared/domain/time/instant.ts';
import { roundMoney } from '../../../../shared/domain/numbers/money.ts';
import {
  costOfParts,
  priceBuckets,
  type PricedTerms,
  priceQuantity,
} from '../../../../shared/domain/pricing/price-cost.ts';
import { decimal, formatQuantity, type Quantity, zeroQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import { aWindowedCommitment } from '../../../support/builders/time-buckets.ts';

const text = formatQuantity;
const currency = 'usd';
const amounts = fc
  .tuple(fc.nat(1e6), fc.nat(6))
  .map(([digits, places]) => text(decimal(`${String(digits)}e-${String(places)}`)));
const quantities = amounts.map(decimal);
const positive = amounts.filter((amount) => amount !== '0');
const factors = fc.constantFrom('1', '1.5', '2', '10');
const prices: fc.Arbitrary<PricedTerms> = fc.oneof(
  amounts.map((amount) => ({ amount, billingModel: 'FLAT_FEE' as const })),
  fc.tuple(amounts, fc.integer({ min: 1, max: 1_000 })).map(([amount, divideBy]) => ({
    amount,
    billingModel: 'PACKAGE' as const,
    transformQuantity: { divideBy, round: 'up' as const },
  })),
  fc
    .tuple(fc.constantFrom('SLAB' as const, 'VOLUME' as const), fc.array(amounts, { minLength: 4, maxLength: 4 }))
    .map(([tierMode, rates]) => ({
      amount: '0',
      billingModel: 'TIERED' as const,
      tierMode,
      tiers: [
        { upTo: 10, unitAmount: rates[0] ?? '0', flatAmount: rates[1] ?? '0' },
        { upTo: null, unitAmount: rates[2] ?? '0', flatAmount: rates[3] ?? '0' },
      ],
    })),
);

const sumOf = (all: readonly Quantity[]): Quantity => all.reduce((sum, one) => sum.plus(one), zeroQuantity);

/** Windows of an hour, in order. */
const hours = fc
  .uniqueArray(fc.tuple(fc.nat(47), quantities), { selector: ([hour]) => hour, maxLength: 12 })
  .map((used) =>
    used.sort(([a], [b]) => a - b).map(([hour, quantity]) => ({ start: hour * msPerHour, quantities: [quantity] })),
  );
const range = { start: 0, end: 2 * msPerDay };
/** Ranges of whole hours that do not overlap, the last one around midnight. */
const timeBuckets = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 23 }), { minLength: 2, maxLength: 5 }),
    fc.array(fc.tuple(positive, factors, fc.boolean(), fc.constantFrom('amount' as const, 'quantity' as const)), {
      minLength: 5,
      maxLength: 5,
    }),
  )
  .map(([bounds, terms]) => {
    const sorted = [...bounds].sort((a, b) => a - b);
    return sorted.map((from, place) => {
      const [value, overageFactor, hasTrueUp, type] = terms[place] ?? ['1', '1', false, 'amount'];
      const until = sorted[place + 1] ?? sorted[0] ?? 0;
      return { startMinute: from * 60, endMinute: until * 60, value, overageFactor, hasTrueUp, type };
    });
  });

describe('a commitment of a line item', () => {
  test('charges the utilized part, the overage and the true-up', () => {
    fc.assert(
      fc.property(quantities, quantities, factors, fc.boolean(), (usage, committed, overageFactor, hasTrueUp) => {
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

describe('a windowed commitment', () => {
  test('charges the utilized part, the overage and the true-up, window by window', () => {
    fc.assert(
      fc.property(prices, prices, hours, timeBuckets, (linePrice, bucketPrice, used, buckets) => {
        const commitment = aWindowedCommitment({ hasTrueUp: true, timeBuckets: buckets });
        const options = { range, size: 'HOUR', anchorDay: 1, now: Infinity } as const;
        const windows = withEmptyWindows(commitment, used, options);
        const outcomes = applyToWindows(commitment, windows, linePrice, () => bucketPrice);
        for (const { charge, utilized, overage, trueUp } of [...outcomes, sumOfOutcomes(outcomes)]) {
          expect(text(charge)).toBe(text(utilized.plus(overage).plus(trueUp)));
        }
      }),
    );
  });

  test('at factors of 1 without true-ups, at one price, changes nothing, whatever its time buckets', () => {
    fc.assert(
      fc.property(prices, hours, timeBuckets, (price, used, buckets) => {
        const plain = buckets.map((bucket) => ({ ...bucket, overageFactor: '1', hasTrueUp: false }));
        const commitment = aWindowedCommitment({ hasTerms: false, timeBuckets: plain });
        const options = { range, size: 'HOUR', anchorDay: 1, now: Infinity } as const;
        const windows = withEmptyWindows(commitment, used, options);
        const { charge } = sumOfOutcomes(applyToWindows(commitment, windows, price, () => price));
        const cost = costOfParts(
          priceBuckets(
            price,
            used.flatMap((window) => window.quantities),
          ).flat(),
        );
        expect(text(charge)).toBe(text(cost));
      }),
    );
  });

  test('with true-ups charges for each window that has begun, and never less after more time', () => {
    fc.assert(
      fc.property(prices, hours, fc.nat(48), fc.nat(48), (price, used, a, b) => {
        const commitment = aWindowedCommitment({ hasTrueUp: true });
        const chargeAt = (hour: number): Quantity => {
          const options = { range, size: 'HOUR', anchorDay: 1, now: hour * msPerHour } as const;
          const begun = used.filter(({ start }) => start < options.now);
          const windows = withEmptyWindows(commitment, begun, options);
          expect(windows.map(({ start }) => start)).toEqual(
            Array.from({ length: hour }, (_, place) => place * msPerHour),
          );
          return sumOfOutcomes(applyToWindows(commitment, windows, price, () => undefined)).charge;
        };
        expect(chargeAt(Math.max(a, b)).gte(chargeAt(Math.min(a, b)))).toBe(true);
      }),
    );
  }, 30_000);
});

const charges = fc.array(
  fc.tuple(prices, quantities).map(([price, quantity]) => ({
    price,
    quantity,
    amount: roundMoney(costOfParts(priceQuantity(price, quantity)), currency),
    isBucketed: false,
  })),
  { maxLength: 6 },
);

describe('a commitment of a subscription', () => {
  test('splits charges without losing a unit, and uses no more than it has', () => {
    fc.assert(
      fc.property(charges, positive, factors, (all, amount, overageFactor) => {
        const commitment = { amount, overageFactor, hasTrueUp: true };
        const { parts, utilized, hasOverage } = splitCharges(all, commitment, currency);
        for (const charge of all) {
          const own = parts.filter((part) => part.charge === charge);
          expect(text(sumOf(own.map(({ quantity }) => quantity)))).toBe(text(charge.quantity));
          expect(own.every(({ quantity }) => quantity.gte(zeroQuantity))).toBe(true);
        }
        expect(utilized.lte(decimal(amount))).toBe(true);
        expect(hasOverage).toBe(parts.some(({ kind }) => kind === 'overage'));
        const trueUp = trueUpOf(commitment, { utilized, hasOverage }, currency);
        if (trueUp.gt(zeroQuantity)) expect(hasOverage).toBe(false);
      }),
    );
  });

  test('that is used up makes each later charge a multiple of its rounded amount', () => {
    fc.assert(
      fc.property(charges, charges, factors, (before, after, overageFactor) => {
        const amount = sumOf(before.map((charge) => charge.amount));
        const multiple = decimal(overageFactor);
        fc.pre(amount.gt(zeroQuantity) && multiple.gt(decimal('1')));
        const commitment = { amount: text(amount), overageFactor, hasTrueUp: true };
        const { parts } = splitCharges([...before, ...after], commitment, currency);
        expect(parts.slice(before.length).map((part) => text(part.amount))).toEqual(
          after.map((charge) => text(roundMoney(charge.amount.times(multiple), currency))),
        );
      }),
    );
  });

  test('at a factor of 1 splits nothing', () => {
    fc.assert(
      fc.property(charges, positive, (all, amount) => {
        const { parts } = splitCharges(all, { amount, overageFactor: '1', hasTrueUp: true }, currency);
        expect(parts.map((part) => [part.charge, text(part.amount)])).toEqual(
          all.map((charge) => [charge, text(charge.amount)]),
        );
      }),
    );
  });

  test('over several periods bills what fits once and the rest at its factor', () => {
    fc.assert(
      fc.property(charges, positive, factors, quantities, (all, amount, overageFactor, prior) => {
        const terms = { amount, overageFactor, hasTrueUp: true };
        const outcome = applyCumulative(terms, { prior, charges: all, isLastPeriod: true, currency });
        const current = sumOf(all.map((charge) => charge.amount));
        const beyond = current.minus(outcome.within);
        expect(text(outcome.overage)).toBe(text(roundMoney(beyond.times(decimal(overageFactor)), currency)));
        expect(outcome.within.plus(prior).lte(decimal(amount)) || outcome.within.eq(zeroQuantity)).toBe(true);
        expect(outcome.trueUp.gt(zeroQuantity) && beyond.gt(zeroQuantity)).toBe(false);
        const lines = sumOf(outcome.lines.map((line) => line.amount));
        const slack = decimal('0.005').times(decimal(String(all.length)));
        expect(lines.minus(outcome.within).abs().lte(slack)).toBe(true);
      }),
    );
  });
});
