// Laws of commitments to windows: each is charged what is used, what is beyond and what is missing.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { noOutcome, sumOfOutcomes } from '../../../../shared/domain/commitments/commitment-charge.ts';
import type { LineItemCommitment } from '../../../../shared/domain/commitments/commitment.ts';
import { readableDecimal } from '../../../../shared/domain/numbers/fraction.ts';
import { formatQuantity as text, type Quantity, sumOf } from '../../../../shared/domain/numbers/quantity.ts';
import { costOfParts, priceBuckets, type PricedTerms } from '../../../../shared/domain/pricing/price-cost.ts';
import { msPerDay, msPerHour } from '../../../../shared/domain/time/instant.ts';
import { manyFactors, positive, prices, quantities } from '../../../support/arbitraries/commitment-arbitraries.ts';
import { aBucketedLine, chargeOf } from '../../../support/builders/measured-lines.ts';
import { aWindowedCommitment } from '../../../support/builders/time-buckets.ts';

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
    fc.array(fc.tuple(positive, manyFactors, fc.boolean(), fc.constantFrom('amount' as const, 'quantity' as const)), {
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
