import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { type CommitmentOutcome, sumOfOutcomes } from '../../../../shared/domain/commitments/commitment-charge.ts';
import {
  applyToWindows,
  timeBucketAt,
  withEmptyWindows,
} from '../../../../shared/domain/commitments/commitment-windows.ts';
import { decimal, formatQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import { formatInstant } from '../../../../shared/domain/time/instant.ts';
import { windowSizes } from '../../../../shared/domain/time/usage-window.ts';
import { Decimal, GoldenPrice } from '../../../support/builders/golden-price.ts';
import { Instant, instant, readVectors } from '../../../support/builders/golden.ts';
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

const allWindows = { size: 'HOUR', anchorDay: 1, now: Infinity } as const;

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
      quantities: [value],
    }));
    const outcomes = applyToWindows({ ...commitment, timeBuckets }, windows, input.line_price, ({ priceId }) =>
      prices.get(priceId),
    );
    expectOutcome(sumOfOutcomes(outcomes), expected);
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
    const used = Object.entries(input.used_windows).map(([start, value]) => ({
      start: instant(start),
      quantities: [value],
    }));
    const windows = withEmptyWindows(commitment, used, {
      range: input,
      size: input.window_size,
      anchorDay: 1,
      now: input.now ?? Infinity,
    });
    const outcomes = applyToWindows(commitment, windows, input.line_price, ({ priceId }) => prices.get(priceId));
    expectOutcome(sumOfOutcomes(outcomes), expected);
    if (expected.window_starts)
      expect(windows.map(({ start }) => formatInstant(start))).toEqual(expected.window_starts);
  });
});

describe('windows without usage', () => {
  const range = { start: instant('2026-01-05T00:00:00Z'), end: instant('2026-01-06T00:00:00Z') };
  const hoursOf = (commitment: Parameters<typeof withEmptyWindows>[0], now = Infinity): readonly number[] =>
    withEmptyWindows(commitment, [], { ...allWindows, range, now }).map(({ start }) => new Date(start).getUTCHours());

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
    const commitment = aWindowedCommitment({ hasTrueUp: true });
    const windows = [
      { start: range.start, quantities: [] },
      { start: range.start + 3_600_000, quantities: [decimal('0')] },
    ];
    const outcomes = applyToWindows(commitment, windows, tiered, () => undefined);
    expect(outcomes.map(({ utilized, trueUp }) => [formatQuantity(utilized), formatQuantity(trueUp)])).toEqual([
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

test('values of groups in a window are priced one by one, and add up to one cost', () => {
  const packages = { amount: '2', billingModel: 'PACKAGE', transformQuantity: { divideBy: 10, round: 'up' } } as const;
  const commitment = aWindowedCommitment({ hasTrueUp: false });
  const windows = [{ start: 0, quantities: [decimal('1'), decimal('11')] }];
  const [outcome] = applyToWindows(commitment, windows, packages, () => undefined);
  expect(outcome && [formatQuantity(outcome.cost), formatQuantity(outcome.charge)]).toEqual(['6', '7']);
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
    const used = Object.entries(usage).map(([clock, value]) => ({
      start: instant(`${day}${clock}:00Z`),
      quantities: [decimal(value)],
    }));
    const range = { start: instant(`${day}00:00:00Z`), end: instant('2026-01-06T00:00:00Z') };
    const windows = withEmptyWindows(commitment, used, { ...allWindows, range, size });
    const prices = new Map(commitment.timeBuckets.map(({ id: bucketId }, index) => [bucketId, buckets[index]?.price]));
    const outcomes = applyToWindows(commitment, windows, flat('1'), ({ id: bucketId }) => prices.get(bucketId));
    const { total_cost: total, in_bucket_cost: inBucket, summary, ...rest } = expected;
    const ofBuckets = outcomes.filter(({ timeBucket }) => timeBucket !== undefined);
    expectOutcome(sumOfOutcomes(outcomes), inBucket === undefined ? { charge: total, ...rest } : { charge: total });
    if (inBucket !== undefined) expectOutcome(sumOfOutcomes(ofBuckets), { charge: inBucket, ...rest });
    if (summary === undefined) return;
    const { base, ...named } = summary;
    expectOutcome(sumOfOutcomes(ofBuckets), named);
    if (base !== undefined) expect(ofBuckets.map(({ cost }) => formatQuantity(cost))).toEqual([base]);
  });
});
