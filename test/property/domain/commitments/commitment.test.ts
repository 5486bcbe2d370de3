// Laws of commitments: what is charged is what is used, what is beyond and what is missing; a factor of 1 without a true-up
// changes nothing; a split keeps quantities.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  applyCommitment,
  committedCost,
  noOutcome,
  sumOfOutcomes,
} from '../../../../shared/domain/commitments/commitment-charge.ts';
import { applyCumulative } from '../../../../shared/domain/commitments/commitment-cumulative.ts';
import {
  type ChargeSplit,
  type SplitCharge,
  splitCharges,
  trueUpOf,
  type VersionPart,
} from '../../../../shared/domain/commitments/commitment-split.ts';
import type { LineItemCommitment } from '../../../../shared/domain/commitments/commitment.ts';
import { msPerDay, msPerHour } from '../../../../shared/domain/time/instant.ts';
import { roundMoney } from '../../../../shared/domain/numbers/money.ts';
import { costOfParts, hasPlaces, priceBuckets, type PricedTerms, priceQuantity } from '../../../../shared/domain/pricing/price-cost.ts';
import { fractionOf, readableDecimal } from '../../../../shared/domain/numbers/fraction.ts';
import {
  decimal,
  formatQuantity,
  oneQuantity,
  type Quantity,
  sumOf,
  zeroQuantity,
} from '../../../../shared/domain/numbers/quantity.ts';
import { aBucketedLine, chargeOf } from '../../../support/builders/measured-lines.ts';
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

/** Windows of an hour, in order. */
const hours = fc
  .uniqueArray(fc.tuple(fc.nat(47), quantities), { selector: ([hour]) => hour, maxLength: 12 })
  .map((used) =>
    used.sort(([a], [b]) => a - b).map(([hour, quantity]) => ({ start: hour * msPerHour, values: [quantity] })),
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

/** Charges windows of an hour, exactly. `now`: hours since the start of the range; left out: after its end. */
const charge = (
  commitment: LineItemCommitment,
  price: PricedTerms,
  used: readonly { readonly start: number; readonly values: readonly Quantity[] }[],
  { hours: now = 100, bucketPrice }: { readonly hours?: number; readonly bucketPrice?: PricedTerms } = {},
) => {
  const [version] = chargeOf(aBucketedLine('HOUR', used, { price, item: { commitment }, ...range }), {
    currency: undefined,
    now: now * msPerHour,
    priceOf: () => bucketPrice,
  }).versions;
  if (version === undefined) throw new Error('no version');
  return version;
};

describe('a windowed commitment', () => {
  test('charges the utilized part, the overage and the true-up, window by window', () => {
    fc.assert(
      fc.property(prices, prices, hours, timeBuckets, (linePrice, bucketPrice, used, buckets) => {
        const commitment = aWindowedCommitment({ hasTrueUp: true, timeBuckets: buckets });
        const { portions, outcome, cost } = charge(commitment, linePrice, used, { bucketPrice });
        const outcomes = portions.map((portion) => portion.outcome ?? noOutcome);
        for (const [index, { charge: charged, utilized, overage, trueUp }] of outcomes.entries()) {
          expect(text(charged)).toBe(text(utilized.plus(overage).plus(trueUp)));
          const portion = portions[index];
          expect(portion && text(readableDecimal(portion.charge))).toBe(text(charged));
        }
        expect(text((outcome ?? noOutcome).charge)).toBe(text(sumOfOutcomes(outcomes).charge));
        expect(text(readableDecimal(cost))).toBe(text(sumOf(outcomes.map((one) => one.charge))));
      }),
    );
  });

  test('at factors of 1 without true-ups, at one price, changes nothing, whatever its time buckets', () => {
    fc.assert(
      fc.property(prices, hours, timeBuckets, (price, used, buckets) => {
        const plain = buckets.map((bucket) => ({ ...bucket, overageFactor: '1', hasTrueUp: false }));
        const commitment = aWindowedCommitment({ hasTerms: false, timeBuckets: plain });
        const { cost } = charge(commitment, price, used, { bucketPrice: price });
        const values = used.flatMap((window) => window.values);
        expect(text(readableDecimal(cost))).toBe(text(costOfParts(priceBuckets(price, values).flat())));
      }),
    );
  });

  test('with true-ups charges for each window that has begun, and never less after more time', () => {
    fc.assert(
      fc.property(prices, hours, fc.nat(48), fc.nat(48), (price, used, a, b) => {
        const commitment = aWindowedCommitment({ hasTrueUp: true });
        const chargeAt = (hour: number): Quantity => {
          const begun = used.filter(({ start }) => start < hour * msPerHour);
          const { portions, cost } = charge(commitment, price, begun, { hours: hour });
          expect(portions.map(({ start }) => start)).toEqual(
            Array.from({ length: hour }, (_, place) => place * msPerHour),
          );
          return readableDecimal(cost);
        };
        expect(chargeAt(Math.max(a, b)).gte(chargeAt(Math.min(a, b)))).toBe(true);
      }),
    );
  }, 30_000);
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
      ? { line, covered: line.charge.amount, units: line.charge.quantity, rest: zeroQuantity, all: line.charge.quantity }
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
      fc.property(charges, positive, factors, (all, amount, overageFactor) => {
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
      fc.property(prices, fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (price, units, share) => {
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
        const fits = Array.from({ length: units + 1 }, (_, count) => count).findLast((count) => costUpTo(count).lte(limit));
        expect(part && text(part.units)).toBe(String(fits));
        seen.split += 1;
      }),
      { numRuns: 300 },
    );
    expect(seen.split).toBeGreaterThan(100);
  });

  test('that is used up makes each later charge overage by its rounded amount', () => {
    fc.assert(
      fc.property(charges, charges, factors, (before, after, overageFactor) => {
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
      fc.property(charges, positive, factors, quantities, (all, amount, overageFactor, prior) => {
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
