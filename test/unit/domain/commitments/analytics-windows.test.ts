// Commitments to windows as analytics shows them: the golden vectors.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { noOutcome, sumOfOutcomes } from '../../../../shared/domain/commitments/commitment-charge.ts';
import { readableDecimal } from '../../../../shared/domain/numbers/fraction.ts';
import { decimal, formatQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import { instant, readVectors } from '../../../support/builders/golden.ts';
import { aWindowedCommitment, rangeOf } from '../../../support/builders/time-buckets.ts';
import { allBegun, chargeWindows, expectOutcome, outcomeOf } from '../../../support/oracles/charged-windows.ts';

describe('costs of the analytics', () => {
  const parts = {
    utilized: v.exactOptional(v.string()),
    overage: v.exactOptional(v.string()),
    true_up: v.exactOptional(v.string()),
  };
  const Expectation = v.object({
    total_cost: v.string(),
    in_bucket_cost: v.exactOptional(v.string()),
    ...parts,
    /** Values within the time bucket. */
    summary: v.exactOptional(v.object({ ...parts, base: v.exactOptional(v.string()) })),
  });
  const day = '2026-01-05T';
  const flat = (amount: string) => ({ amount, billingModel: 'FLAT_FEE' }) as const;
  const slab = {
    amount: '0',
    billingModel: 'TIERED',
    tierMode: 'SLAB',
    tiers: [
      { upTo: 5, unitAmount: '2' },
      { upTo: null, unitAmount: '1' },
    ],
  } as const;
  const bucket = (start: string, end: string, price: string | typeof slab, value: string, overageFactor = '2') => ({
    ...rangeOf(start, end),
    value,
    overageFactor,
    hasTrueUp: false,
    type: 'amount' as const,
    price: typeof price === 'string' ? flat(price) : price,
  });
  type Bucket = ReturnType<typeof bucket> | (Omit<ReturnType<typeof bucket>, 'type'> & { readonly type: 'quantity' });
  interface Case {
    readonly size?: 'MINUTE';
    readonly hasLineTerms?: boolean;
    readonly buckets?: readonly Bucket[];
    readonly usage: Readonly<Record<string, string>>;
  }
  // What the short texts of the vectors mean.
  const cases: Readonly<Record<string, Case>> = {
    'commit-window-simple': { hasLineTerms: true, usage: { '10:00': '10', '18:00': '10' } },
    'commit-per-bucket': {
      hasLineTerms: true,
      buckets: [bucket('09:00', '12:00', '2', '5')],
      usage: { '10:00': '10', '18:00': '10' },
    },
    'commit-coarse-window': {
      size: 'MINUTE',
      buckets: [bucket('11:00', '11:30', '2', '5')],
      usage: { '11:15': '10' },
    },
    'commit-zero-usage-true-up': {
      size: 'MINUTE',
      buckets: [{ ...bucket('11:00', '11:30', '1', '3'), hasTrueUp: true }],
      usage: {},
    },
    'commit-buckets-per-point': {
      buckets: [bucket('09:00', '11:00', '2', '5'), bucket('14:00', '16:00', '3', '4')],
      usage: { '09:00': '10', '14:00': '10', '20:00': '10' },
    },
    'commit-points-per-bucket': {
      buckets: [bucket('09:00', '12:00', '2', '5')],
      usage: { '09:00': '10', '10:00': '4', '11:00': '10' },
    },
    'commit-no-noise-fill': {
      size: 'MINUTE',
      buckets: [{ ...bucket('11:00', '11:30', '1', '3'), hasTrueUp: true }],
      usage: {},
    },
    'commit-partial-overlap': {
      size: 'MINUTE',
      buckets: [bucket('12:00', '12:45', '2', '5')],
      usage: { '12:30': '10', '12:50': '10' },
    },
    'commit-slab': { buckets: [bucket('09:00', '12:00', slab, '5', '1')], usage: { '10:00': '8', '18:00': '4' } },
    'commit-mixed-buckets': {
      buckets: [
        { ...bucket('00:00', '06:00', '1', '5'), hasTrueUp: true },
        bucket('06:00', '12:00', '2', '4'),
        { ...bucket('12:00', '18:00', slab, '5', '1'), type: 'quantity', hasTrueUp: true },
        { ...bucket('18:00', '24:00', '3', '3', '3'), type: 'quantity' },
      ],
      usage: { '02:00': '2', '08:00': '5', '14:00': '8', '20:00': '5' },
    },
  };

  test.each(readVectors('commitments.json', 'analytics_commitment', v.unknown(), Expectation))(
    '$id',
    ({ id, expected }) => {
      const { size = 'HOUR', hasLineTerms = false, buckets = [], usage } = cases[id] ?? { usage: {} };
      const commitment = aWindowedCommitment({ hasTerms: hasLineTerms, hasTrueUp: false, timeBuckets: buckets });
      const prices = new Map(
        commitment.timeBuckets.map(({ id: bucketId }, index) => [bucketId, buckets[index]?.price]),
      );
      const version = chargeWindows({
        commitment,
        price: flat('1'),
        windows: Object.entries(usage).map(([clock, value]) => ({
          start: instant(`${day}${clock}:00Z`),
          values: [decimal(value)],
        })),
        range: { start: instant(`${day}00:00:00Z`), end: instant('2026-01-06T00:00:00Z') },
        size,
        now: allBegun,
        priceOf: ({ id: bucketId }) => prices.get(bucketId),
      });
      const { total_cost: total, in_bucket_cost: inBucket, summary, ...rest } = expected;
      const ofBuckets = version.portions.filter(({ timeBucket }) => timeBucket !== undefined);
      const inBuckets = sumOfOutcomes(ofBuckets.map(({ outcome = noOutcome }) => outcome));
      expectOutcome(outcomeOf(version), inBucket === undefined ? { charge: total, ...rest } : { charge: total });
      if (inBucket !== undefined) expectOutcome(inBuckets, { charge: inBucket, ...rest });
      if (summary === undefined) return;
      const { base, ...named } = summary;
      expectOutcome(inBuckets, named);
      if (base !== undefined) {
        expect(ofBuckets.map(({ cost }) => formatQuantity(readableDecimal(cost)))).toEqual([base]);
      }
    },
  );
});
