import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import type { ChargingTerms, VersionCharge } from '../../../../shared/domain/charges/charge.ts';
import {
  type CommitmentOutcome,
  noOutcome,
  sumOfOutcomes,
  uncommitted,
} from '../../../../shared/domain/commitments/commitment-charge.ts';
import { timeBucketAt } from '../../../../shared/domain/commitments/commitment-windows.ts';
import type { LineItemCommitment } from '../../../../shared/domain/commitments/commitment.ts';
import { decimal, formatQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import { readableDecimal } from '../../../../shared/domain/numbers/fraction.ts';
import type { PricedTerms } from '../../../../shared/domain/pricing/price-cost.ts';
import { formatInstant } from '../../../../shared/domain/time/instant.ts';
import type { Period } from '../../../../shared/domain/time/period.ts';
import { type WindowSize, windowSizes } from '../../../../shared/domain/time/usage-window.ts';
import { Decimal, GoldenPrice } from '../../../support/builders/golden-price.ts';
import { Instant, instant, readVectors } from '../../../support/builders/golden.ts';
import { aBucketedLine, chargeOf } from '../../../support/builders/measured-lines.ts';
import { aWindowedCommitment, GoldenCommitment, rangeOf } from '../../../support/builders/time-buckets.ts';

const file = 'commitments.json';
const plain = (text: string): string => formatQuantity(decimal(text));
const Expected = v.object({
  charge: v.exactOptional(v.string()),
  utilized: v.exactOptional(v.string()),
  overage: v.exactOptional(v.string()),
  true_up: v.exactOptional(v.string()),
  window_starts: v.exactOptional(v.array(v.string())),
});
type Expected = v.InferOutput<typeof Expected>;

/** Expects the fields that are given. */
const expectOutcome = (outcome: CommitmentOutcome, { charge, utilized, overage, true_up: trueUp }: Expected): void => {
  const pairs = [
    [charge, outcome.charge],
    [utilized, outcome.utilized],
    [overage, outcome.overage],
    [trueUp, outcome.trueUp],
  ] as const;
  const named = pairs.filter(([wanted]) => wanted !== undefined);
  expect(named.map(([, found]) => formatQuantity(found))).toEqual(named.map(([wanted]) => plain(wanted ?? '')));
};

type Window = Parameters<typeof aBucketedLine>[1][number];

interface Windowed {
  readonly commitment: LineItemCommitment;
  readonly price: PricedTerms;
  readonly windows: readonly Window[];
  /** Billed part of the line item's range. */
  readonly range: Period;
  readonly size?: WindowSize;
  /** Left out: no window without usage has begun. */
  readonly now?: number;
  readonly priceOf?: ChargingTerms['priceOf'];
}

/** Charges windows, exactly. */
const charge = ({ commitment, price, windows, range, size = 'HOUR', now = -Infinity, priceOf }: Windowed) => {
  const line = aBucketedLine(size, windows, { price, item: { commitment }, ...range });
  const terms = { currency: undefined, now, ...(priceOf && { priceOf }) };
  const [version] = chargeOf(line, terms).versions;
  if (version === undefined) throw new Error('no version');
  return version;
};

/** Returns the outcome of all windows. As in the vectors, what those without a commitment cost counts as utilized. */
const outcomeOf = ({ portions }: VersionCharge): CommitmentOutcome =>
  sumOfOutcomes(portions.map(({ outcome, cost }) => outcome ?? uncommitted(readableDecimal(cost))));
const startsOf = ({ portions }: VersionCharge): readonly number[] => portions.map(({ start }) => start);

const long = { start: 0, end: instant('2100-01-01T00:00:00Z') };
const allBegun = long.end;

describe('windows with values', () => {
  const Input = v.object({
    line_item: GoldenCommitment,
    line_price: GoldenPrice,
    window_values: v.array(Decimal),
    window_starts: v.nullable(v.array(Instant)),
  });
  test.each(readVectors(file, 'windowed_commitment', Input, Expected))('$id', ({ input, expected }) => {
    const { commitment, prices } = input.line_item;
    // A bucket of a meter always has a start; without one there are no time buckets to look for.
    const { timeBuckets } = input.window_starts ? commitment : { timeBuckets: [] };
    const windows = input.window_values.map((value, index) => ({
      start: input.window_starts?.[index] ?? 0,
      values: [value],
    }));
    const version = charge({
      commitment: { ...commitment, timeBuckets },
      price: input.line_price,
      windows,
      range: long,
      priceOf: ({ priceId }) => prices.get(priceId),
    });
    expectOutcome(outcomeOf(version), expected);
  });
});

describe('windows of a range', () => {
  const Input = v.object({
    line_item: GoldenCommitment,
    line_price: GoldenPrice,
    used_windows: v.record(v.string(), Decimal),
    start: Instant,
    end: Instant,
    window_size: v.picklist(windowSizes),
    now: v.exactOptional(Instant),
  });
  test.each(readVectors(file, 'windowed_fill_commitment', Input, Expected))('$id', ({ input, expected }) => {
    const { commitment, prices } = input.line_item;
    const version = charge({
      commitment,
      price: input.line_price,
      windows: Object.entries(input.used_windows).map(([start, value]) => ({ start: instant(start), values: [value] })),
      range: { start: input.start, end: input.end },
      size: input.window_size,
      now: input.now ?? allBegun,
      priceOf: ({ priceId }) => prices.get(priceId),
    });
    expectOutcome(outcomeOf(version), expected);
    if (expected.window_starts) expect(startsOf(version).map(formatInstant)).toEqual(expected.window_starts);
  });
});

describe('windows without usage', () => {
  const range = { start: instant('2026-01-05T00:00:00Z'), end: instant('2026-01-06T00:00:00Z') };
  const price = { amount: '1', billingModel: 'FLAT_FEE' } as const;
  const hoursOf = (commitment: LineItemCommitment, now = allBegun): readonly number[] =>
    startsOf(charge({ commitment, price, windows: [], range, now })).map((start) => new Date(start).getUTCHours());

  test('count if they have a true-up: in a time bucket, or outside of all', () => {
    const inBucket = aWindowedCommitment({ timeBuckets: [{ ...rangeOf('22:00', '02:00'), hasTrueUp: true }] });
    expect(hoursOf(inBucket)).toEqual([0, 1, 22, 23]);
    const outside = aWindowedCommitment({
      hasTrueUp: true,
      timeBuckets: [{ ...rangeOf('01:00', '23:00'), hasTrueUp: false }],
    });
    expect(hoursOf(outside)).toEqual([0, 23]);
    expect(hoursOf(aWindowedCommitment({ hasTrueUp: false }))).toEqual([]);
  });

  test('count only when they have begun', () => {
    const commitment = aWindowedCommitment({ hasTrueUp: true });
    expect(hoursOf(commitment, instant('2026-01-05T02:00:00Z'))).toEqual([0, 1]);
    expect(hoursOf(commitment, instant('2026-01-05T02:00:00.001Z'))).toEqual([0, 1, 2]);
  });

  test('cost nothing by themselves, even at a price with a flat amount', () => {
    const tiered = {
      amount: '0',
      billingModel: 'TIERED',
      tierMode: 'SLAB',
      tiers: [{ upTo: null, unitAmount: '1', flatAmount: '3' }],
    } as const;
    const { portions } = charge({
      commitment: aWindowedCommitment({ hasTrueUp: true }),
      price: tiered,
      windows: [{ start: range.start + 3_600_000, values: [decimal('0')] }],
      range,
      now: range.start + 2 * 3_600_000,
    });
    expect(
      portions.map(({ outcome = noOutcome }) => [formatQuantity(outcome.utilized), formatQuantity(outcome.trueUp)]),
    ).toEqual([
      ['0', '5'],
      ['3', '2'],
    ]);
  });
});

test('a window belongs to the time bucket in which it begins', () => {
  const { timeBuckets } = aWindowedCommitment({
    timeBuckets: [{ ...rangeOf('09:00', '12:00') }, { ...rangeOf('12:00', '13:00') }],
  });
  const idAt = (at: string): string | undefined => timeBucketAt(timeBuckets, instant(at))?.id;
  expect(idAt('2026-01-05T11:59:59.999Z')).toBe('bucket_0');
  expect(idAt('2026-01-05T12:00:00Z')).toBe('bucket_1');
  expect(idAt('2026-01-05T13:00:00Z')).toBeUndefined();
});

test('values of groups in a window are added up by packages, and use up one commitment', () => {
  const packages = { amount: '2', billingModel: 'PACKAGE', transformQuantity: { divideBy: 10, round: 'up' } } as const;
  const [portion] = charge({
    commitment: aWindowedCommitment({ hasTrueUp: false }),
    price: packages,
    windows: [{ start: 0, values: [decimal('1'), decimal('19')] }],
    range: long,
  }).portions;
  // 20 units are two packages, of 4, which is within the 5.
  expect(
    portion && [formatQuantity(readableDecimal(portion.cost)), formatQuantity(readableDecimal(portion.charge))],
  ).toEqual(['4', '4']);
});

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

  test.each(readVectors(file, 'analytics_commitment', v.unknown(), Expectation))('$id', ({ id, expected }) => {
    const { size = 'HOUR', hasLineTerms = false, buckets = [], usage } = cases[id] ?? { usage: {} };
    const commitment = aWindowedCommitment({ hasTerms: hasLineTerms, hasTrueUp: false, timeBuckets: buckets });
    const prices = new Map(commitment.timeBuckets.map(({ id: bucketId }, index) => [bucketId, buckets[index]?.price]));
    const version = charge({
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
  });
});
