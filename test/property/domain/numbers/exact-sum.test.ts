// The fast sum equals that of big.js, whatever is added, in any order, and however it is divided and merged.
import { describe, expect, test } from '@jest/globals';
import Big from 'big.js';
import fc from 'fast-check';
import {
  addNumber,
  addQuantity,
  addWhole,
  createSum,
  type ExactSum,
  isShort,
  mergeSum,
  shortDecimal,
  totalOf,
} from '../../../../shared/domain/numbers/exact-sum.ts';
import { decimal, formatQuantity } from '../../../../shared/domain/numbers/quantity.ts';

const text = fc
  .tuple(fc.constantFrom('', '-'), fc.bigInt({ min: 0n, max: 10n ** 25n }), fc.nat(30))
  .map(([sign, whole, decimals]) => new Big(`${sign}${String(whole)}e-${String(decimals)}`).toFixed());

/** Short doubles of every size, so that neighbours have very different numbers of decimals. */
const short = fc
  .oneof(
    fc
      .tuple(fc.integer({ min: -(10 ** 15), max: 10 ** 15 }), fc.nat(15))
      .map(([mantissa, exponent]) => Number(`${String(mantissa)}e-${String(exponent)}`)),
    fc.tuple(fc.integer({ min: -99, max: 99 }), fc.nat(15)).map(([m, e]) => Number(`${String(m)}e-${String(e)}`)),
    fc.constantFrom(0, -0, 1, 1e15, -1e15, 1e-15, 0.1, 123_456_789_012.345, 99_999_999_999_999),
  )
  .filter(isShort);
const factor = fc.oneof(
  fc.constant(undefined),
  fc.record({ mantissa: fc.integer({ min: 0, max: 10 ** 15 - 1 }), exponent: fc.nat(14) }),
  // Seconds since the epoch, before it too.
  fc.record({ mantissa: fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }), exponent: fc.constant(0) }),
);
type Addend =
  | { readonly kind: 'text'; readonly value: string }
  | {
      readonly kind: 'short';
      readonly value: number;
      readonly factor: { readonly mantissa: number; readonly exponent: number } | undefined;
    };
const addend: fc.Arbitrary<Addend> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), value: text }),
  fc.record({ kind: fc.constant('short' as const), value: short, factor }),
);
const addends = fc.array(addend, { maxLength: 12 });

const sumOf = (all: readonly Addend[]): ExactSum => {
  const sum = createSum();
  for (const one of all) {
    if (one.kind === 'text') addQuantity(sum, decimal(one.value));
    else addNumber(sum, one.value, one.factor);
  }
  return sum;
};
const naive = (all: readonly Addend[]): string =>
  all
    .map((one) => {
      if (one.kind === 'text') return new Big(one.value);
      const { mantissa, exponent } = one.factor ?? { mantissa: 1, exponent: 0 };
      return new Big(String(one.value)).times(`${String(mantissa)}e-${String(exponent)}`);
    })
    .reduce((sum, one) => sum.plus(one), new Big('0'))
    .toFixed();
const textOfSum = (sum: ExactSum): string => formatQuantity(totalOf(sum));

describe('an exact sum', () => {
  test('equals the sum of big.js', () => {
    fc.assert(
      fc.property(addends, (all) => {
        expect(textOfSum(sumOf(all))).toBe(naive(all));
      }),
      { numRuns: 500 },
    );
  });

  test('is the same however it is divided and merged, and merging changes nothing but its target', () => {
    fc.assert(
      fc.property(addends, addends, addends, (a, b, c) => {
        const [left, middle, right] = [sumOf(a), sumOf(b), sumOf(c)];
        const into = createSum();
        for (const part of [right, left, middle]) mergeSum(into, part);
        expect(textOfSum(into)).toBe(naive([...a, ...b, ...c]));
        expect([left, middle, right].map(textOfSum)).toEqual([a, b, c].map(naive));
      }),
      { numRuns: 300 },
    );
  });

  test('continues from a whole number times a power of ten', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }), fc.nat(60), addends, (mantissa, exponent, all) => {
        const sum = sumOf(all);
        addWhole(sum, mantissa, exponent);
        const first = new Big(`${String(mantissa)}e-${String(exponent)}`);
        expect(textOfSum(sum)).toBe(first.plus(naive(all)).toFixed());
      }),
      { numRuns: 300 },
    );
  });

  test('gives a decimal of at most 15 digits as the double it is the shortest decimal of', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }), fc.nat(60), (mantissa, exponent) => {
        const short = [mantissa, mantissa % 10n ** 15n, mantissa % 10n ** 3n];
        for (const whole of short) {
          const found = shortDecimal(whole, exponent);
          const given = new Big(`${String(whole)}e-${String(exponent)}`);
          if (found !== undefined) expect(new Big(String(found)).toFixed()).toBe(given.toFixed());
          else expect(exponent > 15 || String(whole).replace('-', '').length > 15).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('takes as short only doubles whose decimal has at most 15 digits, and all of those', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const { c, e } = new Big(String(value));
        const isDecimal = c.length <= 15 && Math.max(e + 1, 0) <= 15 && c.length - e - 1 <= 15;
        // What a test of speed may miss is added as a decimal; what it takes must be one.
        if (isShort(value))
          expect(textOfSum(sumOf([{ kind: 'short', value, factor: undefined }]))).toBe(
            new Big(String(value)).toFixed(),
          );
        else if (isDecimal && Number.isInteger(value)) throw new Error(`${String(value)} is short`);
      }),
      { numRuns: 500 },
    );
  });
});
