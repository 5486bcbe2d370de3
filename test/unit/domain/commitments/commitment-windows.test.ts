import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { noOutcome } from '../../../../shared/domain/commitments/commitment-charge.ts';
import { timeBucketAt } from '../../../../shared/domain/commitments/commitment-windows.ts';
import type { LineItemCommitment } from '../../../../shared/domain/commitments/commitment.ts';
import { readableDecimal } from '../../../../shared/domain/numbers/fraction.ts';
import { decimal, formatQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import { formatInstant } from '../../../../shared/domain/time/instant.ts';
import { windowSizes } from '../../../../shared/domain/time/usage-window.ts';
import { Decimal, GoldenPrice } from '../../../support/builders/golden-price.ts';
import { Instant, instant, readVectors } from '../../../support/builders/golden.ts';
import { aWindowedCommitment, GoldenCommitment, rangeOf } from '../../../support/builders/time-buckets.ts';
import {
  allBegun,
  chargeWindows,
  Expected,
  expectOutcome,
  long,
  outcomeOf,
  startsOf,
} from '../../../support/oracles/charged-windows.ts';

const file = 'commitments.json';

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
    const version = chargeWindows({
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
    const version = chargeWindows({
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
    startsOf(chargeWindows({ commitment, price, windows: [], range, now })).map((start) =>
      new Date(start).getUTCHours(),
    );

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
    const { portions } = chargeWindows({
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
  const [portion] = chargeWindows({
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
