// Laws of fractions: shares of a whole are together the whole, in any order, and so are what they are rounded to one after the other.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Fraction,
  fractionOf,
  readableDecimal,
  roundFraction,
  runningAmounts,
  shareOf,
  sumOfFractions,
} from '../../../../shared/domain/numbers/fraction.ts';
import { decimal, formatQuantity as text, sumOf, zeroQuantity } from '../../../../shared/domain/numbers/quantity.ts';

const amounts = fc
  .tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.nat(8))
  .map(([digits, places]) => decimal(`${String(digits)}e-${String(places)}`));
const parts = fc
  .array(fc.nat(2_678_400), { minLength: 1, maxLength: 6 })
  .map((some) => some.map((one) => decimal(String(one))));
const places = fc.nat(4);

test('the shares of an amount are the amount, to the last digit', () => {
  fc.assert(
    fc.property(amounts, parts, (amount, some) => {
      const whole = sumOf(some);
      fc.pre(whole.gt(zeroQuantity));
      const shares = some.map((part) => shareOf(fractionOf(amount), part, whole));
      expect(text(readableDecimal(sumOfFractions(shares)))).toBe(text(amount));
      expect(text(readableDecimal(sumOfFractions(shares.toReversed())))).toBe(text(amount));
    }),
  );
});

test('the shares of shares are, too', () => {
  fc.assert(
    fc.property(amounts, parts, parts, (amount, some, others) => {
      const [whole, other] = [sumOf(some), sumOf(others)];
      fc.pre(whole.gt(zeroQuantity) && other.gt(zeroQuantity));
      const shares = some.flatMap((part) =>
        others.map((own) => shareOf(shareOf(fractionOf(amount), part, whole), own, other)),
      );
      expect(text(readableDecimal(sumOfFractions(shares)))).toBe(text(amount));
    }),
  );
});

/** Rounds half away from zero, in whole numbers. */
const rounded = ({ numerator, denominator }: Fraction, decimals: number): string => {
  const places = 10n ** 12n;
  const whole = (value: typeof numerator): bigint => BigInt(value.times(decimal(String(places))).toFixed());
  const [top, bottom] = [whole(numerator) * 10n ** BigInt(decimals), whole(denominator)];
  const half = (2n * (top < 0n ? -top : top) + bottom) / (2n * bottom);
  return text(decimal(`${String(top < 0n ? -half : half)}e-${String(decimals)}`));
};

test('a fraction is rounded from its exact value', () => {
  fc.assert(
    fc.property(amounts, fc.integer({ min: 1, max: 5_000 }), places, (amount, by, decimals) => {
      const fraction = { numerator: amount, denominator: decimal(String(by)) };
      expect(text(roundFraction(fraction, decimals))).toBe(rounded(fraction, decimals));
    }),
  );
});

test('what fractions are rounded to one after the other is their rounded sum, and each is off by a unit at most', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(amounts, fc.integer({ min: 1, max: 999 })), { maxLength: 6 }),
      places,
      (some, decimals) => {
        const fractions = some.map(([numerator, by]) => ({ numerator, denominator: decimal(String(by)) }));
        const round = (sum: Fraction) => roundFraction(sum, decimals);
        const running = runningAmounts(fractions, round);
        expect(text(sumOf(running))).toBe(text(round(sumOfFractions(fractions))));
        const unit = decimal(`1e-${String(decimals)}`);
        for (const [index, fraction] of fractions.entries()) {
          const off = (running[index] ?? zeroQuantity).minus(readableDecimal(fraction)).abs();
          expect(off.lte(unit)).toBe(true);
        }
      },
    ),
  );
});
