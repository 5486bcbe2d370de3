// Fractions: sums of shares, rounded once.
import { expect, test } from '@jest/globals';
import { readableDecimal, roundFraction, sumOfFractions } from '../../../../shared/domain/numbers/fraction.ts';
import { decimal, formatQuantity } from '../../../../shared/domain/numbers/quantity.ts';

const fraction = (numerator: string, denominator: string) => ({
  numerator: decimal(numerator),
  denominator: decimal(denominator),
});
const rounded = (numerator: string, denominator: string, decimals: number): string =>
  formatQuantity(roundFraction(fraction(numerator, denominator), decimals));

test('thirds add up to a whole', () => {
  const third = fraction('1', '3');
  expect(formatQuantity(roundFraction(sumOfFractions([third, third, third]), 30))).toBe('1');
  expect(formatQuantity(roundFraction(sumOfFractions([fraction('1', '2'), third, fraction('1', '6')]), 30))).toBe('1');
  expect(formatQuantity(roundFraction(sumOfFractions([]), 2))).toBe('0');
});

test('a fraction is rounded half away from zero', () => {
  expect([rounded('1', '200', 2), rounded('-1', '200', 2), rounded('2', '3', 0), rounded('-1', '3', 2)]).toEqual([
    '0.01',
    '-0.01',
    '1',
    '-0.33',
  ]);
});

test('a fraction is rounded from its exact value, however close it is to a half', () => {
  const almost = '9'.repeat(37);
  const denominator = `2${'0'.repeat(39)}`;
  expect(formatQuantity(readableDecimal(fraction(almost, denominator)))).toBe('0.005');
  expect(rounded(almost, denominator, 2)).toBe('0');
});
